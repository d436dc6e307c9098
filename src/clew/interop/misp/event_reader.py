"""The state of reading: the entities by uuid, and what holds for all of one event."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ORIGINAL
from clew.interop.graph_builder import PROPERTY_LENGTH_MAX, GraphBuilder
from clew.model.interval import UNDATED, Interval
from clew.model.marking import PAP, TLP, Marking, strictest
from clew.model.marking_text import is_marking_tag, mentioned_marking, read_marking
from clew.model.moment import parse_moment

Thing = dict[str, Any]
ORIGINAL_PROPERTY = ORIGINAL + "misp"
"""The property that keeps an event, object or attribute word for word."""


@dataclass(slots=True)
class MispSession:
    """What is known while a file is read."""

    builder: GraphBuilder
    rows: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """The entities that an attribute or object stands for, by uuid; the main one first."""
    waiting: list[tuple[EventReader, Thing, str]] = field(default_factory=list)
    """References between objects, which may point forwards."""
    numbers: dict[int, int] = field(default_factory=dict)
    """Number of the provenance for each TLP level."""


@dataclass(slots=True)
class EventReader:
    """One event while it is read."""

    session: MispSession
    event: Thing
    where: str
    consumed: set[str] = field(default_factory=set)
    """Uuids of what Clew's own part tells in full."""
    row: int | None = None
    """The incident that the event is, once there is something to link to it."""
    own: bool = False
    """Whether Clew wrote it."""
    whole: tuple[int, int] = (0, 0)
    """TLP and PAP of the event."""
    clusters: set[tuple[int, str, int]] = field(default_factory=set)
    """Links to clusters of galaxies that are made."""
    _marked: Thing | None = None
    _level: int = 0

    def __post_init__(self) -> None:
        mentioned, fault = mentioned_marking(text(self.event, "info"))
        if fault:
            self.builder.problem(self.where, text(self.event, "info"), fault)
        tlp, pap = levels(self.event)
        whole = strictest((Marking(TLP(tlp), PAP(pap)), mentioned))
        self.whole = int(whole.tlp), int(whole.pap)

    @property
    def builder(self) -> GraphBuilder:
        """What is filled."""
        return self.session.builder

    def by(self, thing: Thing) -> int:
        """The provenance of what a thing says, with the stricter of its and the event's TLP."""
        if thing is not self._marked:
            # A thing is asked about once for each of its parts, and may have many tags.
            self._marked, self._level = thing, max(self.whole[0], levels(thing)[0])
        level = self._level
        numbers, builder = self.session.numbers, self.session.builder
        if level not in numbers:
            marked = msgspec.structs.replace(builder.origin, tlp=level) if level else builder.origin
            numbers[level] = builder.provenance_number(marked)
        return numbers[level]

    @property
    def who(self) -> tuple[str, ...]:
        """Who says it: the organisation that created the event."""
        creator = self.event.get("Orgc")
        name = text(creator, "name") if isinstance(creator, dict) else ""
        return (name[:200],) if name else ()

    def say(self, thing: Thing, row: int | None, name: str, value: object) -> None:
        """A property that a thing says of an entity."""
        self.builder.property(
            row, name, value, by=self.by(thing), collectors=self.who, where=place(thing, self.where)
        )

    def link(
        self, thing: Thing, source: int | None, type_: str, target: int | None,
        seen: Interval = UNDATED, detail: str = "",
    ) -> None:  # fmt: skip
        """A link that a thing says; none from an entity to itself."""
        if source != target:
            self.builder.link(
                source, type_, target, seen=seen, collectors=self.who, by=self.by(thing),
                detail=detail, where=place(thing, self.where),
            )  # fmt: skip

    def keep(self, thing: Thing, row: int | None) -> None:
        """Keep a thing word for word on one entity; what is attached only where there is room."""
        original = msgspec.json.encode(thing).decode()
        if len(original) > PROPERTY_LENGTH_MAX:
            where = place(thing, self.where)
            self.builder.problem(
                where, "", "its attachments are too large; only their names are kept"
            )
            original = msgspec.json.encode(_without_data(thing)).decode()
        self.say(thing, row, ORIGINAL_PROPERTY, original)

    def parts(self, thing: Thing, name: str) -> list[Thing]:
        """The objects of a list that are there; others are told."""
        parts = thing.get(name)
        if parts is None or parts == []:
            return []
        if isinstance(parts, dict):
            by_key = all(isinstance(it, dict) for it in parts.values())
            parts = list(parts.values()) if by_key else [parts]
        if not isinstance(parts, list):
            self.builder.problem(place(thing, self.where), parts, f"{name} is no list")
            return []
        for one in parts:
            if not isinstance(one, dict):
                self.builder.problem(place(thing, self.where), one, f"this is no part of {name}")
        return [one for one in parts if isinstance(one, dict)]

    def alive(self, thing: Thing, name: str) -> list[Thing]:
        """Likewise without those that were deleted in MISP, which are told."""
        there = []
        for one in self.parts(thing, name):
            if is_deleted(one):
                where = place(one, self.where)
                self.builder.problem(where, one.get("value", ""), "it was deleted in MISP")
            else:
                there.append(one)
        return there

    def interval(self, thing: Thing, first: object, last: object) -> Interval:
        """The interval of two dates; unknown, with a problem, where they do not hold."""
        try:
            return Interval.parse(first, last)
        except (InvalidValue, OverflowError) as error:
            value = error.value if isinstance(error, InvalidValue) else f"{first} {last}"
            reason = error.reason if isinstance(error, InvalidValue) else str(error)
            self.builder.problem(place(thing, self.where), value, reason)
            return UNDATED

    def microsecond(self, value: object) -> int:
        """A time in microseconds since 1970; 0 where it is none."""
        try:
            at = parse_moment(value).at
        except (InvalidValue, OverflowError):
            return 0
        return int(at.timestamp()) * 1_000_000 if at is not None else 0


def text(thing: Thing, name: str) -> str:
    """A member as text; numbers are written out, and empty where it is none."""
    value = thing.get(name)
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""


def is_deleted(thing: Thing) -> bool:
    """Whether it was deleted in MISP, which keeps such things in its files."""
    return thing.get("deleted") in (True, 1, "1", "true")


def place(thing: Thing, event: str) -> str:
    """Where a problem is: the event, and the thing's uuid or value."""
    own = (text(thing, "uuid") or text(thing, "value") or text(thing, "name"))[:80]
    return f"{event} {own}" if own else event


def tag_names(thing: Thing) -> list[str]:
    """The names of a thing's tags."""
    tags = thing.get("Tag")
    return [text(one, "name") for one in tags if isinstance(one, dict)] if isinstance(
        tags, list
    ) else []  # fmt: skip


def levels(thing: Thing) -> tuple[int, int]:
    """The strictest TLP and PAP of a thing's tags; one that is not understood is the strictest."""
    found = strictest(read_marking(name)[0] for name in tag_names(thing) if is_marking_tag(name))
    return int(found.tlp), int(found.pap)


def _without_data(thing: Thing) -> Thing:
    bare = {name: value for name, value in thing.items() if name != "data"}
    inner = bare.get("Attribute")
    if isinstance(inner, list):
        bare["Attribute"] = [_without_data(it) if isinstance(it, dict) else it for it in inner]
    return bare
