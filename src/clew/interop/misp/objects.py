"""Objects as entities with the links between them, by template where it is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from clew.interop.misp.attributes import entities, indicate
from clew.interop.misp.context import context
from clew.interop.misp.event_reader import EventReader, Thing, place, text
from clew.interop.misp.templates import (
    FIRST,
    LAST,
    MAIN,
    NAMING,
    RECORDS,
    TEMPLATES,
    Template,
)
from clew.interop.misp.words import ENTITY_NAME, PLAIN
from clew.interop.texts import own_type
from clew.model.block import STATE
from clew.model.interval import Interval

LINKS_OF_OBJECT_MAX = 100_000
"""Most links that one object stands for."""
DETAIL_LENGTH_MAX = 200
"""Longest fact that is told in the detail of each link, in code points."""
_NOT_NAME = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True)
class _Parts:
    """What the attributes of one object are."""

    rows: dict[str, list[int]] = field(default_factory=dict)
    """Entities by relation."""
    facts: list[tuple[str, str]] = field(default_factory=list)
    """Relation and value of those that say something of the object."""


def read_object(reader: EventReader, thing: Thing) -> None:
    """An object: its entities and their links, and the original on the main one."""
    name = own_type(text(thing, "name"))
    attributes = reader.alive(thing, "Attribute")
    template = _template(name, attributes)
    seen = _seen(reader, thing, attributes)
    present = {text(one, "object_relation") for one in attributes}
    lead = next((one for one in template.main if one in present), "")
    parts = _Parts()
    for one in attributes:
        _part(reader, one, template, lead, seen, parts)
    rows = [row for part_rows in parts.rows.values() for row in part_rows]
    if not rows:
        rows = _named(reader, thing, name, parts)
    if not rows:
        reader.builder.problem(
            place(thing, reader.where), name, "nothing of the object is an entity"
        )
        reader.keep(thing, reader.row)
        return
    main = parts.rows.get(lead, rows)[0]
    reader.session.rows[text(thing, "uuid")] = (main, *(row for row in rows if row != main))
    for relation, value in parts.facts:
        reader.say(thing, main, _property(relation, template), value)
    reader.say(thing, main, "comment", text(thing, "comment"))
    _link(reader, thing, template, main, parts, seen)
    context(reader, thing, (main,))
    reader.keep(thing, main)


def _template(name: str, attributes: list[Thing]) -> Template:
    """The template of an object; some depend on what the object holds."""
    values = {text(one, "object_relation"): text(one, "value").strip() for one in attributes}
    if name == ENTITY_NAME:
        return Template({"value": values.get("type", "")}, silent=frozenset({"type"}))
    if name.startswith("passive-dns"):
        kind, link = RECORDS.get(values.get("rrtype", "").upper(), ("", ""))
        return Template(
            {"rrname": "domain-name"}, {"rdata": kind} if kind else {},
            links=((MAIN, link, "rdata"),) if link else (),
            names={"rdata": "rdata"}, detail=("rrtype", "count", "bailiwick", "origin"),
        )  # fmt: skip
    return TEMPLATES.get(name, Template())


def _seen(reader: EventReader, thing: Thing, attributes: list[Thing]) -> Interval:
    """When an object was seen: its own dates, else those that its attributes tell."""
    ends: list[object] = [thing.get("first_seen"), thing.get("last_seen")]
    for at, names in enumerate((FIRST, LAST)):
        for name in names:
            for one in attributes:
                if not ends[at] and text(one, "object_relation") == name:
                    ends[at] = one.get("value")
    return reader.interval(thing, ends[0], ends[1])


def _part(
    reader: EventReader, one: Thing, template: Template, lead: str, seen: Interval, parts: _Parts
) -> None:
    relation, type_ = text(one, "object_relation"), text(one, "type")
    if relation in template.silent or relation in FIRST or relation in LAST:
        return
    own = reader.interval(one, one.get("first_seen"), one.get("last_seen"))
    own = own if own.dated else seen
    kind = template.main[lead] if relation == lead and lead else template.kinds.get(relation, "")
    if kind:
        value = text(one, "value")
        if template.detail and kind == "domain-name" and relation == "rdata" and value.split():
            # Mail exchangers come behind their preference.
            value = value.split()[-1]
        row = reader.builder.entity(kind, value, place(one, reader.where), reader.by(one))
        rows: tuple[int, ...] = () if row is None else (row,)
    elif relation != lead and (type_ in PLAIN or relation in template.names):
        parts.facts.append((relation, text(one, "value")))
        return
    else:
        rows = entities(reader, one, type_, own)
    if rows:
        parts.rows.setdefault(relation, []).extend(rows)
    reader.session.rows[text(one, "uuid")] = rows
    indicate(reader, one, rows, own)


def _named(reader: EventReader, thing: Thing, name: str, parts: _Parts) -> list[int]:
    """An entity of the object's own type, by the name that it tells, where it is only words."""
    facts = dict(reversed(parts.facts))
    best = next((facts[one] for one in NAMING if facts.get(one, "").strip()), "")
    value = best or next((one for _, one in parts.facts if one.strip()), "")
    if not value:
        return []
    row = reader.builder.entity(name, value, place(thing, reader.where), reader.by(thing))
    reader.link(thing, reader.row, "has-indicator", row)
    return [] if row is None else [row]


