"""Entities and links as version 3 has them in JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import msgspec

from clew.errors import InvalidValue
from clew.interop.maltego.markup import marked_up, plain
from clew.interop.maltego.names import ICON, OVERLAY, is_overlay, value_names, value_property
from clew.interop.maltego.record import Edge, EntityField, Thing
from clew.interop.maltego.thing_xml import FIELDS_MAX, tell

ICON_PROPERTY = "reserved-entity-icon-overlay-url"
"""The property that holds an icon's address in version 3."""

Json = Mapping[str, Any]
"""A JSON object of someone else: nothing in it is what it should be before it was looked at."""


def read_thing(record: Json, problems: list[str]) -> Thing:
    """
    The entity that an object is; its value is that of the property that ``valueRef`` names.

    Raises:
        InvalidValue: It has no type, or more parts than are read.
    """
    type_ = text_of(record.get("type"))
    if not type_:
        raise InvalidValue("Maltego entity", text_of(record.get("id")), "it has no type")
    fields = _fields(record, problems)
    named = text_of(record.get("valueRef"))
    texts = {one.name: one.value for one in reversed(fields)}
    names = (named, *value_names(type_))
    value = next((texts[name] for name in names if name in texts), "")
    fields = [
        EntityField(ICON, one.value, one.display_name, one.strict, one.type)
        if one.name == ICON_PROPERTY else one for one in fields
    ]  # fmt: skip
    for one in _parts(record, "overlays"):
        kind = text_of(one.get("type")).lower().replace("color", "colour")
        name = f"{OVERLAY}{text_of(one.get('position'))}#{kind}"
        fields.append(EntityField(name, text_of(one.get("propertyName"))))
    bookmark = _whole(record.get("bookmark"), -1)
    weight = _whole(record.get("weight"), 100)
    labels = []
    for one in _parts(record, "displayInformation"):
        content = text_of(one.get("value"))
        html = "html" in (text_of(one.get("type")) or "html").lower()
        labels.append((text_of(one.get("name")), plain(content) if html else content))
    return Thing(
        type_, value, weight, tuple(fields), strings(record.get("baseEntities")),
        tuple(labels), (), bookmark if 0 <= bookmark <= 4 else -1,
        text_of(record.get("note")), text_of(record.get("id")),
    )  # fmt: skip


def write_thing(thing: Thing, id_: str, *, asked: bool) -> dict[str, Any]:
    """
    An entity as an object; the property that holds its value is added where it is missing.

    Notes, bookmarks, labels, icons and overlays do not go with a question.
    """
    named = value_property(thing)
    fields = list(thing.fields)
    if all(field.name != named for field in fields):
        fields.insert(0, EntityField(named, thing.value, strict=True))
    properties = [
        _property(field) for field in fields
        if not is_overlay(field) and not (asked and field.name == ICON)
    ]  # fmt: skip
    made: dict[str, Any] = {
        "id": id_, "type": thing.type, "valueRef": named, "weight": thing.weight,
        "properties": properties,
    }  # fmt: skip
    if thing.ancestry:
        made["baseEntities"] = list(thing.ancestry)
    if asked:
        return made
    made["displayInformation"] = [
        {"name": name, "value": marked_up(text), "type": "text/html"} for name, text in thing.labels
    ]
    made["overlays"] = [_overlay(field) for field in fields if is_overlay(field)]
    if thing.note:
        made["note"] = thing.note
    if thing.bookmark >= 0:
        made["bookmark"] = thing.bookmark
    return made


def read_edge(value: Json, problems: list[str]) -> Edge:
    """The link that an object is; raises InvalidValue where an end is missing."""
    source, target = text_of(value.get("sourceId")), text_of(value.get("targetId"))
    if not source or not target:
        raise InvalidValue("Maltego link", text_of(value.get("id")), "an end of it is missing")
    return Edge(source, target, tuple(_fields(value, problems)))


def write_edge(edge: Edge, id_: str) -> dict[str, Any]:
    """A link as an object."""
    return {
        "id": id_, "sourceId": edge.source, "targetId": edge.target,
        "properties": [_property(field) for field in edge.fields],
    }  # fmt: skip


def text_of(value: object) -> str:
    """A JSON value as text: empty for null, JSON for lists and objects."""
    match value:
        case None:
            return ""
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case _:
            return msgspec.json.encode(value).decode()


def json_bytes(made: object) -> bytes:
    """A value as JSON; what is no Unicode text in it becomes a mark."""
    try:
        return msgspec.json.encode(made)
    except UnicodeEncodeError:
        return json.dumps(made, ensure_ascii=False).encode("utf-8", "replace")


def objects(value: object) -> list[dict[str, Any]]:
    """The objects of a list; nothing where it is none."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def json_object(value: object) -> dict[str, Any]:
    """An object; an empty one where it is none."""
    return value if isinstance(value, dict) else {}


def strings(value: object) -> tuple[str, ...]:
    """The texts of a list; nothing where it is none."""
    return tuple(one for one in value if isinstance(one, str)) if isinstance(value, list) else ()


def _fields(value: Json, problems: list[str]) -> list[EntityField]:
    fields = []
    for one in _parts(value, "properties"):
        name = text_of(one.get("name"))
        if not name:
            tell(problems, "a property has no name")
            continue
        fields.append(
            EntityField(
                name, text_of(one.get("value")), text_of(one.get("displayName")),
                text_of(one.get("matchingRule")).lower() == "strict",
                (text_of(one.get("type")) or "string").lower(),
            )
        )  # fmt: skip
    return fields


def _parts(value: Json, name: str) -> list[dict[str, Any]]:
    found = objects(value.get(name))
    if len(found) > FIELDS_MAX:
        reason = f"it has {len(found)} of {name}, and {FIELDS_MAX} are read"
        raise InvalidValue("Maltego entity", text_of(value.get("id")), reason)
    return found


def _property(field: EntityField) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": ICON_PROPERTY if field.name == ICON else field.name,
        "value": _typed(field), "type": field.type.upper(),
        "matchingRule": "strict" if field.strict else "loose",
    }  # fmt: skip
    if field.display_name:
        made["displayName"] = field.display_name
    return made


def _typed(field: EntityField) -> str | int | float | bool:
    """The value in its type where that tells the same text; else as text."""
    value, typed = field.value, field.type.lower()
    if typed == "boolean" and value in ("true", "false"):
        return value == "true"
    if typed in ("int", "double") and len(value) <= 18:
        try:
            found = int(value) if typed == "int" else float(value)
        except ValueError:
            return value
        if text_of(found) == value:
            return found
    return value


def _overlay(field: EntityField) -> dict[str, str]:
    _, position, kind = field.name.split("#", 2)
    return {
        "propertyName": field.value, "position": position, "type": kind.replace("colour", "color"),
    }  # fmt: skip


def _whole(value: object, fallback: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) else fallback
