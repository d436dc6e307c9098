"""Clew's own part of an event: provenance, observations, places and decisions, in full."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from clew.errors import InvalidValue
from clew.interop.graph_builder import own_type
from clew.interop.json import decode_json
from clew.interop.misp.case import Case, Thing, deleted, tag_names, text
from clew.interop.misp.context import context
from clew.interop.misp.shape import free_attribute, object_of
from clew.interop.misp.words import GRAPH_NAME
from clew.interop.serialize import (
    decisions_from_json,
    interval_from_json,
    marking_from_json,
    note_from_json,
    provenance_from_json,
)
from clew.model.entity import Entity

Told = Mapping[str, Any]
_NUMBER = re.compile(r"([0-9]{1,9}) of [0-9]{1,9}")


def read_own(case: Case) -> bool:
    """Take what Clew wrote of things that are still there; whether Clew wrote the event at all."""
    graph = _graph(case)
    if graph is None:
        return False
    case.own = True
    numbers = _provenance(case, graph)
    title = graph.get("title")
    case.builder.graph.title = title if isinstance(title, str) else ""
    if "tlp" in graph or "pap" in graph:
        marking_from_json(graph, -1, case.builder, case.where)
    there = {
        text(one, "uuid"): one
        for name in ("Attribute", "Object") for one in _list(case.event, name) if not deleted(one)
    }  # fmt: skip
    references = {
        text(it, "uuid"): (owner, text(it, "referenced_uuid"), text(it, "relationship_type"))
        for owner, one in there.items() for it in _list(one, "ObjectReference") if not deleted(it)
    }  # fmt: skip
    entities = _all(graph, "entities")
    rows = [_entity(case, told, there, numbers) for told in entities]
    for row, told in zip(rows, entities, strict=True):
        kept = _at(rows, told.get("same_as"))
        if row is not None and kept is not None and kept != row:
            case.builder.graph.joined[row] = kept
    uuids = [text(told, "uuid") for told in entities]
    for told in _list(graph, "links"):
        _link(case, told, rows, uuids, references, numbers)
    for told in _list(graph, "notes"):
        on = _at(rows, told["on"]) if "on" in told else -1
        if on is not None:
            note_from_json(told, on, case.builder)
    return True


def _graph(case: Case) -> Told | None:
    """The part itself, which may be in several pieces; None where there is none or it is broken."""
    for one in _list(case.event, "Object"):
        if text(one, "name") != GRAPH_NAME or deleted(one):
            continue
        pieces: list[tuple[int, int, str]] = []
        for at, piece in enumerate(_list(one, "Attribute")):
            if text(piece, "object_relation") == "json" and not deleted(piece):
                match = _NUMBER.fullmatch(text(piece, "comment"))
                pieces.append((int(match[1]) if match else 0, at, text(piece, "value")))
        try:
            graph = decode_json("".join(it for _, _, it in sorted(pieces)).encode())
        except (InvalidValue, UnicodeEncodeError) as error:
            reason = error.reason if isinstance(error, InvalidValue) else "it is no Unicode text"
            case.builder.problem(case.where, GRAPH_NAME, reason)
            continue
        if isinstance(graph, dict):
            case.consumed.add(text(one, "uuid"))
            return graph
        case.builder.problem(case.where, GRAPH_NAME, "it is no JSON object")
    return None


def _provenance(case: Case, graph: Told) -> list[int]:
    numbers: list[int] = []
    held = graph.get("provenance")
    for one in held if isinstance(held, list) else ():
        try:
            numbers.append(case.builder.provenance_number(provenance_from_json(one)))
        except InvalidValue as error:
            case.builder.problem(case.where, error.value, error.reason)
            numbers.append(0)
    return numbers


def _entity(case: Case, told: Told, there: dict[str, Thing], numbers: list[int]) -> int | None:
    """The row of an entity that is in the event as it was written; None where it is not."""
    uuid, type_, value = text(dict(told), "uuid"), told.get("type"), told.get("value")
    where = f"{case.where} {uuid[:80]}"
    if not isinstance(type_, str) or not type_ or not isinstance(value, str):
        case.builder.problem(where, told, "an entity needs a type and a value")
        return None
    # Each thing is told once, so that no part can make one object be searched without end.
    element = there.pop(uuid, None)
    if element is None:
        case.builder.problem(where, value, "it is no longer in the event")
        return None
    kind = case.builder.catalogue.entity_types.get(type_)
    try:
        record = Entity(type_, str(kind.value(value)) if kind is not None else value)
    except InvalidValue as error:
        case.builder.problem(where, value, error.reason)
        return None
    more = _more(case, record, element)
    if more is None:
        case.builder.problem(where, value, "it was changed in MISP; what is there now is read")
        return None
    row = case.builder.entity(type_, value, where, _by(told, numbers))
    if row is None:
        return None
    for own in (uuid, *more[0]):
        case.told.rows[own] = (row,)
    if not more[1]:
        case.consumed.add(uuid)
    decisions_from_json(told, row, case.builder, where)
    _added(case, told, element, row)
    for said in _list(told, "properties"):
        name = said.get("name")
        if not isinstance(name, str) or not name:
            case.builder.problem(where, said, "this is no property")
            continue
        try:
            case.builder.property(
                row, name, said.get("value"), seen=interval_from_json(said), by=_by(said, numbers),
                collectors=_names(said.get("collectors")), where=where,
            )  # fmt: skip
        except (InvalidValue, OverflowError) as error:
            case.builder.problem(where, said, str(error))
    return row


def _more(case: Case, one: Entity, element: Thing) -> tuple[list[str], bool] | None:
    """
    Ids of the attributes that were written, and whether an object holds more than those.

    None where what was written is not there.
    """
    if "Attribute" not in element:
        free = free_attribute(one)
        whole = free is not None and _same(case, one, free[1], text(element, "value"))
        return ([], False) if whole else None
    inner = [it for it in _list(element, "Attribute") if not deleted(it)]
    taken: list[str] = []
    for relation, _, value in object_of(one)[1]:
        match = next(
            (it for it in inner if text(it, "object_relation") == relation
             and _same(case, one, value, text(it, "value"))), None,
        )  # fmt: skip
        if match is None:
            return None
        taken.append(text(match, "uuid"))
    return taken, len(inner) > len(taken)


def _same(case: Case, one: Entity, written: str, found: str) -> bool:
    """Whether a value is what was written; MISP writes some types in another way."""
    if found.strip() == written.strip():
        return True
    kind = case.builder.catalogue.entity_types.get(one.type)
    try:
        return kind is not None and str(kind.value(found)) == one.value
    except InvalidValue:
        return False


def _added(case: Case, told: Told, element: Thing, row: int) -> None:
    """Tags, galaxies, sightings and notes that were put on it in MISP."""
    tags = told.get("tags")
    written = set(_names(tags))
    for thing in (element, *_list(element, "Attribute")):
        if not deleted(thing):
            names = [name for name in tag_names(thing) if name not in written]
            added = {**thing, "Tag": [{"name": name} for name in names]}
            context(case, added, (row,), marked=False)


def _link(
    case: Case, told: Told, rows: list[int | None], uuids: list[str],
    references: Mapping[str, tuple[str, str, str]], numbers: list[int],
) -> None:  # fmt: skip
    uuid, type_ = text(dict(told), "uuid"), told.get("type")
    where = f"{case.where} {uuid[:80]}"
    source, target = _at(rows, told.get("source")), _at(rows, told.get("target"))
    if source is None or target is None:
        return
    if not isinstance(type_, str) or not type_:
        case.builder.problem(where, told, "the link has no type")
        return
    found = references.get(uuid)
    expected = (uuids[told["source"]], uuids[told["target"]], own_type(type_))
    if found != expected:
        reason = "it is no longer in the event" if found is None else "it was changed in MISP"
        case.builder.problem(where, type_, reason)
        return
    case.consumed.add(uuid)
    for said in _list(told, "observations"):
        detail = said.get("detail")
        try:
            case.builder.link(
                source, type_, target, seen=interval_from_json(said), by=_by(said, numbers),
                collectors=_names(said.get("collectors")), where=where,
                detail=detail if isinstance(detail, str) else "",
            )  # fmt: skip
        except (InvalidValue, OverflowError) as error:
            case.builder.problem(where, said, str(error))


def _list(of: Told, name: str) -> list[Thing]:
    held = of.get(name)
    return [one for one in held if isinstance(one, dict)] if isinstance(held, list) else []


def _all(of: Told, name: str) -> list[Thing]:
    """Likewise with an empty one where there is none, so that their numbers hold."""
    held = of.get(name)
    return [it if isinstance(it, dict) else {} for it in held] if isinstance(held, list) else []


def _names(told: object) -> list[str]:
    return [one for one in told if isinstance(one, str)] if isinstance(told, list) else []


def _at(rows: list[int | None], number: object) -> int | None:
    held = isinstance(number, int) and not isinstance(number, bool) and 0 <= number < len(rows)
    return rows[number] if held and isinstance(number, int) else None


def _by(said: Told, numbers: list[int]) -> int:
    number = said.get("by")
    return numbers[number] if isinstance(number, int) and 0 <= number < len(numbers) else 0
