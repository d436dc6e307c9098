"""Where each number stands in a column: a few are found without looking at all of it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int32]


class RowIndex:
    """The positions of each key in a column of small numbers."""

    __slots__ = ("_order", "_starts")

    def __init__(self, keys: NDArray[np.integer], size: int) -> None:
        """
        Args:
            keys: One each position; 0 or more and below *size*.
            size: How many keys there can be.
        """
        self._order = np.argsort(keys, kind="stable").astype(np.int32)
        self._starts = np.zeros(size + 1, np.int64)
        np.cumsum(np.bincount(keys, minlength=size), out=self._starts[1:])

    def at(self, keys: Iterable[int]) -> Rows:
        """The positions of all those keys, ascending; each key once."""
        starts = self._starts
        found = [self._order[starts[key] : starts[key + 1]] for key in keys]
        return np.sort(np.concatenate(found)) if found else np.empty(0, np.int32)
