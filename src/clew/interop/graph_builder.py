"""Collecting a file's rows into a graph: values are checked, and what does not hold is told."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph, ExchangeNote, ImportProblem
from clew.interop.repeats import without_repeats
from clew.interop.texts import collectors_kept, field_name, mentions_of, shorten_text, storable
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
COLLECTORS_MAX = 50_000
"""Most different sources, alone or together, that one file may name; a block has room for few."""
SPELLINGS_MAX = 200_000
"""How many spellings that are not canonical are kept of a type's values."""
PROPERTY_LENGTH_MAX = 4 * 1024 * 1024
"""Longest value of a property, in code points."""


class GraphBuilder:
    """What a reader fills. Nothing that it is given makes it fail."""

    def __init__(self, catalogue: Catalogue, origin: Provenance) -> None:
        self.catalogue = catalogue
        self.origin = origin
        self.problems: list[ImportProblem] = []
        self.graph = ExchangeGraph()
        self.stars: set[int] = set()
        self.pins: set[int] = set()
        self.seeds: set[int] = set()
        self.block = BlockBuilder()
        """Where whole columns go whose values were checked already."""
        self._provenance: list[Provenance] = []
        self._numbers: dict[Provenance, int] = {}
        self._rows: dict[str, dict[str, int | None]] = {}
        self._types: list[str] = []
        self._values: list[str] = []
        self._sources: dict[tuple[str, ...], tuple[str, ...]] = {(): ()}
        self._names: set[str] = set()
        self._more = 0
        self._notes: list[ExchangeNote] = []
        self._tags: dict[int, dict[str, None]] = {}
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
        known = self.known_entity(type_, text)
        if known is not None:
            return known
        rows = self._rows.setdefault(type_, {})
        if text in rows:
            return rows[text]
        value = self._checked(type_, text, where)
        row = None if value is None else self.checked_entity(type_, value, by)
        if value != text:
            # What another spelling means is found out again once there are many of them.
            if row is not None and len(rows) >= SPELLINGS_MAX:
                self._rows[type_] = rows = {}
            rows[text] = row
        return row

    def known_entity(self, type_: str, text: str) -> int | None:
        """The row of an entity that was given before, by its value or in the same words."""
        row = self.block.rows_of(type_).get(text)
        return self._rows.get(type_, {}).get(text) if row is None else row

    def checked_entity(self, type_: str, value: str, by: int = 0) -> int:
        """The row of an entity whose value is canonical and whose type has a name here."""
        row = self.block.entity(type_, value, by)
        if row == len(self._types):
            self._types.append(type_)
            self._values.append(value)
        return row

    def record(self, row: int) -> tuple[str, str]:
        """Type and value of an entity."""
        return self._types[row], self._values[row]

    def is_named(self, name: str) -> bool:
        """Whether a type or property that Clew does not know has its name here already."""
        return name in self._names

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
        self.block.link(
            source, type_, target, by, seen=seen, detail=detail or None,
            collectors=collectors and self.collectors(collectors, where),
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
        if len(text) > PROPERTY_LENGTH_MAX or not storable(text):
            self.problem(where, text, f"the property {name} is too long or is no Unicode text")
            return
        # A reader that keeps a format's own words has understood those that mark.
        if name not in MARKING_NAMES and not name.startswith(ORIGINAL) and may_mention(text):
            for one in mentions_of(text):
                # What was told under that marking says nothing new by naming it.
                if strictest((self._marking_under(by), one.marking)) != self._marking_under(by):
                    self.property(row, "marking", one.words, by=by, where=where)
        self.block.property(
            row, name, text, by, seen=seen,
            collectors=collectors and self.collectors(collectors, where),
        )  # fmt: skip

    def has_room_for(self, names: tuple[str, ...]) -> bool:
        """Whether names of collectors enter without a problem."""
        return names in self._sources or len(self._sources) <= COLLECTORS_MAX

    def collectors(self, names: Sequence[str], where: str) -> tuple[str, ...]:
        """Names of collectors as they are kept; none, told, where the file names too many."""
        key = tuple(names)
        known = self._sources.get(key)
        if known is None:
            if len(self._sources) > COLLECTORS_MAX:
                reason = f"over {COLLECTORS_MAX} different sources; the rest is left out"
                self.problem(where, ", ".join(key), reason)
                return ()
            known = self._sources[key] = collectors_kept(key)
        return known

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
        who = collectors and self.collectors(collectors, "")
        self.block.property(row, name, text, by, collectors=who)

    def tag(self, row: int | None, text: str) -> None:
        """A word put on an entity."""
        if row is None or not text.strip() or not storable(text):
            return
        if is_marking_tag(text) and (fault := read_marking(text)[1]):
            self.problem(self.record(row)[1], text, fault)
        self._tags.setdefault(row, {})[text] = None

    def tag_count(self, row: int) -> int:
        """How many tags an entity has so far."""
        return len(self._tags.get(row, ()))

    def note(self, row: int | None, text: str, *, actor: str = "", at: int = 0) -> None:
        """A note on an entity; on the whole where *row* is -1."""
        if row is not None and text.strip() and storable(text):
            self._notes.append(ExchangeNote(row, text, actor, at))

    def build(self) -> tuple[ExchangeGraph, list[ImportProblem]]:
        """The graph, and what was told."""
        if self._marking.pap:
            for row in range(len(self._types)):
                self.block.property(row, "pap", self._marking.pap.name, 0)
        self.graph.block = without_repeats(self.block.build())
        self.graph.provenance = tuple(
            msgspec.structs.replace(one, tlp=max(one.tlp, int(self._marking.tlp)))
            for one in self._provenance
        )
        self.graph.stars |= self.stars
        self.graph.pins |= self.pins
        self.graph.seeds |= self.seeds
        self.graph.tags = {row: tuple(tags) for row, tags in self._tags.items()}
        self.graph.notes = (*self.graph.notes, *self._notes)
        if self._more:
            self.problems.append(ImportProblem("file", "", f"{self._more} further problems"))
        return self.graph, self.problems

    def _checked(self, type_: str, text: str, where: str) -> str | None:
        kind = self.catalogue.entity_types.get(type_)
        if kind is not None:
            try:
                return str(kind.value(text))
            except InvalidValue as error:
                self.problem(where, text, f"no {kind.term}: {error.reason}")
                return None
        value = text.strip()
        if not value or len(value) > VALUE_LENGTH_MAX or "\0" in value or not storable(value):
            self.problem(where, text, "the value is empty, too long or no text")
            return None
        return None if self.name(type_, where) is None else value
