"""Passive DNS in the Common Output Format: a record is a link with the seconds it was seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from ipaddress import ip_address
from typing import Any

import msgspec

from clew.errors import InvalidValue
from clew.interop.cof.names import LINKS, NUMBERS, reverse_address, reverse_name
from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.fidelity import Fidelity, GraphPart
from clew.interop.graph_builder import GraphBuilder
from clew.interop.json import decode_json
from clew.interop.texts import shorten_text
from clew.model.entity import Link, Observation
from clew.model.interval import UNDATED, Interval
from clew.model.moment import UNKNOWN, Moment, parse_moment
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

FIDELITY = Fidelity(
    GraphPart.SECONDS | GraphPart.COLLECTORS, links=frozenset({*LINKS.values(), "resolves-to"})
)
"""
What survives: links of the DNS between a name and what a record of it can hold, their seconds and
collectors. Other ends of such links (``left_out``) have no record.
"""
LINE_BYTES_MAX = 16 * 1024 * 1024
"""Longest line that is read."""
RECORDS_MAX = 5_000_000
"""Most records of one file."""
RDATA_MAX = 10_000
"""Most values of one record."""
DETAIL_LENGTH_MAX = 10_000
"""Most that a record may say in further keys, in code points of JSON."""
SECONDS_MAX = 1 << 53
"""Largest number of a time; beyond it a JSON number is not exact."""
DETAIL_KEYS = ("count", "bailiwick", "zone_time_first", "zone_time_last")
"""What a link's details give back to a record."""
LINK_KEY = "clew_link"
"""Key that tells of a CNAME that it stands for another link of Clew's."""

_PLAIN = frozenset({"rrname", "rrtype", "rdata", "time_first", "time_last", "sensor_id", "origin"})
_RRTYPE = re.compile(r"[A-Z][A-Z0-9-]{0,15}")
_PREFERENCE = re.compile(r"(\d{1,5})\s+(\S+)")
_TYPES = {
    "alias-of": "CNAME", "served-by-name-server": "NS", "served-by-mail-server": "MX",
    "contains-phrase": "TXT", "has-reverse-name": "PTR",
}  # fmt: skip
_HOSTS = ("domain-name", "ip-address")


def read_cof(
    data: bytes, origin: Provenance, catalogue: Catalogue
) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """
    The graph of records, one a line or all in a JSON array.

    A time is exact to the second, also at midnight. An end that is not told stays unknown.
    Records of types that link nothing (SOA and others) are properties of their name.

    Raises:
        InvalidValue: Nothing in it is a record.

    Source:
        draft-dulaunoy-dnsop-passive-dns-cof.
    """
    builder = GraphBuilder(catalogue, origin)
    records = 0
    for number, (where, value) in enumerate(_rows(data, builder), 1):
        if number > RECORDS_MAX:
            builder.problem(where, "", f"only the first {RECORDS_MAX} records are read")
            break
        row = value.get("obj") if isinstance(value, dict) and "obj" in value else value
        if isinstance(row, dict) and "rrname" in row:
            records += 1
            _record(row, builder, where)
        elif isinstance(row, dict) and row.get("cond") in ("limited", "failed"):
            # The streaming wrapper of DNSDB tells in its last line how the answer ended.
            builder.problem(where, row.get("msg", ""), f"the answer is not whole: {row['cond']}")
        elif not isinstance(row, dict) or "cond" not in row:
            builder.problem(where, value, "it is no record: it has no rrname")
    if not records and builder.problems:
        first = builder.problems[0]
        raise InvalidValue("passive DNS record", first.text, f"{first.where}: {first.reason}")
    return builder.build()


def write_cof(graph: ExchangeGraph) -> bytes:
    """
    The links of a graph that are DNS records, one a line; see ``left_out`` for the rest.

    Raises:
        InvalidValue: There is none, and an empty file would say nothing.
    """
    rows = [record_of(observation) for _, _, observation in graph.links()]
    lines = [msgspec.json.encode(row) + b"\n" for row in rows if row is not None]
    if not lines:
        raise InvalidValue("graph for passive DNS", "", "none of its links is a DNS record")
    return b"".join(lines)


