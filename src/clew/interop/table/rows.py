"""Rows of a table as entities, links, properties and tags, by a mapping."""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec

from clew.errors import InvalidValue
from clew.interop.graph_builder import GraphBuilder, own_type
from clew.interop.table.cells import Cells, TableRow
from clew.interop.table.mapping import ColumnRole, Mapping
from clew.interop.table.values import blank, type_of, values_of
from clew.interop.table.words import ANY, DETECT, link_between
from clew.interop.whois.dates import read_date
from clew.model.interval import UNDATED, Interval
from clew.model.marking_text import marking_mentions, may_mention
from clew.model.moment import UNKNOWN, Moment, Precision
from clew.schema.registry import Catalogue

PROVIDER_LENGTH_MAX = 100
"""Longest name of a provider, in code points."""
DETAIL_LENGTH_MAX = 1_000_000
"""Longest text of what a row says of its links, in code points."""
_HASHES_OF_ONE = re.compile(r"[0-9A-Fa-f]{32}\s*:|:\s*[0-9A-Fa-f]{32}")
_LIST = re.compile(r"[,;|\n]+")
_TIME = re.compile(r"\d{1,2}:\d{2}")
_ZONE = re.compile(r"(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}|[A-Z]{3,4})\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class RowContext:
    """What a row says of all that it holds."""

    seen: Interval
    collectors: tuple[str, ...]
    by: int


class RowReader:
    """Reads rows of one table into a graph."""

    def __init__(
        self, cells: Cells, mapping: Mapping, builder: GraphBuilder, catalogue: Catalogue
    ) -> None:
        self._cells = cells
        self._mapping = mapping
        self._builder = builder
        self._catalogue = catalogue
        self._at = {role: mapping.having(role) for role in ColumnRole}
        self._types = {mapping.columns[at].of: at for at in self._at[ColumnRole.TYPE]}
        self._zoneless: set[int] = set()
        self._own_types: set[str] = set()
        self._dated = any(rule.dated for rule in mapping.links)

    def read(self, row: TableRow) -> None:
        """Take one row; each bad cell is a problem with its place."""
        problems_before = len(self._builder.problems)
        by = self._by(row)
        entities = {at: self._entities(row, at, by) for at in self._at[ColumnRole.ENTITY]}
        context = RowContext(self._seen(row), self._names(row, ColumnRole.COLLECTORS), by)
        linked = self._links(row, entities, context)
        if len(self._builder.problems) == problems_before and not any(entities.values()):
            self._builder.problem(self._cells.place(row), " ".join(row.cells), "it names no entity")
        elif not linked and self._dated and context.seen.dated:
            reason = "its dates are of no link; they are left out"
            self._builder.problem(self._cells.place(row), str(context.seen), reason)
        self._properties(row, entities, context)
        for at in self._at[ColumnRole.TAGS]:
            for word in _LIST.split(row.cell(at))[:100]:
                for entity in self._owners(at, entities):
                    if not blank(word):
                        self._builder.tag(entity, word.strip())

    def _entities(self, row: TableRow, at: int, by: int) -> list[int]:
        text, type_ = row.cell(at), self._mapping.columns[at].type
        where = self._cells.place(row, at)
        if at in self._types:
            type_word = row.cell(self._types[at]).strip()
            type_word = "filename|md5" if type_word == "malware-sample" else type_word
            if "|" in type_word and "|" in text:
                return self._composite(type_word, text, where, by)
            type_ = self._type_in_row(type_word, text, type_, where)
        try:
            values = values_of(text, type_, self._catalogue)
        except InvalidValue as error:
            self._builder.problem(where, text, error.reason)
            return []
        rows = [self._builder.entity(kind, value, where, by) for kind, value in values]
        known = [one for one in rows if one is not None]
        return self._one_file(known, where, by) if _HASHES_OF_ONE.search(text) else known

    def _type_in_row(self, word: str, text: str, type_: str, where: str) -> str:
        """The type that a row names; the value's form decides where the word is not known."""
        named = type_of(word, self._catalogue)
        if named != DETECT or type_ != ANY or blank(word) or blank(text):
            return named
        try:
            values_of(text, DETECT, self._catalogue)
        except InvalidValue:
            own = own_type(word)
            if own not in self._own_types:
                self._own_types.add(own)
                reason = f"no such type is known; its values enter as {own}"
                self._builder.problem(where, word, reason)
            return own
        return DETECT

    def _one_file(self, rows: list[int], where: str, by: int) -> list[int]:
        """The strongest of one file's hashes; the others are the same file (ThreatConnect)."""
        if not rows or any(self._builder.record(row)[0] != "file" for row in rows):
            return rows
        strongest = max(rows, key=lambda row: len(self._builder.record(row)[1]))
        for row in rows:
            if row != strongest:
                self._builder.link(strongest, "same-as", row, by=by, where=where)
        return [strongest]

    def _composite(self, type_word: str, text: str, where: str, by: int) -> list[int]:
        """The two values of ``domain|ip``, ``filename|md5`` and the like (MISP)."""
        name, kind = type_word.split("|", 1)
        first, second = type_of(name, self._catalogue), type_of(kind, self._catalogue)
        left, right = (part.strip() for part in text.split("|", 1))
        if kind == "port":
            row = self._builder.entity("port", f"{left}:{right}", where, by)
            return [] if row is None else [row]
        if name == "filename":
            row = self._builder.entity(second, right, where, by)
            self._builder.property(row, "file_name", left, by=by, where=where)
            return [] if row is None else [row]
        source = self._builder.entity(first, left, where, by)
        target = self._builder.entity(second, right, where, by)
        self._builder.link(source, link_between(first, second)[0], target, by=by, where=where)
        return [one for one in (source, target) if one is not None]

    def _links(self, row: TableRow, entities: dict[int, list[int]], context: RowContext) -> bool:
        linked = False
        for rule in self._mapping.links:
            sources, targets = entities.get(rule.source, []), entities.get(rule.target, [])
            if len(sources) > 1 and len(targets) > 1:
                reason = "both columns list several values; which belong together is not told"
                self._builder.problem(
                    self._cells.place(row, rule.target), row.cell(rule.target), reason
                )
                continue
            relation, detail = self._relation(row)
            for source in sources:
                for target in targets:
                    linked = True
                    type_, one, other = self._type(relation or rule.type, source, target)
                    self._builder.link(
                        one, type_, other, seen=context.seen if rule.dated else UNDATED,
                        collectors=context.collectors, by=context.by, detail=detail,
                        where=self._cells.place(row, rule.target),
                    )  # fmt: skip
        return linked

    def _relation(self, row: TableRow) -> tuple[str, str]:
        """What the row's links are by its own words, and what else it says of them, as JSON."""
        relation, details = "", {}
        for at in self._at[ColumnRole.RELATION]:
            if not blank(text := row.cell(at).strip()):
                relation = text if text in self._catalogue.link_types else own_type(text)
                if relation != text:
                    details[self._cells.header[at]] = text
        for at in self._at[ColumnRole.DETAIL]:
            if not blank(text := row.cell(at).strip()):
                details[self._mapping.columns[at].name or self._cells.header[at]] = text
        detail = msgspec.json.encode(details).decode() if details else ""
        if len(detail) > DETAIL_LENGTH_MAX:
            reason = f"over {DETAIL_LENGTH_MAX} letters of its links' details are left out"
            self._builder.problem(self._cells.place(row), "", reason)
            detail = ""
        return relation, detail

    def _type(self, type_: str, source: int, target: int) -> tuple[str, int, int]:
        if type_ != DETECT:
            return type_, source, target
        kinds = self._builder.record(source)[0], self._builder.record(target)[0]
        likely, turned = link_between(*kinds)
        return (likely, target, source) if turned else (likely, source, target)

    def _properties(
        self, row: TableRow, entities: dict[int, list[int]], context: RowContext
    ) -> None:
        seen = UNDATED if self._dated else context.seen
        for at in self._at[ColumnRole.PROPERTY]:
            text = row.cell(at).strip()
            if not text:
                continue
            for entity in self._owners(at, entities):
                self._builder.property(
                    entity, self._mapping.columns[at].name, text, seen=seen,
                    collectors=context.collectors, by=context.by, where=self._cells.place(row, at),
                )  # fmt: skip
        line = "\0".join(row.cells)
        if not may_mention(line):
            return
        for one in marking_mentions(line):
            if not any(entities.values()):
                # A row that holds a marking and nothing else is a foot or a head of the table.
                where = self._cells.place(row)
                self._builder.mark_file(one.marking, where, one.words, one.fault)
            for entity in (each for rows in entities.values() for each in rows):
                self._builder.property(
                    entity, "marking", one.words, seen=seen, collectors=context.collectors,
                    by=context.by, where=self._cells.place(row),
                )  # fmt: skip

    def _owners(self, at: int, entities: dict[int, list[int]]) -> list[int]:
        of = self._mapping.columns[at].of
        if of >= 0:
            return entities.get(of, [])
        return [one for rows in entities.values() for one in rows]

    def _names(self, row: TableRow, role: ColumnRole) -> tuple[str, ...]:
        names = [name.strip() for at in self._at[role] for name in _LIST.split(row.cell(at))]
        return tuple(dict.fromkeys(name for name in names[:100] if not blank(name)))

    def _by(self, row: TableRow) -> int:
        for at in self._at[ColumnRole.PROVIDER]:
            name = row.cell(at).strip()
            if blank(name):
                continue
            if len(name) > PROVIDER_LENGTH_MAX or not name.isprintable():
                where = self._cells.place(row, at)
                self._builder.problem(where, name, "this is no name of a provider")
                continue
            return self._builder.provenance_number(
                msgspec.structs.replace(self._builder.origin, provider=name)
            )
        return 0

    def _seen(self, row: TableRow) -> Interval:
        first, last = self._moment(row, ColumnRole.FIRST), self._moment(row, ColumnRole.LAST)
        if (one := self._moment(row, ColumnRole.DATE)).known:
            first = first if first.known else one
            last = last if last.known else one
        start, end = first.earliest, last.latest
        if start is not None and end is not None and start > end:
            where = self._cells.place(row)
            reason = "it ends before it starts; its dates are left out"
            self._builder.problem(where, f"{first} to {last}", reason)
            return UNDATED
        return Interval(first, last)

    def _moment(self, row: TableRow, role: ColumnRole) -> Moment:
        for at in self._at[role]:
            text = row.cell(at).strip()
            if blank(text):
                continue
            try:
                return self._date(row, at, text)
            except InvalidValue as error:
                self._builder.problem(self._cells.place(row, at), text, error.reason)
        return UNKNOWN

    def _date(self, row: TableRow, at: int, text: str) -> Moment:
        """A cell's date; what of its time is not read, or taken as UTC, is told."""
        moment = read_date(text, order=self._mapping.day_order)
        timed = _TIME.search(text) is not None
        if timed and moment.precision is Precision.DAY:
            reason = "its time of day is not read, only its day"
            self._builder.problem(self._cells.place(row, at), text, reason)
        elif timed and moment.known and not _ZONE.search(text) and at not in self._zoneless:
            self._zoneless.add(at)
            reason = "times without a zone are taken as UTC, in the whole column"
            self._builder.problem(self._cells.place(row, at), text, reason)
        return moment
