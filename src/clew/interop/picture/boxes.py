"""Boxes on a plane, kept so that whether a new one hits one of them is known at once."""

from __future__ import annotations

from collections.abc import Iterator

CELL = 96.0
"""Side of a cell in picture units: a mark covers one to four, a label three or so."""
Box = tuple[float, float, float, float]
"""Left, top, right and bottom; y downwards."""


class BoxGrid:
    """Boxes by the cells that they cover."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], list[Box]] = {}

    def add(self, box: Box) -> None:
        """Keep a box."""
        for cell in _cells(box):
            self._cells.setdefault(cell, []).append(box)

    def hits(self, box: Box) -> bool:
        """Whether a box overlaps one that is here."""
        return any(
            _overlap(box, other) for cell in _cells(box) for other in self._cells.get(cell, ())
        )


def _cells(box: Box) -> Iterator[tuple[int, int]]:
    left, top, right, bottom = (int(side // CELL) for side in box)
    return ((x, y) for x in range(left, right + 1) for y in range(top, bottom + 1))


def _overlap(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
