"""The walkthrough's two graphs, made from the facts of the case with plain dictionaries."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from functools import cache
from typing import Any

from builders import state_of
from clew.graph.working_set import WorkingSet
from clew.model.block import BlockBuilder
from clew.model.change import Change, Observe
from clew.model.interval import UNDATED, Interval
from clew.model.moment import OPEN, parse_moment
from clew.model.provenance import Provenance
from corpus.files import corpus

FACTS = corpus("scenario/tendrit")
DYNAMIC = ("dyn1.example", "dyn2.example", "dyn3.example")
TYPES = {"URL": "url", "Host": "domain-name", "EmailAddress": "email-address", "File": "file"}
PROVIDERS = ("threatconnect", "threatgrid", "local", "passivetotal", "domaintools")


def expected() -> dict[str, Any]:
    """The answers that were worked out beforehand."""
    document: dict[str, Any] = json.loads((FACTS / "expected.json").read_text())
    return document


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the case's tables."""
    with (FACTS / name).open() as file:
        yield from csv.DictReader(file)


class Graph:
    """Collects links between typed values."""

    def __init__(self) -> None:
        self.builder = BlockBuilder()

    def link(
        self,
        source: tuple[str, str],
        type_name: str,
        target: tuple[str, str],
        by: str,
        seen: Interval = UNDATED,
        collectors: tuple[str, ...] = (),
    ) -> None:
        number = PROVIDERS.index(by)
        ends = [self.builder.entity(kind, value, number) for kind, value in (source, target)]
        self.builder.link(ends[0], type_name, ends[1], number, seen=seen, collectors=collectors)

    def state(self, kind: str, value: str, state: str, seen: Interval) -> None:
        entity = self.builder.entity(kind, value, 3)
        self.builder.property(entity, "state", state, 3, seen=seen)

    def change(self, name: str, at: int) -> Change:
        provenance = tuple(Provenance(by, f"{by}.test", "0" * 32, 0) for by in PROVIDERS)
        return Change(Observe(name, provenance), at, name, name, block=self.builder.build())


def zone(host: str) -> str:
    """The registered domain of a host of the case."""
    return ".".join(host.split(".")[-2:])


def graph_a() -> Graph:
    """Incident, runs, hosts of URLs, zones, resolutions, details of addresses."""
    graph = Graph()
    incident = ("incident", "20130520A: Tendrit APT")
    document = json.loads((FACTS / "threatconnect_incidents.json").read_text())
    listed = next(each for each in document["incidents"] if each["name"] == incident[1])[
        "indicators"
    ]
    values = [(TYPES[each["type"]], each["value"]) for each in listed]
    for value in values:
        graph.link(incident, "has-indicator", value, "threatconnect")
    urls = [value for kind, value in values if kind == "url"]
    for run in rows("sandbox_runs.csv"):
        if run["submitted"] < "2013":
            continue
        sample, on = ("file", run["md5"]), Interval.parse(run["submitted"], run["submitted"])
        graph.link(sample, "communicates-with", ("domain-name", run["host"]), "threatgrid", on)
        graph.link(sample, "connects-to", ("ip-address", run["address"]), "threatgrid", on)
        graph.link(sample, "requests", ("url", run["url"]), "threatgrid", on)
        graph.link(sample, "uses-user-agent", ("user-agent", run["user_agent"]), "threatgrid", on)
        graph.link(sample, "creates-mutex", ("mutex", run["mutex"]), "threatgrid", on)
        urls.append(run["url"])
    for url in urls:
        graph.link(("url", url), "has-host", ("domain-name", url.split("/")[2]), "local")
    hosts = [value for kind, value in values if kind == "domain-name"]
    for host in hosts:
        above = ("domain-name", zone(host))
        graph.link(("domain-name", host), "under-domain", above, "local")
    for row in rows("passive_dns.csv"):
        graph.link(
            ("domain-name", row["rrname"]), "resolves-to", ("ip-address", row["rdata"]),
            "passivetotal", Interval.parse(row["first_seen"], row["last_seen"]),
            tuple(row["sources"].split(",")),
        )  # fmt: skip
    there = {row["rdata"] for row in rows("passive_dns.csv")}
    for row in rows("address_details.csv"):
        if row["sinkhole"] == "yes" and row["address"] in there:
            since = Interval(parse_moment(row["sinkhole_since"]), OPEN)
            graph.state("ip-address", row["address"], "sinkhole", since)
    return graph


def graph_b() -> Graph:
    """Registrants over time, their domains, and the addresses of all these."""
    graph = Graph()
    answers = expected()["walkthrough"]
    history = list(rows("whois_history.csv"))
    known = {*answers["6_historic_domains_of_registrant_one"], *answers["7_missing_own_domains"]}
    asked = {
        *answers["8_overlapping_registrants"],
        *answers["8_same_name_registrants"],
    }
    for row in history:
        domain, email = ("domain-name", row["domain"]), ("email-address", row["registrant_email"])
        if row["registrant_email"] in asked:
            graph.link(domain, "registered-by", email, "domaintools")
        if row["domain"] in known:
            seen = Interval.parse(row["seen_from"], row["seen_to"])
            graph.link(domain, "registered-by", email, "domaintools", seen)
    for row in rows("hosting_history.csv"):
        last = parse_moment(row["to"]) if row["to"] else OPEN
        seen = Interval(parse_moment(row["from"]), last)
        ends = ("domain-name", row["domain"]), ("ip-address", row["address"])
        graph.link(ends[0], "hosted-on", ends[1], "domaintools", seen)
    return graph


@cache
def changes() -> tuple[Change, Change]:
    """The two graphs as changes."""
    return graph_a().change("a", 0), graph_b().change("b", 1)


def walkthrough() -> WorkingSet:
    """The working set after both graphs."""
    return state_of(*changes())
