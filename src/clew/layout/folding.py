"""Folding a graph: leaves into their hub, entities with the same neighbours into one disc."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clew.layout.fans import ROOM, fan
from clew.layout.links import Rows, degree_of

Points = NDArray[np.float64]
Reals = NDArray[np.float64]

ROUNDS = 3
"""Rounds of folding; each takes leaves, then entities with the same neighbours."""
WASTE_MAX = 4.6
"""Most area of a disc with its children, as a multiple of what they have by themselves."""


@dataclass(frozen=True, slots=True, eq=False)
class FoldStep:
    """Children that lie round their owners, and the links that were left beside them."""

    children: Rows
    owners: Rows
    offsets: Points
    """Of each child from its owner, where the owner looks to (1, 0)."""
    low: Rows
    high: Rows


@dataclass(frozen=True, slots=True, eq=False)
class FoldedGraph:
    """What is left of a graph after folding, and how the rest lies in it."""

    kept: Rows
    """Entities that are in no other's disc."""
    radius: Reals
    """Of each entity, also of the folded ones, the radius of its disc."""
    size: Rows
    """Of each entity, how many its disc holds, itself included."""
    low: Rows
    high: Rows
    weight: Rows
    """How many links join each pair of kept entities."""
    steps: tuple[FoldStep, ...]

    def unfold(self, points: Points) -> Points:
        """Places of all, from those of the kept ones; fans look away from other neighbours."""
        for step in reversed(self.steps):
            away = np.zeros_like(points)
            for one, other in ((step.low, step.high), (step.high, step.low)):
                way = points[one] - points[other]
                way /= np.maximum(np.hypot(way[:, 0], way[:, 1]), 1e-9)[:, None]
                for axis in (0, 1):
                    away[:, axis] += np.bincount(one, way[:, axis], len(points))
            way = away[step.owners]
            length = np.hypot(way[:, 0], way[:, 1])
            alone = length < 1e-6
            way[alone], length[alone] = (1.0, 0.0), 1.0
            way /= length[:, None]
            x, y = step.offsets.T
            points[step.children, 0] = points[step.owners, 0] + x * way[:, 0] - y * way[:, 1]
            points[step.children, 1] = points[step.owners, 1] + x * way[:, 1] + y * way[:, 0]
        return points


def fold(count: int, low: Rows, high: Rows, weight: Rows) -> FoldedGraph:
    """Fold a graph of distinct links (links.distinct_links)."""
    radius = np.full(count, ROOM)
    size = np.ones(count, np.int64)
    on_top = np.ones(count, bool)
    steps: list[FoldStep] = []
    chance = np.random.default_rng(1).integers(0, 1 << 62, count, dtype=np.uint64)
    for number in range(2 * ROUNDS):
        if number % 2:
            children, owners = _twins(count, low, high, radius, chance)
        else:
            children, owners = _leaves(count, low, high)
        if not len(children):
            if number % 2:
                break
            continue
        gone = np.zeros(count, bool)
        gone[children] = True
        stay = ~(gone[low] | gone[high])
        attached = degree_of(count, low[stay], high[stay]) > 0
        hubs, group = np.unique(owners, return_inverse=True)
        offsets, whole = fan(group, radius[hubs], radius[children], attached[hubs])
        area = radius[hubs] ** 2 + np.bincount(group, radius[children] ** 2)
        good = (whole**2 <= WASTE_MAX * area)[group]
        if not good.any():
            continue
        children, owners, offsets, group = children[good], owners[good], offsets[good], group[good]
        chosen = np.unique(group)
        radius[hubs[chosen]] = whole[chosen]
        size += np.bincount(owners, size[children], count).astype(np.int64)
        on_top[children] = False
        into = np.arange(count)
        into[children] = owners
        low, high, weight = _joined(count, into[low], into[high], weight)
        steps.append(FoldStep(children, owners, offsets, low, high))
    return FoldedGraph(np.flatnonzero(on_top), radius, size, low, high, weight, tuple(steps))


def _leaves(count: int, low: Rows, high: Rows) -> tuple[Rows, Rows]:
    """Entities with one neighbour that has more, and that neighbour."""
    degree = degree_of(count, low, high)
    one, other = degree[low] == 1, degree[high] == 1
    below, above = one & ~other, other & ~one
    return np.concatenate((low[below], high[above])), np.concatenate((high[below], low[above]))


def _twins(
    count: int, low: Rows, high: Rows, radius: Reals, chance: NDArray[np.uint64]
) -> tuple[Rows, Rows]:
    """Entities with the same neighbours, at least two, and the one of them that stands for all."""
    degree = degree_of(count, low, high)
    ends, others = np.concatenate((low, high)), np.concatenate((high, low))
    order = np.argsort(ends, kind="stable")
    starts = np.cumsum(degree) - degree
    live = np.flatnonzero(degree > 1)
    if not len(live):
        return live, live
    # Sums of random numbers name the set of neighbours: equal ones are equal, others differ.
    sums = np.add.reduceat(chance[others[order]], np.minimum(starts, len(order) - 1))
    by = np.lexsort((live, -radius[live], degree[live], sums[live]))
    rows = live[by]
    same = (sums[rows][1:] == sums[rows][:-1]) & (degree[rows][1:] == degree[rows][:-1])
    first = np.r_[True, ~same]
    lead = rows[first][np.cumsum(first) - 1]
    return rows[~first], lead[~first]


def _joined(count: int, one: Rows, other: Rows, weight: Rows) -> tuple[Rows, Rows, Rows]:
    """Links between new ends, each once, with the sum of the weights."""
    low, high = np.minimum(one, other), np.maximum(one, other)
    apart = low != high
    keys, place = np.unique((low * count + high)[apart], return_inverse=True)
    sums = np.bincount(place, weight[apart], len(keys)).astype(np.int64)
    return keys // max(count, 1), keys % max(count, 1), sums
