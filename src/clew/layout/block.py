"""The block layout: a grid for each group, the groups in shelves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clew.layout.label_room import BOX, LABELS_MAX
from clew.layout.packing import shelves

Points = NDArray[np.float64]

STEP = 1.5
"""Between entities of a grid, in lengths of a link."""
GAP = 1.5
"""Between groups, beside that."""


def block(count: int, groups: NDArray[np.integer], weight: NDArray[np.integer]) -> Points:
    """
    Coordinates on grids, shape (count, 2); 1.5 apart, or as far as few have room for labels.

    Args:
        count: Number of entities.
        groups: What each belongs to; those of a group stand together.
        weight: What orders a grid, largest first, such as the number of links.
    """
    if not count:
        return np.empty((0, 2))
    group = np.unique(groups, return_inverse=True)[1]
    size = np.bincount(group)
    step = np.asarray(BOX if count <= LABELS_MAX else (STEP, STEP)) + 1e-3
    across = np.ceil(np.sqrt(size * step[1] / step[0])).astype(np.int64)
    order = np.lexsort((-weight, group))
    number = np.empty(count, np.int64)
    number[order] = np.arange(count) - (np.cumsum(size) - size)[group[order]]
    grid = np.stack((number % across[group], number // across[group]), axis=1) * step
    boxes = np.stack((across, -(-size // across)), axis=1) * step + GAP
    points = grid + shelves(boxes)[group]
    middle: Points = points - (points.max(0) + points.min(0)) / 2
    return middle
