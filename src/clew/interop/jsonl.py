"""JSON lines: Clew's own text form. A graph, entity, link, property or note a line; no loss."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.format import Confidence, Format
from clew.interop.graph_builder import GraphBuilder
from clew.interop.json import as_utf8
from clew.interop.sample import FileSample
from clew.interop.serialize import (
    decisions_from_json,
    decisions_to_json,
    interval_from_json,
    marking_from_json,
    note_from_json,
    note_to_json,
    observation_to_json,
    provenance_from_json,
    provenance_to_json,
)
from clew.interop.table.values import type_of
from clew.interop.table.words import DETECT
from clew.model.entity import Entity, Link
from clew.model.provenance import Provenance
from clew.schema.detect import detect
from clew.schema.registry import Catalogue

VERSION = 1
LINE_BYTES_MAX = 16 * 1024 * 1024
"""Longest line that is read."""
_OWN = re.compile(rb'\{\s*"clew"\s*:\s*"')


def sniff_jsonl(sample: FileSample) -> Confidence | None:
    """Its first line says so; lines of other programs have a type and a value."""
    if _OWN.match(sample.head):
        return Confidence.CERTAIN
    return Confidence.POSSIBLE if sample.record.keys() >= {"type", "value"} else None


def write_jsonl(graph: ExchangeGraph) -> bytes:
    """All that is in a graph, each line standing for itself; values as they are, not defanged."""
    head: dict[str, Any] = {"clew": "graph", "version": VERSION, "title": graph.title}
    if -1 in graph.marks:
        head["tlp"], head["pap"] = graph.marks[-1]
    lines = [head]
    records = graph.entities()
    for row, one in enumerate(records):
        line = {"clew": "entity", **_entity(one), **decisions_to_json(graph, row)}
        by = graph.provenance[int(graph.block.entities["provenance"][row])]
        line["by"] = provenance_to_json(by)
        if row in graph.merged_into:
            line["same_as"] = _entity(records[graph.merged_into[row]])
        lines.append(line)
    for _, _, observation in graph.links():
        link = observation.subject
        assert isinstance(link, Link)
        lines.append(
            {"clew": "link", "source": _entity(link.source), "type": link.type,
             "target": _entity(link.target), **observation_to_json(observation),
             "by": provenance_to_json(observation.provenance)}
        )  # fmt: skip
    for row, observation in graph.properties():
        lines.append(
            {"clew": "property", "entity": _entity(records[row]),
             **observation_to_json(observation), "by": provenance_to_json(observation.provenance)}
        )  # fmt: skip
    for note in graph.notes:
        line = {"clew": "note", **note_to_json(note)}
        if note.entity >= 0:
            line["entity"] = _entity(records[note.entity])
        lines.append(line)
    return b"".join(msgspec.json.encode(line) + b"\n" for line in lines)


def read_jsonl(
    data: bytes, origin: Provenance, catalogue: Catalogue
) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """
    The graph of JSON lines; a line that does not hold is told and left out.

    Lines of other programs are read too where they have ``type`` and ``value``.
    """
    builder = GraphBuilder(catalogue, origin)
    merges: list[tuple[int, object, str]] = []
    for number, line in enumerate(as_utf8(data).split(b"\n"), 1):
        if not line.strip():
            continue
        where = f"line {number}"
        try:
            if len(line) > LINE_BYTES_MAX:
                raise InvalidValue("line", "", f"it has over {LINE_BYTES_MAX} bytes")
            record = msgspec.json.decode(line)
            if not isinstance(record, dict):
                raise InvalidValue("line", record, "it is no JSON object")
            _read_line(record, builder, where, merges)
        except InvalidValue as error:
            builder.problem(where, line[:200].decode(errors="replace"), error.reason)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            builder.problem(where, line[:200].decode(errors="replace"), f"it is no JSON: {error}")
    for row, other, where in merges:
        into_row = _row(other, builder, where)
        if into_row is not None and into_row != row:
            builder.graph.merged_into[row] = into_row
    return builder.build()


def _read_line(
    record: Mapping[str, Any],
    builder: GraphBuilder,
    where: str,
    merges: list[tuple[int, object, str]],
) -> None:
    kind = record.get("clew", "entity")
    by = builder.provenance_number(provenance_from_json(record["by"])) if "by" in record else 0
    match kind:
        case "graph":
            title = record.get("title")
            builder.graph.title = title if isinstance(title, str) else ""
            if "tlp" in record or "pap" in record:
                marking_from_json(record, -1, builder, where)
        case "entity":
            named = record if "clew" in record else _with_type(record, builder, where)
            row = _row(named, builder, where, by)
            if row is None:
                return
            decisions_from_json(record, row, builder, where)
            if "same_as" in record:
                merges.append((row, record["same_as"], where))
        case "link":
            detail = record.get("detail")
            type_ = record.get("type")
            if not isinstance(type_, str) or not type_:
                raise InvalidValue("link", record, "it has no type")
            builder.link(
                _row(record.get("source"), builder, where, by), type_,
                _row(record.get("target"), builder, where, by), seen=interval_from_json(record),
                collectors=_names(record.get("collectors")), by=by, where=where,
                detail=detail if isinstance(detail, str) else "",
            )  # fmt: skip
        case "property":
            name = record.get("name")
            if not isinstance(name, str) or not name:
                raise InvalidValue("property", record, "it has no name")
            builder.property(
                _row(record.get("entity"), builder, where, by), name, record.get("value"),
                seen=interval_from_json(record), collectors=_names(record.get("collectors")), by=by,
                where=where,
            )  # fmt: skip
        case "note":
            row = _row(record["entity"], builder, where, by) if "entity" in record else -1
            if row is not None:
                note_from_json(record, row, builder)
        case _:
            raise InvalidValue("line", kind, "its kind is not known")


def _with_type(record: Mapping[str, Any], builder: GraphBuilder, where: str) -> Mapping[str, Any]:
    """A line of another program with the type that its own word means, or its value looks like."""
    word, value = record.get("type"), record.get("value")
    if not isinstance(word, str) or not isinstance(value, str) or not value.strip():
        return record
    if word in builder.catalogue.entity_types:
        return record
    type_ = type_of(word, builder.catalogue)
    if type_ == DETECT and (found := detect(value, builder.catalogue)):
        type_ = found[0].type.name
    elif type_ == DETECT:
        type_ = word
        builder.problem(where, word, "no such type is known; it enters under that name")
    return {**record, "type": type_}


def _row(value: object, builder: GraphBuilder, where: str, by: int = 0) -> int | None:
    if not isinstance(value, Mapping) or not isinstance(value.get("type"), str):
        builder.problem(where, value, "an entity needs a type and a value")
        return None
    return builder.entity(value["type"], value.get("value"), where, by)


def _names(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _entity(one: Entity) -> dict[str, str]:
    return {"type": one.type, "value": one.value}


JSONL = Format(
    name="jsonl",
    label="JSON lines",
    extensions=(".jsonl", ".ndjson"),
    about="Clew's own text form: a graph, entity, link, property or note a line. Lines of other "
    "programs are read where they have a type and a value.",
    sniff=sniff_jsonl,
    read=read_jsonl,
    write=write_jsonl,
)
