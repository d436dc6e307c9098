"""Which row a key has: sorted arrays for the many, a dictionary for the latest."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

OVERLAY_ROWS_MAX = 50_000
"""Rows in the dictionary before they are sorted in."""
FEW_KEYS_MAX = 512
"""Keys in a batch that goes into the dictionary."""
SORT_FIRST_MIN = 10_000
"""Keys from which on they are sorted before they are looked up."""

Keys = NDArray[np.uint64]
Rows = NDArray[np.int32]


class KeyIndex:
    """
    Rows by unsigned 64-bit key. Keys are unique; rows are numbered as they come.

    A large batch is sorted into a layer of its own, so that it costs what it holds, not what
    was there before; a layer that has grown to a quarter of the base becomes part of it.
    """

    __slots__ = ("_late", "_late_rows", "_order", "_overlay", "_size", "_sorted")

    def __init__(self) -> None:
        self._sorted: Keys = np.empty(0, np.uint64)
        self._order: Rows | None = None
        """Row of each sorted key; None while keys came in order."""
        self._late: Keys = np.empty(0, np.uint64)
        self._late_rows: Rows = np.empty(0, np.int32)
        self._overlay: dict[int, int] = {}
        self._size: int | None = None
        """Of the first rows of another index: how many they are."""

    def __len__(self) -> int:
        if self._size is not None:
            return self._size
        return len(self._sorted) + len(self._late) + len(self._overlay)

    def head(self, size: int) -> KeyIndex:
        """The first rows, for looking up only: layers are shared with what goes on to grow."""
        index = KeyIndex.from_arrays(self._sorted, self._order)
        index._late, index._late_rows = self._late, self._late_rows
        index._overlay, index._size = self._overlay, size
        return index

    def find(self, keys: Keys) -> Rows:
        """The row of each key, -1 where there is none."""
        if len(keys) < SORT_FIRST_MIN:
            return self._find(keys)
        # Looking up in order stays in the cache, which saves more than sorting costs.
        order = np.argsort(keys)
        found = np.empty(len(keys), np.int32)
        found[order] = self._find(keys[order])
        return found

    def add(self, keys: Keys) -> tuple[Rows, NDArray[np.int64]]:
        """
        The row of each key, new rows for unknown ones.

        Returns:
            Rows, and for each new row in order the place in *keys* where it came first.
        """
        assert self._size is None, "the first rows of an index take no more"
        if len(keys) <= FEW_KEYS_MAX:
            return self._add_few(keys)
        unique, first, inverse = _distinct(keys)
        start = len(self)
        if not start:
            # A first bulk load is numbered in key order, so that no order need be kept.
            self._sorted = unique
            return inverse, first
        found = self._find(unique)
        missing = np.flatnonzero(found < 0)
        first = first[missing]
        appearance = np.argsort(first, kind="stable")
        found[missing[appearance]] = np.arange(start, start + len(missing), dtype=np.int32)
        self._sort_in(unique[missing], found[missing])
        return found[inverse], first[appearance]

    def arrays(self) -> tuple[Keys, Rows | None]:
        """Sorted keys and their rows (None: in order), with all layers sorted in."""
        assert self._size is None, "the first rows of an index are not kept"
        self._flush()
        if len(self._late):
            self._sorted, self._order = _merged(
                (self._sorted, self._late), (self._base_rows, self._late_rows)
            )
            self._late, self._late_rows = np.empty(0, np.uint64), np.empty(0, np.int32)
        return self._sorted, self._order

    @classmethod
    def from_arrays(cls, keys: Keys, order: Rows | None) -> KeyIndex:
        """The inverse of arrays."""
        index = cls()
        index._sorted, index._order = keys, order
        return index

    @property
    def _base_rows(self) -> Rows:
        if self._order is None:
            return np.arange(len(self._sorted), dtype=np.int32)
        return self._order

    def _find(self, keys: Keys) -> Rows:
        found = np.full(len(keys), -1, np.int32)
        for layer, rows in ((self._sorted, self._order), (self._late, self._late_rows)):
            if len(layer):
                place = np.searchsorted(layer, keys)
                place[place == len(layer)] = 0
                hit = layer[place] == keys
                found[hit] = place[hit] if rows is None else rows[place[hit]]
        if self._overlay:
            missing = np.flatnonzero(found < 0)
            get = self._overlay.get
            found[missing] = [get(key, -1) for key in keys[missing].tolist()]
        if self._size is not None:
            found[found >= self._size] = -1
        return found

    def _add_few(self, keys: Keys) -> tuple[Rows, NDArray[np.int64]]:
        found = self._find(keys)
        new: list[int] = []
        for at in np.flatnonzero(found < 0).tolist():
            key = int(keys[at])
            row = self._overlay.get(key)
            if row is None:
                row = self._overlay[key] = len(self)
                new.append(at)
            found[at] = row
        if len(self._overlay) > OVERLAY_ROWS_MAX:
            self._flush()
        return found, np.asarray(new, np.int64)

    def _flush(self) -> None:
        if self._overlay:
            keys = np.fromiter(self._overlay.keys(), np.uint64, len(self._overlay))
            rows = np.fromiter(self._overlay.values(), np.int32, len(self._overlay))
            self._overlay = {}
            order = np.argsort(keys)
            self._sort_in(keys[order], rows[order])

    def _sort_in(self, keys: Keys, rows: Rows) -> None:
        self._late, self._late_rows = _merged((self._late, keys), (self._late_rows, rows))
        if len(self._late) > len(self._sorted) // 4:
            self.arrays()


def _distinct(keys: Keys) -> tuple[Keys, NDArray[np.int64], Rows]:
    """
    The distinct keys in their order, where each came first, and for each key which one it is.

    As np.unique, which sorts stably to find the first of each and takes twice as long for that.
    """
    order = np.argsort(keys)
    ordered = keys[order]
    begins = np.empty(len(keys), np.bool_)
    begins[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=begins[1:])
    starts = np.flatnonzero(begins)
    numbers = np.cumsum(begins, dtype=np.int32)
    numbers -= 1
    inverse = np.empty(len(keys), np.int32)
    inverse[order] = numbers
    return ordered[starts], np.minimum.reduceat(order, starts), inverse


def _merged(keys: tuple[Keys, Keys], rows: tuple[Rows, Rows]) -> tuple[Keys, Rows]:
    """Two sorted runs as one, with their rows."""
    if not len(keys[0]):
        return keys[1], rows[1]
    if not len(keys[1]):
        return keys[0], rows[0]
    # The stable sort knows runs, so that merging costs about one pass.
    all_keys = np.concatenate(keys)
    order = np.argsort(all_keys, kind="stable")
    return all_keys[order], np.concatenate(rows)[order]
