"""Rows of a table as entities, links, properties and tags, by a mapping."""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec

from clew.interop.graph_builder import GraphBuilder
from clew.interop.table.cell_reader import LIST, CellReader
from clew.interop.table.cells import Cells
from clew.interop.table.mapping import ColumnRole, Mapping
from clew.interop.table.piece import TableRow
from clew.interop.table.values import blank, type_of
from clew.interop.table.words import DETECT, link_between
from clew.model.interval import UNDATED, Interval
from clew.model.marking_text import marking_mentions, may_mention
from clew.schema.registry import Catalogue

_HASHES_OF_ONE = re.compile(r"[0-9A-Fa-f]{32}\s*:|:\s*[0-9A-Fa-f]{32}")


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
        self.reader = CellReader(cells, mapping, catalogue, builder.problem)
        self._at = self.reader.at
        self._dated = any(rule.dated for rule in mapping.links)

    def read(self, row: TableRow) -> None:
        """Take one row; each bad cell is a problem with its place."""
        problems_before = len(self._builder.problems)
        by = self._by(row)
        entities = {at: self._entities(row, at, by) for at in self._at[ColumnRole.ENTITY]}
        context = RowContext(self.reader.seen(row), self.reader.collectors(row), by)
        linked = self._links(row, entities, context)
        if len(self._builder.problems) == problems_before and not any(entities.values()):
            self._builder.problem(self._cells.place(row), " ".join(row.cells), "it names no entity")
        elif not linked and self._dated and context.seen.dated:
            reason = "its dates are of no link; they are left out"
            self._builder.problem(self._cells.place(row), str(context.seen), reason)
        self._properties(row, entities, context)
        for at in self._at[ColumnRole.TAGS]:
            for word in LIST.split(row.cell(at))[:100]:
                for entity in self._owners(at, entities):
                    if not blank(word):
                        self._builder.tag(entity, word.strip())

    def _entities(self, row: TableRow, at: int, by: int) -> list[int]:
        text, where = row.cell(at), self._cells.place(row, at)
        word = self.reader.type_word(row, at)
        if is_composite(word, text):
            return self._composite(word, text, where, by)
        values = self.reader.values(row, at)
        rows = [self._builder.entity(kind, value, where, by) for kind, value in values]
        known = [one for one in rows if one is not None]
        return self._one_file(known, where, by) if is_of_hashes(text) else known

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
            relation, detail = self.reader.relation(row)
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

    def _by(self, row: TableRow) -> int:
        return provider_number(self._builder, self.reader.provider(row))


def is_composite(word: str, text: str) -> bool:
    """Whether a cell holds two values, as its type says (MISP)."""
    return "|" in word and "|" in text


def is_of_hashes(text: str) -> bool:
    """Whether a cell holds the hashes of one file (ThreatConnect)."""
    return _HASHES_OF_ONE.search(text) is not None


def provider_number(builder: GraphBuilder, name: str) -> int:
    """The number of what a provider told by the file; the file's own where it names none."""
    if not name:
        return 0
    return builder.provenance_number(msgspec.structs.replace(builder.origin, provider=name))
