"""A graph as a STIX 2.1 bundle; what STIX has no word for is in Clew's extension of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

import msgspec

from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.serialize import decisions_to_json, note_to_json, provenance_to_json
from clew.interop.stix.originals import Originals
from clew.interop.stix.shape import object_of, own_id, relationship
from clew.interop.stix.words import (
    EXTENSION_ID,
    OBSERVABLES,
    PRODUCER_ID,
    RELATIONSHIPS,
    TLP_COLOURS,
    TLP_MARKS,
)
from clew.interop.texts import own_type
from clew.model.entity import Entity, Link, Observation
from clew.model.provenance import Provenance

Thing = dict[str, Any]
WITH_ALIASES = frozenset(
    {"intrusion-set", "threat-actor", "malware", "campaign", "tool", "infrastructure"}
)
"""Domain objects that have a property for other names (STIX 2.1, section 4)."""
_LONG_AGO = "1970-01-01T00:00:00.000Z"


def write_stix(graph: ExchangeGraph) -> bytes:
    """All of a graph as a bundle in UTF-8; values as they are, not defanged."""
    numbers: dict[Provenance, int] = {}
    for one in graph.provenance:
        numbers.setdefault(one, len(numbers))
    learnt = min((one.learnt for one in numbers if one.learnt > 0), default=0)
    created = _stamp(learnt) if learnt else _LONG_AGO
    originals = Originals()
    records = graph.entities()
    facts: dict[int, list[Observation]] = {}
    for row, fact in graph.properties():
        facts.setdefault(row, []).append(fact)
    things: list[Thing] = []
    ids: list[str] = []
    entered = graph.block.entities["provenance"].to_list()
    links = graph.by_link()
    aliases: dict[int, list[str]] = {}
    for source, type_, target in links:
        if type_ == "has-alias":
            aliases.setdefault(source, []).append(records[target].value)
    for row, record in enumerate(records):
        # An original is given back as it was; only our own objects get what was told beside it.
        thing = originals.own(facts.get(row, ())) or _described(
            object_of(record, created), facts.get(row, ()), aliases.get(row, ())
        )
        if thing["id"] in originals.taken:
            # Two entities may be one observable: a netblock of one address, for example.
            thing = {**thing, "id": own_id(thing["type"], record.type, record.value)}
        originals.taken.add(thing["id"])
        part: Thing = {
            "extension_type": "property-extension", "entity": _entity(record),
            "told_by": numbers[graph.provenance[entered[row]]], **decisions_to_json(graph, row),
        }  # fmt: skip
        if row in graph.merged_into:
            part["same_as"] = _entity(records[graph.merged_into[row]])
        properties = [
            {**originals.property(one), "told_by": numbers[one.provenance]}
            for one in facts.get(row, ())
        ]
        if properties:
            part["properties"] = properties
        level = graph.marks.get(row, (0, 0))[0]
        things.append(_extended(thing, part, level))
        ids.append(thing["id"])
    for link, seen in links.items():
        things.append(_link(graph, link, seen, ids, numbers, originals, created))
    whole = own_id("grouping", graph.title, *sorted(ids))
    for number, note in enumerate(graph.notes):
        things.append(_note(note_to_json(note), number, note.at, note.entity, ids, records, whole))
    for thing in things:
        # A report has to refer to something (section 4.16).
        if thing["type"] == "report" and not thing.get("object_refs"):
            thing["object_refs"] = [thing["id"]]
    things.extend(originals.verbatim(graph.rest.values()))
    head = _head(graph, numbers, whole, ids or [PRODUCER_ID], created)
    return msgspec.json.encode(
        {"type": "bundle", "id": own_id("bundle", graph.title, *sorted(ids)),
         "objects": [*head, *_markings(things + head), *things]}
    )  # fmt: skip


def _link(
    graph: ExchangeGraph, link: tuple[int, str, int], seen: list[Observation], ids: list[str],
    numbers: dict[Provenance, int], originals: Originals, created: str,
) -> Thing:  # fmt: skip
    source, type_, target = link
    name = RELATIONSHIPS.get(type_, own_type(type_))
    thing = originals.relationship(seen, ids[source], ids[target]) or relationship(
        ids[source], name, ids[target], created, _times(seen)
    )
    if thing["id"] in originals.taken:
        thing = {**thing, "id": own_id("relationship", ids[source], f"own {type_}", ids[target])}
    originals.taken.add(thing["id"])
    one = seen[0].subject
    assert isinstance(one, Link)
    part: Thing = {
        "extension_type": "property-extension",
        "link": {"source": _entity(one.source), "type": type_, "target": _entity(one.target)},
        "observations": [
            {**originals.detail(it), "told_by": numbers[it.provenance]} for it in seen
        ],
    }  # fmt: skip
    score = graph.scores.get((one.source, type_, one.target))
    if score is not None:
        part["corroboration"] = round(score, 6)
    return _extended(thing, part, max(it.provenance.tlp for it in seen))


def _times(seen: Iterable[Observation]) -> tuple[str, str]:
    """The first start and the last end that were told."""
    firsts = [at for one in seen if (at := one.seen.first.earliest) is not None]
    lasts = [at for one in seen if (at := one.seen.last.latest) is not None]
    return (
        _stamp(int(min(firsts).timestamp())) if firsts else "",
        _stamp(int(max(lasts).timestamp())) if lasts else "",
    )


def _note(
    fields: Thing, number: int, at: int, row: int, ids: list[str], records: list[Entity], whole: str
) -> Thing:
    created = _stamp(at // 1_000_000) if at else _LONG_AGO
    part: Thing = {"extension_type": "property-extension", "note": fields}
    if row >= 0:
        part["about"] = _entity(records[row])
    thing: Thing = {
        "type": "note", "spec_version": "2.1", "id": own_id("note", whole, str(number)),
        "created": created, "modified": created, "content": fields["text"],
        "object_refs": [ids[row] if row >= 0 else whole],
    }  # fmt: skip
    if fields["actor"]:
        thing["authors"] = [fields["actor"]]
    return _extended(thing, part, 0)


def _extended(thing: Thing, part: Thing, tlp: int) -> Thing:
    made = {**thing, "extensions": {**thing.get("extensions", {}), EXTENSION_ID: part}}
    if tlp and "object_marking_refs" not in thing:
        made["object_marking_refs"] = [TLP_MARKS[tlp]]
    return made


def _described(thing: Thing, facts: Iterable[Observation], aliases: Iterable[str]) -> Thing:
    """With the description and aliases told, for readers that do not know the extension."""
    if thing["type"] in OBSERVABLES or "modified" not in thing:
        return thing
    made = dict(thing)
    text = next((one.value for one in facts if one.name == "description"), "")
    if text:
        made.setdefault("description", text)
    named = sorted(set(aliases))
    if named and thing["type"] in WITH_ALIASES:
        made.setdefault("aliases", named)
    return made


def _head(
    graph: ExchangeGraph, numbers: dict[Provenance, int], whole: str, refs: list[str], created: str
) -> list[Thing]:
    part: Thing = {
        "extension_type": "property-extension", "title": graph.title,
        "provenance": [provenance_to_json(one) for one in numbers],
    }  # fmt: skip
    tlp = 0
    if -1 in graph.marks:
        part["tlp"], part["pap"] = graph.marks[-1]
        tlp = part["tlp"]
    times = {"created": created, "modified": created}
    producer = {
        "type": "identity", "spec_version": "2.1", "id": PRODUCER_ID, "created": _LONG_AGO,
        "modified": _LONG_AGO, "name": "Clew", "identity_class": "system",
    }  # fmt: skip
    definition = {
        "type": "extension-definition", "spec_version": "2.1", "id": EXTENSION_ID,
        "created_by_ref": PRODUCER_ID, "created": _LONG_AGO, "modified": _LONG_AGO, "name": "Clew",
        "description": "Dated, sourced observations, provenance, places and decisions of Clew.",
        "schema": "docs/reference/formats.md", "version": "1.0.0",
        "extension_types": ["property-extension", "new-sdo"],
    }  # fmt: skip
    grouping = {
        "type": "grouping", "spec_version": "2.1", "id": whole, **times,
        "name": graph.title or "Clew graph", "context": "unspecified", "object_refs": refs,
    }  # fmt: skip
    return [producer, definition, _extended(grouping, part, tlp)]


def _markings(things: list[Thing]) -> list[Thing]:
    """The TLP markings that are used (section 7.2.1.4)."""
    there = {thing["id"] for thing in things}
    used = {ref for thing in things for ref in thing.get("object_marking_refs", ())}
    return [
        {"type": "marking-definition", "spec_version": "2.1", "id": id_,
         "created": "2017-01-20T00:00:00.000Z", "definition_type": "tlp",
         "name": f"TLP:{TLP_COLOURS[level].upper()}",
         "definition": {"tlp": TLP_COLOURS[level]}}
        for level, id_ in TLP_MARKS.items()
        if level != 4 and id_ in used and id_ not in there
    ]  # fmt: skip


def _entity(one: Entity) -> Thing:
    return {"type": one.type, "value": one.value}


def _stamp(second: int) -> str:
    return f"{datetime.fromtimestamp(second, UTC):%Y-%m-%dT%H:%M:%S}.000Z"
