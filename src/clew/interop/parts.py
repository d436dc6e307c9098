"""What a format carries of a graph, said once: for the page, the warnings and the tests."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto
from typing import Any

import polars as pl

from clew.interop.carried import Carried
from clew.interop.said import decided_of, note_said, provenance_said
from clew.model.entity import Entity, Link, Observation


class Part(Flag):
    """A part of a graph beside its entities and links."""

    TITLE = auto()
    DAYS = auto()
    """When links were seen, with the precision that was told."""
    SECONDS = auto()
    """When links were seen, to the second, without the precision."""
    PROVIDER = auto()
    COLLECTORS = auto()
    PROVENANCE = auto()
    """Transform, run, input, settings, reply and completeness of each observation."""
    DETAIL = auto()
    PROPERTIES = auto()
    """Properties with their dates and sources, states among them."""
    ALONE = auto()
    """Entities without a link."""
    TAGS = auto()
    FLAGS = auto()
    """Stars, pins and seeds."""
    MARKS = auto()
    """Markings of entities and of the whole."""
    NOTES = auto()
    PLACES = auto()
    JOINED = auto()
    """Which entities were joined to which."""


LABELS = {
    Part.TITLE: "title",
    Part.DAYS: "dates with their precision",
    Part.SECONDS: "dates to the second",
    Part.PROVIDER: "providers",
    Part.COLLECTORS: "the providers' own sources",
    Part.PROVENANCE: "full provenance",
    Part.DETAIL: "details of links",
    Part.PROPERTIES: "properties and states, dated and sourced",
    Part.ALONE: "entities without links",
    Part.TAGS: "tags",
    Part.FLAGS: "stars, pins and seeds",
    Part.MARKS: "markings",
    Part.NOTES: "notes",
    Part.PLACES: "places on the canvas",
    Part.JOINED: "joined entities",
}
ALL = ~Part(0) & ~Part.SECONDS


@dataclass(frozen=True, slots=True)
class Carries:
    """What a format keeps."""

    parts: Part
    links: frozenset[str] | None = None
    """Types of links that it has room for; None for all."""


WHOLE = Carries(ALL)
"""All that a graph has."""


def content(carried: Carried, carries: Carries) -> dict[str, Any]:
    """
    What is left of a graph in a format, in a form that can be compared: order does not count.

    Two graphs are the same to the format where these are equal.
    """
    parts = carries.parts
    records = carried.entities()
    links = sorted(
        (_link(told, parts) for _, _, told in carried.links() if _fits(told, carries)), key=repr
    )
    linked = {end for link in links for end in (link[0], link[2])}
    there = [at for at, one in enumerate(records) if Part.ALONE in parts or _key(one) in linked]
    kept = set(there)
    made: dict[str, Any] = {
        "entities": sorted(_key(records[row]) for row in there),
        # The same observation told twice is one.
        "links": list(dict.fromkeys(links)),
    }
    if Part.TITLE in parts:
        made["title"] = carried.title
    if Part.PROPERTIES in parts:
        made["properties"] = sorted(
            {
                (_key(records[row]), told.name, told.value, str(told.seen), told.collectors,
                 repr(provenance_said(told.provenance)))
                for row, told in carried.properties()
                if row in kept
            },
            key=repr,
        )  # fmt: skip
    made["decided"] = {
        _key(records[row]): told for row in there if (told := _decided(carried, row, parts))
    }
    if Part.MARKS in parts:
        made["marking"] = carried.marks.get(-1)
    if Part.NOTES in parts:
        made["notes"] = sorted(
            (("" if one.entity < 0 else _key(records[one.entity]), repr(note_said(one)))
             for one in carried.notes), key=repr,
        )  # fmt: skip
    if Part.JOINED in parts:
        made["joined"] = sorted(
            (_key(records[one]), _key(records[kept_as])) for one, kept_as in carried.joined.items()
        )
    return made


def lost(carried: Carried, carries: Carries) -> list[str]:
    """What this graph has that the format has no room for, in words; empty where nothing."""
    said: list[str] = []
    links = carried.block.links
    if carries.links is not None:
        names = carried.block.names
        kept = [at for at, name in enumerate(names) if name in carries.links]
        outside = links.filter(~pl.col("type").is_in(kept)).height
        if outside:
            said.append(f"{outside} observations of links of other types")
    for part, label in LABELS.items():
        seconds_do = part is Part.DAYS and Part.SECONDS in carries.parts
        if part not in carries.parts and not seconds_do and _has(carried, part):
            said.append(label)
    return said


def _has(carried: Carried, part: Part) -> bool:
    """Whether a graph has anything of a part."""
    links, names = carried.block.links, carried.block.names
    match part:
        case Part.TITLE:
            return bool(carried.title)
        case Part.DAYS:
            return bool((links["precision"] > 0).any())
        case Part.PROVIDER | Part.PROVENANCE:
            return links.height > 0
        case Part.COLLECTORS:
            return any(names[code] for code in links["collectors"].unique())
        case Part.DETAIL:
            return links["detail"].null_count() < links.height
        case Part.PROPERTIES:
            return carried.block.properties.height > 0
        case Part.ALONE:
            linked = {*links["source"].unique(), *links["target"].unique()}
            return len(linked) < carried.block.entities.height
        case Part.TAGS:
            return bool(carried.tags)
        case Part.FLAGS:
            return bool(carried.stars or carried.pins or carried.seeds)
        case Part.MARKS:
            return bool(carried.marks)
        case Part.NOTES:
            return bool(carried.notes)
        case Part.PLACES:
            return bool(carried.places)
        case Part.JOINED:
            return bool(carried.joined)
        case _:
            return False


def _fits(told: Observation, carries: Carries) -> bool:
    assert isinstance(told.subject, Link)
    return carries.links is None or told.subject.type in carries.links


def _link(told: Observation, parts: Part) -> tuple[Any, ...]:
    link = told.subject
    assert isinstance(link, Link)
    seen: tuple[object, ...] = ()
    if Part.DAYS in parts:
        seen = (str(told.seen.first), str(told.seen.last))
    elif Part.SECONDS in parts:
        first, last = told.seen.seconds
        seen = (first, last)
    return (
        _key(link.source), link.type, _key(link.target), seen,
        told.provenance.provider if Part.PROVIDER in parts else "",
        told.collectors if Part.COLLECTORS in parts else (),
        told.detail if Part.DETAIL in parts else "",
        repr(provenance_said(told.provenance)) if Part.PROVENANCE in parts else "",
    )  # fmt: skip


def _decided(carried: Carried, row: int, parts: Part) -> dict[str, Any]:
    told = decided_of(carried, row)
    for part, names in (
        (Part.TAGS, ("tags",)),
        (Part.FLAGS, ("star", "pin", "seed")),
        (Part.MARKS, ("tlp", "pap")),
        (Part.PLACES, ("place",)),
    ):
        if part not in parts:
            for name in names:
                told.pop(name, None)
    return told


def _key(one: Entity) -> str:
    return f"{one.type}: {one.value}"
