"""Bundles: many entities of one kind with the same neighbours, which are drawn as one thing."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clew.layout.links import Rows, degree_of, distinct_links

FAN_MAX = 25
"""Most leaves of one kind that are drawn as a fan; more are one bundle until it is opened."""


def bundles(
    count: int,
    sources: NDArray[np.integer],
    targets: NDArray[np.integer],
    kinds: NDArray[np.integer],
    *,
    fan_max: int = FAN_MAX,
) -> Rows:
    """
    The number of the bundle that each entity is in, 0 for the largest; -1 where it is in none.

    Leaves of one hub and one kind are a bundle where they are more than *fan_max*; so are
    entities of one kind that have the same several neighbours.

    Args:
        count: Number of entities.
        sources: Index of each link's start.
        targets: Index of each link's end.
        kinds: What an entity is, such as the number of its type.
        fan_max: Most that stay single.
    """
    number = np.full(count, -1)
    low, high, _ = distinct_links(count, sources, targets)
    degree = degree_of(count, low, high)
    linked = np.flatnonzero(degree)
    if not len(linked):
        return number
    # Sums of random numbers name the set of neighbours: equal ones are equal, others differ.
    chance = np.random.default_rng(1).integers(0, 1 << 62, count, dtype=np.uint64)
    ends, others = np.concatenate((low, high)), np.concatenate((high, low))
    order = np.argsort(ends, kind="stable")
    sums = np.add.reduceat(chance[others[order]], (np.cumsum(degree) - degree)[linked])
    keys = np.stack((sums, degree[linked].astype(np.uint64), kinds[linked].astype(np.uint64)))
    _, bag, size = np.unique(keys, axis=1, return_inverse=True, return_counts=True)
    first = np.full(len(size), count)
    np.minimum.at(first, bag, linked)
    rank = np.full(len(size), -1)
    large = np.flatnonzero(size > fan_max)
    rank[large[np.lexsort((first[large], -size[large]))]] = np.arange(len(large))
    number[linked] = rank[bag]
    return number
