"""Who was asked what about which entity, and which of it was asked again."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

import numpy as np
from numpy.typing import NDArray

from clew.graph.column import Column
from clew.model.provenance import Provenance

Rows = NDArray[np.int32]
Flags = NDArray[np.bool_]


class Lookups:
    """
    Who was asked what about which entity, by provenance.

    A look-up is a transform and the entity that it was asked about, or an import and the file
    that it read. Its settings and its replies may differ from run to run. What a person says is
    no look-up.
    """

    __slots__ = ("_again", "_codes", "_known", "_runs")

    def __init__(self) -> None:
        self._codes = Column(np.int32)
        self._runs = Column(np.int32)
        self._known: dict[Hashable, int] = {}
        """Number of each run, and number and last run of each look-up."""
        self._again: set[int] = set()

    def add(self, records: Sequence[Provenance]) -> None:
        """Take in the next provenances."""
        codes = np.full(len(records), -1, np.int32)
        runs = np.empty(len(records), np.int32)
        for at, record in enumerate(records):
            runs[at] = run = self._number(record.run)
            if about := record.input or record.reply:
                lookup = (record.provider, record.transform, about)
                codes[at] = code = self._number(lookup)
                if self._known.setdefault(("run", lookup), run) != run:
                    self._again.add(code)
        self._codes.append(codes)
        self._runs.append(runs)

    def head(self, size: int) -> Lookups:
        """Those of the first provenances, for looking up only."""
        lookups = Lookups()
        lookups._codes, lookups._runs = self._codes.head(size), self._runs.head(size)
        asked = lookups.codes >= 0
        pairs = lookups.codes[asked].astype(np.int64) << 32 | lookups.runs[asked]
        codes, runs = np.unique(np.unique(pairs) >> 32, return_counts=True)
        lookups._again = set(codes[runs > 1].tolist())
        return lookups

    def _number(self, key: Hashable) -> int:
        return self._known.setdefault(key, len(self._known))

    @property
    def codes(self) -> Rows:
        """By provenance: a number that provenances of one look-up share, -1 where there is none."""
        codes: Rows = self._codes.values
        return codes

    @property
    def runs(self) -> Rows:
        """By provenance: a number that provenances of one run share."""
        runs: Rows = self._runs.values
        return runs

    @property
    def repeated(self) -> Flags | None:
        """By provenance: whether several runs made its look-up; None where no look-up was."""
        if not self._again:
            return None
        return np.isin(self.codes, np.fromiter(self._again, np.int32))
