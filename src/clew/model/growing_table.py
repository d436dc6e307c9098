"""A table that grows by rows or by whole columns, as close as the frame that is made of it."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
from numpy.typing import ArrayLike

_CODES: Mapping[Any, str] = {pl.UInt8: "B", pl.UInt16: "H", pl.UInt32: "I", pl.Int64: "q"}


class GrowingTable:
    """Rows of numbers and texts; a number takes its column's bytes, where a tuple takes 40."""

    def __init__(self, columns: Mapping[str, Any]) -> None:
        """
        Args:
            columns: Name and type of each; UInt8, UInt16, UInt32, Int64 or String.
        """
        self._schema = dict(columns)
        self._columns: list[Any] = [
            [] if kind is pl.String else array(_CODES[kind]) for kind in columns.values()
        ]
        self._appends = [column.append for column in self._columns]

    def __len__(self) -> int:
        return len(self._columns[0])

    def append(self, *row: int | str | None) -> None:
        """
        Add one row.

        Raises:
            OverflowError: A number has no room in its column.
        """
        for add, value in zip(self._appends, row, strict=True):
            add(value)

    def extend(self, height: int, **columns: ArrayLike | Sequence[str | None]) -> None:
        """Add so many rows; each column by its name, a single value being that of all of them."""
        for (name, kind), column in zip(self._schema.items(), self._columns, strict=True):
            values: Any = columns[name]
            if kind is pl.String:
                column.extend(values if isinstance(values, list) else [values] * height)
            else:
                whole = np.broadcast_to(np.asarray(values, np.dtype(column.typecode)), height)
                column.frombytes(whole.tobytes())

    def frame(self) -> pl.DataFrame:
        """The rows so far."""
        return pl.DataFrame(
            [
                pl.Series(name, column, dtype=pl.String)
                if kind is pl.String
                else pl.Series(name, np.array(column, np.dtype(column.typecode)), dtype=kind)
                for (name, kind), column in zip(self._schema.items(), self._columns, strict=True)
            ]
        )
