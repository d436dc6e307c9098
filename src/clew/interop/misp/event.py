"""One event: the incident that it is, and all that it holds."""

from __future__ import annotations

import msgspec

from clew.interop.misp.attributes import read_attribute
from clew.interop.misp.context import context
from clew.interop.misp.event_reader import EventReader, Thing, is_deleted, place, tag_names, text
from clew.interop.misp.objects import read_object
from clew.interop.misp.own import read_own
from clew.interop.misp.words import (
    ANALYSES,
    DISTRIBUTION_LEVELS,
    DISTRIBUTIONS,
    GRAPH_NAME,
    THREAT_LEVELS,
)
from clew.interop.texts import own_type
from clew.model.marking_text import is_marking_tag

LINKS = {"resolved-to": "resolves-to", "resolves_to": "resolves-to", "connected-to": "connects-to"}
"""Relationship types that have another name here; the rest keep theirs."""


def read_event(reader: EventReader) -> None:
    """All of one event; references wait until all events are known."""
    event = reader.event
    own = read_own(reader)
    if not own and reader.whole == (0, 0):
        reader.whole = DISTRIBUTION_LEVELS.get(text(event, "distribution"), 0), 0
    attributes = [it for it in reader.alive(event, "Attribute") if _open(reader, it)]
    objects = [
        it for it in reader.alive(event, "Object")
        if text(it, "name") != GRAPH_NAME or not own
    ]  # fmt: skip
    foreign = [it for it in objects if _open(reader, it)]
    # A graph that Clew wrote is no incident by itself; what was added to it since is one.
    if not own or attributes or foreign or _has_context_of_event(reader):
        _incident(reader)
    for one in attributes:
        read_attribute(reader, one)
    for one in foreign:
        read_object(reader, one)
    for one in objects:
        for reference in reader.parts(one, "ObjectReference"):
            if is_deleted(reference):
                reader.builder.problem(place(reference, reader.where), "", "it was deleted in MISP")
            elif _open(reader, reference):
                reader.session.waiting.append((reader, reference, text(one, "uuid")))


def read_reference(reader: EventReader, thing: Thing, owner: str) -> None:
    """A reference from an object to another, or to an attribute."""
    where = place(thing, reader.where)
    ends = []
    for uuid in (owner or text(thing, "object_uuid"), text(thing, "referenced_uuid")):
        rows = reader.session.rows.get(uuid)
        if not rows:
            reader.builder.problem(
                where, uuid, "a dangling reference: what it refers to is not there"
            )
            return
        ends.append(rows[0])
    if ends[0] == ends[1]:
        reader.builder.problem(
            where, text(thing, "referenced_uuid"), "both its ends are one entity"
        )
        return
    type_ = own_type(text(thing, "relationship_type") or "related-to")
    detail = msgspec.json.encode(thing).decode()
    reader.link(thing, ends[0], LINKS.get(type_, type_), ends[1], detail=detail)


def _open(reader: EventReader, thing: Thing) -> bool:
    return text(thing, "uuid") not in reader.consumed or not text(thing, "uuid")


def _has_context_of_event(reader: EventReader) -> bool:
    """Whether somebody put something on the event that Clew does not write there."""
    return bool(reader.event.get("Galaxy")) or bool(reader.event.get("EventReport")) or any(
        not is_marking_tag(name) for name in tag_names(reader.event)
    )  # fmt: skip


def _incident(reader: EventReader) -> None:
    event, builder = reader.event, reader.builder
    uuid = text(event, "uuid")
    name = text(event, "info") if text(event, "info").strip() else f"MISP event {uuid}".strip()
    reader.row = builder.entity("incident", name, reader.where, reader.by(event))
    if reader.row is None:
        reader.row = builder.entity("incident", reader.where, reader.where, reader.by(event))
    reader.say(event, reader.row, "platform_id", uuid)
    reader.say(event, reader.row, "event_date", text(event, "date"))
    for member, ours, meant in (
        ("threat_level_id", "threat_level", THREAT_LEVELS),
        ("analysis", "analysis", ANALYSES),
        ("distribution", "distribution", DISTRIBUTIONS),
    ):
        reader.say(event, reader.row, ours, meant.get(text(event, member), text(event, member)))
    group = event.get("SharingGroup")
    if isinstance(group, dict):
        reader.say(event, reader.row, "sharing_group", text(group, "name"))
    if reader.row is not None:
        context(reader, event, (reader.row,))
    for report in reader.alive(event, "EventReport"):
        builder.note(
            reader.row, f"{text(report, 'name')}\n{text(report, 'content')}".strip(),
            actor=", ".join(reader.who), at=reader.microsecond(report.get("timestamp")),
        )  # fmt: skip
    reader.keep(
        {key: it for key, it in event.items() if key not in ("Attribute", "Object")}, reader.row
    )
