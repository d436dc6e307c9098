"""Collecting a file's rows into a graph: values are checked, and what does not hold is told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import msgspec

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph, ExchangeNote, ImportProblem
from clew.model.block import ORIGINAL, BlockBuilder
from clew.model.interval import UNDATED, Interval
from clew.model.marking import UNMARKED, Marking, strictest
from clew.model.marking_text import (
    MARKING_NAMES,
    is_marking_tag,
    marking_mentions,
    marking_of,
    may_mention,
    read_marking,
    scheme_of,
)
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue
from clew.schema.value import VALUE_LENGTH_MAX

PROBLEMS_MAX = 10_000
"""Most problems that one file tells; the rest is counted."""
NAMES_MAX = 1_000
"""Most own types and property names that one file may bring; an investigation has room for few."""
PROPERTY_LENGTH_MAX = 4 * 1024 * 1024
"""Longest value of a property, in code points."""
SHOWN_LENGTH = 120
"""How much of a text a problem quotes, in code points."""
_NOT_WORD = re.compile(r"[\W_]+")
_FIELD_NAME_LENGTH = 100
_NOT_KEBAB = re.compile(r"[^a-z0-9]+")


class GraphBuilder:
    """What a reader fills. Nothing that it is given makes it fail."""

    def __init__(self, catalogue: Catalogue, origin: Provenance) -> None:
        self.catalogue = catalogue
        self.origin = origin
        self.problems: list[ImportProblem] = []
        self.graph = ExchangeGraph()
        self._builder = BlockBuilder()
        self._provenance: list[Provenance] = []
        self._numbers: dict[Provenance, int] = {}
        self._rows: dict[tuple[str, str], int | None] = {}
        self._known: dict[int, tuple[str, str]] = {}
        self._names: set[str] = set()
        self._more = 0
        self._notes: list[ExchangeNote] = []
        self._tags: dict[int, dict[str, None]] = {}
        self._properties: set[tuple[int, str, str, Interval, int, tuple[str, ...]]] = set()
        self._links: set[tuple[int, str, int, Interval, int, tuple[str, ...]]] = set()
        self._told_marks: set[tuple[str, str]] = set()
        self._marking = UNMARKED
        """Of all that the file brings, as it says of itself."""
        self.provenance_number(origin)

    def problem(self, where: str, text: object, reason: str) -> None:
        """Tell that something was left out or changed."""
        if len(self.problems) >= PROBLEMS_MAX:
            self._more += 1
            return
        self.problems.append(ImportProblem(where, shorten_text(text), reason))

    def provenance_number(self, provenance: Provenance) -> int:
        """The number of a provenance."""
        number = self._numbers.get(provenance)
        if number is None:
            number = self._numbers[provenance] = len(self._provenance)
            self._provenance.append(provenance)
        return number

    def entity(self, type_: str, text: object, where: str, by: int = 0) -> int | None:
        """The row of an entity; None, with a problem, where its type refuses the value."""
        if not isinstance(text, str):
            self.problem(where, text, f"the value of a {type_} is no text")
            return None
        key = (type_, text)
        if key in self._rows:
            return self._rows[key]
        row = self._rows[key] = self._entity(type_, text, where, by)
        return row

    def record(self, row: int) -> tuple[str, str]:
        """Type and value of an entity."""
        return self._known[row]

    def name(self, name: str, where: str) -> str | None:
        """A name for a type or property that Clew does not know; None when there are too many."""
        if name not in self._names:
            if len(self._names) >= NAMES_MAX:
                self.problem(where, name, f"over {NAMES_MAX} names of types and properties")
                return None
            self._names.add(name)
        return name

    def link(
        self,
        source: int | None,
        type_: str,
        target: int | None,
        *,
        seen: Interval = UNDATED,
        collectors: Sequence[str] = (),
        by: int = 0,
        detail: str = "",
        where: str = "",
    ) -> None:
        """An observation of a link; nothing where an end was refused."""
        if source is None or target is None:
            return
        if type_ not in self.catalogue.link_types and self.name(type_, where) is None:
            return
        key = (source, type_, target, seen, by, tuple(collectors))
        # What has a detail of its own is told again on purpose.
        if detail or key not in self._links:
            if not detail:
                self._links.add(key)
            self._builder.link(
                source, type_, target, by, seen=seen,
                collectors=collectors and _clean(collectors),
                detail=detail or None,
            )  # fmt: skip

    def property(
        self,
        row: int | None,
        name: str,
        value: object,
        *,
        seen: Interval = UNDATED,
        collectors: Sequence[str] = (),
        by: int = 0,
        where: str = "",
    ) -> None:
        """An observation of a property; an empty value says nothing."""
        text = value if isinstance(value, str) else "" if value is None else str(value)
        if (plain := field_name(name)) in MARKING_NAMES:
            name = plain
            _, fault = read_marking(text, scheme=scheme_of(plain))
            if fault and row is not None and (where, text) not in self._told_marks:
                self._told_marks.add((where, text))
                self.problem(where or self.record(row)[1], text, fault)
        if row is None or not text or self.name(name, where) is None:
            return
        if len(text) > PROPERTY_LENGTH_MAX or not _storable(text):
            self.problem(where, text, f"the property {name} is too long or is no Unicode text")
            return
        # A reader that keeps a format's own words has understood those that mark.
        if name not in MARKING_NAMES and not name.startswith(ORIGINAL) and may_mention(text):
            for one in marking_mentions(text):
                # What was told under that marking says nothing new by naming it.
                if strictest((self._marking_under(by), one.marking)) != self._marking_under(by):
                    self.property(row, "marking", one.words, by=by, where=where)
        key = (row, name, text, seen, by, tuple(collectors))
        if key not in self._properties:
            self._properties.add(key)
            self._builder.property(
                row, name, text, by, seen=seen, collectors=collectors and _clean(collectors)
            )

    def under(self, marking: Marking, by: int = 0) -> int:
        """The number of a provenance, raised to the TLP under which something was told."""
        before = self._provenance[by]
        if marking.tlp <= before.tlp:
            return by
        return self.provenance_number(msgspec.structs.replace(before, tlp=int(marking.tlp)))

    def _marking_under(self, by: int) -> Marking:
        known = marking_of(self._provenance[by]) if by < len(self._provenance) else UNMARKED
        return strictest((known, self._marking))

    def mark_file(self, marking: Marking, where: str, text: object, fault: str = "") -> None:
        """Mark all that the file brings, and tell that; *fault* is why it is not understood."""
        stricter = strictest((self._marking, marking))
        if stricter != self._marking:
            self._marking = stricter
            reason = f"all of the file is marked {stricter}"
            self.problem(where, text, f"{fault}: {reason}" if fault else reason)

    def mark_file_by(self, text: str, where: str) -> None:
        """Mark all that the file brings where words about it say so (``TLP:RED`` in a heading)."""
        for one in marking_mentions(text):
            self.mark_file(one.marking, where, one.words, one.fault)

    def original(self, row: int, name: str, text: str, by: int, collectors: Sequence[str]) -> None:
        """What a format said of an entity, word for word; *text* is known to be text."""
        if len(text) > PROPERTY_LENGTH_MAX:
            self.problem(self.record(row)[1], "", f"it is over {PROPERTY_LENGTH_MAX} letters")
            return
        self._builder.property(row, name, text, by, collectors=collectors and _clean(collectors))

    def tag(self, row: int | None, text: str) -> None:
        """A word put on an entity."""
        if row is None or not text.strip() or not _storable(text):
            return
        if is_marking_tag(text) and (fault := read_marking(text)[1]):
            self.problem(self.record(row)[1], text, fault)
        self._tags.setdefault(row, {})[text] = None

    def tag_count(self, row: int) -> int:
        """How many tags an entity has so far."""
        return len(self._tags.get(row, ()))

    def note(self, row: int | None, text: str, *, actor: str = "", at: int = 0) -> None:
        """A note on an entity; on the whole where *row* is -1."""
        if row is not None and text.strip() and _storable(text):
            self._notes.append(ExchangeNote(row, text, actor, at))

    def build(self) -> tuple[ExchangeGraph, list[ImportProblem]]:
        """The graph, and what was told."""
        if self._marking.pap:
            for row in self._known:
                self._builder.property(row, "pap", self._marking.pap.name, 0)
        self.graph.block = self._builder.build()
        self.graph.provenance = tuple(
            msgspec.structs.replace(one, tlp=max(one.tlp, int(self._marking.tlp)))
            for one in self._provenance
        )
        self.graph.tags = {row: tuple(tags) for row, tags in self._tags.items()}
        self.graph.notes = (*self.graph.notes, *self._notes)
        if self._more:
            self.problems.append(ImportProblem("file", "", f"{self._more} further problems"))
        return self.graph, self.problems

    def _entity(self, type_: str, text: str, where: str, by: int) -> int | None:
        kind = self.catalogue.entity_types.get(type_)
        if kind is not None:
            try:
                value = str(kind.value(text))
            except InvalidValue as error:
                self.problem(where, text, f"no {kind.term}: {error.reason}")
                return None
        else:
            value = text.strip()
            if not value or len(value) > VALUE_LENGTH_MAX or "\0" in value or not _storable(value):
                self.problem(where, text, "the value is empty, too long or no text")
                return None
            if self.name(type_, where) is None:
                return None
        row = self._builder.entity(type_, value, by)
        self._known[row] = (type_, value)
        return row


@lru_cache(maxsize=NAMES_MAX)
def field_name(name: str) -> str:
    """The name of a property or attribute as words are looked up: ``TLP Level``: ``tlp_level``."""
    return _NOT_WORD.sub("_", name[:_FIELD_NAME_LENGTH].lower()).strip("_")


def own_type(name: str) -> str:
    """The name of a type that Clew does not know, as its own types are written."""
    return _NOT_KEBAB.sub("-", name.lower()).strip("-")[:80] or "thing"


def shorten_text(text: object) -> str:
    """A text as a problem quotes it."""
    plain = text if isinstance(text, str) else repr(text)
    plain = " ".join(plain[: SHOWN_LENGTH * 2].split())
    return plain if len(plain) <= SHOWN_LENGTH else f"{plain[:SHOWN_LENGTH]}…"


def _clean(collectors: Iterable[str]) -> list[str]:
    """Collectors' names without the comma that joins them."""
    return [one.replace(",", " ").strip() for one in collectors if one.strip() and _storable(one)]


def _storable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
