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
from clew.interop.sample import Sample
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
from clew.model.entity import Entity, Link
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

VERSION = 1
LINE_BYTES_MAX = 16 * 1024 * 1024
"""Longest line that is read."""
_OWN = re.compile(rb'\{\s*"clew"\s*:\s*"')


def sniff_jsonl(sample: Sample) -> Confidence | None:
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
        if row in graph.joined:
            line["same_as"] = _entity(records[graph.joined[row]])
        lines.append(line)
    for _, _, told in graph.links():
        link = told.subject
        assert isinstance(link, Link)
        lines.append(
            {"clew": "link", "source": _entity(link.source), "type": link.type,
             "target": _entity(link.target), **observation_to_json(told),
             "by": provenance_to_json(told.provenance)}
        )  # fmt: skip
    for row, told in graph.properties():
        lines.append(
            {"clew": "property", "entity": _entity(records[row]), **observation_to_json(told),
             "by": provenance_to_json(told.provenance)}
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
    joined: list[tuple[int, object, str]] = []
    for number, line in enumerate(as_utf8(data).split(b"\n"), 1):
        if not line.strip():
            continue
        where = f"line {number}"
        try:
            if len(line) > LINE_BYTES_MAX:
                raise InvalidValue("line", "", f"it has over {LINE_BYTES_MAX} bytes")
            told = msgspec.json.decode(line)
            if not isinstance(told, dict):
                raise InvalidValue("line", told, "it is no JSON object")
            _read_line(told, builder, where, joined)
        except InvalidValue as error:
            builder.problem(where, line[:200].decode(errors="replace"), error.reason)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            builder.problem(where, line[:200].decode(errors="replace"), f"it is no JSON: {error}")
    for row, told_as, where in joined:
        kept = _row(told_as, builder, where)
        if kept is not None and kept != row:
            builder.graph.joined[row] = kept
    return builder.build()


def _read_line(
    told: Mapping[str, Any],
    builder: GraphBuilder,
    where: str,
    joined: list[tuple[int, object, str]],
) -> None:
    kind = told.get("clew", "entity")
    by = builder.provenance_number(provenance_from_json(told["by"])) if "by" in told else 0
    match kind:
        case "graph":
            title = told.get("title")
            builder.graph.title = title if isinstance(title, str) else ""
            if "tlp" in told or "pap" in told:
                marking_from_json(told, -1, builder, where)
        case "entity":
            row = _row(told, builder, where, by)
            if row is None:
                return
            decisions_from_json(told, row, builder, where)
            if "same_as" in told:
                joined.append((row, told["same_as"], where))
        case "link":
            detail = told.get("detail")
            type_ = told.get("type")
            if not isinstance(type_, str) or not type_:
                raise InvalidValue("link", told, "it has no type")
            builder.link(
                _row(told.get("source"), builder, where, by), type_,
                _row(told.get("target"), builder, where, by), seen=interval_from_json(told),
                collectors=_names(told.get("collectors")), by=by, where=where,
                detail=detail if isinstance(detail, str) else "",
            )  # fmt: skip
        case "property":
            name = told.get("name")
            if not isinstance(name, str) or not name:
                raise InvalidValue("property", told, "it has no name")
            builder.property(
                _row(told.get("entity"), builder, where, by), name, told.get("value"),
                seen=interval_from_json(told), collectors=_names(told.get("collectors")), by=by,
                where=where,
            )  # fmt: skip
        case "note":
            row = _row(told["entity"], builder, where, by) if "entity" in told else -1
            if row is not None:
                note_from_json(told, row, builder)
        case _:
            raise InvalidValue("line", kind, "its kind is not known")


def _row(told: object, builder: GraphBuilder, where: str, by: int = 0) -> int | None:
    if not isinstance(told, Mapping) or not isinstance(told.get("type"), str):
        builder.problem(where, told, "an entity needs a type and a value")
        return None
    return builder.entity(told["type"], told.get("value"), where, by)


def _names(told: object) -> list[str]:
    return [one for one in told if isinstance(one, str)] if isinstance(told, list) else []


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
