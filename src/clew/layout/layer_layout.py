"""The layered layout: rows by distance from the roots, ordered so that few links cross."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import breadth_first_order, connected_components

Points = NDArray[np.float64]
Rows = NDArray[np.int32]

ROW = 2.0
"""Between layers, in lengths of a link."""
SWEEPS = 8
"""Rounds of ordering by the middle of the neighbours."""


def layer_layout(count: int, sources: Rows, targets: Rows) -> Points:
    """
    Coordinates by layers, shape (count, 2); neighbours in a layer are at least 1 apart.

    Each component hangs from the entity with the most links; components stand side by side.

    Source:
        Sugiyama, Tagawa, Toda (1981): layers, then order by barycentres.
    """
    points = np.zeros((count, 2))
    if not count:
        return points
    ends = (np.concatenate((sources, targets)), np.concatenate((targets, sources)))
    graph = csr_matrix((np.ones(len(ends[0]), np.int8), ends), shape=(count, count))
    parts, part = connected_components(graph, directed=False)
    degree = np.diff(graph.indptr)
    depth = np.zeros(count, np.int64)
    order = np.lexsort((-degree, part))
    first = order[np.searchsorted(part[order], np.arange(parts))]
    for root in first[degree[first] > 0].tolist():
        found, before = breadth_first_order(graph, root, directed=False)
        for at in found[1:].tolist():
            depth[at] = depth[before[at]] + 1
    x = _columns(part, depth, np.arange(count, dtype=np.float64))
    for _ in range(SWEEPS):
        middle = graph.astype(np.float64) @ x / np.maximum(degree, 1)
        x = _columns(part, depth, np.where(degree > 0, middle, x))
    points[:, 0], points[:, 1] = x + _beside(part, x, parts), depth * ROW
    points -= (points.max(0) + points.min(0)) / 2
    return points


def _columns(part: Rows, depth: NDArray[np.int64], wish: NDArray[np.float64]) -> Points:
    """Whole places 1 apart in each layer of each component, in the order of a wish, centred."""
    order = np.lexsort((wish, depth, part))
    keys = part[order].astype(np.int64) * (int(depth.max()) + 1) + depth[order]
    _, starts, sizes = np.unique(keys, return_index=True, return_counts=True)
    places = np.arange(len(order)) - np.repeat(starts, sizes)
    x = np.empty(len(order))
    x[order] = places - (np.repeat(sizes, sizes) - 1) / 2
    return x


def _beside(part: Rows, x: NDArray[np.float64], parts: int) -> Points:
    """How far each entity's component is moved to the right."""
    wide = np.zeros(parts)
    np.maximum.at(wide, part, np.abs(x))
    room = 2 * wide + 2
    left: Points = (np.cumsum(room) - room + wide)[part]
    return left
