"""Growable columns: numbers in one array, texts in a few Arrow chunks."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import DTypeLike, NDArray

TAIL_ROWS_MAX = 8_192
"""Texts kept as Python strings before they become a chunk, in rows."""
CHUNKS_MAX = 64
"""Chunks before they are joined into one."""


class Column:
    """Numbers that grow at the end; ``values`` is a view of what is filled."""

    __slots__ = ("_data", "_size")

    def __init__(self, dtype: DTypeLike) -> None:
        self._data: NDArray[Any] = np.empty(0, dtype)
        self._size = 0

    def __len__(self) -> int:
        return self._size

    @property
    def values(self) -> NDArray[Any]:
        """All rows; valid until the next append."""
        return self._data[: self._size]

    def append(self, rows: NDArray[Any]) -> None:
        """Add rows. A large batch gets just the room it needs, small ones get room to grow."""
        needed = self._size + len(rows)
        if needed > len(self._data):
            room = needed if len(rows) > self._size else max(needed, self._size * 5 // 4 + 64)
            grown = np.empty(room, self._data.dtype)
            grown[: self._size] = self.values
            self._data = grown
        self._data[self._size : needed] = rows
        self._size = needed

    def head(self, size: int) -> Column:
        """The first rows; they are shared, and what is appended here stays here."""
        column = Column(self._data.dtype)
        column._data, column._size = self._data[:size], size
        return column

    def extend_to(self, size: int, fill: int | bool) -> None:
        """Grow to *size* rows, the new ones filled."""
        if size > self._size:
            self.append(np.full(size - self._size, fill, self._data.dtype))


class TextColumn:
    """Texts that grow at the end: Arrow chunks, and a short tail of Python strings."""

    __slots__ = ("_chunks", "_starts", "_tail")

    def __init__(self) -> None:
        self._chunks: list[pl.Series] = []
        self._starts: list[int] = []
        self._tail: list[str] = []

    def __len__(self) -> int:
        return self._chunked + len(self._tail)

    def __getitem__(self, row: int) -> str:
        if row >= self._chunked:
            return self._tail[row - self._chunked]
        chunk = bisect_right(self._starts, row) - 1
        return str(self._chunks[chunk][row - self._starts[chunk]])

    def append(self, rows: pl.Series) -> None:
        """Add rows."""
        if len(rows) + len(self._tail) <= TAIL_ROWS_MAX:
            self._tail.extend(rows.to_list())
            return
        self._flush()
        self._push(rows)

    def head(self, size: int) -> TextColumn:
        """The first rows, as for numbers."""
        column = TextColumn()
        for start, chunk in zip(self._starts, self._chunks, strict=True):
            if start < size:
                column._push(chunk.head(size - start))
        column._tail = self._tail[: max(0, size - self._chunked)]
        return column

    def take(self, rows: Iterable[int] | NDArray[Any]) -> list[str]:
        """The texts of those rows."""
        wanted = np.asarray(rows, dtype=np.int64)
        if len(wanted) < 64:
            return [self[int(row)] for row in wanted]
        return self.series().gather(wanted).to_list()

    def series(self) -> pl.Series:
        """All rows as one series."""
        self._flush()
        if len(self._chunks) > 1:
            self._chunks = [pl.concat(self._chunks, rechunk=True)]
            self._starts = [0]
        return self._chunks[0] if self._chunks else pl.Series("", [], pl.String)

    @property
    def _chunked(self) -> int:
        return self._starts[-1] + len(self._chunks[-1]) if self._chunks else 0

    def _flush(self) -> None:
        if self._tail:
            tail, self._tail = self._tail, []
            self._push(pl.Series("", tail, pl.String))

    def _push(self, rows: pl.Series) -> None:
        if not len(rows):
            return
        start = self._chunked
        self._chunks.append(rows.alias(""))
        self._starts.append(start)
        if len(self._chunks) > CHUNKS_MAX:
            self.series()
