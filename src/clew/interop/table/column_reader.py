"""A table read by column: what is plain in one go, what is odd row by row, in the table's order."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clew.errors import InvalidValue
from clew.interop.graph_builder import GraphBuilder
from clew.interop.table.cell_reader import LIST
from clew.interop.table.cells import Cells
from clew.interop.table.date_columns import seen_columns
from clew.interop.table.mapping import ColumnMapping, ColumnRole, Mapping
from clew.interop.table.piece import Piece
from clew.interop.table.piece_facts import CellAnswers, Doubt, SomeCells, rows_with_markings
from clew.interop.table.plain_rows import EntityValue, PlainRows, PropertyTexts, RowColumns
from clew.interop.table.rows import RowReader, is_composite, is_of_hashes
from clew.interop.table.values import blank
from clew.interop.table.words import DETECT, THING
from clew.interop.texts import field_name
from clew.model.marking_text import MARKING_NAMES, is_marking_tag, read_marking, scheme_of
from clew.schema.registry import Catalogue
from clew.schema.value import VALUE_LENGTH_MAX

PLAIN_ROWS_MIN = 48
"""How many plain rows there must be on end to be taken by column."""
FIRST_ROWS = 32
"""How many rows are read first, so that what is told once, or named anew, is so already."""


class ColumnReader:
    """Reads a table into a graph; the result is the one that reading each row gives."""

    def __init__(
        self, cells: Cells, mapping: Mapping, builder: GraphBuilder, catalogue: Catalogue
    ) -> None:
        self._cells = cells
        self._mapping = mapping
        self._builder = builder
        self._catalogue = catalogue
        self._rows = RowReader(cells, mapping, builder, catalogue)
        self._doubt = Doubt(self._rows.reader)
        self._dated = any(rule.dated for rule in mapping.links)
        self._entities = mapping.having(ColumnRole.ENTITY)

    def read(self) -> None:
        """Take all rows; the table has none afterwards."""
        left = FIRST_ROWS
        for piece in self._cells.rows.taken_pieces():
            first = min(left, len(piece))
            left -= first
            self._read_rows(piece, 0, first)
            if first < len(piece):
                self._piece(piece.slice(first, len(piece)))

    def _read_rows(self, piece: Piece, start: int, end: int) -> None:
        if start < end:
            for row in piece.slice(start, end):
                self._rows.read(row)

    def _piece(self, piece: Piece) -> None:
        rows, odd = self._facts(piece)
        begun = at = 0
        for odd_at in (*np.flatnonzero(odd).tolist(), len(piece)):
            if odd_at - at >= PLAIN_ROWS_MIN:
                self._read_rows(piece, begun, at)
                rows.take(at, odd_at)
                begun = odd_at
            at = odd_at + 1
        self._read_rows(piece, begun, len(piece))

    def _facts(self, piece: Piece) -> tuple[PlainRows, NDArray[np.bool_]]:
        """What the rows of a piece say, and which of them are odd."""
        doubt, having = self._doubt, self._doubt.at
        by = doubt.answered(piece, having[ColumnRole.PROVIDER], doubt.provider, "by")
        who = doubt.answered(piece, having[ColumnRole.COLLECTORS], self._collectors, "who")
        seen = seen_columns(piece, doubt)
        relation = self._relation(piece)
        entities = [self._entity_column(piece, at) for at in self._entities]
        properties = [self._property_column(piece, at) for at in having[ColumnRole.PROPERTY]]
        tags = [
            (
                self._owners(self._mapping.columns[at]),
                doubt.answered(piece, [at], self._tags(at), at),
            )
            for at in having[ColumnRole.TAGS]
        ]
        rows = PlainRows(
            self._builder, self._mapping, entities, RowColumns(by, who, seen, relation),
            properties, tags,
        )  # fmt: skip
        odd = rows_with_markings(piece)
        columns: list[CellAnswers[Any]] = [by, who, relation, *entities]
        columns += [one.cells for one in properties] + [one for _, one in tags]
        for one in columns:
            odd |= one.odd
        odd |= seen.odd | ~rows.named()
        if self._dated:
            odd |= ~rows.linked() & seen.dated
        return rows, odd

    def _collectors(self, row: SomeCells) -> tuple[str, ...] | None:
        names = self._doubt.collectors(row)
        if not self._builder.has_room_for(names):
            self._doubt.wait()
        return names

    def _relation(self, piece: Piece) -> CellAnswers[tuple[str, str]]:
        having = self._doubt.at
        columns = [*having[ColumnRole.RELATION], *having[ColumnRole.DETAIL]]
        if not self._mapping.links:
            return CellAnswers([("", "")], np.zeros(len(piece), np.int64))
        rule_types = {rule.type for rule in self._mapping.links} - {DETECT}

        def relation_of(row: SomeCells) -> tuple[str, str]:
            named, detail = self._doubt.relation(row)
            for type_ in (named,) if named else rule_types:
                if type_ not in self._catalogue.link_types and not self._builder.is_named(type_):
                    self._doubt.wait()
            return named, detail

        return self._doubt.answered(piece, columns, relation_of, "relation")

    def _entity_column(self, piece: Piece, at: int) -> CellAnswers[EntityValue]:
        types = self._doubt.types
        columns = [types[at], at] if at in types else [at]
        type_ = self._mapping.columns[at].type
        known = self._builder.block.rows_of(type_) if at not in types else {}

        def value_of(row: SomeCells) -> EntityValue | None:
            text = row.cell(at)
            if text in known and not blank(text):
                return EntityValue(type_, text)
            if is_composite(self._doubt.type_word(row, at), text) or is_of_hashes(text):
                return None
            values = self._doubt.values(row, at)
            if not values:
                return EntityValue("", "")
            return self._canonical(*values[0]) if len(values) == 1 else None

        return self._doubt.answered(piece, columns, value_of, at)

    def _canonical(self, type_: str, text: str) -> EntityValue | None:
        """An entity that a builder takes without a word; None else."""
        kind = self._catalogue.entity_types.get(type_)
        if kind is None:
            value = text.strip()
            if not self._builder.is_named(type_):
                self._doubt.wait()
            refused = not value or len(value) > VALUE_LENGTH_MAX or "\0" in value
            return None if refused else EntityValue(type_, value)
        try:
            return EntityValue(type_, str(kind.value(text)) if type_ == THING else text)
        except InvalidValue:
            return None

    def _property_column(self, piece: Piece, at: int) -> PropertyTexts:
        column = self._mapping.columns[at]
        plain = field_name(column.name)
        marks = plain in MARKING_NAMES
        name = plain if marks else column.name

        def text_of(row: SomeCells) -> str | None:
            text = row.cell(at).strip()
            if text and not self._builder.is_named(name):
                self._doubt.wait()
            if text and marks and read_marking(text, scheme=scheme_of(plain))[1]:
                return None
            return text

        answers = self._doubt.answered(piece, [at], text_of, at)
        return PropertyTexts(name, self._owners(column), answers)

    def _tags(self, at: int) -> Callable[[SomeCells], tuple[str, ...] | None]:
        def words_of(row: SomeCells) -> tuple[str, ...] | None:
            words = [word.strip() for word in LIST.split(row.cell(at))[:100] if not blank(word)]
            if any(is_marking_tag(word) and read_marking(word)[1] for word in words):
                return None
            return tuple(words)

        return words_of

    def _owners(self, column: ColumnMapping) -> list[int]:
        """The places, among the columns of entities, of those that a column is of."""
        if column.of < 0:
            return list(range(len(self._entities)))
        return [self._entities.index(column.of)] if column.of in self._entities else []
