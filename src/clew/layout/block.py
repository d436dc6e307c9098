"""The block layout: a grid for each group, the groups side by side."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Rows = NDArray[np.int32]

GAP = 2.0
"""Between blocks, in lengths of a link."""


def block(count: int, groups: Rows, weight: NDArray[np.int64]) -> Points:
    """
    Coordinates on grids 1.5 apart, shape (count, 2).

    Args:
        count: Number of entities.
        groups: What each belongs to; those of a group stand together.
        weight: What orders a block, largest first, such as the number of links.
    """
    points = np.zeros((count, 2))
    if not count:
        return points
    names, sizes = np.unique(groups, return_counts=True)
    sides = np.ceil(np.sqrt(sizes))
    across = max(float(sides.max()), float(np.sqrt((sides * sides).sum()) * 1.2)) * 1.5
    left = top = tall = 0.0
    for at in np.argsort(-sizes, kind="stable").tolist():
        members = np.flatnonzero(groups == names[at])
        members = members[np.argsort(-weight[members], kind="stable")]
        side = int(sides[at])
        if left and left + side * 1.5 > across:
            left, top, tall = 0.0, top + tall + GAP, 0.0
        number = np.arange(len(members))
        points[members, 0] = left + (number % side) * 1.5
        points[members, 1] = top + (number // side) * 1.5
        left, tall = left + side * 1.5 + GAP, max(tall, side * 1.5)
    points -= (points.max(0) + points.min(0)) / 2
    return points
