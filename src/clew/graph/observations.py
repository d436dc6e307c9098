"""Observations of links and properties as columns, in the order of the log."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clew.graph.column import Column, TextColumn
from clew.graph.lookups import Lookups
from clew.model.interval import Interval
from clew.model.provenance import Provenance

Rows = NDArray[np.int32]


class ObservationColumns:
    """Columns that links' and properties' observations share."""

    __slots__ = ("collectors", "first", "last", "precision", "provenance", "subject")

    def __init__(self) -> None:
        self.subject = Column(np.int32)
        """Row of the link, or of the entity for a property."""
        self.first = Column(np.int64)
        self.last = Column(np.int64)
        self.precision = Column(np.uint8)
        self.provenance = Column(np.int32)
        self.collectors = Column(np.uint16)
        """Code of the joined names of the vendor's own sources."""

    def __len__(self) -> int:
        return len(self.subject)

    def head(self, size: int) -> Self:
        """The first rows."""
        columns = type(self)()
        for name in ObservationColumns.__slots__:
            setattr(columns, name, getattr(self, name).head(size))
        return columns

    def append(
        self, frame: pl.DataFrame, subject: Rows, provenance: int, codes: NDArray[np.uint16]
    ) -> None:
        """Add a block's rows; its provenances are numbered from *provenance* on."""
        self.subject.append(subject)
        self.first.append(frame["first"].to_numpy())
        self.last.append(frame["last"].to_numpy())
        self.precision.append(frame["precision"].to_numpy())
        self.provenance.append(frame["provenance"].to_numpy().astype(np.int32) + provenance)
        self.collectors.append(codes[frame["collectors"].to_numpy()])

    def interval(self, row: int) -> Interval:
        """When one observation held."""
        return Interval.from_columns(
            int(self.first.values[row]), int(self.last.values[row]), int(self.precision.values[row])
        )


class LinkObservations(ObservationColumns):
    """Observations of links; *details* holds the few that say more, as JSON by row."""

    __slots__ = ("details",)

    def __init__(self) -> None:
        super().__init__()
        self.details: dict[int, str] = {}

    def head(self, size: int) -> Self:
        """The first rows."""
        columns = super().head(size)
        columns.details = {row: text for row, text in self.details.items() if row < size}
        return columns


class PropertyObservations(ObservationColumns):
    """Observations of properties: a name (code) and a value more."""

    __slots__ = ("names", "texts")

    def __init__(self) -> None:
        super().__init__()
        self.names = Column(np.uint16)
        self.texts = TextColumn()

    def head(self, size: int) -> Self:
        """The first rows."""
        columns = super().head(size)
        columns.names, columns.texts = self.names.head(size), self.texts.head(size)
        return columns


class Provenances:
    """Who said what, numbered as they come, and the change that each belongs to."""

    __slots__ = ("changes", "lookups", "records")

    def __init__(self) -> None:
        self.records: list[Provenance] = []
        self.changes = Column(np.int32)
        self.lookups = Lookups()
        """The look-up that each belongs to."""

    def head(self, size: int) -> Provenances:
        """The first of them."""
        provenances = Provenances()
        provenances.records = self.records[:size]
        provenances.changes = self.changes.head(size)
        provenances.lookups = self.lookups.head(size)
        return provenances

    def append(self, records: Sequence[Provenance], seq: int) -> int:
        """Add a change's; gives the number of the first."""
        start = len(self.records)
        self.extend(records, np.full(len(records), seq, np.int32))
        return start

    def extend(self, records: Sequence[Provenance], changes: Rows) -> None:
        """Add provenances, each with its change."""
        self.records.extend(records)
        self.changes.append(changes)
        self.lookups.add(records)
