"""The state of reading one bundle: its objects by id, and the entities each of them is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ORIGINAL
from clew.interop.graph_builder import GraphBuilder
from clew.interop.stix.markings import defined_marking
from clew.model.interval import UNDATED, Interval
from clew.model.marking import UNMARKED, Marking, strictest
from clew.model.marking_text import is_marking_tag, read_marking
from clew.model.moment import parse_moment

Thing = dict[str, Any]
_MARKED = frozenset(("object_marking_refs", "granular_markings", "labels"))
ORIGINAL_PROPERTY = ORIGINAL + "stix"
"""The property that keeps an object word for word."""


@dataclass(slots=True)
class BundleReader:
    """What is known while a bundle is read."""

    builder: GraphBuilder
    things: dict[str, Thing] = field(default_factory=dict)
    """All objects by id, in their order; observables of 2.0 under their container's id."""
    rows: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """The entities that an object stands for."""
    consumed: set[str] = field(default_factory=set)
    """Ids of objects that a Clew extension tells in full."""
    authors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """Names of identities, as collectors."""
    markings: dict[str, Marking] = field(default_factory=dict)
    """What each marking definition, by id, and each label means that was asked for."""
    _last: tuple[Thing, Marking, int] | None = None
    """The object that was asked for last, since it is asked for several times on end."""

    def by(self, thing: Thing) -> int:
        """The provenance of what an object says, with its TLP marking."""
        return self._marked(thing)[2]

    def marking(self, thing: Thing) -> Marking:
        """The strictest marking of an object and of any part of it (section 7.2.3)."""
        return self._marked(thing)[1]

    def _marked(self, thing: Thing) -> tuple[Thing, Marking, int]:
        if self._last is None or self._last[0] is not thing:
            marking = self._strictest(thing)
            self._last = thing, marking, self.builder.under(marking)
        return self._last

    def _strictest(self, thing: Thing) -> Marking:
        if not thing.keys() & _MARKED:
            return UNMARKED
        ids = refs(thing, "object_marking_refs") if "object_marking_refs" in thing else []
        for part in items(thing.get("granular_markings")):
            if isinstance(part, dict):
                ids += refs(part, "marking_ref")
        labels = [one for one in strings(thing.get("labels")) if is_marking_tag(one)]
        return strictest((*map(self._defined, ids), *map(self._labelled, labels)))

    def _labelled(self, label: str) -> Marking:
        if label not in self.markings:
            marking, fault = read_marking(label)
            self.markings[label] = marking
            if fault:
                self.builder.problem("labels", label, fault)
        return self.markings[label]

    def _defined(self, id_: str) -> Marking:
        if id_ not in self.markings:
            marking, fault = defined_marking(id_, self.things.get(id_))
            self.markings[id_] = marking
            if fault:
                self.builder.problem(id_, "", fault)
        return self.markings[id_]

    def who(self, thing: Thing) -> tuple[str, ...]:
        """Who says it: the name of the identity that created the object."""
        ref = thing.get("created_by_ref")
        if not isinstance(ref, str):
            return ()
        if ref not in self.authors:
            author = self.things.get(ref, {}).get("name")
            name = author if isinstance(author, str) and author else ref
            self.authors[ref] = (name[:200],)
        return self.authors[ref]

    def keep(self, thing: Thing, rows: tuple[int, ...]) -> None:
        """Note which entities an object is, and keep it word for word."""
        self.rows[thing["id"]] = rows
        if pap := self.marking(thing).pap:
            for row in rows:
                self.say(thing, row, "pap", pap.name)
        if rows:
            # Once, on the first of them: an indicator may stand for many.
            original = msgspec.json.encode(thing).decode()
            self.builder.original(
                rows[0], ORIGINAL_PROPERTY, original, self.by(thing), self.who(thing)
            )

    def say(self, thing: Thing, row: int, name: str, value: object) -> None:
        """A property that an object says of its entity."""
        self.builder.property(
            row, name, value, by=self.by(thing), collectors=self.who(thing), where=text(thing, "id")
        )

    def facts(self, thing: Thing, row: int) -> None:
        """What domain objects have in common: description, labels, aliases, validity, dates."""
        for name in ("description", "valid_from", "valid_until", "confidence", "severity"):
            if name in thing:
                self.say(thing, row, name, thing[name])
        if thing.get("revoked") is True:
            self.say(thing, row, "revoked", "true")
        for label in strings(thing.get("labels")):
            self.builder.tag(row, label[:200])
        for alias in strings(thing.get("aliases")) + strings(thing.get("x_mitre_aliases")):
            if alias.strip() and alias.strip() != self.builder.record(row)[1]:
                other = self.builder.entity("alias", alias, text(thing, "id"), self.by(thing))
                self.builder.link(
                    row, "has-alias", other, by=self.by(thing), collectors=self.who(thing)
                )
        if "first_seen" in thing or "last_seen" in thing:
            seen = self.interval(thing, "first_seen", "last_seen")
            self.builder.property(
                row, "active", "true", seen=seen, by=self.by(thing), collectors=self.who(thing)
            )

    def interval(self, thing: Thing, first: str, last: str) -> Interval:
        """The interval that two properties say; unknown, with a problem, where they do not hold."""
        if first not in thing and last not in thing:
            return UNDATED
        try:
            return Interval.parse(thing.get(first), thing.get(last))
        except InvalidValue as error:
            self.builder.problem(text(thing, "id"), error.value, error.reason)
            return UNDATED

    def moment_us(self, value: object) -> int:
        """A time in microseconds since 1970; 0 where it is none."""
        try:
            at = parse_moment(value).at
        except InvalidValue:
            return 0
        return int(at.timestamp()) * 1_000_000 if at is not None else 0


def text(thing: Thing, name: str) -> str:
    """A property as text; empty where it is none."""
    value = thing.get(name)
    return value if isinstance(value, str) else ""


def strings(value: object) -> list[str]:
    """The texts of a list."""
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []


def items(value: object) -> list[Any]:
    """What a list holds; nothing where it is none."""
    return value if isinstance(value, list) else []


def refs(thing: Thing, name: str) -> list[str]:
    """The ids that a property refers to."""
    value = thing.get(name)
    return [value] if isinstance(value, str) else strings(value)
