"""Room for labels: few entities lie so that each has its glyph and its label for itself."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.spatial import cKDTree

Points = NDArray[np.float64]

SIGHT = (32.0, 20.0)
"""What 1440 x 900 pixels show at natural size, 44 pixels a length of a link, less a margin."""
BOX = (2.65, 0.85)
"""Width and height of a glyph with its label: 116 x 37 pixels."""
LABELS_MAX = 120
"""Most entities that get room for their labels; beyond that labels are drawn where they fit."""
STRETCH_MAX = (2.1, 1.5)
"""How much wider and higher a picture gets at most."""
ROUNDS = 400
SHARE = 0.45
"""Part of what two lack that each gives way in a round; half would make crowds swing."""


def room_for_labels(points: Points) -> Points:
    """
    Places in which the boxes about entities do not cross, all within SIGHT, the middle at 0.

    The picture is made wider, as labels are, and boxes that cross are pushed apart; where that
    does not end, each takes the nearest free place of a grid. Pictures of more than LABELS_MAX
    come back as they are.

    Source:
        Dwyer, Marriott and Stuckey (2006) for pushing along the axis of the least overlap.
    """
    count = len(points)
    if not 2 <= count <= LABELS_MAX:
        return points
    box, sight = np.asarray(BOX), np.asarray(SIGHT) - BOX
    points = points - (points.max(0) + points.min(0)) / 2
    extent = np.maximum(np.ptp(points, axis=0), 1e-9)
    points = points * np.minimum(STRETCH_MAX, sight / extent)
    for _ in range(ROUNDS):
        pairs = cKDTree(points / box).query_pairs(1 - 1e-6, p=np.inf, output_type="ndarray")
        if not len(pairs):
            return points
        one, other = pairs.T
        way = points[other] - points[one]
        lacks = box - np.abs(way)
        axis = np.argmin(lacks, axis=1)
        each = np.arange(len(pairs))
        # Those at the same place part by their number: the later one goes on.
        push = lacks[each, axis] * np.where(way[each, axis] < 0, -SHARE, SHARE)
        for number in (0, 1):
            mine = axis == number
            points[:, number] += np.bincount(other[mine], push[mine], count)
            points[:, number] -= np.bincount(one[mine], push[mine], count)
        points = np.clip(points, -sight / 2, sight / 2)
    return _on_grid(points, box, sight)


def _on_grid(points: Points, box: Points, sight: Points) -> Points:
    """Each at a place of a grid, so that all together move least."""
    across, down = (int(side / one) + 1 for side, one in zip(sight, box, strict=True))
    x, y = np.meshgrid(np.arange(across) - (across - 1) / 2, np.arange(down) - (down - 1) / 2)
    spots = np.stack((x.ravel(), y.ravel()), axis=1) * box
    cost = ((points[:, None] - spots[None]) ** 2).sum(axis=2)
    drawn: Points = spots[linear_sum_assignment(cost)[1]]
    return drawn
