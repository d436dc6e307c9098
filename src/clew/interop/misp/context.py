"""What MISP puts on events, objects and attributes: tags, galaxies, sightings and notes."""

from __future__ import annotations

import re

import msgspec

from clew.interop.misp.event_reader import EventReader, Thing, levels, place, tag_names, text
from clew.interop.misp.words import GALAXIES
from clew.interop.texts import own_type
from clew.model.marking_text import is_marking_tag, read_marking

TAG_LENGTH_MAX = 255
"""Longest tag that is read, in code points; MISP has room for as many."""
TAGS_OF_ONE_MAX = 1_000
"""Most tags of one entity."""
_MITRE = re.compile(r"^mitre-(?:enterprise-attack-|mobile-attack-|pre-attack-|ics-)?")
_NUMBERED = re.compile(r"(.+?) - ([A-Z]{1,3}[0-9]{4}(?:\.[0-9]{3})?)", re.DOTALL)
_CLUSTER_TAG = re.compile(r'misp-galaxy:([^=]{1,100})="(.{1,1000})"', re.DOTALL | re.IGNORECASE)
_ACTING = frozenset({"incident", "threat-actor", "malware-family"})


def context(
    reader: EventReader, thing: Thing, rows: tuple[int, ...], *, marked: bool = True
) -> None:
    """
    All that was put on a thing, told of its entities.

    Args:
        reader: The event.
        thing: An event, object or attribute.
        rows: The entities that it is.
        marked: Whether its TLP and PAP tags mark them.
    """
    if not rows:
        return
    _tags(reader, thing, rows)
    if marked:
        _mark(reader, thing, rows)
    for galaxy in reader.parts(thing, "Galaxy"):
        for cluster in reader.parts(galaxy, "GalaxyCluster"):
            type_ = text(cluster, "type") or text(galaxy, "type")
            row = _cluster(reader, thing, rows, type_, text(cluster, "value"))
            reader.say(thing, row, "description", text(cluster, "description"))
    for one in reader.parts(thing, "Sighting"):
        _sighting(reader, thing, one, rows[0])
    for one in (*reader.parts(thing, "Note"), *reader.parts(thing, "Opinion")):
        words = text(one, "note") or f"{text(one, 'comment')} ({text(one, 'opinion')} of 100)"
        at = reader.microsecond(one.get("created"))
        reader.builder.note(rows[0], words, actor=text(one, "authors")[:200], at=at)


def _tags(reader: EventReader, thing: Thing, rows: tuple[int, ...]) -> None:
    for name in tag_names(thing):
        if is_marking_tag(name) and not read_marking(name)[1]:
            continue
        if match := _CLUSTER_TAG.fullmatch(name):
            _cluster(reader, thing, rows, match[1], match[2])
            continue
        if len(name) > TAG_LENGTH_MAX:
            reader.builder.problem(place(thing, reader.where), name, "the tag is too long")
            continue
        for row in rows:
            if reader.builder.tag_count(row) >= TAGS_OF_ONE_MAX:
                reader.builder.problem(
                    place(thing, reader.where), name, f"over {TAGS_OF_ONE_MAX} tags"
                )
                continue
            reader.builder.tag(row, name)


def _mark(reader: EventReader, thing: Thing, rows: tuple[int, ...]) -> None:
    """Mark entities by how they may be used; how far they may go is in their provenance."""
    own, whole = levels(thing), reader.whole
    if own[1] or whole[1]:
        marks = reader.builder.graph.marks
        for row in rows:
            tlp, pap = marks.get(row, (0, 0))
            marks[row] = (max(tlp, own[0], whole[0]), max(pap, own[1], whole[1]))


def _cluster(
    reader: EventReader, thing: Thing, rows: tuple[int, ...], galaxy: str, value: str
) -> int | None:
    """The entity that a cluster of a galaxy is, linked from all that it was put on."""
    bare = _MITRE.sub("", galaxy.lower())
    type_, link = GALAXIES.get(bare, (own_type(bare), "related-to"))
    numbered = _NUMBERED.fullmatch(value.strip())
    if numbered is not None:
        attack = type_ == "attack-pattern"
        value = f"{numbered[2]} {numbered[1]}" if attack else numbered[1]
    row = reader.builder.entity(type_, value, place(thing, reader.where), reader.by(thing))
    if row is None:
        return None
    detail = msgspec.json.encode({"galaxy": galaxy[:TAG_LENGTH_MAX]}).decode()
    for source in rows:
        kind = reader.builder.record(source)[0]
        link_type = link
        if link == "uses" and kind not in _ACTING:
            link_type = "exhibits" if kind == "file" and type_ == "malware-family" else "related-to"
        # MISP tells a cluster twice: as a tag, and with all that it knows of it.
        if (source, link_type, row) not in reader.clusters:
            reader.clusters.add((source, link_type, row))
            reader.link(thing, source, link_type, row, detail=detail)
    return row


def _sighting(reader: EventReader, thing: Thing, one: Thing, row: int) -> None:
    """A sighting as a dated property; MISP's types are sighting, false positive and expiration."""
    names = {"1": "false_positive", "2": "expires_sighting"}
    at = one.get("date_sighting")
    organisation = one.get("Organisation")
    org = text(organisation, "name") if isinstance(organisation, dict) else ""
    who = (org[:200],) if org else reader.who
    reader.builder.property(
        row, names.get(text(one, "type"), "sighted"), text(one, "source") or "1",
        seen=reader.interval(thing, at, at), by=reader.by(thing), collectors=who,
        where=place(thing, reader.where),
    )  # fmt: skip
