"""The page on a graph of 10,000 entities and 20,000 links: first picture, script time a frame."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import uuid
from pathlib import Path
from typing import Any

import polars as pl

from clew.model.block import BlockBuilder
from clew.model.change import Change, Observe
from clew.model.provenance import Provenance
from clew.schema.registry import catalogue
from clew.store.investigation import Investigation

ROOT = Path(__file__).parents[1]
FACTS = ROOT.parent / "shared" / "data" / "graph-maltrail"
ENTITIES, LINKS = 10_000, 20_000
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


def run(quick: bool) -> list[dict[str, Any]]:
    """Two rows; none where the facts are not there. Both runs measure the whole graph."""
    del quick
    if not FACTS.is_dir():
        sys.stderr.write("bench: graph-maltrail is not there, so the page is not measured\n")
        return []
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "large.clew"
        write(file)
        command = ["node", str(ROOT / "web" / "e2e" / "large.mjs"), str(file)]
        environment = {**os.environ, "CLEW_COMMAND": str(Path(sys.executable).parent / "clew")}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    told = json.loads(done.stdout.splitlines()[-1])
    return [
        _row("page: 10,000/20,000, address to first picture", told["first_s"], "3", "s"),
        _row("page: 10,000/20,000, script per frame, panning (median)", told["p50_ms"], "4", "ms"),
        _row("page: 10,000/20,000, script per frame, panning (95 %)", told["p95_ms"], "-", "ms"),
    ]


def write(file: Path) -> None:
    """A file with the first ENTITIES that LINKS of the APT part reach, breadth first."""
    nodes = pl.read_parquet(FACTS / "apt_nodes.parquet")
    edges = pl.read_parquet(FACTS / "apt_edges.parquet").filter(pl.col("type") != "mentions")
    more = pl.read_parquet(FACTS / "apt_edges.parquet").filter(pl.col("type") == "mentions")
    chosen: dict[int, None] = {}
    hubs = pl.concat([edges, more]).group_by("source").len().sort("len", "source").tail(2_000)
    dense = pl.concat([edges, more]).filter(
        pl.col("source").is_in(hubs.filter(pl.col("len") < 60)["source"].implode())
    )
    for source, target in dense.sort("target", "source").select("source", "target").iter_rows():
        if len(chosen) >= ENTITIES:
            break
        chosen.setdefault(target)
        chosen.setdefault(source)
    inside = pl.Series(list(chosen)[:ENTITIES])
    kept = pl.concat([edges, more]).filter(
        pl.col("source").is_in(inside.implode()) & pl.col("target").is_in(inside.implode())
    )
    values = dict(zip(nodes["id"], zip(nodes["type"], nodes["value"], strict=True), strict=True))
    kinds, builder = catalogue(), BlockBuilder()
    rows: dict[int, int] = {}
    for node in inside.to_list():
        type_, value = values[node]
        name = TYPES[type_]
        try:
            told = kinds.entity_types[name].value(value)
        except ValueError:
            name, told = "phrase", kinds.entity_types["phrase"].value(value)
        except Exception:
            name, told = "phrase", value
        rows[node] = builder.entity(name, str(told), 0)
    for source, target, type_ in kept.head(LINKS).iter_rows():
        if rows[source] != rows[target]:
            builder.link(rows[source], LINK_TYPES.get(type_, "mentions"), rows[target], 0)
    provenance = Provenance("maltrail", "maltrail.trails", "0" * 32, 1_700_000_000)
    what = Observe("main", (provenance,))
    with Investigation.create(file) as case:
        case.append([Change(what, 1, uuid.uuid4().hex, "Trails", "bench", builder.build())])


def _row(name: str, ours: float, goal: str, unit: str) -> dict[str, Any]:
    return {"name": name, "ours": ours, "goal": goal, "unit": unit, "peer": None, "ratio": None}