def _link(
    reader: EventReader, thing: Thing, template: Template, main: int, parts: _Parts, seen: Interval
) -> None:
    details = {
        one: value for one, value in parts.facts
        if one in template.detail and len(value) <= DETAIL_LENGTH_MAX
    }  # fmt: skip
    detail = msgspec.json.encode(details).decode() if details else ""
    pairs: dict[tuple[int, str, int], None] = {}
    over = False
    for source, target, type_ in _pairs(template, main, parts):
        over = len(pairs) >= LINKS_OF_OBJECT_MAX
        if over:
            break
        pairs[source, type_, target] = None
    for source, type_, target in pairs:
        reader.link(thing, source, type_, target, seen, detail)
    if over:
        where = place(thing, reader.where)
        reader.builder.problem(where, "", f"only {LINKS_OF_OBJECT_MAX} of its links were made")
    _ports(reader, thing, parts, seen)
    linked = {row for source, _, target in pairs for row in (source, target)}
    for relation, rows in parts.rows.items():
        own_detail = msgspec.json.encode({"object_relation": relation}).decode()
        for row in rows:
            if row not in linked:
                reader.link(thing, main, "related-to", row, seen, own_detail)


def _pairs(template: Template, main: int, parts: _Parts) -> Iterator[tuple[int, int, str]]:
    """Both ends and the type of each link that a template means."""
    for sources, type_, targets in template.links:
        ends = _of(parts, targets)
        for source in [main] if sources == MAIN else _of(parts, sources):
            yield from ((source, target, type_) for target in ends if target != source)


def _ports(reader: EventReader, thing: Thing, parts: _Parts, seen: Interval) -> None:
    """The ports that an object of the template ip-port tells of its host."""
    if text(thing, "name") != "ip-port":
        return
    protocol = next((value.lower() for one, value in parts.facts if one == "protocol"), "tcp")
    protocol = protocol if protocol in ("tcp", "udp", "sctp", "quic") else "tcp"
    for host in _of(parts, "ip ip-dst hostname domain")[:1]:
        name = reader.builder.record(host)[1]
        for relation, value in parts.facts:
            if relation == "dst-port":
                named = f"[{name}]" if ":" in name else name
                port = reader.builder.entity(
                    "port", f"{named}:{value.strip()}/{protocol}", place(thing, reader.where),
                    reader.by(thing),
                )  # fmt: skip
                reader.link(thing, host, "exposes", port, seen)
                reader.link(thing, reader.row, "has-indicator", port, seen)


def _of(parts: _Parts, relations: str) -> list[int]:
    """The entities of some relations, each once."""
    return list(dict.fromkeys(row for one in relations.split() for row in parts.rows.get(one, ())))


def _property(relation: str, template: Template) -> str:
    name = template.names.get(relation) or _NOT_NAME.sub("_", relation.lower()).strip("_")[:80]
    # Clew's states have their own meaning and words.
    return f"misp_{name}" if name in (STATE, "") else name
