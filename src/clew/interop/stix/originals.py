"""Objects that came from STIX, given back word for word."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec

from clew.interop.serialize import observation_to_json
from clew.interop.stix.bundle_reader import ORIGINAL_PROPERTY
from clew.interop.stix.words import OBSERVABLES
from clew.model.entity import Observation

Thing = dict[str, Any]
_SAYS_OF_OTHERS = frozenset({"indicator", "observed-data", "note", "opinion", "network-traffic"})


class Originals:
    """The originals of a graph: each is written once, in its entity's place or beside it."""

    def __init__(self) -> None:
        self.taken: set[str] = set()
        """Ids that are written already."""
        self._texts: dict[str, str] = {}
        self._beside: dict[str, str] = {}
        self._things: dict[str, Thing | None] = {}

    def own(self, observations: Iterable[Observation]) -> Thing | None:
        """The object that an entity itself was; it takes the entity's place."""
        for one in observations:
            if one.name != ORIGINAL_PROPERTY:
                continue
            thing = self._thing(one.value)
            if (
                thing is not None
                and thing["type"] not in _SAYS_OF_OTHERS
                and thing["id"] not in self.taken
                and thing["id"] not in self._beside
            ):
                self._texts[thing["id"]] = one.value
                return upgrade_to_21(thing)
        return None

    def relationship(self, seen: Iterable[Observation], source: str, target: str) -> Thing | None:
        """The relationship that a link was, where it still has the same ends."""
        for one in seen:
            thing = self._thing(one.detail) if one.detail else None
            if (
                thing is not None
                and thing["type"] == "relationship"
                and (thing.get("source_ref"), thing.get("target_ref")) == (source, target)
                and thing["id"] not in self.taken
                and thing["id"] not in self._beside
            ):
                self._texts[thing["id"]] = one.detail
                return upgrade_to_21(thing)
        return None

    def property(self, one: Observation) -> Thing:
        """What a property says; an original is referred to instead of being said twice."""
        fields = observation_to_json(one)
        if one.name == ORIGINAL_PROPERTY and (ref := self._ref(one.value)):
            del fields["value"]
            fields |= {"value_ref": ref, **self._added(one.value)}
        return fields

    def detail(self, one: Observation) -> Thing:
        """What an observation of a link says; likewise."""
        fields = observation_to_json(one)
        if one.detail and (ref := self._ref(one.detail)):
            del fields["detail"]
            fields |= {"detail_ref": ref, **self._added(one.detail)}
        return fields

    def verbatim(self, rest: Iterable[bytes] = ()) -> list[Thing]:
        """Originals that are written beside the entities, and *rest*: those without an entity."""
        made = [upgrade_to_21(msgspec.json.decode(text)) for text in self._beside.values()]
        there = self.taken | {thing["id"] for thing in made}
        for data in rest:
            thing = self._thing(data.decode("utf-8", "replace"))
            if thing is not None and thing["id"] not in there:
                there.add(thing["id"])
                made.append(upgrade_to_21(thing))
        return made

    def _added(self, text: str) -> Thing:
        """Names of the properties that were added to an object of 2.0, to take them off again."""
        thing = self._thing(text)
        added = (
            [] if thing is None else [name for name in upgrade_to_21(thing) if name not in thing]
        )
        return {"added": added} if added else {}

    def _ref(self, text: str) -> str:
        """The id under which an original is written, here or beside; empty where it can't be."""
        thing = self._thing(text)
        if thing is None:
            return ""
        id_: str = thing["id"]
        known = self._texts.get(id_, self._beside.get(id_))
        if known is not None:
            return id_ if known == text else ""
        if id_ in self.taken:
            return ""
        self._beside[id_] = text
        return id_

    def _thing(self, text: str) -> Thing | None:
        """The object of STIX that a text holds; None where it is another thing."""
        if text not in self._things:
            self._things[text] = _thing(text)
        return self._things[text]


def _thing(text: str) -> Thing | None:
    try:
        thing = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None
    if not isinstance(thing, dict) or msgspec.json.encode(thing).decode() != text:
        return None
    type_, id_ = thing.get("type"), thing.get("id")
    if not isinstance(type_, str) or not isinstance(id_, str) or not id_.startswith(f"{type_}--"):
        return None
    known = thing.get("spec_version", "2.0") in ("2.0", "2.1")
    # Observables of 2.0 have no id of their own, only a number within their container.
    contained = type_ in OBSERVABLES and "/" in id_
    return (
        thing if known and not contained and isinstance(thing.get("extensions", {}), dict) else None
    )


def upgrade_to_21(thing: Thing) -> Thing:
    """An object of STIX 2.0 as one of 2.1: what 2.1 demands is added, nothing else changes."""
    if "spec_version" in thing or thing["type"] in OBSERVABLES:
        return thing
    made = {**thing, "spec_version": "2.1"}
    if thing["type"] == "malware":
        made.setdefault("is_family", True)
    if thing["type"] == "indicator":
        made.setdefault("pattern_type", "stix")
    return made
