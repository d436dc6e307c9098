"""What is in each graph, and where it is drawn."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clew.graph.column import Column

Rows = NDArray[np.int32]
Flags = NDArray[np.bool_]


class Membership:
    """The entities and links of one graph; the latest change about one of them counts."""

    __slots__ = ("entities", "hidden", "links", "positions")

    def __init__(self) -> None:
        self.entities = Column(np.bool_)
        self.links = Column(np.bool_)
        self.hidden: set[int] = set()
        self.positions: dict[int, tuple[float, float]] = {}

    def put(self, entities: Rows, links: Rows) -> None:
        """Put rows in."""
        _set(self.entities, entities, True)
        _set(self.links, links, True)

    def remove(self, entities: Rows, links: Rows) -> None:
        """Take rows out."""
        _set(self.entities, entities, False)
        _set(self.links, links, False)

    def entity_flags(self, size: int) -> Flags:
        """Whether each of *size* entities is in."""
        return _flags(self.entities, size)

    def link_flags(self, size: int) -> Flags:
        """Whether each of *size* links is in."""
        return _flags(self.links, size)


def _set(column: Column, rows: Rows, value: bool) -> None:
    if len(rows):
        column.extend_to(int(rows.max()) + 1, False)
        column.values[rows] = value


def _flags(column: Column, size: int) -> Flags:
    column.extend_to(size, False)
    return column.values[:size]
