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
from clew.interop.stix.bundle_reader import (
    ORIGINAL_PROPERTY,
    BundleReader,
    Thing,
    items,
    strings,
    text,
)
from clew.interop.stix.words import EXTENSION_ID, PRODUCER_ID

Fields = Mapping[str, Any]


def own_part(thing: Thing) -> Fields | None:
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


def read_own(bundle: BundleReader) -> None:
    """Take all that the extension says into the graph; those objects need no other reading."""
    parts = [(thing, part) for thing in bundle.things.values() if (part := own_part(thing))]
    if not parts:
        return
    bundle.consumed |= {EXTENSION_ID, PRODUCER_ID}
    numbers = _provenance(bundle, parts)
    merges: list[tuple[int, object, str]] = []
    for thing, part in parts:
        if "entity" in part:
            _entity(bundle, thing, part, numbers, merges)
    for row, other, id_ in merges:
        into_row = _row(bundle, other, id_)
        if into_row is not None and into_row != row:
            bundle.builder.graph.merged_into[row] = into_row
    for thing, part in parts:
        on: int | None = -1
        try:
            if "link" in part:
                _link(bundle, thing, part, numbers)
            elif "note" in part:
                if "about" in part:
                    on = _row(bundle, part["about"], text(thing, "id"))
                if on is not None and isinstance(part["note"], dict):
                    note_from_json(part["note"], on, bundle.builder)
        except InvalidValue as error:
            bundle.builder.problem(text(thing, "id"), error.value, error.reason)
        bundle.consumed.add(text(thing, "id"))


def _provenance(bundle: BundleReader, parts: list[tuple[Thing, Fields]]) -> list[int]:
    numbers: list[int] = []
    for thing, part in parts:
        if "provenance" not in part:
            continue
        for one in items(part["provenance"]):
            try:
                numbers.append(bundle.builder.provenance_number(provenance_from_json(one)))
            except InvalidValue as error:
                bundle.builder.problem(text(thing, "id"), error.value, error.reason)
                numbers.append(0)
        title = part.get("title")
        bundle.builder.graph.title = title if isinstance(title, str) else ""
        if "tlp" in part or "pap" in part:
            marking_from_json(part, -1, bundle.builder, text(thing, "id"))
    return numbers


def _entity(
    bundle: BundleReader, thing: Thing, part: Fields, numbers: list[int],
    merges: list[tuple[int, object, str]],
) -> None:  # fmt: skip
    id_ = text(thing, "id")
    row = _row(bundle, part["entity"], id_, _by(part, numbers))
    bundle.consumed.add(id_)
    if row is None:
        return
    bundle.rows[id_] = (row,)
    decisions_from_json(part, row, bundle.builder, id_)
    if "same_as" in part:
        merges.append((row, part["same_as"], id_))
    for fields in items(part.get("properties")):
        if not isinstance(fields, dict) or not isinstance(fields.get("name"), str):
            bundle.builder.problem(id_, fields, "this is no property")
            continue
        try:
            value = fields.get("value")
            if "value_ref" in fields:
                value = _original(bundle, fields["value_ref"], fields.get("added"))
            bundle.builder.property(
                row, fields["name"], value, seen=interval_from_json(fields),
                by=_by(fields, numbers), collectors=strings(fields.get("collectors")), where=id_,
            )  # fmt: skip
        except InvalidValue as error:
            bundle.builder.problem(id_, error.value, error.reason)


def _link(bundle: BundleReader, thing: Thing, part: Fields, numbers: list[int]) -> None:
    id_, link = text(thing, "id"), part["link"]
    if not isinstance(link, dict) or not text(link, "type"):
        raise InvalidValue("link", link, "it has no type")
    source, target = _row(bundle, link.get("source"), id_), _row(bundle, link.get("target"), id_)
    for fields in items(part.get("observations")):
        if not isinstance(fields, dict):
            bundle.builder.problem(id_, fields, "this is no observation")
            continue
        try:
            detail = fields.get("detail")
            if "detail_ref" in fields:
                detail = _original(bundle, fields["detail_ref"], fields.get("added"))
            bundle.builder.link(
                source, link["type"], target, seen=interval_from_json(fields),
                by=_by(fields, numbers), collectors=strings(fields.get("collectors")), where=id_,
                detail=detail if isinstance(detail, str) else "",
            )  # fmt: skip
        except InvalidValue as error:
            bundle.builder.problem(id_, error.value, error.reason)


def _original(bundle: BundleReader, ref: object, added: object) -> str:
    """Another object word for word, which then needs no reading of its own."""
    thing = bundle.things.get(ref) if isinstance(ref, str) else None
    if thing is None:
        raise InvalidValue("reference", ref, f"the object of a {ORIGINAL_PROPERTY} is not there")
    bundle.consumed.add(str(ref))
    bare = without_own(thing) if own_part(thing) is not None else thing
    gone = frozenset(strings(added))
    bare = {name: value for name, value in bare.items() if name not in gone}
    return msgspec.json.encode(bare).decode()


def _row(bundle: BundleReader, one: object, where: str, by: int = 0) -> int | None:
    if not isinstance(one, dict) or not text(one, "type"):
        bundle.builder.problem(where, one, "an entity needs a type and a value")
        return None
    return bundle.builder.entity(one["type"], one.get("value"), where, by)


def _by(fields: Fields, numbers: list[int]) -> int:
    number = fields.get("told_by")
    return numbers[number] if isinstance(number, int) and 0 <= number < len(numbers) else 0
