"""Our entities as Maltego's and back, and what a transform answered as a graph."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace
from ipaddress import ip_network

from clew.errors import InvalidValue
from clew.interop.graph_builder import NAMES_MAX
from clew.interop.maltego.names import foreign_property, value_names, value_property
from clew.interop.maltego.record import EntityField, Thing, TransformResponse
from clew.interop.maltego.v3 import INPUT_ID
from clew.interop.maltego.words import FROM_MALTEGO, IPV6, TO_MALTEGO, VALUE_PROPERTIES
from clew.interop.serialize import interval_from_json
from clew.interop.texts import own_type, shorten_text
from clew.model.entity import Entity
from clew.model.interval import UNDATED, Interval
from clew.schema.registry import Catalogue
from clew.schema.value import Value
from clew.transform.finding import Finding, LinkFinding, Mention, Problem, Remark

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
    more: list[EntityField] = []
    match entity.type:
        case "ip-address" if ":" in value:
            type_, named = IPV6
        case "autonomous-system":
            value = value.removeprefix("AS")
        case "netblock":
            value = _range(value)
        case "tracker":
            kind, _, value = value.partition(":")
            more.append(EntityField("identifierType", kind, "Identifier type"))
    taken = {named, "identifierType", *VALUE_PROPERTIES.get(type_.lower(), ())}
    return Thing(
        type_, value,
        fields=(
            EntityField(named, value, strict=True), *more,
            *(EntityField(f"{OWN}{name}" if name in taken else name, text)
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


def limit_results(response: TransformResponse, results_max: int) -> TransformResponse:
    """The first results of an answer, and of its links those that need no other one."""
    if len(response.things) <= results_max:
        return response
    beyond = {thing.id for thing in response.things[results_max:] if thing.id}
    edges = tuple(
        one for one in response.edges if one.source not in beyond and one.target not in beyond
    )
    return replace(response, things=response.things[:results_max], edges=edges)


def findings_of(
    response: TransformResponse, asked: Value, catalogue: Catalogue, *, asked_id: str = INPUT_ID
) -> Iterator[Finding[Value]]:
    """
    What a transform found, each result linked with what was asked about.

    Fields become properties under Maltego's names, a date only where `FIRST` and `LAST` tell it.
    Results with an id (version 3) are linked as the response's edges say.

    Args:
        response: Of one question about one entity; its messages are left to the caller.
        asked: What the question was about.
        catalogue: The kinds that exist; other types become own ones.
        asked_id: The id that stood for *asked* in a question of version 3.
    """
    yield from (Problem(problem) for problem in response.problems)
    reading = _ResponseReader(catalogue)
    ends: dict[str, Value | None] = {asked_id: asked}
    results: dict[str, Thing] = {}
    for place, thing in enumerate(response.things, 1):
        at = f"entity {place}"
        value = yield from reading.value(thing, at)
        if thing.id:
            ends[thing.id] = value
            results[thing.id] = thing
        if value is None:
            continue
        yield from reading.facts(thing, value, at)
        if not thing.id:
            yield from reading.link(asked, value, thing.link, thing.fields, at)
    for place, edge in enumerate(response.edges, 1):
        at = f"link {place}"
        missing = [end for end in (edge.source, edge.target) if end not in ends]
        if missing:
            yield Problem(f"no entity of the answer has this id: {shorten_text(missing[0])}", at)
            continue
        result = results.get(edge.target) or results.get(edge.source)
        fields = result.fields if result is not None else ()
        yield from reading.link(ends[edge.source], ends[edge.target], edge.fields, fields, at)


class _ResponseReader:
    """One answer on its way to findings: nothing is said twice, and own names are bounded."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._names: set[str] = set()
        self._facts: set[tuple[Value, str, str]] = set()
        self._links: set[tuple[Value, Value, Interval]] = set()

    def value(self, thing: Thing, at: str) -> Generator[Finding[Value], None, Value | None]:
        """The value of a result; a problem, and None, where its type refuses it."""
        type_, text = entity_of(thing, self._catalogue)
        if type_ not in self._catalogue.entity_types and not self._named(type_):
            yield Problem(
                f"over {NAMES_MAX} names of types and properties: {shorten_text(type_)}", at
            )
            return None
        kind = self._catalogue.kind(type_)
        try:
            return kind.value(text)
        except InvalidValue as error:
            yield Problem(f"no {kind.term}: {error.reason}: {shorten_text(text)}", at)
            return None

    def facts(self, thing: Thing, value: Value, at: str) -> Iterator[Finding[Value]]:
        """The result itself, with its properties and its note."""
        facts: dict[str, list[str]] = {}
        for name, text in _properties(thing, value):
            if not text or (value, name, text) in self._facts:
                continue
            if not self._named(name):
                yield Problem(
                    f"over {NAMES_MAX} names of types and properties: {shorten_text(name)}", at
                )
                continue
            self._facts.add((value, name, text))
            facts.setdefault(name, []).append(text)
        yield Mention(type(value), value, facts=facts)
        if thing.note.strip():
            yield Remark(thing.note, value)

    def link(
        self, source: Value | None, target: Value | None, fields: Sequence[EntityField],
        of_result: Sequence[EntityField], at: str,
    ) -> Iterator[Finding[Value]]:  # fmt: skip
        """One link: fields that are no date become its detail."""
        if source is None or target is None or source == target:
            return
        more = {field.name: field.value for field in fields}
        direction = more.pop(_DIRECTION, "")
        if more.pop(_REVERSED, "").lower() == "true":
            direction = _BACK
        if direction.lower() == _BACK:
            source, target = target, source
        dates = {field.name: field.value for field in of_result if field.name in (FIRST, LAST)}
        dates |= {name: more.pop(name) for name in (FIRST, LAST) if name in more}
        seen = UNDATED
        try:
            seen = interval_from_json({"first": dates.get(FIRST), "last": dates.get(LAST)})
        except InvalidValue as error:
            yield Problem(f"{error.reason}: {shorten_text(error.value)}", at)
        label = more.pop(_LABEL, "")
        detail = {"label": label, "direction": direction, "properties": more or None}
        detailed = any(detail.values())
        # What has a detail of its own is said again on purpose.
        if not detailed and (source, target, seen) in self._links:
            return
        self._links.add((source, target, seen))
        yield LinkFinding(type(target), target, seen, link="related-to", of=source, detail=detail)

    def _named(self, name: str) -> bool:
        """Whether there is room for a name of a type or property that only this answer has."""
        if name not in self._names and len(self._names) >= NAMES_MAX:
            return False
        self._names.add(name)
        return True


