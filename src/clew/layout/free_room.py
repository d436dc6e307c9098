"""Free room in a picture for discs that come, each as near as can be to where it belongs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clew.layout.declutter import crossing_discs
from clew.layout.fans import ROOM
from clew.layout.packing import shelves

Points = NDArray[np.float64]
Reals = NDArray[np.float64]
Flags = NDArray[np.bool_]

CELLS_MAX = 700
"""Most cells along one side of the map of what is taken."""
ANGLES, STEPS = 16, 26
"""Places that are tried round an anchor: directions, and distances, each farther by FARTHER."""
FARTHER = 1.3
ROUNDS = 8
"""Rounds of trying; what has found no room then lies below the picture."""
DISCS_AT_ONCE = 2_000
GAP = 3.0
"""Between the picture and what lies below it, in lengths of a link."""


def free_room(taken: Points, anchor: Points, reach: Reals, *, beside: Flags) -> Points:
    """
    Middles of discs that cross neither what is there nor each other.

    Args:
        taken: Shape (count, 2); entities that are there, at least one.
        anchor: Shape (discs, 2); what each wants to be near to. NaN: it lies below the picture.
        reach: Of each disc, how far from its middle its farthest entity is.
        beside: Whether it goes beside its anchor; the others may lie on it.
    """
    # About the picture there is room for all that comes.
    chart = _Chart(taken, 4 * float(np.sqrt(((reach + 2 * ROOM) ** 2).sum())))
    middle = np.full(anchor.shape, np.nan)
    left = np.flatnonzero(~np.isnan(anchor[:, 0]))
    left = left[np.argsort(-reach[left], kind="stable")]
    for _ in range(ROUNDS):
        if not len(left):
            break
        found = np.concatenate(
            [
                _nearest_free(chart, anchor[some], reach[some], beside[some], some)
                for some in np.split(left, range(DISCS_AT_ONCE, len(left), DISCS_AT_ONCE))
            ]
        )
        free = np.flatnonzero(~np.isnan(found[:, 0]))
        if not len(free):
            break
        one, other = crossing_discs(found[free], reach[left[free]] + ROOM)
        # Of two that want the same room the larger one has it.
        free = np.delete(free, np.unique(np.maximum(one, other)))
        middle[left[free]] = found[free]
        chart.take(found[free], reach[left[free]] + ROOM)
        left = np.delete(left, free)
    below = np.flatnonzero(np.isnan(middle[:, 0]))
    if len(below):
        placed = np.flatnonzero(~np.isnan(middle[:, 0]))
        bottom = max(
            float(taken[:, 1].max()),
            float((middle[placed, 1] + reach[placed]).max(initial=-np.inf)),
        )
        side = 2 * (reach[below] + ROOM)
        corner = shelves(np.stack((side, side), axis=1)) + side[:, None] / 2
        middle[below] = corner + np.asarray((float(taken[:, 0].min()), bottom + GAP))
    return middle


def _nearest_free(
    chart: _Chart, anchor: Points, reach: Reals, beside: Flags, number: NDArray[np.int64]
) -> Points:
    """The first free middle of each disc, going outwards from its anchor; NaN: there is none."""
    step = np.arange(STEPS)
    farther = 2 * ROOM * (FARTHER**step - 1) / (FARTHER - 1)
    away = np.where(beside, reach + 2 * ROOM, 0.0)[:, None] + farther
    # Each disc begins in a direction of its own, so that few want the same room.
    angle = 2 * np.pi * np.arange(ANGLES) / ANGLES + (number * 2.4)[:, None]
    x = anchor[:, 0, None, None] + away[:, :, None] * np.cos(angle)[:, None, :]
    y = anchor[:, 1, None, None] + away[:, :, None] * np.sin(angle)[:, None, :]
    tried = np.stack((x, y), axis=-1).reshape(len(anchor), -1, 2)
    free = chart.free(tried, (reach + 2 * ROOM)[:, None])
    first = np.argmax(free, axis=1)
    each = np.arange(len(anchor))
    found: Points = np.where(free[each, first][:, None], tried[each, first], np.nan)
    return found


class _Chart:
    """Which squares of the picture are taken, with sums, so that any box is looked up at once."""

    def __init__(self, taken: Points, margin: float) -> None:
        low, high = taken.min(0) - margin, taken.max(0) + margin
        self._low = low
        self._cell = max(ROOM, float((high - low).max()) / CELLS_MAX)
        self._shape = ((high - low) / self._cell).astype(np.int64) + 2
        cells = ((taken - low) / self._cell).astype(np.int64)
        flat = cells[:, 0] * self._shape[1] + cells[:, 1]
        self._taken = np.bincount(flat, minlength=int(self._shape.prod())).reshape(self._shape)
        self._sum()

    def _sum(self) -> None:
        self._sums = np.zeros(self._shape + 1, np.int64)
        np.cumsum(np.cumsum(self._taken > 0, axis=0), axis=1, out=self._sums[1:, 1:])

    def free(self, middle: Points, half: Reals) -> Flags:
        """Whether the squares about those middles are on the map, with nothing in them."""
        (x0, y0), (x1, y1) = self._corners(middle, half)
        sums = self._sums
        number = sums[x1, y1] - sums[x0, y1] - sums[x1, y0] + sums[x0, y0]
        right, bottom = self._shape
        inside = (x0 > 0) & (y0 > 0) & (x1 < right) & (y1 < bottom)
        empty: Flags = inside & (number == 0)
        return empty

    def take(self, middle: Points, half: Reals) -> None:
        """Mark squares as taken."""
        (x0, y0), (x1, y1) = self._corners(middle, half)
        edges = np.zeros(self._shape + 1, np.int64)
        for x, y, sign in ((x0, y0, 1), (x1, y1, 1), (x0, y1, -1), (x1, y0, -1)):
            np.add.at(edges, (x, y), sign)
        self._taken += np.cumsum(np.cumsum(edges, axis=0), axis=1)[:-1, :-1]
        self._sum()

    def _corners(
        self, middle: Points, half: Reals
    ) -> tuple[tuple[NDArray[np.int64], ...], tuple[NDArray[np.int64], ...]]:
        first, last = [], []
        for axis in (0, 1):
            at = middle[..., axis] - self._low[axis]
            top = int(self._shape[axis])
            first.append(np.clip(np.floor((at - half) / self._cell), 0, top).astype(np.int64))
            last.append(np.clip(np.floor((at + half) / self._cell) + 1, 0, top).astype(np.int64))
        return tuple(first), tuple(last)
