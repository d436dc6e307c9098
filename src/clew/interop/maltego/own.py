"""Clew's own properties within Maltego's files, so that what was written is read back the same."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph, ExchangeNote
from clew.interop.graph_builder import GraphBuilder
from clew.interop.maltego.graph_elements import MaltegoProperty
from clew.interop.serialize import (
    interval_from_json,
    marking_from_json,
    note_from_json,
    note_to_json,
)
from clew.model.entity import Entity, Observation
from clew.model.interval import UNDATED, Interval
from clew.model.marking_text import marking_mentions, pap_of, tlp_of

HEAD = "clew."
PROPERTY_HEAD = "clew.property."
"""Head of the names of properties that an entity has in Clew."""
ENTITY_TYPE = "clew.entity-type"
VALUE = "clew.value"
"""The value in full, where Maltego's own property holds a part of it."""
LINK = "clew.link"
_NOTES = "clew.notes"
_SAME_AS = "clew.same-as"
_FLAGS = ("star", "pin", "seed")
_NAMES = frozenset(
    {ENTITY_TYPE, VALUE, LINK, _NOTES, _SAME_AS, "clew.tags", "clew.star", "clew.pin", "clew.seed",
     "clew.tlp", "clew.pap", "clew.first", "clew.last", "clew.provider", "clew.collectors",
     "clew.detail"}
)  # fmt: skip
_NAME_LENGTH_MAX = 200
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)


def is_own(name: str) -> bool:
    """Whether a property is one that Clew writes."""
    return name in _NAMES or name.startswith(PROPERTY_HEAD)


def entity_properties(
    graph: ExchangeGraph, row: int, notes: Iterable[ExchangeNote], into: Entity | None
) -> list[MaltegoProperty]:
    """What was decided over an entity, as properties; *into* is what it was joined to."""
    properties = []
    if tags := graph.tags.get(row):
        properties.append(_own("tags", join_texts(tags), type_="string[]"))
    for name, rows in zip(_FLAGS, (graph.stars, graph.pins, graph.seeds), strict=True):
        if row in rows:
            properties.append(_own(name, "true"))
    if row in graph.marks:
        properties += marking_properties(graph.marks[row])
    listed = [note_to_json(one) for one in notes]
    if listed:
        properties.append(_own("notes", msgspec.json.encode(listed).decode(), hidden=True))
    if into is not None:
        same = msgspec.json.encode([into.type, into.value]).decode()
        properties.append(_own("same-as", same, hidden=True))
    return properties


def marking_properties(mark: tuple[int, int]) -> list[MaltegoProperty]:
    """A marking as two properties."""
    tlp, pap = mark
    return [_own("tlp", tlp_of(tlp).name), _own("pap", pap_of(pap).name)]


def link_properties(observation: Observation, type_: str) -> list[MaltegoProperty]:
    """What one observation of a link says, as properties."""
    properties = [_own("link", type_)]
    for name, moment in (("first", observation.seen.first), ("last", observation.seen.last)):
        if str(moment) != "unknown":
            properties.append(_own(name, str(moment)))
    properties.append(_own("provider", observation.provenance.provider))
    if observation.collectors:
        properties.append(_own("collectors", join_texts(observation.collectors), type_="string[]"))
    if observation.detail:
        properties.append(_own("detail", observation.detail, hidden=True))
    return properties


def read_entity(texts: Mapping[str, str], row: int, builder: GraphBuilder, where: str) -> None:
    """Take what was decided over an entity, without its notes, into a graph."""
    for tag in split(texts.get("clew.tags", "")):
        builder.tag(row, tag)
    if texts.get("clew.star") == "true":
        builder.stars.add(row)
    if texts.get("clew.pin") == "true":
        builder.pins.add(row)
    if texts.get("clew.seed") == "true":
        builder.seeds.add(row)
    read_marking(texts, row, builder, where)


def read_marking(texts: Mapping[str, str], row: int, builder: GraphBuilder, where: str) -> None:
    """Take a marking into a graph; -1 is the whole of it."""
    fields = {name: texts.get(f"clew.{name}", "") for name in ("tlp", "pap")}
    if any(fields.values()):
        marking_from_json(fields, row, builder, where)


def notes_text(notes: Iterable[ExchangeNote]) -> str:
    """Notes as Maltego holds them: one text."""
    return "\n\n".join(one.text for one in notes)


def read_notes(texts: Mapping[str, str], shown: str, row: int, builder: GraphBuilder) -> None:
    """
    Take the notes of an entity into a graph.

    Where *shown*, which people change in Maltego, is no longer what Clew wrote, it counts.
    """
    ours = _json(texts.get(_NOTES, ""))
    if isinstance(ours, list):
        listed = [one for one in ours if isinstance(one, dict)]
        wrote = "\n\n".join(one["text"] for one in listed if isinstance(one.get("text"), str))
        if wrote.split() == shown.split():
            for one in listed:
                note_from_json(one, row, builder)
            return
    for mention in marking_mentions(shown):
        builder.property(row, "marking", mention.words, where="notes")
    builder.note(row, shown)


def same_as(texts: Mapping[str, str]) -> tuple[str, str] | None:
    """Type and value of the entity that another was joined to."""
    match _json(texts.get(_SAME_AS, "")):
        case [str(type_), str(value)]:
            return type_, value
    return None


def seen_of(texts: Mapping[str, str], builder: GraphBuilder, where: str) -> Interval:
    """When a link was seen; unknown, with a problem, where the dates do not hold."""
    fields = {name: texts.get(f"clew.{name}") for name in ("first", "last")}
    try:
        return interval_from_json(fields)
    except InvalidValue as error:
        builder.problem(where, error.value, error.reason)
        return UNDATED


def provider_of(texts: Mapping[str, str]) -> str:
    """Who said it; empty where not told."""
    return texts.get("clew.provider", "").strip()[:_NAME_LENGTH_MAX]


def collectors_of(texts: Mapping[str, str]) -> list[str]:
    """The provider's own sources of a link."""
    return [one[:_NAME_LENGTH_MAX] for one in split(texts.get("clew.collectors", ""))]


def detail_of(texts: Mapping[str, str]) -> str:
    """What else was said of a link."""
    return texts.get("clew.detail", "")


def own_property(name: str, value: str) -> MaltegoProperty:
    """A property that an entity has in Clew."""
    return MaltegoProperty(f"{PROPERTY_HEAD}{name}", value, f"Clew: {name}")


def join_texts(texts: Iterable[str]) -> str:
    """Texts as Maltego's arrays are written: with commas between, those within escaped."""
    return ",".join(one.replace("\\", "\\\\").replace(",", "\\,") for one in texts)


def split(text: str) -> list[str]:
    """The texts of an array that Clew wrote."""
    pieces = re.findall(r"(?:\\.|[^,\\])+", text, re.DOTALL)
    return [_ESCAPED.sub(r"\1", one) for one in pieces]


def _own(name: str, value: str, *, hidden: bool = False, type_: str = "string") -> MaltegoProperty:
    return MaltegoProperty(f"{HEAD}{name}", value, f"Clew: {name}", type_, hidden=hidden)


def _json(text: str) -> Any:
    try:
        return msgspec.json.decode(text) if text else None
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return None
