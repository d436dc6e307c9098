"""Which row a key has: a sorted array for the many, a dictionary for the latest."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

OVERLAY_ROWS_MIN = 50_000
"""Rows in the dictionary before they are sorted in; grows with the whole."""

Keys = NDArray[np.uint64]
Rows = NDArray[np.int32]


class KeyIndex:
    """Rows by unsigned 64-bit key. Keys are unique; rows are numbered as they come."""

    __slots__ = ("_order", "_overlay", "_sorted")

    def __init__(self) -> None:
        self._sorted: Keys = np.empty(0, np.uint64)
        self._order: Rows | None = None
        """Row of each sorted key; None while keys came in order."""
        self._overlay: dict[int, int] = {}

    def __len__(self) -> int:
        return len(self._sorted) + len(self._overlay)

    def find(self, keys: Keys) -> Rows:
        """The row of each key, -1 where there is none."""
        found = np.full(len(keys), -1, np.int32)
        if len(self._sorted):
            place = np.searchsorted(self._sorted, keys)
            place[place == len(self._sorted)] = 0
            hit = self._sorted[place] == keys
            found[hit] = place[hit] if self._order is None else self._order[place[hit]]
        if self._overlay:
            for at in np.flatnonzero(found < 0):
                found[at] = self._overlay.get(int(keys[at]), -1)
        return found

    def add(self, keys: Keys) -> tuple[Rows, NDArray[np.int64]]:
        """
        The row of each key, new rows for unknown ones.

        Returns:
            Rows, and for each new row in order the place in *keys* where it came first.
        """
        if len(keys) <= 512:
            return self._add_few(keys)
        found = self.find(keys)
        missing = np.flatnonzero(found < 0)
        if not len(missing):
            return found, missing
        unique, first, inverse = np.unique(keys[missing], return_index=True, return_inverse=True)
        start = len(self)
        if not start:
            # A first bulk load is numbered in key order, so that no order need be kept.
            found[missing] = inverse
            self._sorted = unique
            return found, missing[first]
        appearance = np.argsort(first, kind="stable")
        rank = np.empty(len(unique), np.int64)
        rank[appearance] = np.arange(len(unique))
        found[missing] = start + rank[inverse]
        self._sort_in(unique, (start + rank).astype(np.int32))
        return found, missing[first[appearance]]

    def arrays(self) -> tuple[Keys, Rows | None]:
        """Sorted keys and their rows (None: in order), with the overlay sorted in."""
        self._sort_in(np.empty(0, np.uint64), np.empty(0, np.int32))
        return self._sorted, self._order

    @classmethod
    def from_arrays(cls, keys: Keys, order: Rows | None) -> KeyIndex:
        """The inverse of arrays."""
        index = cls()
        index._sorted, index._order = keys, order
        return index

    def _add_few(self, keys: Keys) -> tuple[Rows, NDArray[np.int64]]:
        found = self.find(keys)
        new: list[int] = []
        for at in np.flatnonzero(found < 0).tolist():
            key = int(keys[at])
            row = self._overlay.get(key)
            if row is None:
                row = self._overlay[key] = len(self)
                new.append(at)
            found[at] = row
        if len(self._overlay) > max(OVERLAY_ROWS_MIN, len(self._sorted) // 4):
            self.arrays()
        return found, np.asarray(new, np.int64)

    def _sort_in(self, keys: Keys, rows: Rows) -> None:
        if not len(keys) and not self._overlay:
            return
        late = np.fromiter(self._overlay.keys(), np.uint64, len(self._overlay))
        late_rows = np.fromiter(self._overlay.values(), np.int32, len(self._overlay))
        old: Any = self._order
        if old is None:
            old = np.arange(len(self._sorted), dtype=np.int32)
        all_keys = np.concatenate((self._sorted, late, keys))
        all_rows = np.concatenate((old, late_rows, rows))
        order = np.argsort(all_keys, kind="stable")
        self._sorted = all_keys[order]
        self._order = all_rows[order]
        self._overlay = {}