def left_out(graph: ExchangeGraph) -> int:
    """How many observations of the links that this format has room for are no DNS records."""
    return sum(
        observation.subject.type in (FIDELITY.links or ()) and record_of(observation) is None
        for _, _, observation in graph.links()
        if isinstance(observation.subject, Link)
    )


def record_of(observation: Observation) -> dict[str, Any] | None:
    """The record that an observation of a link is; None where it is none."""
    link = observation.subject
    assert isinstance(link, Link)
    source, target = link.source, link.target
    rrtype, more = _TYPES.get(link.type, ""), {}
    name, rdata = source.value, target.value
    fits = source.type == "domain-name" and target.type in _HOSTS
    if link.type == "resolves-to":
        if target.type == "ip-address":
            rrtype = "AAAA" if ":" in target.value else "A"
        else:
            rrtype, more = "CNAME", {LINK_KEY: link.type}
    elif rrtype == "TXT":
        fits = source.type == "domain-name" and target.type == "phrase"
    elif rrtype == "PTR":
        fits = source.type in _HOSTS and target.type == "domain-name"
        name = reverse_name(name) if source.type == "ip-address" else name
    elif rrtype == "CNAME":
        fits = source.type == target.type == "domain-name"
    if not rrtype or not fits:
        return None
    detail = _detail_of(observation.detail)
    if rrtype == "MX" and isinstance(detail.get("preference"), int):
        rdata = f"{detail['preference']} {rdata}"
    row: dict[str, Any] = {"rrname": name, "rrtype": rrtype, "rdata": rdata, **more}
    if observation.seen.first.earliest is not None:
        row["time_first"] = observation.seen.seconds[0]
    if observation.seen.last.latest is not None:
        row["time_last"] = observation.seen.seconds[1]
    if observation.collectors:
        row["sensor_id"] = (
            observation.collectors[0]
            if len(observation.collectors) == 1
            else observation.collectors
        )
    return row | {key: detail[key] for key in DETAIL_KEYS if key in detail}


