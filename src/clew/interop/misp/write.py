"""A graph as a MISP event; what MISP has no word for is in one object of Clew's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

import msgspec

from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.misp.context import TAG_LENGTH_MAX
from clew.interop.misp.part import graph_of, pieces_of
from clew.interop.misp.shape import ObjectHead, category_of, free_attribute, object_of, own_uuid
from clew.interop.misp.words import (
    ANALYSES,
    GRAPH_NAME,
    GRAPH_TEMPLATE,
    PAP_NAMES,
    THREAT_LEVELS,
    TLP_NAMES,
)
from clew.interop.texts import own_type
from clew.model.entity import Entity, Link, Observation

Thing = dict[str, Any]
PROVIDERS_SHOWN = 10
"""Most providers that the comment of a reference names."""
_LONG_AGO = "1970-01-01"
_GRAPH_HEAD = ObjectHead(GRAPH_NAME, GRAPH_TEMPLATE, "1", "misc")


def write_misp(graph: ExchangeGraph) -> bytes:
    """
    All of a graph as one event in UTF-8; values as they are, not defanged.

    Entities with links are objects, the others attributes where MISP has a type for them.
    """
    records = graph.entities()
    whole = own_uuid("event", graph.title, *sorted(f"{it.type}\0{it.value}" for it in records))
    facts: dict[int, list[Observation]] = {}
    for row, fact in graph.properties():
        facts.setdefault(row, []).append(fact)
    links = graph.by_link()
    spans: dict[int, list[Observation]] = {}
    for (source, _, target), seen in links.items():
        for row in {source, target}:
            spans.setdefault(row, []).extend(seen)
    notes: dict[int, list[str]] = {}
    for note in graph.notes:
        notes.setdefault(note.entity, []).append(note.text)
    attributes, objects, uuids = [], [], []
    by_row: dict[int, Thing] = {}
    for row, one in enumerate(records):
        uuid = own_uuid(whole, "entity", one.type, one.value)
        uuids.append(uuid)
        shared = _shared_fields(
            graph, row, facts.get(row, ()), spans.get(row, ()), notes.get(row, ())
        )
        free = None if row in spans else free_attribute(one)
        if free is not None:
            attributes.append(_attribute(uuid, *free, **shared))
            continue
        by_row[row] = _object(uuid, one, shared)
        objects.append(by_row[row])
    references: list[str] = []
    for (source, type_, target), seen in links.items():
        reference = own_uuid(whole, "link", uuids[source], type_, uuids[target])
        references.append(reference)
        by_row[source]["ObjectReference"].append(
            {"uuid": reference, "object_uuid": uuids[source], "referenced_uuid": uuids[target],
             "relationship_type": own_type(type_), "comment": _comment(graph, seen)}
        )  # fmt: skip
    part = graph_of(graph, uuids, facts, links, references)
    objects.append(_own(own_uuid(whole, GRAPH_NAME), pieces_of(part)))
    head = _head(graph, records, facts, whole)
    return msgspec.json.encode({"Event": {**head, "Attribute": attributes, "Object": objects}})


def _head(
    graph: ExchangeGraph, records: list[Entity], observed: dict[int, list[Observation]], whole: str
) -> Thing:
    learnt = min((one.learnt for one in graph.provenance if one.learnt > 0), default=0)
    date = f"{datetime.fromtimestamp(learnt, UTC):%Y-%m-%d}" if learnt else _LONG_AGO
    facts = {
        one.name: one.value for row, observations in observed.items() for one in observations
        if records[row].type == "incident"
    }  # fmt: skip
    tlp, pap = graph.marks.get(-1, (0, 0))
    tlp = tlp or max((one.tlp for one in graph.provenance), default=0)
    return {
        "uuid": whole, "info": graph.title.strip() or "Clew graph", "date": date,
        "threat_level_id": _number(THREAT_LEVELS, facts.get("threat_level", ""), "4"),
        "analysis": _number(ANALYSES, facts.get("analysis", ""), "0"),
        # Only the own organisation sees it until a person decides otherwise.
        "distribution": "0", "published": False, "Tag": _tags((), tlp, pap),
    }  # fmt: skip


def _number(words: dict[str, str], word: str, other: str) -> str:
    return next((number for number, one in words.items() if one == word), other)


def _shared_fields(
    graph: ExchangeGraph, row: int, observations: Iterable[Observation],
    seen: Sequence[Observation], notes: Iterable[str],
) -> Thing:  # fmt: skip
    """What MISP has words for: comment, detection, tags and dates of an entity."""
    facts = {one.name: one.value for one in observations}
    comment = "\n".join((facts.get("comment") or facts.get("description") or "", *notes)).strip()
    fields: Thing = {
        "to_ids": facts.get("to_ids") == "true", "comment": comment,
        "Tag": _tags(graph.tags.get(row, ()), *graph.marks.get(row, (0, 0))),
    }  # fmt: skip
    firsts = [at for one in seen if (at := one.seen.first.earliest) is not None]
    lasts = [at for one in seen if (at := one.seen.last.latest) is not None]
    if firsts and lasts and min(firsts) > max(lasts):
        return fields
    if firsts:
        fields["first_seen"] = min(firsts).isoformat(timespec="microseconds")
    if lasts:
        fields["last_seen"] = max(lasts).isoformat(timespec="microseconds")
    return fields


def _tags(words: Iterable[str], tlp: int, pap: int) -> list[Thing]:
    names = [one for one in words if len(one) <= TAG_LENGTH_MAX]
    names += [TLP_NAMES[tlp]] if tlp else []
    names += [PAP_NAMES[pap]] if pap else []
    return [{"name": name} for name in dict.fromkeys(names)]


def _attribute(uuid: str, type_: str, value: str, **shared: Any) -> Thing:
    return {
        "uuid": uuid, "type": type_, "category": category_of(type_), "value": value,
        "distribution": "5", "disable_correlation": False, **shared,
    }  # fmt: skip


def _object(uuid: str, one: Entity, shared: Thing) -> Thing:
    head, parts = object_of(one)
    inner = []
    for at, (relation, type_, value) in enumerate(parts):
        plain = {"to_ids": False, "comment": "", "disable_correlation": True}
        inner.append(
            _attribute(
                own_uuid(uuid, relation), type_, value, object_relation=relation,
                **(plain if at else {**shared, "comment": ""}),
            )
        )  # fmt: skip
    dates: Thing = {name: shared[name] for name in ("first_seen", "last_seen") if name in shared}
    return {**_headed(uuid, head), "comment": shared["comment"], **dates, "Attribute": inner,
            "ObjectReference": []}  # fmt: skip


def _headed(uuid: str, head: ObjectHead) -> Thing:
    return {
        "uuid": uuid, "name": head.name, "meta-category": head.category,
        "description": "Clew" if head.name.startswith("clew-") else head.name,
        "template_uuid": head.uuid, "template_version": head.version, "distribution": "5",
    }  # fmt: skip


def _comment(graph: ExchangeGraph, seen: list[Observation]) -> str:
    """Who said a link, and from when to when, in words."""
    names = sorted({one.provenance.provider for one in seen})
    more = len(names) - PROVIDERS_SHOWN
    who = ", ".join(names[:PROVIDERS_SHOWN]) + (f" and {more} more" if more > 0 else "")
    firsts = [one.seen.first for one in seen if one.seen.first.known]
    lasts = [one.seen.last for one in seen if one.seen.last.known]
    first = str(min(firsts)) if firsts else "unknown"
    last = str(max(lasts)) if lasts else "unknown"
    dates = f": {first} to {last}" if firsts or lasts else ": not dated"
    link = seen[0].subject
    assert isinstance(link, Link)
    score = graph.scores.get((link.source, link.type, link.target))
    return who + dates + (f"; corroboration {score:.2f}" if score is not None else "")


def _own(uuid: str, pieces: list[str]) -> Thing:
    inner = [
        {**_attribute(own_uuid(uuid, str(number)), "text", piece, object_relation="json",
                      to_ids=False, comment=f"{number} of {len(pieces)}"),
         "disable_correlation": True}
        for number, piece in enumerate(pieces, 1)
    ]  # fmt: skip
    return {**_headed(uuid, _GRAPH_HEAD), "Attribute": inner,
            "comment": "What Clew knows beyond MISP's format.", "ObjectReference": []}  # fmt: skip
