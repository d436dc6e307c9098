"""Objects as entities with the links between them, by template where it is known."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import msgspec

from clew.interop.graph_builder import own_type
from clew.interop.misp.attributes import entities, indicate
from clew.interop.misp.case import Case, Thing, place, text
from clew.interop.misp.context import context
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


def read_object(case: Case, thing: Thing) -> None:
    """An object: its entities and their links, and the original on the main one."""
    name = own_type(text(thing, "name"))
    attributes = case.alive(thing, "Attribute")
    template = _template(name, attributes)
    seen = _seen(case, thing, attributes)
    present = {text(one, "object_relation") for one in attributes}
    lead = next((one for one in template.main if one in present), "")
    parts = _Parts()
    for one in attributes:
        _part(case, one, template, lead, seen, parts)
    rows = [row for held in parts.rows.values() for row in held]
    if not rows:
        rows = _named(case, thing, name, parts)
    if not rows:
        case.builder.problem(place(thing, case.where), name, "nothing of the object is an entity")
        case.keep(thing, case.row)
        return
    main = parts.rows.get(lead, rows)[0]
    case.told.rows[text(thing, "uuid")] = (main, *(row for row in rows if row != main))
    for relation, value in parts.facts:
        case.say(thing, main, _property(relation, template), value)
    case.say(thing, main, "comment", text(thing, "comment"))
    _link(case, thing, template, main, parts, seen)
    context(case, thing, (main,))
    case.keep(thing, main)


def _template(name: str, attributes: list[Thing]) -> Template:
    """The template of an object; some depend on what the object holds."""
    held = {text(one, "object_relation"): text(one, "value").strip() for one in attributes}
    if name == ENTITY_NAME:
        return Template({"value": held.get("type", "")}, silent=frozenset({"type"}))
    if name.startswith("passive-dns"):
        kind, link = RECORDS.get(held.get("rrtype", "").upper(), ("", ""))
        return Template(
            {"rrname": "domain-name"}, {"rdata": kind} if kind else {},
            links=((MAIN, link, "rdata"),) if link else (),
            names={"rdata": "rdata"}, detail=("rrtype", "count", "bailiwick", "origin"),
        )  # fmt: skip
    return TEMPLATES.get(name, Template())


def _seen(case: Case, thing: Thing, attributes: list[Thing]) -> Interval:
    """When an object was seen: its own dates, else those that its attributes tell."""
    told: list[object] = [thing.get("first_seen"), thing.get("last_seen")]
    for at, names in enumerate((FIRST, LAST)):
        for name in names:
            for one in attributes:
                if not told[at] and text(one, "object_relation") == name:
                    told[at] = one.get("value")
    return case.interval(thing, told[0], told[1])


def _part(
    case: Case, one: Thing, template: Template, lead: str, seen: Interval, parts: _Parts
) -> None:
    relation, type_ = text(one, "object_relation"), text(one, "type")
    if relation in template.silent or relation in FIRST or relation in LAST:
        return
    own = case.interval(one, one.get("first_seen"), one.get("last_seen"))
    own = own if own.dated else seen
    kind = template.main[lead] if relation == lead and lead else template.kinds.get(relation, "")
    if kind:
        value = text(one, "value")
        if template.detail and kind == "domain-name" and relation == "rdata" and value.split():
            # Mail exchangers come behind their preference.
            value = value.split()[-1]
        row = case.builder.entity(kind, value, place(one, case.where), case.by(one))
        rows: tuple[int, ...] = () if row is None else (row,)
    elif relation != lead and (type_ in PLAIN or relation in template.names):
        parts.facts.append((relation, text(one, "value")))
        return
    else:
        rows = entities(case, one, type_, own)
    if rows:
        parts.rows.setdefault(relation, []).extend(rows)
    case.told.rows[text(one, "uuid")] = rows
    indicate(case, one, rows, own)


def _named(case: Case, thing: Thing, name: str, parts: _Parts) -> list[int]:
    """An entity of the object's own type, by the name that it tells, where it is only words."""
    held = dict(reversed(parts.facts))
    best = next((held[one] for one in NAMING if held.get(one, "").strip()), "")
    value = best or next((one for _, one in parts.facts if one.strip()), "")
    if not value:
        return []
    row = case.builder.entity(name, value, place(thing, case.where), case.by(thing))
    case.link(thing, case.row, "has-indicator", row)
    return [] if row is None else [row]


def _link(
    case: Case, thing: Thing, template: Template, main: int, parts: _Parts, seen: Interval
) -> None:
    told = {
        one: value for one, value in parts.facts
        if one in template.detail and len(value) <= DETAIL_LENGTH_MAX
    }  # fmt: skip
    detail = msgspec.json.encode(told).decode() if told else ""
    pairs: dict[tuple[int, str, int], None] = {}
    over = False
    for source, target, type_ in _pairs(template, main, parts):
        over = len(pairs) >= LINKS_OF_OBJECT_MAX
        if over:
            break
        pairs[source, type_, target] = None
    for source, type_, target in pairs:
        case.link(thing, source, type_, target, seen, detail)
    if over:
        where = place(thing, case.where)
        case.builder.problem(where, "", f"only {LINKS_OF_OBJECT_MAX} of its links were made")
    _ports(case, thing, parts, seen)
    linked = {row for source, _, target in pairs for row in (source, target)}
    for relation, rows in parts.rows.items():
        said = msgspec.json.encode({"object_relation": relation}).decode()
        for row in rows:
            if row not in linked:
                case.link(thing, main, "related-to", row, seen, said)


def _pairs(template: Template, main: int, parts: _Parts) -> Iterator[tuple[int, int, str]]:
    """Both ends and the type of each link that a template means."""
    for sources, type_, targets in template.links:
        ends = _of(parts, targets)
        for source in [main] if sources == MAIN else _of(parts, sources):
            yield from ((source, target, type_) for target in ends if target != source)


def _ports(case: Case, thing: Thing, parts: _Parts, seen: Interval) -> None:
    """The ports that an object of the template ip-port tells of its host."""
    if text(thing, "name") != "ip-port":
        return
    protocol = next((value.lower() for one, value in parts.facts if one == "protocol"), "tcp")
    protocol = protocol if protocol in ("tcp", "udp", "sctp", "quic") else "tcp"
    for host in _of(parts, "ip ip-dst hostname domain")[:1]:
        name = case.builder.record(host)[1]
        for relation, value in parts.facts:
            if relation == "dst-port":
                named = f"[{name}]" if ":" in name else name
                port = case.builder.entity(
                    "port", f"{named}:{value.strip()}/{protocol}", place(thing, case.where),
                    case.by(thing),
                )  # fmt: skip
                case.link(thing, host, "exposes", port, seen)
                case.link(thing, case.row, "has-indicator", port, seen)


def _of(parts: _Parts, relations: str) -> list[int]:
    """The entities of some relations, each once."""
    return list(dict.fromkeys(row for one in relations.split() for row in parts.rows.get(one, ())))


def _property(relation: str, template: Template) -> str:
    name = template.names.get(relation) or _NOT_NAME.sub("_", relation.lower()).strip("_")[:80]
    # Clew's states have their own meaning and words.
    return f"misp_{name}" if name in (STATE, "") else name
