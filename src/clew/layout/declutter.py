"""Pushing entities apart, so that glyphs don't cover each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

Points = NDArray[np.float64]
DISTANCE_MIN = 1.3
"""Least distance between any two where there is room for all, in lengths of a link."""
ROUNDS = 60
ENTITIES_MAX = 5_000
"""Most entities that are pushed apart; larger pictures are dots."""


def declutter(points: Points, *, still: NDArray[np.bool_] | None = None) -> Points:
    """
    Those nearer than APART are pushed apart, a little a round.

    Args:
        points: Shape (count, 2).
        still: Which of them don't move; the others go all the way.
    """
    if not 2 <= len(points) <= ENTITIES_MAX:
        return points
    free = np.ones(len(points)) if still is None else (~still).astype(np.float64)
    for _ in range(ROUNDS):
        pairs = cKDTree(points).query_pairs(DISTANCE_MIN * 0.999, output_type="ndarray")
        pairs = pairs[free[pairs].any(axis=1)]
        if not len(pairs):
            break
        one, other = pairs[:, 0], pairs[:, 1]
        way = points[other] - points[one]
        length = np.hypot(way[:, 0], way[:, 1])
        # Those at the same place part in a direction of their own.
        same = length < 1e-6
        angle = (one + 1.0) * 2.4
        way[same] = np.stack((np.cos(angle), np.sin(angle)), axis=1)[same]
        length[same] = 1.0
        lacks = np.where(same, DISTANCE_MIN, DISTANCE_MIN - length)
        share = free[[one, other]] / free[[one, other]].sum(axis=0)
        move = np.zeros_like(points)
        for axis in (0, 1):
            push = way[:, axis] / length * lacks
            move[:, axis] += np.bincount(other, push * share[1], len(points))
            move[:, axis] -= np.bincount(one, push * share[0], len(points))
        points = points + move
    return points
