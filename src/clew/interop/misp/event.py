"""One event: the incident that it is, and all that it holds."""

from __future__ import annotations

import msgspec

from clew.interop.graph_builder import own_type
from clew.interop.misp.attributes import read_attribute
from clew.interop.misp.case import Case, Thing, deleted, place, tag_names, text
from clew.interop.misp.context import context
from clew.interop.misp.objects import read_object
from clew.interop.misp.own import read_own
from clew.interop.misp.words import (
    ANALYSES,
    DISTRIBUTIONS,
    GRAPH_NAME,
    PAP_TAGS,
    THREAT_LEVELS,
    TLP_TAGS,
)

LINKS = {"resolved-to": "resolves-to", "resolves_to": "resolves-to", "connected-to": "connects-to"}
"""Relationship types that have another name here; the rest keep theirs."""


def read_event(case: Case) -> None:
    """All of one event; references wait until all events are known."""
    event = case.event
    own = read_own(case)
    attributes = [it for it in case.alive(event, "Attribute") if _open(case, it)]
    objects = [
        it for it in case.alive(event, "Object")
        if text(it, "name") != GRAPH_NAME or not own
    ]  # fmt: skip
    foreign = [it for it in objects if _open(case, it)]
    # A graph that Clew wrote is no incident by itself; what was added to it since is one.
    if not own or attributes or foreign or _said_of_whole(case):
        _incident(case)
    for one in attributes:
        read_attribute(case, one)
    for one in foreign:
        read_object(case, one)
    for one in objects:
        for reference in case.parts(one, "ObjectReference"):
            if deleted(reference):
                case.builder.problem(place(reference, case.where), "", "it was deleted in MISP")
            elif _open(case, reference):
                case.told.waiting.append((case, reference, text(one, "uuid")))


def read_reference(case: Case, thing: Thing, owner: str) -> None:
    """A reference from an object to another, or to an attribute."""
    where = place(thing, case.where)
    ends = []
    for uuid in (owner or text(thing, "object_uuid"), text(thing, "referenced_uuid")):
        rows = case.told.rows.get(uuid)
        if not rows:
            case.builder.problem(
                where, uuid, "a dangling reference: what it refers to is not there"
            )
            return
        ends.append(rows[0])
    if ends[0] == ends[1]:
        case.builder.problem(where, text(thing, "referenced_uuid"), "both its ends are one entity")
        return
    type_ = own_type(text(thing, "relationship_type") or "related-to")
    detail = msgspec.json.encode(thing).decode()
    case.link(thing, ends[0], LINKS.get(type_, type_), ends[1], detail=detail)


def _open(case: Case, thing: Thing) -> bool:
    return text(thing, "uuid") not in case.consumed or not text(thing, "uuid")


def _said_of_whole(case: Case) -> bool:
    """Whether somebody put something on the event that Clew does not write there."""
    known = TLP_TAGS.keys() | PAP_TAGS.keys()
    return bool(case.event.get("Galaxy")) or bool(case.event.get("EventReport")) or any(
        name.strip().lower() not in known for name in tag_names(case.event)
    )  # fmt: skip


def _incident(case: Case) -> None:
    event, builder = case.event, case.builder
    uuid = text(event, "uuid")
    name = text(event, "info") if text(event, "info").strip() else f"MISP event {uuid}".strip()
    case.row = builder.entity("incident", name, case.where, case.by(event))
    if case.row is None:
        case.row = builder.entity("incident", case.where, case.where, case.by(event))
    case.say(event, case.row, "platform_id", uuid)
    case.say(event, case.row, "event_date", text(event, "date"))
    for member, ours, meant in (
        ("threat_level_id", "threat_level", THREAT_LEVELS),
        ("analysis", "analysis", ANALYSES),
        ("distribution", "distribution", DISTRIBUTIONS),
    ):
        case.say(event, case.row, ours, meant.get(text(event, member), text(event, member)))
    group = event.get("SharingGroup")
    if isinstance(group, dict):
        case.say(event, case.row, "sharing_group", text(group, "name"))
    if case.row is not None:
        context(case, event, (case.row,))
    for report in case.alive(event, "EventReport"):
        builder.note(
            case.row, f"{text(report, 'name')}\n{text(report, 'content')}".strip(),
            actor=", ".join(case.who), at=case.microsecond(report.get("timestamp")),
        )  # fmt: skip
    case.keep(
        {key: it for key, it in event.items() if key not in ("Attribute", "Object")}, case.row
    )
