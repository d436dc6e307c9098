"""Clew's extension of STIX: provenance, observations, places and decisions, in full."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from clew.errors import InvalidValue
from clew.interop.serialize import (
    decisions_from_json,
    interval_from_json,
    marking_from_json,
    note_from_json,
    provenance_from_json,
)
from clew.interop.stix.reading import KEPT, Reading, Thing, items, strings, text
from clew.interop.stix.words import EXTENSION_ID, PRODUCER_ID

Told = Mapping[str, Any]


def own_part(thing: Thing) -> Told | None:
    """What Clew's extension says of an object; None where there is none."""
    extensions = thing.get("extensions")
    part = extensions.get(EXTENSION_ID) if isinstance(extensions, dict) else None
    return part if isinstance(part, dict) else None


def without_own(thing: Thing) -> Thing:
    """An object as it was before Clew wrote its extension into it."""
    others = {name: part for name, part in thing["extensions"].items() if name != EXTENSION_ID}
    if others:
        return {**thing, "extensions": others}
    return {name: value for name, value in thing.items() if name != "extensions"}


def read_own(told: Reading) -> None:
    """Take all that the extension says into the graph; those objects need no other reading."""
    parts = [(thing, part) for thing in told.things.values() if (part := own_part(thing))]
    if not parts:
        return
    told.consumed |= {EXTENSION_ID, PRODUCER_ID}
    numbers = _provenance(told, parts)
    joined: list[tuple[int, object, str]] = []
    for thing, part in parts:
        if "entity" in part:
            _entity(told, thing, part, numbers, joined)
    for row, kept_as, id_ in joined:
        kept = _row(told, kept_as, id_)
        if kept is not None and kept != row:
            told.builder.graph.joined[row] = kept
    for thing, part in parts:
        on: int | None = -1
        try:
            if "link" in part:
                _link(told, thing, part, numbers)
            elif "note" in part:
                if "about" in part:
                    on = _row(told, part["about"], text(thing, "id"))
                if on is not None and isinstance(part["note"], dict):
                    note_from_json(part["note"], on, told.builder)
        except InvalidValue as error:
            told.builder.problem(text(thing, "id"), error.value, error.reason)
        told.consumed.add(text(thing, "id"))


def _provenance(told: Reading, parts: list[tuple[Thing, Told]]) -> list[int]:
    numbers: list[int] = []
    for thing, part in parts:
        if "provenance" not in part:
            continue
        for one in items(part["provenance"]):
            try:
                numbers.append(told.builder.provenance_number(provenance_from_json(one)))
            except InvalidValue as error:
                told.builder.problem(text(thing, "id"), error.value, error.reason)
                numbers.append(0)
        title = part.get("title")
        told.builder.graph.title = title if isinstance(title, str) else ""
        if "tlp" in part or "pap" in part:
            marking_from_json(part, -1, told.builder, text(thing, "id"))
    return numbers


def _entity(
    told: Reading, thing: Thing, part: Told, numbers: list[int],
    joined: list[tuple[int, object, str]],
) -> None:  # fmt: skip
    id_ = text(thing, "id")
    row = _row(told, part["entity"], id_, _by(part, numbers))
    told.consumed.add(id_)
    if row is None:
        return
    told.rows[id_] = (row,)
    decisions_from_json(part, row, told.builder, id_)
    if "same_as" in part:
        joined.append((row, part["same_as"], id_))
    for said in items(part.get("properties")):
        if not isinstance(said, dict) or not isinstance(said.get("name"), str):
            told.builder.problem(id_, said, "this is no property")
            continue
        try:
            value = said.get("value")
            if "value_ref" in said:
                value = _original(told, said["value_ref"], said.get("added"))
            told.builder.property(
                row, said["name"], value, seen=interval_from_json(said), by=_by(said, numbers),
                collectors=strings(said.get("collectors")), where=id_,
            )  # fmt: skip
        except InvalidValue as error:
            told.builder.problem(id_, error.value, error.reason)


def _link(told: Reading, thing: Thing, part: Told, numbers: list[int]) -> None:
    id_, link = text(thing, "id"), part["link"]
    if not isinstance(link, dict) or not text(link, "type"):
        raise InvalidValue("link", link, "it has no type")
    source, target = _row(told, link.get("source"), id_), _row(told, link.get("target"), id_)
    for said in items(part.get("observations")):
        if not isinstance(said, dict):
            told.builder.problem(id_, said, "this is no observation")
            continue
        detail = said.get("detail")
        if "detail_ref" in said:
            detail = _original(told, said["detail_ref"], said.get("added"))
        told.builder.link(
            source, link["type"], target, seen=interval_from_json(said), by=_by(said, numbers),
            collectors=strings(said.get("collectors")), where=id_,
            detail=detail if isinstance(detail, str) else "",
        )  # fmt: skip


def _original(told: Reading, ref: object, added: object) -> str:
    """Another object word for word, which then needs no reading of its own."""
    thing = told.things.get(ref) if isinstance(ref, str) else None
    if thing is None:
        raise InvalidValue("reference", ref, f"the object of a {KEPT} is not there")
    told.consumed.add(str(ref))
    bare = without_own(thing) if own_part(thing) is not None else thing
    gone = frozenset(strings(added))
    bare = {name: value for name, value in bare.items() if name not in gone}
    return msgspec.json.encode(bare).decode()


def _row(told: Reading, one: object, where: str, by: int = 0) -> int | None:
    if not isinstance(one, dict) or not text(one, "type"):
        told.builder.problem(where, one, "an entity needs a type and a value")
        return None
    return told.builder.entity(one["type"], one.get("value"), where, by)


def _by(said: Told, numbers: list[int]) -> int:
    number = said.get("told_by")
    return numbers[number] if isinstance(number, int) and 0 <= number < len(numbers) else 0
