"""A large component of discs: a start by pivots, then springs against repulsion."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from clew.layout.forces import repulsion
from clew.layout.links import Rows, neighbour_matrix

Points = NDArray[np.float64]
Reals = NDArray[np.float64]

PIVOTS = 40
"""Discs from which distances to all are known at the start."""
GRAVITY = 0.02
FAR_PULL = 1.0
"""How much stronger links as long as the picture pull, beside short ones."""
MOVE_MIN = 2e-3
"""Mean move of a round, as a part of the picture, below which it no longer improves."""


def large_layout(
    low: Rows, high: Rows, weight: Rows, count: int, *, rounds: int, seed: int
) -> Points:
    """
    Places of the discs of one component, about its middle, in no unit.

    Args:
        low: Lower end of each pair that is linked.
        high: Higher end.
        weight: How many links join it.
        count: Number of discs.
        rounds: At most so many rounds of moving.
        seed: Same seed, same picture.

    Source:
        Brandes and Pich (2007), pivot scaling, for the start. Forces of ForceAtlas2 (Jacomy et
        al., 2014): a link pulls by its length, all repel by the product of their links + 1 over
        the distance; on a grid (layout/forces.py).
    """
    pull = weight.astype(np.float64)
    mass = np.ones(count)
    for end in (low, high):
        mass += np.bincount(end, pull, count)
    points = _by_pivots(low, high, count, seed)
    points = _balanced(points, low, high, pull, mass)
    whole = float(mass.sum())
    before = np.zeros_like(points)
    for number in range(rounds):
        reach = max(float(np.quantile(np.hypot(points[:, 0], points[:, 1]), 0.9)), 1e-9)
        force = repulsion(points, mass)
        way = points[high] - points[low]
        length = np.hypot(way[:, 0], way[:, 1])
        spring = pull * (1 + FAR_PULL * length / reach)
        stiff = pull * (1 + 2 * FAR_PULL * length / reach)
        centre = GRAVITY * mass * whole / reach**2
        for axis in (0, 1):
            force[:, axis] += np.bincount(low, way[:, axis] * spring, count)
            force[:, axis] -= np.bincount(high, way[:, axis] * spring, count)
        force -= centre[:, None] * points
        hard = np.bincount(low, stiff, count) + np.bincount(high, stiff, count) + centre
        move = 0.5 * force / hard[:, None] + 0.3 * before
        size = np.maximum(np.hypot(move[:, 0], move[:, 1]), 1e-12)
        limit = reach * (0.1 * (1 - number / rounds) + 1e-3)
        shorter = np.minimum(1.0, limit / size)
        before = move * shorter[:, None]
        points = points + before
        if float((size * shorter).mean()) < MOVE_MIN * reach:
            break
    return points - np.average(points, axis=0, weights=mass)


def _by_pivots(low: Rows, high: Rows, count: int, seed: int) -> Points:
    """Two coordinates from the distances to a few discs that are far from each other."""
    graph = neighbour_matrix(count, low, high)
    degree = np.diff(graph.indptr)
    far = np.zeros((count, min(PIVOTS, count)))
    nearest = np.full(count, np.inf)
    pivot = int(np.argmax(degree))
    for number in range(far.shape[1]):
        far[:, number] = dijkstra(graph, directed=False, indices=pivot, unweighted=True)
        nearest = np.minimum(nearest, far[:, number])
        pivot = int(np.argmax(nearest + 0.5 * degree / degree.max()))
    square = far * far
    square -= square.mean(axis=0) + square.mean(axis=1)[:, None] - square.mean()
    axes = np.linalg.eigh(square.T @ square)[1][:, :-3:-1]
    points = square @ axes
    spread = points.std(axis=0) + 1e-9
    # Discs with the same distances would stay upon each other.
    chance = np.random.default_rng(seed)
    started: Points = points / spread.max() + chance.normal(0, 0.03, points.shape)
    return started


def _balanced(points: Points, low: Rows, high: Rows, pull: Reals, mass: Reals) -> Points:
    """At the scale where springs and repulsion, which has the virial of all pairs, hold even."""
    way = points[high] - points[low]
    inward = float((pull * (way * way).sum(axis=1)).sum())
    outward = (float(mass.sum()) ** 2 - float((mass * mass).sum())) / 2
    balanced: Points = points * np.sqrt(outward / max(inward, 1e-12))
    return balanced
