"""Attributes as entities: one, or the two of a composite with the link between them."""

from __future__ import annotations

import re
from hashlib import blake2b

from clew.errors import InvalidValue
from clew.interop.address_range import address_or_netblock
from clew.interop.misp.context import context
from clew.interop.misp.event_reader import EventReader, Thing, place, text
from clew.interop.misp.words import (
    DISTRIBUTIONS,
    FROM_INCIDENT,
    HASHES,
    RULES,
    SECOND_CHOICE,
    SIMPLE,
    TEXTS,
)
from clew.interop.texts import own_type
from clew.model.interval import Interval

HEAD_LENGTH = 200
"""How much of a long text names its entity, in code points."""
TEXT_LENGTH_MAX = 500
"""Longest text that is an entity's value, in code points."""
_RULE_NAME = re.compile(
    r"^[ \t]*(?:(?:private|global)[ \t]+){0,2}rule[ \t]+([A-Za-z0-9_]{1,128})"
    r"|^title:[ \t]*([^\r\n]{1,200})|\bmsg ?: ?\"([^\"\r\n]{1,200})\"",
    re.MULTILINE,
)
_REPORTS = frozenset({"External analysis", "Internal reference", "Antivirus detection", ""})


def read_attribute(reader: EventReader, thing: Thing) -> None:
    """A free attribute: its entities, linked from the incident, and the original."""
    seen = reader.interval(thing, thing.get("first_seen"), thing.get("last_seen"))
    rows = entities(reader, thing, text(thing, "type"), seen)
    reader.session.rows[text(thing, "uuid")] = rows
    indicate(reader, thing, rows, seen)
    # Where nothing of it could be an entity, the incident keeps it.
    reader.keep(thing, rows[0] if rows else reader.row)


def indicate(reader: EventReader, thing: Thing, rows: tuple[int, ...], seen: Interval) -> None:
    """Links from the incident to the entities of an attribute, and all that it says of them."""
    type_ = text(thing, "type")
    link_of_type = FROM_INCIDENT.get(type_, "has-indicator")
    for row in rows:
        link = "has-indicator" if type_ == "link" and _kind(reader, row) == "url" else link_of_type
        reader.link(thing, reader.row, link, row, seen)
        reader.say(thing, row, "category", text(thing, "category"))
        reader.say(thing, row, "comment", text(thing, "comment"))
        if thing.get("to_ids") is not None:
            reader.say(
                thing, row, "to_ids", "true" if thing["to_ids"] in (True, 1, "1") else "false"
            )
        shared = DISTRIBUTIONS.get(text(thing, "distribution"))
        if shared and text(thing, "distribution") != text(reader.event, "distribution"):
            reader.say(thing, row, "distribution", shared)
    context(reader, thing, rows)


def entities(reader: EventReader, thing: Thing, type_: str, seen: Interval) -> tuple[int, ...]:
    """The entities of an attribute, the main one first; none, with a problem, where refused."""
    value = text(thing, "value")
    if not value.strip():
        reader.builder.problem(place(thing, reader.where), type_, "the attribute has no value")
        return ()
    if "|" in type_ or type_ == "malware-sample":
        if "|" in value:
            return _composite(reader, thing, type_, value, seen)
        if type_ != "malware-sample":
            reader.builder.problem(place(thing, reader.where), value, f"a {type_} has two parts")
            type_ = type_.partition("|")[0]
    return _one(reader, thing, type_, value)


def _composite(
    reader: EventReader, thing: Thing, type_: str, value: str, seen: Interval
) -> tuple[int, ...]:
    left, _, right = type_.partition("|")
    if left in ("filename", "malware-sample"):
        name, _, digest = value.rpartition("|")
        rows = _one(reader, thing, right or "md5", digest) if digest.strip() else ()
        if not rows:
            return _one(reader, thing, "filename", name)
        reader.say(thing, rows[0], "file_name", name)
        return rows
    head, _, tail = value.partition("|")
    rows = _one(reader, thing, left, head)
    if left == "regkey":
        for row in rows:
            reader.say(thing, row, "value", tail)
        return rows
    if right == "port":
        if rows:
            host = reader.builder.record(rows[0])[1]
            named = f"[{host}]:{tail.strip()}" if ":" in host else f"{host}:{tail.strip()}"
            port = reader.builder.entity(
                "port", named, place(thing, reader.where), reader.by(thing)
            )
            if port is not None:
                reader.link(thing, rows[0], "exposes", port, seen)
                rows = (*rows, port)
        return rows
    others = _one(reader, thing, right, tail)
    link = "resolves-to" if type_ == "domain|ip" else "related-to"
    for source in rows[:1]:
        for target in others[:1]:
            reader.link(thing, source, link, target, seen)
    return (*rows, *others)


def _one(reader: EventReader, thing: Thing, type_: str, value: str) -> tuple[int, ...]:
    where, by = place(thing, reader.where), reader.by(thing)
    if type_ in RULES or type_ in TEXTS:
        row = words(reader, thing, type_, value)
        return () if row is None else (row,)
    if type_ in HASHES and len(value.strip()) != HASHES[type_]:
        reader.builder.problem(where, value, f"{type_} has another length")
        return ()
    kind = SIMPLE.get("ip-dst" if type_ == "ip" else type_, own_type(type_))
    if kind == "ip-address" and "/" in value:
        kind, value = address_or_netblock(value)
    if type_ == "link" and text(thing, "category") not in _REPORTS:
        kind = "url"
    if kind in reader.builder.catalogue.entity_types:
        second = SECOND_CHOICE.get(kind, "")
        if second and not _holds(reader, kind, value) and _may_be(reader, second, value):
            kind = second
    elif len(value) > TEXT_LENGTH_MAX:
        row = words(reader, thing, type_, value)
        return () if row is None else (row,)
    row = reader.builder.entity(kind, value, where, by)
    if row is None:
        return ()
    if type_ == "link" and kind == "document":
        reader.say(thing, row, "web_link", value.strip())
    if type_ in ("github-username", "twitter-id"):
        reader.say(thing, row, "platform", type_.partition("-")[0])
    return (row,)


def words(reader: EventReader, thing: Thing, type_: str, value: str) -> int | None:
    """
    A rule by its name, a text by itself.

    What is too long for a value is named by its beginning and a digest, and is in a property.
    """
    kind = "phrase" if type_ in TEXTS else own_type(type_)
    name, whole = value.strip(), "pattern" if type_ in RULES else "text"
    match = _RULE_NAME.search(value) if type_ in RULES else None
    if match is not None:
        name = next(one for one in match.groups() if one).strip()
    elif len(name) > TEXT_LENGTH_MAX or not name.isprintable():
        digest = blake2b(value.encode("utf-8", "replace"), digest_size=8).hexdigest()
        shown = "".join(it if it.isprintable() else " " for it in name[:HEAD_LENGTH])
        name = f"{' '.join(shown.split())} … {digest}"
    row = reader.builder.entity(kind, name, place(thing, reader.where), reader.by(thing))
    if row is not None and (type_ in RULES or name != value.strip()):
        reader.say(thing, row, whole, value)
    return row


def _kind(reader: EventReader, row: int) -> str:
    return reader.builder.record(row)[0]


def _may_be(reader: EventReader, kind: str, value: str) -> bool:
    return kind not in reader.builder.catalogue.entity_types or _holds(reader, kind, value)


def _holds(reader: EventReader, kind: str, value: str) -> bool:
    try:
        reader.builder.catalogue.entity_types[kind].value(value)
    except InvalidValue:
        return False
    return True