def _rows(data: bytes, builder: GraphBuilder) -> Iterator[tuple[str, object]]:
    """What stands in the file, each with its place; a line that is no JSON is told."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        data = data.decode("utf-16", "replace").encode()
    data = data.removeprefix(b"\xef\xbb\xbf")
    if data.lstrip()[:1] == b"[":
        whole = decode_json(data)
        for number, record in enumerate(whole if isinstance(whole, list) else [whole], 1):
            yield f"record {number}", record
        return
    start, number = 0, 0
    while start < len(data):
        end = data.find(b"\n", start)
        end = len(data) if end < 0 else end
        number, line, start = number + 1, data[start:end].strip(), end + 1
        if not line:
            continue
        where = f"line {number}"
        try:
            if len(line) > LINE_BYTES_MAX:
                raise InvalidValue("line", "", f"it has over {LINE_BYTES_MAX} bytes")
            yield where, decode_json(line)
        except InvalidValue as error:
            builder.problem(where, line[:200].decode(errors="replace"), error.reason)


def _record(row: Mapping[str, Any], builder: GraphBuilder, where: str) -> None:
    rrtype, rdata = row.get("rrtype"), row.get("rdata")
    if isinstance(rrtype, int | str):
        rrtype = NUMBERS.get(str(rrtype), str(rrtype).strip().upper())
    if not isinstance(rrtype, str) or not _RRTYPE.fullmatch(rrtype):
        builder.problem(where, rrtype, "its rrtype is no type of records")
        return
    values = rdata if isinstance(rdata, list) else [rdata]
    if len(values) > RDATA_MAX:
        reason = f"only {RDATA_MAX} of its {len(values)} values are read"
        builder.problem(where, row.get("rrname"), reason)
    source = _owner(row.get("rrname"), rrtype, builder, where)
    seen, who, detail = _seen(row, builder, where), _collectors(row), _details(row)
    whole = msgspec.json.encode(detail).decode() if detail else ""
    if len(whole) > DETAIL_LENGTH_MAX:
        builder.problem(
            where, whole, f"over {DETAIL_LENGTH_MAX} letters of further keys are left out"
        )
        whole, detail = "", {}
    for value in values[:RDATA_MAX] if source is not None else ():
        if not isinstance(value, str) or not value.strip():
            builder.problem(where, value, "its rdata is no text")
            continue
        link, target, more = _target(rrtype, value.strip(), row, builder, where)
        if link:
            text = msgspec.json.encode({**detail, **more}).decode() if more else whole
            builder.link(source, link, target, seen=seen, collectors=who, detail=text, where=where)
        else:
            name = f"dns_{rrtype.lower()}"
            builder.property(source, name, value, seen=seen, collectors=who, where=where)


def _owner(name: object, rrtype: str, builder: GraphBuilder, where: str) -> int | None:
    if rrtype == "PTR" and isinstance(name, str):
        address = reverse_address(name)
        if address is not None:
            return builder.entity("ip-address", address, where)
    return builder.entity("domain-name", name, where)


def _target(
    rrtype: str, value: str, row: Mapping[str, Any], builder: GraphBuilder, where: str
) -> tuple[str, int | None, dict[str, Any]]:
    """The link that a record is, what it links to, and what more its value says."""
    link = LINKS.get(rrtype, "")
    if not link:
        return "", None, {}
    if link == "resolves-to":
        return link, builder.entity("ip-address", value, where), {}
    if rrtype == "TXT":
        return link, builder.entity("phrase", value, where), {}
    more: dict[str, Any] = {}
    match = _PREFERENCE.fullmatch(value) if rrtype == "MX" else None
    if match:
        more, value = {"preference": int(match[1])}, match[2]
    if rrtype == "CNAME" and row.get(LINK_KEY) == "resolves-to":
        link = "resolves-to"
    kind = "domain-name"
    if rrtype in ("NS", "MX"):
        try:
            kind = "ip-address" if ip_address(value) else kind
        except ValueError:
            kind = "domain-name"
    return link, builder.entity(kind, value, where), more


def _seen(row: Mapping[str, Any], builder: GraphBuilder, where: str) -> Interval:
    ends = []
    for name in ("first", "last"):
        keys = (f"time_{name}", f"time_{name}_ms", f"zone_time_{name}")
        key = next((key for key in keys if row.get(key) is not None), keys[0])
        value = row.get(key)
        if key.endswith("_ms") and isinstance(value, int):
            value //= 1000
        try:
            ends.append(_moment(value))
        except InvalidValue as error:
            builder.problem(where, value, f"its time_{name} is not read: {error.reason}")
            ends.append(UNKNOWN)
    try:
        return Interval.parse(*ends)
    except InvalidValue as error:
        builder.problem(where, error.value, f"{error.reason}: its times are left out")
        return UNDATED


def _moment(value: object) -> Moment:
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdigit():
        value = int(value[:20])
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) > SECONDS_MAX:
        raise InvalidValue("date", shorten_text(value), "it is out of range")
    return parse_moment(value)


def _collectors(row: Mapping[str, Any]) -> list[str]:
    who: list[str] = []
    for key in ("sensor_id", "origin"):
        value = row.get(key)
        names = value if isinstance(value, list) else [value]
        who += [str(one)[:200] for one in names[:100] if isinstance(one, str | int) and one != ""]
    return who


def _details(row: Mapping[str, Any]) -> dict[str, Any]:
    """What else a record says."""
    return {key: row[key] for key in row if key not in _PLAIN and key != LINK_KEY}


def _detail_of(text: str) -> dict[str, Any]:
    try:
        detail = msgspec.json.decode(text) if text else {}
    except (msgspec.DecodeError, RecursionError):
        return {}
    return detail if isinstance(detail, dict) else {}