def _properties(thing: Thing, value: Value) -> Iterator[tuple[str, str]]:
    """Names and texts of what a result says beside its value."""
    used, text = _value(thing)
    holds = {value_property(thing), *value_names(thing.type)}
    for field in thing.fields:
        # A second name of the value says nothing new.
        repeats = field.name in holds and field.value.strip() in (text.strip(), value)
        kind = field.name == "identifierType" and value.type.name == "tracker"
        if not (kind or repeats or field.name in (used, FIRST, LAST)):
            own = field.name.removeprefix(OWN)
            yield own if own != field.name and own else foreign_property(field.name), field.value
    if used and thing.value.strip() not in {text.strip(), *(one.value for one in thing.fields)}:
        yield "maltego.value", thing.value
    for name, label in thing.labels:
        yield foreign_property(name or "label"), label
    if thing.bookmark >= 0:
        yield "bookmark", str(thing.bookmark)
    if thing.weight not in (0, 100):
        yield "weight", str(thing.weight)


def _value(thing: Thing) -> tuple[str, str]:
    """The property that holds a thing's value, empty where none is needed, and the value."""
    texts = {field.name: field.value for field in reversed(thing.fields)}
    for name in VALUE_PROPERTIES.get(thing.type.lower(), ()):
        if texts.get(name, "").strip():
            return name, texts[name]
    if thing.value.strip():
        return "", thing.value
    return next(
        ((name, texts[name]) for name in value_names(thing.type) if name in texts), ("", "")
    )


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
