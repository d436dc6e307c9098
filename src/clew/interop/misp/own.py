"""Clew's own part of an event: provenance, observations, places and decisions, in full."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from clew.errors import InvalidValue
from clew.interop.json import decode_json
from clew.interop.misp.context import context
from clew.interop.misp.event_reader import EventReader, Thing, is_deleted, tag_names, text
from clew.interop.misp.shape import free_attribute, object_of
from clew.interop.misp.words import GRAPH_NAME
from clew.interop.serialize import (
    decisions_from_json,
    interval_from_json,
    marking_from_json,
    note_from_json,
    provenance_from_json,
)
from clew.interop.texts import own_type
from clew.model.entity import Entity

Fields = Mapping[str, Any]
_NUMBER = re.compile(r"([0-9]{1,9}) of [0-9]{1,9}")


def read_own(reader: EventReader) -> bool:
    """Take what Clew wrote of things that are still there; whether Clew wrote the event at all."""
    graph = _graph(reader)
    if graph is None:
        return False
    reader.own = True
    numbers = _provenance(reader, graph)
    title = graph.get("title")
    reader.builder.graph.title = title if isinstance(title, str) else ""
    if "tlp" in graph or "pap" in graph:
        marking_from_json(graph, -1, reader.builder, reader.where)
    there = {
        text(one, "uuid"): one
        for name in ("Attribute", "Object")
        for one in _list(reader.event, name) if not is_deleted(one)
    }  # fmt: skip
    references = {
        text(it, "uuid"): (owner, text(it, "referenced_uuid"), text(it, "relationship_type"))
        for owner, one in there.items()
        for it in _list(one, "ObjectReference") if not is_deleted(it)
    }  # fmt: skip
    entities = _all(graph, "entities")
    rows = [_entity(reader, fields, there, numbers) for fields in entities]
    for row, fields in zip(rows, entities, strict=True):
        into_row = _at(rows, fields.get("same_as"))
        if row is not None and into_row is not None and into_row != row:
            reader.builder.graph.merged_into[row] = into_row
    uuids = [text(fields, "uuid") for fields in entities]
    for fields in _list(graph, "links"):
        _link(reader, fields, rows, uuids, references, numbers)
    for fields in _list(graph, "notes"):
        on = _at(rows, fields["on"]) if "on" in fields else -1
        if on is not None:
            note_from_json(fields, on, reader.builder)
    return True


def _graph(reader: EventReader) -> Fields | None:
    """The part itself, which may be in several pieces; None where there is none or it is broken."""
    for one in _list(reader.event, "Object"):
        if text(one, "name") != GRAPH_NAME or is_deleted(one):
            continue
        pieces: list[tuple[int, int, str]] = []
        for at, piece in enumerate(_list(one, "Attribute")):
            if text(piece, "object_relation") == "json" and not is_deleted(piece):
                match = _NUMBER.fullmatch(text(piece, "comment"))
                pieces.append((int(match[1]) if match else 0, at, text(piece, "value")))
        try:
            graph = decode_json("".join(it for _, _, it in sorted(pieces)).encode())
        except (InvalidValue, UnicodeEncodeError) as error:
            reason = error.reason if isinstance(error, InvalidValue) else "it is no Unicode text"
            reader.builder.problem(reader.where, GRAPH_NAME, reason)
            continue
        if isinstance(graph, dict):
            reader.consumed.add(text(one, "uuid"))
            return graph
        reader.builder.problem(reader.where, GRAPH_NAME, "it is no JSON object")
    return None


def _provenance(reader: EventReader, graph: Fields) -> list[int]:
    numbers: list[int] = []
    listed = graph.get("provenance")
    for one in listed if isinstance(listed, list) else ():
        try:
            numbers.append(reader.builder.provenance_number(provenance_from_json(one)))
        except InvalidValue as error:
            reader.builder.problem(reader.where, error.value, error.reason)
            numbers.append(0)
    return numbers


def _entity(
    reader: EventReader, fields: Fields, there: dict[str, Thing], numbers: list[int]
) -> int | None:
    """The row of an entity that is in the event as it was written; None where it is not."""
    uuid, type_, value = text(dict(fields), "uuid"), fields.get("type"), fields.get("value")
    where = f"{reader.where} {uuid[:80]}"
    if not isinstance(type_, str) or not type_ or not isinstance(value, str):
        reader.builder.problem(where, fields, "an entity needs a type and a value")
        return None
    # Each thing is told once, so that no part can make one object be searched without end.
    element = there.pop(uuid, None)
    if element is None:
        reader.builder.problem(where, value, "it is no longer in the event")
        return None
    kind = reader.builder.catalogue.entity_types.get(type_)
    try:
        record = Entity(type_, str(kind.value(value)) if kind is not None else value)
    except InvalidValue as error:
        reader.builder.problem(where, value, error.reason)
        return None
    more = _more(reader, record, element)
    if more is None:
        reader.builder.problem(where, value, "it was changed in MISP; what is there now is read")
        return None
    row = reader.builder.entity(type_, value, where, _by(fields, numbers))
    if row is None:
        return None
    for own in (uuid, *more[0]):
        reader.session.rows[own] = (row,)
    if not more[1]:
        reader.consumed.add(uuid)
    decisions_from_json(fields, row, reader.builder, where)
    _added(reader, fields, element, row)
    for observed in _list(fields, "properties"):
        name = observed.get("name")
        if not isinstance(name, str) or not name:
            reader.builder.problem(where, observed, "this is no property")
            continue
        try:
            reader.builder.property(
                row, name, observed.get("value"), seen=interval_from_json(observed),
                by=_by(observed, numbers), where=where,
                collectors=_names(observed.get("collectors")),
            )  # fmt: skip
        except (InvalidValue, OverflowError) as error:
            reader.builder.problem(where, observed, str(error))
    return row


def _more(reader: EventReader, one: Entity, element: Thing) -> tuple[list[str], bool] | None:
    """
    Ids of the attributes that were written, and whether an object holds more than those.

    None where what was written is not there.
    """
    if "Attribute" not in element:
        free = free_attribute(one)
        whole = free is not None and _same(reader, one, free[1], text(element, "value"))
        return ([], False) if whole else None
    inner = [it for it in _list(element, "Attribute") if not is_deleted(it)]
    taken: list[str] = []
    for relation, _, value in object_of(one)[1]:
        match = next(
            (it for it in inner if text(it, "object_relation") == relation
             and _same(reader, one, value, text(it, "value"))), None,
        )  # fmt: skip
        if match is None:
            return None
        taken.append(text(match, "uuid"))
    return taken, len(inner) > len(taken)


def _same(reader: EventReader, one: Entity, written: str, found: str) -> bool:
    """Whether a value is what was written; MISP writes some types in another way."""
    if found.strip() == written.strip():
        return True
    kind = reader.builder.catalogue.entity_types.get(one.type)
    try:
        return kind is not None and str(kind.value(found)) == one.value
    except InvalidValue:
        return False


def _added(reader: EventReader, fields: Fields, element: Thing, row: int) -> None:
    """Tags, galaxies, sightings and notes that were put on it in MISP."""
    tags = fields.get("tags")
    written = set(_names(tags))
    for thing in (element, *_list(element, "Attribute")):
        if not is_deleted(thing):
            names = [name for name in tag_names(thing) if name not in written]
            added = {**thing, "Tag": [{"name": name} for name in names]}
            context(reader, added, (row,), marked=False)


def _link(
    reader: EventReader, fields: Fields, rows: list[int | None], uuids: list[str],
    references: Mapping[str, tuple[str, str, str]], numbers: list[int],
) -> None:  # fmt: skip
    uuid, type_ = text(dict(fields), "uuid"), fields.get("type")
    where = f"{reader.where} {uuid[:80]}"
    source, target = _at(rows, fields.get("source")), _at(rows, fields.get("target"))
    if source is None or target is None:
        return
    if not isinstance(type_, str) or not type_:
        reader.builder.problem(where, fields, "the link has no type")
        return
    found = references.get(uuid)
    expected = (uuids[fields["source"]], uuids[fields["target"]], own_type(type_))
    if found != expected:
        reason = "it is no longer in the event" if found is None else "it was changed in MISP"
        reader.builder.problem(where, type_, reason)
        return
    reader.consumed.add(uuid)
    for observed in _list(fields, "observations"):
        detail = observed.get("detail")
        try:
            reader.builder.link(
                source, type_, target, seen=interval_from_json(observed), by=_by(observed, numbers),
                collectors=_names(observed.get("collectors")), where=where,
                detail=detail if isinstance(detail, str) else "",
            )  # fmt: skip
        except (InvalidValue, OverflowError) as error:
            reader.builder.problem(where, observed, str(error))


def _list(of: Fields, name: str) -> list[Thing]:
    listed = of.get(name)
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def _all(of: Fields, name: str) -> list[Thing]:
    """Likewise with an empty one where there is none, so that their numbers hold."""
    listed = of.get(name)
    return [it if isinstance(it, dict) else {} for it in listed] if isinstance(listed, list) else []


def _names(value: object) -> list[str]:
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def _at(rows: list[int | None], number: object) -> int | None:
    known = isinstance(number, int) and not isinstance(number, bool) and 0 <= number < len(rows)
    return rows[number] if known and isinstance(number, int) else None


def _by(fields: Fields, numbers: list[int]) -> int:
    number = fields.get("by")
    return numbers[number] if isinstance(number, int) and 0 <= number < len(numbers) else 0
