"""The circular layout: one circle a component, linked entities near each other on it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components, depth_first_order

Points = NDArray[np.float64]
Rows = NDArray[np.int32]


def circular(count: int, sources: Rows, targets: Rows) -> Points:
    """Coordinates on circles, shape (count, 2); neighbours on a circle are at least 1 apart."""
    points = np.zeros((count, 2))
    if not count:
        return points
    ends = (np.concatenate((sources, targets)), np.concatenate((targets, sources)))
    graph = csr_matrix((np.ones(len(ends[0]), np.int8), ends), shape=(count, count))
    parts, part = connected_components(graph, directed=False)
    sizes = np.bincount(part, minlength=parts)
    radii = np.where(sizes > 1, 0.5 / np.sin(np.pi / np.maximum(sizes, 2)), 0.0)
    width = 2 * radii + 2
    across = max(float(width.max()), float(np.sqrt((width * width).sum()) * 1.2))
    left = top = tall = 0.0
    degree = np.diff(graph.indptr)
    order = np.lexsort((-degree, part))
    first = order[np.searchsorted(part[order], np.arange(parts))]
    for at in np.argsort(-sizes, kind="stable").tolist():
        if left + width[at] > across:
            left, top, tall = 0.0, top + tall, 0.0
        members = (
            depth_first_order(graph, int(first[at]), directed=False, return_predecessors=False)
            if sizes[at] > 1
            else first[at : at + 1]
        )
        angle = 2 * np.pi * np.arange(len(members)) / len(members)
        middle = (left + width[at] / 2, top + width[at] / 2)
        points[members, 0] = middle[0] + radii[at] * np.cos(angle)
        points[members, 1] = middle[1] + radii[at] * np.sin(angle)
        left, tall = left + width[at], max(tall, width[at])
    points -= (points.max(0) + points.min(0)) / 2
    return points
