"""Rows of a table in pieces: each text of a piece once, and which of them stands in which cell."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import overload

import numpy as np
import polars as pl
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row; cells that are missing at its end are empty."""

    number: int
    """The line or row of the file, counted from 1."""
    cells: tuple[str, ...]

    def cell(self, column: int) -> str:
        """The text of a column."""
        return self.cells[column] if column < len(self.cells) else ""


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Some rows one after the other; a cell takes four bytes, and each text is there once."""

    numbers: NDArray[np.int64]
    texts: pl.Series = field(repr=False)
    """The distinct texts of all cells."""
    codes: NDArray[np.uint32] = field(repr=False)
    """For each cell, row by row, the index of its text."""
    starts: NDArray[np.int64] = field(repr=False)
    """Where each row begins in *codes*, and where the last one ends."""

    @classmethod
    def of(cls, numbers: Sequence[int], rows: Sequence[Sequence[str]]) -> Piece:
        """The piece of some rows with their numbers."""
        known: dict[str, int] = {}
        find = known.setdefault
        codes = [find(text, len(known)) for text in chain.from_iterable(rows)]
        starts = np.zeros(len(rows) + 1, np.int64)
        np.cumsum([len(row) for row in rows], out=starts[1:])
        return cls(
            np.asarray(numbers, np.int64),
            pl.Series(list(known), dtype=pl.String),
            np.asarray(codes, np.uint32),
            starts,
        )

    def __len__(self) -> int:
        return len(self.numbers)

    def slice(self, start: int, end: int) -> Piece:
        """Rows *start* to *end* of it."""
        return Piece(self.numbers[start:end], self.texts, self.codes, self.starts[start : end + 1])

    def distinct(self, at: int) -> tuple[pl.Series, NDArray[np.int64]]:
        """The distinct texts of a column, and for each row the index of its own."""
        places, there = self.starts[:-1] + at, np.diff(self.starts) > at
        codes = np.full(len(self), len(self.texts), np.int64)
        codes[there] = self.codes[places[there]]
        found, inverse = np.unique(codes, return_inverse=True)
        missing = bool(len(found)) and found[-1] == len(self.texts)
        texts = self.texts.gather(found[:-1] if missing else found)
        return pl.concat([texts, pl.Series([""])]) if missing else texts, inverse

    def column(self, at: int) -> tuple[list[str], NDArray[np.int64]]:
        """As distinct, the texts as a list."""
        texts, codes = self.distinct(at)
        return texts.to_list(), codes

    def changed(self, change: Callable[[str], str]) -> Piece:
        """The piece with each text changed."""
        texts = pl.Series([change(text) for text in self.texts], dtype=pl.String)
        return Piece(self.numbers, texts, self.codes, self.starts)

    def having(self, marked: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Which rows have a cell whose text is marked in the order of *texts*."""
        before = np.zeros(len(self.codes) + 1, np.int64)
        np.cumsum(marked[self.codes], out=before[1:])
        return before[self.starts[1:]] > before[self.starts[:-1]]

    def __iter__(self) -> Iterator[TableRow]:
        texts = self.texts.to_list()
        for at, number in enumerate(self.numbers.tolist()):
            cells = self.codes[self.starts[at] : self.starts[at + 1]]
            yield TableRow(number, tuple(texts[code] for code in cells.tolist()))

    def row(self, at: int) -> TableRow:
        """One row."""
        codes = self.codes[self.starts[at] : self.starts[at + 1]]
        return TableRow(int(self.numbers[at]), tuple(self.texts.gather(codes).to_list()))


class TableRows(Sequence[TableRow]):
    """All rows of a table, piece by piece."""

    def __init__(self, pieces: Sequence[Piece] = ()) -> None:
        self.pieces = [piece for piece in pieces if len(piece)]
        self._ends = np.cumsum([len(piece) for piece in self.pieces], dtype=np.int64)

    @classmethod
    def of(cls, rows: Sequence[TableRow]) -> TableRows:
        """Those rows."""
        return cls([Piece.of([row.number for row in rows], [row.cells for row in rows])])

    def taken_pieces(self) -> Iterator[Piece]:
        """The pieces, each let go once the next one is asked for."""
        self.pieces.reverse()
        self._ends = self._ends[:0]
        while self.pieces:
            yield self.pieces.pop()

    def __len__(self) -> int:
        return int(self._ends[-1]) if self.pieces else 0

    def __iter__(self) -> Iterator[TableRow]:
        return chain.from_iterable(self.pieces)

    @overload
    def __getitem__(self, at: int) -> TableRow: ...
    @overload
    def __getitem__(self, at: slice) -> TableRows: ...
    def __getitem__(self, at: int | slice) -> TableRow | TableRows:
        if isinstance(at, slice):
            start, end, step = at.indices(len(self))
            assert step == 1, "rows are taken in their order"
            return self._between(start, end)
        place = range(len(self))[at]
        number = int(np.searchsorted(self._ends, place, side="right"))
        return self.pieces[number].row(place - self._begin(number))

    def column(self, at: int) -> Iterator[list[str]]:
        """The texts of a column, row by row, a piece at once."""
        for piece in self.pieces:
            texts, codes = piece.column(at)
            yield [texts[code] for code in codes.tolist()]

    def distinct(self, at: int) -> Iterator[str]:
        """The texts of a column; of those that stand in one piece each once."""
        for piece in self.pieces:
            yield from piece.column(at)[0]

    @property
    def width(self) -> int:
        """How many cells the longest row has."""
        return max((int(np.diff(one.starts).max()) for one in self.pieces), default=0)

    def _begin(self, number: int) -> int:
        return int(self._ends[number - 1]) if number else 0

    def _between(self, start: int, end: int) -> TableRows:
        taken = []
        for number, piece in enumerate(self.pieces):
            before = self._begin(number)
            first, last = max(0, start - before), min(len(piece), end - before)
            if first < last:
                taken.append(piece.slice(first, last))
        return TableRows(taken)
