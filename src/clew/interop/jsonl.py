"""JSON lines: Clew's own text form. A graph, entity, link, property or note a line; no loss."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from clew.errors import InvalidValue
from clew.interop.carried import Carried, Problem
from clew.interop.format import Confidence, Format
from clew.interop.gathering import Gathering
from clew.interop.json import as_utf8
from clew.interop.said import (
    decided_of,
    interval_of,
    marking,
    note_said,
    provenance_said,
    read_decided,
    read_note,
    read_provenance,
    said_of,
)
from clew.interop.sample import Sample
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


def write_jsonl(carried: Carried) -> bytes:
    """All that is in a graph, each line standing for itself; values as they are, not defanged."""
    head: dict[str, Any] = {"clew": "graph", "version": VERSION, "title": carried.title}
    if -1 in carried.marks:
        head["tlp"], head["pap"] = carried.marks[-1]
    lines = [head]
    records = carried.entities()
    for row, one in enumerate(records):
        line = {"clew": "entity", **_entity(one), **decided_of(carried, row)}
        by = carried.provenance[int(carried.block.entities["provenance"][row])]
        line["by"] = provenance_said(by)
        if row in carried.joined:
            line["same_as"] = _entity(records[carried.joined[row]])
        lines.append(line)
    for _, _, told in carried.links():
        link = told.subject
        assert isinstance(link, Link)
        lines.append(
            {"clew": "link", "source": _entity(link.source), "type": link.type,
             "target": _entity(link.target), **said_of(told),
             "by": provenance_said(told.provenance)}
        )  # fmt: skip
    for row, told in carried.properties():
        lines.append(
            {"clew": "property", "entity": _entity(records[row]), **said_of(told),
             "by": provenance_said(told.provenance)}
        )  # fmt: skip
    for note in carried.notes:
        line = {"clew": "note", **note_said(note)}
        if note.entity >= 0:
            line["entity"] = _entity(records[note.entity])
        lines.append(line)
    return b"".join(msgspec.json.encode(line) + b"\n" for line in lines)


def read_jsonl(
    data: bytes, origin: Provenance, catalogue: Catalogue
) -> tuple[Carried, list[Problem]]:
    """
    The graph of JSON lines; a line that does not hold is told and left out.

    Lines of other programs are read too where they have ``type`` and ``value``.
    """
    into = Gathering(catalogue, origin)
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
            _read_line(told, into, where, joined)
        except InvalidValue as error:
            into.problem(where, line[:200].decode(errors="replace"), error.reason)
        except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
            into.problem(where, line[:200].decode(errors="replace"), f"it is no JSON: {error}")
    for row, told_as, where in joined:
        kept = _row(told_as, into, where)
        if kept is not None and kept != row:
            into.carried.joined[row] = kept
    return into.done()


def _read_line(
    told: Mapping[str, Any], into: Gathering, where: str, joined: list[tuple[int, object, str]]
) -> None:
    kind = told.get("clew", "entity")
    by = into.by(read_provenance(told["by"])) if "by" in told else 0
    match kind:
        case "graph":
            title = told.get("title")
            into.carried.title = title if isinstance(title, str) else ""
            if "tlp" in told or "pap" in told:
                marking(told, -1, into, where)
        case "entity":
            row = _row(told, into, where, by)
            if row is None:
                return
            read_decided(told, row, into, where)
            if "same_as" in told:
                joined.append((row, told["same_as"], where))
        case "link":
            detail = told.get("detail")
            type_ = told.get("type")
            if not isinstance(type_, str) or not type_:
                raise InvalidValue("link", told, "it has no type")
            into.link(
                _row(told.get("source"), into, where, by), type_,
                _row(told.get("target"), into, where, by), seen=interval_of(told),
                collectors=_names(told.get("collectors")), by=by, where=where,
                detail=detail if isinstance(detail, str) else "",
            )  # fmt: skip
        case "property":
            name = told.get("name")
            if not isinstance(name, str) or not name:
                raise InvalidValue("property", told, "it has no name")
            into.property(
                _row(told.get("entity"), into, where, by), name, told.get("value"),
                seen=interval_of(told), collectors=_names(told.get("collectors")), by=by,
                where=where,
            )  # fmt: skip
        case "note":
            row = _row(told["entity"], into, where, by) if "entity" in told else -1
            if row is not None:
                read_note(told, row, into)
        case _:
            raise InvalidValue("line", kind, "its kind is not known")


def _row(told: object, into: Gathering, where: str, by: int = 0) -> int | None:
    if not isinstance(told, Mapping) or not isinstance(told.get("type"), str):
        into.problem(where, told, "an entity needs a type and a value")
        return None
    return into.entity(told["type"], told.get("value"), where, by)


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
