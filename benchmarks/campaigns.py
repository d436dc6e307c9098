"""Two published campaigns side by side: imported, windowed, judged, reported; with times.

``./dev bench campaigns`` writes ``docs/examples/two-campaigns.md``. Values are only read.
"""

from __future__ import annotations

import csv
import sys
import tempfile
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import polars as pl

from clew.analysis.compare import compare
from clew.analysis.overlap import overlap
from clew.analysis.prune import PruneRules, propose
from clew.analysis.shared_hosting import shared_hosting
from clew.analysis.structure import structure
from clew.analysis.window import in_window
from clew.errors import InvalidValue
from clew.graph.view import View, view_of
from clew.interop.report.content import report_content
from clew.interop.report.judgement_tables import overlap_table
from clew.interop.report.markdown import markdown
from clew.interop.report.tables import Table, defang_value
from clew.model.block import BlockBuilder
from clew.model.change import Change, Observe
from clew.model.interval import Interval, UndatedPolicy, Window
from clew.model.provenance import Provenance
from clew.schema.registry import catalogue
from clew.store.investigation import Investigation

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data"
HANGOVER, MALTRAIL = DATA / "campaign-hangover", DATA / "graph-maltrail"
PAGE = ROOT / "docs" / "examples" / "two-campaigns.md"
WINDOW = "2009-01-01..2012-12-31"
PROBLEMS: list[str] = []
LISTED = 12
"""Rows of a table that the example keeps."""
KINDS = catalogue()
TYPES = {
    "domain": "domain-name",
    "ip": "ip-address",
    "url": "url",
    "family": "malware-family",
    "alias": "alias",
    "reference": "document",
    "ip-port": "phrase",
    "other": "phrase",
}
LINK_TYPES = {"subdomain-of": "under-domain", "on-host": "hosted-on"}
LINKS = {**LINK_TYPES, "has-indicator": "related-to", "alias-of": "has-alias"}
Rows = list[dict[str, Any]]


def run(quick: bool) -> Rows:
    """Times of each step; none where the facts are not there."""
    del quick
    if not HANGOVER.is_dir() or not MALTRAIL.is_dir():
        sys.stderr.write("bench: the campaigns are not there, so nothing is measured\n")
        return []
    rows: Rows = []

    @contextmanager
    def timed(name: str) -> Iterator[None]:
        begun = time.perf_counter()
        yield
        took = time.perf_counter() - begun
        rows.append({"name": f"campaigns: {name}", "ours": took, "goal": "-", "unit": "s",
                     "peer": None, "ratio": None})  # fmt: skip

    with tempfile.TemporaryDirectory() as folder:
        case = Investigation.create(Path(folder) / "campaigns.clew", title="Two campaigns")
        with timed("import of hangover"):
            _append(case, "hangover", _hangover)
        with timed("import of the APT slice, 202,811 / 688,434"):
            _append(case, "maltrail-apt", _maltrail)
        one, other = view_of(case.state, "hangover"), view_of(case.state, "maltrail-apt")
        with timed("structure of the APT slice"):
            large = structure(other)
        with timed("crowds of the APT slice"):
            shared = shared_hosting(other)
        with timed("overlap of both"):
            report = overlap(one, other, KINDS)
        with timed("pruning proposal of the APT slice"):
            pruned = propose(other, PruneRules(hub_links_min=5_000, leaf_rounds=1), KINDS)
        window = Window.parse(WINDOW)
        with timed("window of the APT slice"):
            in_window(other, window, UndatedPolicy.DROP)
        parts = large.communities()
        told = report_content(
            one, KINDS, title="Operation Hangover beside Maltrail's APT trails",
            marking="TLP:CLEAR", window=window, undated="keep", at=datetime(2026, 1, 1, tzinfo=UTC),
            log_digest=case.store.tail[1].hex(),
            more=(overlap_table(report, KINDS), _communities(other, parts), _hubs(other)),
        )  # fmt: skip
        assert not compare(one, one).changed
        summary = (
            *told.summary,
            f"Maltrail's APT slice: {len(other.entities)} entities, {len(other.links)} links in "
            f"{len(parts)} communities, modularity {large.modularity:.2f}; "
            f"{len(shared)} crowded addresses; without hubs of 5,000 links and leaves "
            f"{pruned.entities_stay} entities would stay.",
            f"{len(report.entities)} entities are in both.",
            f"{len(PROBLEMS)} values of the report's tables were not understood: "
            f"{'; '.join(list(dict.fromkeys(PROBLEMS))[:3])}.",
        )
        tables = tuple(replace(one, rows=one.rows[:LISTED]) for one in told.tables)
        text = markdown(replace(told, summary=summary, tables=tables))
        case.close()
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(f"{HEAD}\n{text}", "utf-8")
    return rows


