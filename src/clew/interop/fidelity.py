"""What a format carries of a graph, said once: for the page, the warnings and the tests."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Flag, auto
from typing import Any

import polars as pl

from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.serialize import decisions_to_json, note_to_json, provenance_to_json
from clew.model.entity import Entity, Link, Observation


class GraphPart(Flag):
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
    MERGED = auto()
    """Which entities were merged into which."""


LABELS = {
    GraphPart.TITLE: "title",
    GraphPart.DAYS: "dates with their precision",
    GraphPart.SECONDS: "dates to the second",
    GraphPart.PROVIDER: "providers",
    GraphPart.COLLECTORS: "the providers' own sources",
    GraphPart.PROVENANCE: "full provenance",
    GraphPart.DETAIL: "details of links",
    GraphPart.PROPERTIES: "properties and states, dated and sourced",
    GraphPart.ALONE: "entities without links",
    GraphPart.TAGS: "tags",
    GraphPart.FLAGS: "stars, pins and seeds",
    GraphPart.MARKS: "markings",
    GraphPart.NOTES: "notes",
    GraphPart.PLACES: "places on the canvas",
    GraphPart.MERGED: "merged entities",
}
ALL = ~GraphPart(0) & ~GraphPart.SECONDS


@dataclass(frozen=True, slots=True)
class Fidelity:
    """What a format keeps."""

    parts: GraphPart
    links: frozenset[str] | None = None
    """Types of links that it has room for; None for all."""
    sources: frozenset[str] | None = None
    """Types of entities that those may lead from; None for all."""
    targets: frozenset[str] | None = None
    """Types of entities that those may lead to; None for all."""

    def fits(self, link: Link) -> bool:
        """Whether there is room for a link, by its type and those of its ends."""
        return all(
            room is None or type_ in room
            for room, type_ in (
                (self.links, link.type),
                (self.sources, link.source.type),
                (self.targets, link.target.type),
            )
        )


LOSSLESS = Fidelity(ALL)
"""All that a graph has."""


def preserved_content(graph: ExchangeGraph, fidelity: Fidelity) -> dict[str, Any]:
    """
    What is left of a graph in a format, in a form that can be compared: order does not count.

    Two graphs are the same to the format where these are equal.
    """
    parts = fidelity.parts
    records = graph.entities()
    links = sorted(
        (
            _link(observation, parts)
            for _, _, observation in graph.links()
            if _fits(observation, fidelity)
        ),
        key=repr,
    )
    linked = {end for link in links for end in (link[0], link[2])}
    there = [
        at for at, one in enumerate(records) if GraphPart.ALONE in parts or _key(one) in linked
    ]
    inside = set(there)
    made: dict[str, Any] = {
        "entities": sorted(_key(records[row]) for row in there),
        # The same observation told twice is one.
        "links": list(dict.fromkeys(links)),
    }
    if GraphPart.TITLE in parts:
        made["title"] = graph.title
    if GraphPart.PROPERTIES in parts:
        made["properties"] = sorted(
            {
                (_key(records[row]), observation.name, observation.value, str(observation.seen),
                 observation.collectors, repr(provenance_to_json(observation.provenance)))
                for row, observation in graph.properties()
                if row in inside
            },
            key=repr,
        )  # fmt: skip
    made["decided"] = {
        _key(records[row]): observation
        for row in there
        if (observation := _decided(graph, row, parts))
    }
    if GraphPart.MARKS in parts:
        made["marking"] = graph.marks.get(-1)
    if GraphPart.NOTES in parts:
        made["notes"] = sorted(
            (("" if one.entity < 0 else _key(records[one.entity]), repr(note_to_json(one)))
             for one in graph.notes), key=repr,
        )  # fmt: skip
    if GraphPart.MERGED in parts:
        made["merged"] = sorted(
            (_key(records[one]), _key(records[other])) for one, other in graph.merged_into.items()
        )
    return made


def losses(graph: ExchangeGraph, fidelity: Fidelity) -> list[str]:
    """What this graph has that the format has no room for, in words; empty where nothing."""
    missing: list[str] = []
    if outside := _outside(graph, fidelity):
        ends = fidelity.sources is not None or fidelity.targets is not None
        between = " or between other entities" if ends else ""
        missing.append(f"{outside} observations of links of other types{between}")
    for part, label in LABELS.items():
        seconds_do = part is GraphPart.DAYS and GraphPart.SECONDS in fidelity.parts
        if part not in fidelity.parts and not seconds_do and _has(graph, part):
            missing.append(label)
    return missing


def _outside(graph: ExchangeGraph, fidelity: Fidelity) -> int:
    """Observations of links that a format has no room for."""
    links, names = graph.block.links, graph.block.names
    types = graph.block.entities["type"]
    columns = {
        "type": links["type"],
        "source": types.gather(links["source"]),
        "target": types.gather(links["target"]),
    }
    outside = pl.zeros(links.height, pl.Boolean, eager=True)
    for column, room in zip(
        columns, (fidelity.links, fidelity.sources, fidelity.targets), strict=True
    ):
        if room is not None:
            fitting = [at for at, name in enumerate(names) if name in room]
            outside |= ~columns[column].is_in(fitting)
    return int(outside.sum())


def _has(graph: ExchangeGraph, part: GraphPart) -> bool:
    """Whether a graph has anything of a part."""
    links, names = graph.block.links, graph.block.names
    match part:
        case GraphPart.TITLE:
            return bool(graph.title)
        case GraphPart.DAYS:
            return bool((links["precision"] > 0).any())
        case GraphPart.PROVIDER | GraphPart.PROVENANCE:
            return links.height > 0
        case GraphPart.COLLECTORS:
            return any(names[code] for code in links["collectors"].unique())
        case GraphPart.DETAIL:
            return links["detail"].null_count() < links.height
        case GraphPart.PROPERTIES:
            return graph.block.properties.height > 0
        case GraphPart.ALONE:
            linked = {*links["source"].unique(), *links["target"].unique()}
            return len(linked) < graph.block.entities.height
        case GraphPart.TAGS:
            return bool(graph.tags)
        case GraphPart.FLAGS:
            return bool(graph.stars or graph.pins or graph.seeds)
        case GraphPart.MARKS:
            return bool(graph.marks)
        case GraphPart.NOTES:
            return bool(graph.notes)
        case GraphPart.PLACES:
            return bool(graph.places)
        case GraphPart.MERGED:
            return bool(graph.merged_into)
        case _:
            return False


def _fits(observation: Observation, fidelity: Fidelity) -> bool:
    assert isinstance(observation.subject, Link)
    return fidelity.fits(observation.subject)


def _link(observation: Observation, parts: GraphPart) -> tuple[Any, ...]:
    link = observation.subject
    assert isinstance(link, Link)
    seen: tuple[object, ...] = ()
    if GraphPart.DAYS in parts:
        seen = (str(observation.seen.first), str(observation.seen.last))
    elif GraphPart.SECONDS in parts:
        first, last = observation.seen.seconds
        seen = (first, last)
    return (
        _key(link.source), link.type, _key(link.target), seen,
        observation.provenance.provider if GraphPart.PROVIDER in parts else "",
        observation.collectors if GraphPart.COLLECTORS in parts else (),
        observation.detail if GraphPart.DETAIL in parts else "",
        repr(provenance_to_json(observation.provenance)) if GraphPart.PROVENANCE in parts else "",
    )  # fmt: skip


def _decided(graph: ExchangeGraph, row: int, parts: GraphPart) -> dict[str, Any]:
    decisions = decisions_to_json(graph, row)
    for part, names in (
        (GraphPart.TAGS, ("tags",)),
        (GraphPart.FLAGS, ("star", "pin", "seed")),
        (GraphPart.MARKS, ("tlp", "pap")),
        (GraphPart.PLACES, ("place",)),
    ):
        if part not in parts:
            for name in names:
                decisions.pop(name, None)
    return decisions


def _key(one: Entity) -> str:
    return f"{one.type}: {one.value}"
