"""The parts of a run's analysis, and what each shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from clew.schema.types import (
    URL,
    Behaviour,
    DomainName,
    File,
    FilePath,
    IPAddress,
    Mutex,
    Phrase,
    RegistryKey,
    UserAgent,
)
from clew.schema.value import Value
from clew.transform.row import Row

HTTP_PARTS = frozenset({"", "request", "response"})
"""Of a transaction; one that is not named is a request."""
DATA_MAX = 20
"""Most values of a behavioural indicator's data that its detail repeats."""


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that a run showed: what it is, and its link from the file."""

    kind: type[Value]
    text: str
    link: str
    detail: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the analysis; parts are asked for, as the whole report can be tens of MB."""

    name: str
    read: Callable[[Row], Iterator[Trace]]


def _network(answer: Row) -> Iterator[Trace]:
    for stream in _items(answer):
        protocol = stream.text("protocol")
        if protocol == "DNS":
            for _, asked in stream.members("decoded"):
                if name := asked.row("query").text("query_data").rstrip("."):
                    yield Trace(DomainName, name, "communicates-with", {"told_by": "DNS"})
            # Where a DNS query goes is the sandbox's resolver.
            continue
        if address := stream.text("dst"):
            detail = {"port": stream.integer("dst_port"), "transport": stream.text("transport")}
            yield Trace(IPAddress, address, "connects-to", detail)
        if protocol == "HTTP":
            yield from _http(stream)


def _http(stream: Row) -> Iterator[Trace]:
    """Transactions are lists of a request and its answers."""
    for transaction in stream.lists("decoded"):
        for request in transaction:
            if request.word("type", HTTP_PARTS) == "response":
                continue
            headers = request.row("headers")
            url, method = request.text("url"), request.text("method")
            host = request.text("host") or headers.text("host")
            name = host.partition(":")[0]
            if name and not name.replace(".", "").isdigit():
                yield Trace(DomainName, name, "communicates-with", {"told_by": "HTTP"})
            if url:
                yield Trace(URL, url, "requests", {"method": method})
            elif path := request.text("request_path"):
                detail = {"told_by": "path of an HTTP request", "method": method}
                yield Trace(Phrase, path, "contains-phrase", detail)
            if agent := headers.text("user-agent"):
                yield Trace(UserAgent, agent, "uses-user-agent")


def _processes(answer: Row) -> Iterator[Trace]:
    for process in _items(answer):
        detail = {"process": process.text("process_name")}
        for text in process.listed_texts("mutants_created") if "mutants_created" in process else ():
            yield Trace(Mutex, text, "creates-mutex", detail)
        for member in ("registry_keys_created", "registry_keys_modified"):
            for key in process.rows(member):
                facts = {"value_name": key.text("value_name"), "value_type": key.text("data_type")}
                more = {**detail, "data": key.label("data")}
                yield Trace(RegistryKey, key.text("name"), "sets-registry-key", more, facts)
        for text in process.listed_texts("files_created") if "files_created" in process else ():
            yield Trace(FilePath, text, "writes-path", detail)


def _artifacts(answer: Row) -> Iterator[Trace]:
    for artifact in _items(answer):
        digest = next(filter(None, map(artifact.text, ("sha256", "sha1", "md5"))), "")
        if artifact.text("origin") == "disk" and digest:
            detail = {"path": artifact.text("path")}
            facts = {
                "file_name": artifact.text("path").replace("\\", "/").rpartition("/")[2],
                "file_type": artifact.text("magic-type"),
                "size_bytes": artifact.integer("size"),
            }
            yield Trace(File, digest, "drops", detail, facts)


def _behaviours(answer: Row) -> Iterator[Trace]:
    for indicator in _items(answer):
        name = indicator.text("ioc")
        if indicator.flag("truncated"):
            indicator.note("data", "was cut short by the sandbox")
        data = indicator.listed("data") if "data" in indicator else ()
        facts = {
            "title": indicator.text("title"),
            "severity": indicator.integer("severity"),
            "confidence": indicator.integer("confidence"),
            "category": list(indicator.texts("category")),
            "techniques": list(indicator.texts("mitre-techniques")),
        }
        values = [f"{key}: {row.label(key)}" for row in data[:DATA_MAX] for key in _plain(row)]
        yield Trace(
            Behaviour, name, "exhibits", {"hits": indicator.integer("hits"), "data": values}, facts
        )
        for row in data:
            for key, kind in (("Domain", DomainName), ("Query_Data", DomainName),
                              ("IP", IPAddress), ("URL", URL)):  # fmt: skip
                if isinstance(row[key], str) and row[key]:
                    # The report names it beside the behaviour; that is no proof of traffic.
                    yield Trace(kind, row[key], "related-to", {"behaviour": name})


NETWORK = Part("network_streams", _network)
PROCESSES = Part("processes", _processes)
ARTIFACTS = Part("artifacts", _artifacts)
BEHAVIOURS = Part("iocs", _behaviours)


def _items(answer: Row) -> Iterator[Row]:
    """The items, which come as a list, as an object by id, or not at all."""
    data = answer.row("data")
    if isinstance(data["items"], list):
        yield from data.rows("items")
    else:
        for _, item in data.members("items"):
            yield item


def _plain(row: Row) -> list[str]:
    return [key for key in row.keys() if isinstance(row[key], str | int | float)]  # noqa: SIM118