HEAD = """<!-- Written by ./dev bench campaigns. -->

This report was made from two published sets: Operation Hangover (Norman Shark, 20 May 2013; facts
of the report and its appendixes) and the `apt_*` trails of Maltrail (MIT). Tables are cut to their
first rows. Names and addresses are hostile: they are defanged, and were never contacted.
"""


def _append(case: Investigation, graph: str, fill: Callable[[BlockBuilder], None]) -> None:
    builder = BlockBuilder()
    fill(builder)
    provenance = Provenance("import", f"import.{graph}", "0" * 32, 1_700_000_000)
    what = Observe(graph, (provenance,))
    case.append([Change(what, 1, uuid.uuid4().hex, f"Import {graph}", "bench", builder.build())])


def _hangover(builder: BlockBuilder) -> None:
    def rows(name: str) -> Iterator[dict[str, str]]:
        with (HANGOVER / name).open(encoding="utf-8", newline="") as file:
            yield from csv.DictReader(file)

    def put(type_: str, value: str) -> int | None:
        try:
            return builder.entity(type_, KINDS.value(type_, value), 0)
        except InvalidValue as error:
            PROBLEMS.append(str(error))
            return None

    def link(source: int | None, type_: str, target: int | None, when: str | None = None) -> None:
        if source is not None and target is not None:
            builder.link(source, type_, target, 0, seen=Interval.parse(when, when))

    incident = put("incident", "20130520A: Operation Hangover")
    for name, column, type_ in (
        ("domains.csv", "domain", "domain-name"), ("ips.csv", "ip", "ip-address"),
        ("samples.csv", "md5", "file"), ("first_case_samples.csv", "md5", "file"),
    ):  # fmt: skip
        for row in rows(name):
            link(incident, "has-indicator", put(type_, row[column]))
    for row in rows("sample_c2.csv"):
        # The report leaves some servers open; what is not told is not made up.
        if row["c2_domain"]:
            ends = put("file", row["md5"]), put("domain-name", row["c2_domain"])
            link(ends[0], "communicates-with", ends[1])
    for row in rows("resolutions.csv"):
        ends = put("domain-name", row["rrname"]), put("ip-address", row["rdata"])
        link(ends[0], "resolves-to", ends[1], row["observed"] or None)
    for row in rows("ns_uses.csv"):
        ends = put("domain-name", row["domain"]), put("domain-name", row["name_server_domain"])
        link(ends[0], "served-by-name-server", ends[1])
    for row in rows("ns_history_piegauz.csv"):
        ends = put("domain-name", "piegauz.net"), row["after"] and put("domain-name", row["after"])
        link(ends[0], "served-by-name-server", ends[1] or None, row["date"])
    for row in rows("whois_events.csv"):
        seen = Interval.parse(row["from"] or None, row["to"] or None)
        text = f"{row['registrant']}; {row['note']}"
        domain = put("domain-name", row["domain"])
        if domain is not None:
            builder.property(domain, "whois", text, 0, seen=seen)


def _maltrail(builder: BlockBuilder) -> None:
    nodes = pl.read_parquet(MALTRAIL / "apt_nodes.parquet")
    edges = pl.read_parquet(MALTRAIL / "apt_edges.parquet")
    places: dict[int, int] = {}
    for node, type_, value in nodes.iter_rows():
        name = TYPES[type_]
        try:
            told = str(KINDS.value(name, value))
        except Exception:
            name, told = "phrase", value
        places[node] = builder.entity(name, told, 0)
    for source, target, type_ in edges.iter_rows():
        if places[source] != places[target]:
            link = LINK_TYPES.get(
                type_, "has-indicator" if type_ == "has-indicator" else "mentions"
            )
            builder.link(places[source], link, places[target], 0)


def _communities(view: View, parts: list[Any]) -> Table:
    rows = []
    for number, part in enumerate(parts[:LISTED], 1):
        records = [view.entity(row) for row in part.tolist()]
        families = [one.value for one in records if one.type == "malware-family"][:3]
        rows.append((str(number), str(len(part)), ", ".join(families)))
    heads = ("community", "entities", "families among them")
    return Table("Communities of the APT slice", heads, tuple(rows), len(parts))


def _hubs(view: View) -> Table:
    order = (-view.degree).argsort(kind="stable")[:LISTED].tolist()
    records = [(view.entity(int(view.entities[at])), int(view.degree[at])) for at in order]
    rows = [
        (one.type, defang_value(KINDS, one.type, one.value), str(links)) for one, links in records
    ]
    return Table(
        "Hubs of the APT slice", ("type", "value", "links"), tuple(rows), len(view.entities)
    )
