"""The layered layout: rows by distance from the roots, ordered so that few links cross."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from clew.layout.fans import ROOM
from clew.layout.links import Rows, component_of, degree_of, distinct_links, neighbour_matrix
from clew.layout.packing import pack_components

Points = NDArray[np.float64]
Reals = NDArray[np.float64]

ROW = 2.0
"""Between layers, in lengths of a link."""
NEXT_ROW = 2 * ROOM
"""Between the rows of one layer that is wrapped."""
GAP = 3.0
"""Between components, and between the columns of one that is higher than wide."""
WIDE_MIN = 10
"""Entities that stand in one row in any case: as many as a window shows with labels."""
WIDE = 1.6
"""Entities in a row at most, as a multiple of the root of those of the component, less four."""
HIGH_MIN, HIGH = 24.0, 2.4
"""The same of the height, in lengths of a link; what is higher goes on in a column beside."""
SWEEPS = 8
"""Rounds of ordering by the middle of the neighbours."""


def layer_layout(count: int, sources: NDArray[np.integer], targets: NDArray[np.integer]) -> Points:
    """
    Coordinates by layers, shape (count, 2); neighbours in a layer are at least 1 apart.

    Each component hangs from the entity with the most links. Layers that are too wide are
    wrapped, and components that are too high go on beside, so that the picture stays small.

    Source:
        Sugiyama, Tagawa, Toda (1981): layers, then order by barycentres.
    """
    if not count:
        return np.empty((0, 2))
    low, high, _ = distinct_links(count, sources, targets)
    parts, part = component_of(count, low, high)
    degree = degree_of(count, low, high)
    order = np.lexsort((-degree, part))
    roots = order[np.searchsorted(part[order], np.arange(parts))]
    graph = neighbour_matrix(count, low, high)
    depth = dijkstra(graph, directed=False, indices=roots, unweighted=True, min_only=True)
    depth = depth.astype(np.int64)
    layers, layer = np.unique(part * (depth.max() + 1) + depth, return_inverse=True)
    size = np.bincount(layer)
    x = _spread(layer, size, np.arange(count, dtype=np.float64))
    for _ in range(SWEEPS):
        middle = graph @ x / np.maximum(degree, 1)
        x = _spread(layer, size, np.where(degree > 0, middle, x))
    number = np.round(x + (size[layer] - 1) / 2).astype(np.int64)
    points = _wrapped(part, layer, number, layers // (depth.max() + 1))
    points = pack_components(points, part, GAP)
    centred: Points = points - (points.max(0) + points.min(0)) / 2
    return centred


def _spread(layer: Rows, size: Rows, wish: Reals) -> Reals:
    """Places 1 apart in each layer in the order of a wish, about 0."""
    order = np.lexsort((wish, layer))
    x = np.empty(len(order))
    x[order] = np.arange(len(order)) - (np.cumsum(size) - size)[layer[order]]
    centred: Reals = x - (size[layer] - 1) / 2
    return centred


def _wrapped(part: Rows, layer: Rows, number: Rows, owner: Rows) -> Points:
    """
    Places of entities that are *number* in their layer; layers of each component in its columns.

    Args:
        part: Component of each entity.
        layer: Layer of each entity.
        number: Its place in the layer, from 0 on.
        owner: Component of each layer.
    """
    size, root = np.bincount(layer), np.sqrt(np.bincount(part))
    layers = np.bincount(owner)
    # A row is no wider than twice what layers have on average: so little of a column is empty.
    most = np.maximum(WIDE_MIN, np.minimum(WIDE * (root - 4), 2 * root * root / layers))[owner]
    rows = np.ceil(size / most).astype(np.int64)
    per = -(-size // rows)
    high = ROW + (rows - 1) * NEXT_ROW
    top = np.cumsum(high) - high
    top -= top[np.cumsum(layers) - layers][owner]
    column = (top / np.maximum(HIGH_MIN, HIGH * root)[owner]).astype(np.int64)
    columns, column = np.unique(owner * (column.max() + 1) + column, return_inverse=True)
    first = np.full(len(columns), np.inf)
    np.minimum.at(first, column, top)
    wide = np.zeros(len(columns))
    np.maximum.at(wide, column, per * 2 * ROOM + GAP)
    left = np.cumsum(wide) - wide / 2
    row = number // per[layer]
    here = np.minimum(per[layer], size[layer] - row * per[layer])
    x = (number % per[layer] - (here - 1) / 2) * 2 * ROOM + left[column][layer]
    y = (top - first[column])[layer] + row * NEXT_ROW
    return np.stack((x, y), axis=1)
