"""Maltego's graph files with Lucene indexes inside (`.mtgl`), as graphs."""

from __future__ import annotations

import re
from datetime import timedelta

import msgspec
from lxml import etree

from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.graph_builder import GraphBuilder
from clew.interop.maltego.graph_elements import (
    LINK_HEAD,
    MANUAL_LINK,
    TRANSFORM_LINK,
    MaltegoGraph,
    MaltegoLink,
    MaltegoNode,
    MaltegoProperty,
    entity_element,
)
from clew.interop.maltego.graph_reader import read_graph
from clew.interop.maltego.markup import plain
from clew.interop.maltego.mtgl import MtglGraph, MtglProperty, MtglRecord, Scalar, read_documents
from clew.interop.maltego.mtgx import keep_rest, read_members
from clew.interop.maltego.type_values import definitions_of
from clew.model.moment import EPOCH, YEAR_MAX
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

SHOWN_MAX = 200
"""Most pieces of display information of one entity that are read."""
_GROUPING = re.compile(r"Graphs/[^/]+/(?:Collection|Data|Structure|Layout).*", re.DOTALL)
_SECONDS_MAX = (YEAR_MAX - 1970) * 31_556_952


def read_mtgl(
    data: bytes, origin: Provenance, catalogue: Catalogue
) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """
    The graph of a file; of several graphs all, as one.

    An entity's original is what Maltego's older XML would hold, as the file has none.

    Raises:
        InvalidValue: It is empty, no archive, or password-protected.
    """
    members, problems = read_members(data)
    builder = GraphBuilder(catalogue, origin)
    builder.problems += problems
    graphs, reasons = read_documents(members)
    for one in reasons:
        builder.problem("index", "", one)
    drawing = MaltegoGraph()
    for name, graph in graphs.items():
        _draw(name, graph, drawing, builder)
    if len(graphs) > 1:
        builder.problem("file", "", f"its {len(graphs)} graphs are read as one")
    definitions, refused = definitions_of(members)
    for one in refused:
        builder.problem(one, "", "this is no definition of an entity type that is read")
    read_graph(drawing, builder, definitions)
    keep_rest(members, [name for name in members if _GROUPING.fullmatch(name)], builder)
    return builder.build()


def _draw(name: str, graph: MtglGraph, drawing: MaltegoGraph, builder: GraphBuilder) -> None:
    for key, record in graph["entities"].items():
        drawing.nodes.append(_node(f"{name}/{key}", record, builder))
    for key, record in graph["links"].items():
        where = f"{name}, link {record.get('id[string]', key)}"
        if "source" not in record or "target" not in record:
            builder.problem(where, "", "the link has no ends")
            continue
        properties = tuple(
            _property(_link_name(name_), one) for name_, one in record["properties"].items()
        )
        run = record["properties"].get("transform.run-date", {}).get("value", [0])[0]
        learnt_s = _seconds(run) or _seconds(record.get("__birth-date[date]", 0))
        kind = record.get("type[string]", "")
        drawing.edges.append(
            MaltegoLink(
                f"{name}/{record['source']}", f"{name}/{record['target']}",
                TRANSFORM_LINK if kind == "transform" else MANUAL_LINK, where, properties, learnt_s,
            )
        )  # fmt: skip


def _node(key: str, record: MtglRecord, builder: GraphBuilder) -> MaltegoNode:
    where = f"{key.partition('/')[0]}, entity {record.get('id[string]', key)}"
    type_ = record.get("type[string]", "")
    properties = tuple(_property(name, one) for name, one in record["properties"].items())
    note = str(
        record.get("notes", {}).get("value[string]", record.get("notes", {}).get("value", ""))
    )
    place = (record["x"], record["y"]) if "x" in record and "y" in record else None
    shown = record.get("displayInfo", [])
    if len(shown) > SHOWN_MAX:
        builder.problem(
            where, "", f"only the first {SHOWN_MAX} pieces of display information are read"
        )
    beside = [
        (f"display information: {one.get('name', '')}"[:200], plain(str(one.get("value", ""))))
        for one in shown[:SHOWN_MAX]
    ]
    display = record.get("displayValueStr[string]", "")
    if display != record.get("valueStr[string]", ""):
        beside.append(("display value", display))
    if record.get("weight[int]", 0):
        beside.append(("weight", str(record["weight[int]"])))
    if record.get("bookmark[int]", -1) >= 0:
        beside.append(("bookmark", str(record["bookmark[int]"])))
    return MaltegoNode(
        key, type_, where, properties, value=record.get("valueStr[string]", ""), notes=note,
        place=place, beside=tuple(beside), learnt_s=_seconds(record.get("__birth-date[date]", 0)),
        original=etree.tostring(entity_element(type_, properties), encoding="unicode"),
    )  # fmt: skip


def _property(name: str, stored: MtglProperty) -> MaltegoProperty:
    type_ = stored.get("type", "string")
    return MaltegoProperty(
        name, _text(stored.get("value", []), type_, stored.get("storage", "")),
        stored.get("displayName", ""), type_,
        hidden=stored.get("hidden") == "t", readonly=stored.get("readonly") == "t",
    )  # fmt: skip


def _link_name(name: str) -> str:
    return name if name.startswith((LINK_HEAD, "clew.")) else f"{LINK_HEAD}{name}"


def _text(values: list[Scalar], type_: str, storage: str) -> str:
    """A value as one text; an array with commas between, those within escaped."""
    if storage == "bool":
        values = ["true" if one == "t" else "false" for one in values]
    if type_ in ("date", "datetime") and storage in ("long", "date"):
        values = [_moment(one) for one in values]
    texts = [str(one) for one in values]
    whole = ",".join(texts)
    # The client cuts JSON that an author put into an array at its commas.
    if len(texts) < 2 or (whole.startswith(("[", "{")) and _is_json(whole)):
        return whole
    return ",".join(one.replace(",", "\\,") for one in texts)


def _moment(value: Scalar) -> str:
    second = _seconds(value)
    return f"{EPOCH + timedelta(seconds=second):%Y-%m-%dT%H:%M:%SZ}" if second else str(value)


def _seconds(value: Scalar) -> int:
    """Seconds since 1970 of milliseconds; 0 where it is no time of today's people."""
    second = value // 1000 if isinstance(value, int) else 0
    return second if 0 < second < _SECONDS_MAX else 0


def _is_json(text: str) -> bool:
    try:
        msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return False
    return True
