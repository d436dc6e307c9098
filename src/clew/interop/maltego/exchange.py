"""Our entities as Maltego's and back, and what a transform answered as a graph."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ipaddress import ip_network

import msgspec

from clew.errors import InvalidValue
from clew.interop.graph_builder import GraphBuilder, own_type
from clew.interop.maltego.names import value_names, value_property
from clew.interop.maltego.record import Field, Response, Thing
from clew.interop.maltego.v3 import INPUT_ID
from clew.interop.maltego.words import FROM_MALTEGO, IPV6, TO_MALTEGO, VALUE_PROPERTIES
from clew.interop.serialize import interval_from_json
from clew.model.entity import Entity
from clew.model.interval import UNDATED
from clew.schema.registry import Catalogue

OWN = "clew."
"""Head of ids of types, and of names of fields, that only Clew has."""
FIRST, LAST = "clew.first", "clew.last"
"""Fields of a link, or of the result that it leads to: when it was first and last seen."""

_LABEL, _DIRECTION = "maltego.link.label", "maltego.link.direction"
_REVERSED = "maltego.link.is_reversed"
_BACK = "output-to-input"
_OURS = {type_.lower(): ours for ours, (type_, _) in TO_MALTEGO.items()}


def thing_of(entity: Entity, properties: Mapping[str, str]) -> Thing:
    """
    Our entity as Maltego has it.

    A property whose name holds the value of that type there is sent with ``clew.`` before it.

    Args:
        entity: Its type may be one that Clew does not know.
        properties: Those that are to be sent, by name.
    """
    type_, named = TO_MALTEGO.get(entity.type, (f"{OWN}{entity.type}", f"properties.{entity.type}"))
    value = entity.value
    more: list[Field] = []
    match entity.type:
        case "ip-address" if ":" in value:
            type_, named = IPV6
        case "autonomous-system":
            value = value.removeprefix("AS")
        case "netblock":
            value = _range(value)
        case "tracker":
            kind, _, value = value.partition(":")
            more.append(Field("identifierType", kind, "Identifier type"))
    taken = {named, "identifierType", *VALUE_PROPERTIES.get(type_.lower(), ())}
    return Thing(
        type_, value,
        fields=(
            Field(named, value, strict=True), *more,
            *(Field(f"{OWN}{name}" if name in taken else name, text)
              for name, text in properties.items()),
        ),
    )  # fmt: skip


def entity_of(thing: Thing, catalogue: Catalogue) -> tuple[str, str]:
    """Our type of a thing, and its value as text; a type that is not known becomes an own one."""
    id_ = thing.type.lower()
    _, value = _value(thing)
    ours = FROM_MALTEGO.get(id_)
    if ours is None and id_ in _OURS and _holds(catalogue, _OURS[id_], value):
        ours = _OURS[id_]
    if ours is None:
        own = own_type(thing.type.removeprefix(OWN))
        return own, value
    if ours == "autonomous-system" and value.strip().isdigit():
        value = f"AS{value.strip()}"
    if ours == "tracker":
        kind = next((one.value for one in thing.fields if one.name == "identifierType"), "")
        if kind or not _holds(catalogue, ours, value):
            value = f"{own_type(kind or 'id')}:{value}"
    return ours, value


def gather(
    response: Response, asked: Entity, builder: GraphBuilder, where: str, by: int,
    *, asked_id: str = INPUT_ID,
) -> None:  # fmt: skip
    """
    Put the results of a transform into a graph, each linked with what was asked about.

    Fields become properties under Maltego's names, a date only where `FIRST` and `LAST` tell it.
    Results with an id (version 3) are linked as the response's edges say.

    Args:
        response: Of one question about one entity; its messages are left to the caller.
        asked: What the question was about.
        builder: Takes entities, links, notes and problems.
        where: Names the response in problems.
        by: The number of its provenance.
        asked_id: The id that stood for *asked* in a question of version 3.
    """
    for problem in response.problems:
        builder.problem(where, "", problem)
    start = builder.entity(asked.type, asked.value, where, by)
    rows: dict[str, int | None] = {asked_id: start}
    told: dict[str, Thing] = {}
    for place, thing in enumerate(response.things, 1):
        at = f"{where}, entity {place}"
        type_, text = entity_of(thing, builder.catalogue)
        row = builder.entity(type_, text, at, by)
        if thing.id:
            rows[thing.id] = row
            told[thing.id] = thing
        if row is None:
            continue
        _facts(thing, row, builder, at, by)
        if not thing.id:
            _link(start, row, thing.link, thing.fields, builder, at, by)
    for place, edge in enumerate(response.edges, 1):
        at = f"{where}, link {place}"
        missing = [end for end in (edge.source, edge.target) if end not in rows]
        if missing:
            builder.problem(at, missing[0], "no entity of the answer has this id")
            continue
        result = told.get(edge.target) or told.get(edge.source)
        fields = result.fields if result is not None else ()
        _link(rows[edge.source], rows[edge.target], edge.fields, fields, builder, at, by)


def _facts(thing: Thing, row: int, builder: GraphBuilder, at: str, by: int) -> None:
    type_, value = builder.record(row)
    used, text = _value(thing)
    holds = {value_property(thing), *value_names(thing.type)}
    for field in thing.fields:
        # A second name of the value says nothing new.
        repeats = field.name in holds and field.value.strip() in (text.strip(), value)
        kind = field.name == "identifierType" and type_ == "tracker"
        if kind or repeats or field.name in (used, FIRST, LAST):
            continue
        builder.property(
            row, field.name.removeprefix(OWN) or field.name, field.value, by=by, where=at
        )
    if used and thing.value.strip() not in {text.strip(), *(one.value for one in thing.fields)}:
        builder.property(row, "maltego.value", thing.value, by=by, where=at)
    for name, text in thing.labels:
        builder.property(row, name or "label", text, by=by, where=at)
    if thing.note:
        builder.note(row, thing.note)
    if thing.bookmark >= 0:
        builder.property(row, "bookmark", str(thing.bookmark), by=by, where=at)
    if thing.weight not in (0, 100):
        builder.property(row, "weight", str(thing.weight), by=by, where=at)


def _link(
    source: int | None, target: int | None, told: Sequence[Field], of_result: Sequence[Field],
    builder: GraphBuilder, at: str, by: int,
) -> None:  # fmt: skip
    """One link: told fields that are no date become its detail."""
    if source is None or target is None or source == target:
        return
    said = {field.name: field.value for field in told}
    direction = said.pop(_DIRECTION, "")
    if said.pop(_REVERSED, "").lower() == "true":
        direction = _BACK
    if direction.lower() == _BACK:
        source, target = target, source
    dates = {field.name: field.value for field in of_result if field.name in (FIRST, LAST)}
    dates |= {name: said.pop(name) for name in (FIRST, LAST) if name in said}
    seen = UNDATED
    try:
        seen = interval_from_json({"first": dates.get(FIRST), "last": dates.get(LAST)})
    except InvalidValue as error:
        builder.problem(at, error.value, error.reason)
    detail: dict[str, object] = {}
    label = said.pop(_LABEL, "")
    if label:
        detail["label"] = label
    if direction:
        detail["direction"] = direction
    if said:
        detail["properties"] = said
    builder.link(
        source, "related-to", target, seen=seen, by=by, where=at,
        detail=msgspec.json.encode(detail).decode() if detail else "",
    )  # fmt: skip


def _value(thing: Thing) -> tuple[str, str]:
    """The property that holds a thing's value, empty where none is needed, and the value."""
    held = {field.name: field.value for field in reversed(thing.fields)}
    for name in VALUE_PROPERTIES.get(thing.type.lower(), ()):
        if held.get(name, "").strip():
            return name, held[name]
    if thing.value.strip():
        return "", thing.value
    return next(((name, held[name]) for name in value_names(thing.type) if name in held), ("", ""))


def _holds(catalogue: Catalogue, type_: str, text: str) -> bool:
    kind = catalogue.entity_types.get(type_)
    if kind is None:
        return False
    try:
        kind.value(text)
    except InvalidValue:
        return False
    return True


def _range(value: str) -> str:
    """A netblock as first and last address, as Maltego writes it."""
    try:
        network = ip_network(value, strict=False)
    except ValueError:
        return value
    return f"{network[0]}-{network[-1]}"
