"""Observations, provenance and decisions as JSON, the same in every format that carries them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import msgspec

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph, ExchangeNote
from clew.interop.graph_builder import GraphBuilder
from clew.model.entity import Observation
from clew.model.interval import Interval
from clew.model.marking import PAP, TLP
from clew.model.marking_text import read_pap, read_tlp
from clew.model.moment import OPEN, Moment, parse_moment
from clew.model.provenance import Completeness, Provenance

COORDINATE_MAX = 1e9
"""Furthest place from the middle, in units of the canvas."""


def moment_from_json(value: object) -> Moment:
    """The moment that a text means, ``open`` and ``unknown`` among them; raises InvalidValue."""
    if isinstance(value, str):
        return _moment_of(value)
    return parse_moment(value)


@lru_cache(maxsize=50_000)
def _moment_of(text: str) -> Moment:
    """As moment_from_json; files repeat their dates."""
    return OPEN if text == "open" else parse_moment(text)


def observation_to_json(observation: Observation) -> dict[str, Any]:
    """What an observation says beside its subject; what it does not say is left out."""
    fields: dict[str, Any] = {}
    if observation.name:
        fields |= {"name": observation.name, "value": observation.value}
    if str(observation.seen.first) != "unknown":
        fields["first"] = str(observation.seen.first)
    if str(observation.seen.last) != "unknown":
        fields["last"] = str(observation.seen.last)
    if observation.collectors:
        fields["collectors"] = list(observation.collectors)
    if observation.detail:
        fields["detail"] = observation.detail
    return fields


def provenance_to_json(one: Provenance) -> dict[str, Any]:
    """A provenance as JSON."""
    fields: dict[str, Any] = {
        "provider": one.provider, "transform": one.transform, "run": one.run, "learnt": one.learnt,
        "reply": one.reply, "tlp": one.tlp,  "settings": one.settings, "input": one.input.hex(),
        "completeness": {"extent": str(one.completeness.extent),
                         "received": one.completeness.received, "total": one.completeness.total,
                         "reason": one.completeness.reason},
    }  # fmt: skip
    if one.pap:
        fields["pap"] = one.pap
    return fields


class _ProvenanceFields(msgspec.Struct):
    provider: str
    transform: str
    run: str = ""
    learnt: int = 0
    reply: str = ""
    tlp: int = 0
    pap: int = 0
    settings: str = "{}"
    input: str = ""
    completeness: Completeness = Completeness()


def provenance_from_json(value: object) -> Provenance:
    """The provenance that JSON means; raises InvalidValue."""
    try:
        one = msgspec.convert(value, _ProvenanceFields)
        return Provenance(
            one.provider, one.transform, one.run, one.learnt, bytes.fromhex(one.input),
            one.settings, one.reply, int(TLP(one.tlp)), one.completeness,
            int(PAP(one.pap)) or msgspec.UNSET,
        )  # fmt: skip
    except (msgspec.ValidationError, ValueError, OverflowError) as error:
        raise InvalidValue("provenance", value, str(error)) from error


def interval_from_json(fields: Mapping[str, Any]) -> Interval:
    """When it held; raises InvalidValue."""
    first, last = moment_from_json(fields.get("first")), moment_from_json(fields.get("last"))
    start, end = first.earliest, last.latest
    if start is not None and end is not None and start > end:
        raise InvalidValue("interval", f"{first} - {last}", "it ends before it starts")
    return Interval(first, last)


def decisions_to_json(graph: ExchangeGraph, row: int) -> dict[str, Any]:
    """What people decided over one entity; what they did not is left out."""
    fields: dict[str, Any] = {}
    if row in graph.tags:
        fields["tags"] = sorted(graph.tags[row])
    for name, rows in (("star", graph.stars), ("pin", graph.pins), ("seed", graph.seeds)):
        if row in rows:
            fields[name] = True
    if row in graph.marks:
        fields["tlp"], fields["pap"] = graph.marks[row]
    if row in graph.places:
        fields["place"] = list(graph.places[row])
    return fields


def decisions_from_json(
    fields: Mapping[str, Any], row: int, builder: GraphBuilder, where: str
) -> None:
    """Take what people decided over one entity into a graph."""
    tags = fields.get("tags")
    for tag in tags if isinstance(tags, list) else ():
        if isinstance(tag, str):
            builder.tag(row, tag)
    if fields.get("star") is True:
        builder.stars.add(row)
    if fields.get("pin") is True:
        builder.pins.add(row)
    if fields.get("seed") is True:
        builder.seeds.add(row)
    if "tlp" in fields or "pap" in fields:
        marking_from_json(fields, row, builder, where)
    if "place" in fields:
        position_from_json(fields["place"], row, builder, where)


def marking_from_json(
    fields: Mapping[str, Any], row: int, builder: GraphBuilder, where: str
) -> None:
    """Take a marking by its numbers or names; -1 is the whole graph."""
    tlp, tlp_fault = read_tlp(fields.get("tlp"))
    pap, pap_fault = read_pap(fields.get("pap"))
    builder.graph.marks[row] = (int(tlp), int(pap))
    for name, fault in (("tlp", tlp_fault), ("pap", pap_fault)):
        if fault:
            builder.problem(where, fields.get(name), fault)


def position_from_json(value: object, row: int, builder: GraphBuilder, where: str) -> None:
    """Take a place on the canvas, x and y."""
    if (
        isinstance(value, list | tuple)
        and len(value) == 2
        and all(isinstance(at, int | float) and abs(at) <= COORDINATE_MAX for at in value)
    ):
        builder.graph.places[row] = (float(value[0]), float(value[1]))
    else:
        builder.problem(where, value, "this is no place on the canvas")


def note_to_json(one: ExchangeNote) -> dict[str, Any]:
    """A note as JSON, without its entity."""
    return {"text": one.text, "actor": one.actor, "written": one.at}


def note_from_json(fields: Mapping[str, Any], row: int, builder: GraphBuilder) -> None:
    """Take a note into a graph."""
    text, actor, at = fields.get("text"), fields.get("actor"), fields.get("written")
    if isinstance(text, str):
        builder.note(
            row, text, actor=actor if isinstance(actor, str) else "",
            at=at if isinstance(at, int) and 0 <= at < 1 << 62 else 0,
        )  # fmt: skip
