"""Pushing discs apart, so that glyphs don't cover each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from clew.layout.fans import ROOM

Points = NDArray[np.float64]
Reals = NDArray[np.float64]
DISTANCE_MIN = 2 * ROOM
"""Least distance between any two where there is room for all, in lengths of a link."""
ROUNDS = 100
"""Most rounds of pushing; it ends when nothing crosses."""
DISC_ROUNDS_MAX = 300_000
"""Most discs times rounds; larger pictures are dots, and may cross."""
ROUNDS_MIN = 12
TURN = 1.5
"""How far the push of two that lie in each other is turned from the line between them."""
NEAR = 0.999
"""Part of the wanted distance from where on two are apart."""


def declutter(
    points: Points,
    radius: Reals | None = None,
    *,
    still: NDArray[np.bool_] | None = None,
    rounds: int | None = None,
) -> Points:
    """
    Discs that cross are pushed apart, a little a round; the smaller gives way more.

    Args:
        points: Shape (count, 2).
        radius: Of each disc; half of DISTANCE_MIN where it is not given.
        still: Which of them don't move; the others go all the way.
        rounds: At most so many; by default as many as the number of discs allows.
    """
    count = len(points)
    if count < 2:
        return points
    radius = np.full(count, ROOM) if radius is None else radius
    free = np.ones(count) if still is None else (~still).astype(np.float64)
    if rounds is None:
        rounds = min(ROUNDS, max(ROUNDS_MIN, DISC_ROUNDS_MAX // count))
    light = free / (radius * radius)
    for _ in range(rounds):
        one, other = crossing_discs(points, radius)
        useful = free[one] + free[other] > 0
        one, other = one[useful], other[useful]
        if not len(one):
            break
        way = points[other] - points[one]
        length = np.hypot(way[:, 0], way[:, 1])
        # Those at the same place part in a direction of their own.
        same = length < 1e-6
        angle = (one + 1.0) * 2.4
        way[same] = np.stack((np.cos(angle), np.sin(angle)), axis=1)[same]
        wanted = radius[one] + radius[other]
        lacks = np.where(same, wanted, wanted - length)
        length[same] = 1.0
        # What lies in a line would only get longer: deep in each other they part aside, too.
        turn = TURN * np.maximum(lacks / wanted - 0.3, 0) * np.sin((one + 1.0) * (other + 1.0))
        cosine, sine = np.cos(turn), np.sin(turn)
        way = np.stack(
            (way[:, 0] * cosine - way[:, 1] * sine, way[:, 0] * sine + way[:, 1] * cosine), axis=1
        )
        share = light[[one, other]] / (light[one] + light[other])
        move = np.zeros_like(points)
        for axis in (0, 1):
            push = way[:, axis] / length * lacks
            move[:, axis] += np.bincount(other, push * share[1], count)
            move[:, axis] -= np.bincount(one, push * share[0], count)
        points = points + move
    return points


def crossing_discs(points: Points, radius: Reals) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """
    Pairs of discs that cross.

    Discs are taken in classes of about the same size, so that one large disc among many small
    ones does not make each ask about all.
    """
    level = np.floor(np.log2(radius / radius.min()) + 1e-9).astype(np.int64)
    ones, others = [], []
    for each in np.unique(level):
        mine, smaller = np.flatnonzero(level == each), np.flatnonzero(level < each)
        largest = float(radius[mine].max())
        tree = cKDTree(points[mine])
        pairs = tree.query_pairs(2 * largest, output_type="ndarray")
        ones.append(mine[pairs[:, 0]])
        others.append(mine[pairs[:, 1]])
        if len(smaller):
            reach = largest + float(radius[smaller].max())
            found = tree.sparse_distance_matrix(
                cKDTree(points[smaller]), reach, output_type="ndarray"
            )
            ones.append(mine[found["i"]])
            others.append(smaller[found["j"]])
    one, other = np.concatenate(ones), np.concatenate(others)
    way = points[one] - points[other]
    wanted = (radius[one] + radius[other]) * NEAR
    crossing = (way * way).sum(axis=1) < wanted * wanted
    return one[crossing], other[crossing]
