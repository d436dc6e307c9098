"""The circular layout: a circle a component, in sectors by type; large ones have several rings."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import depth_first_order

from clew.layout.fans import ROOM
from clew.layout.links import Rows, component_of, degree_of, distinct_links
from clew.layout.packing import pack_components

Points = NDArray[np.float64]

RING_MAX = 60
"""Most entities on one circle; more get as many rings as keep the picture small."""
SECTOR_GAP = 2
"""Places that stay empty between two types."""
GAP = 3.0
"""Between components, in lengths of a link."""


def circular(
    count: int,
    sources: NDArray[np.integer],
    targets: NDArray[np.integer],
    groups: NDArray[np.integer],
) -> Points:
    """
    Coordinates on circles, shape (count, 2); neighbours on a circle are at least 1 apart.

    Entities of a type stand in one sector, linked ones near each other.
    """
    if not count:
        return np.empty((0, 2))
    low, high, _ = distinct_links(count, sources, targets)
    _, part = component_of(count, low, high)
    rings = np.ceil(np.sqrt(np.bincount(part) / RING_MAX)).astype(np.int64)
    order = np.lexsort((_walk(count, low, high, part), groups, part))
    sector = np.cumsum(_changes(part[order], groups[order])) - 1
    size = np.bincount(sector)
    owner = part[order][np.cumsum(size) - size]
    columns = -(-size // rings[owner])
    sectors = np.bincount(owner)
    gaps = np.where(sectors[owner] > 1, SECTOR_GAP, 0)
    all_columns = np.bincount(owner, columns + gaps)
    before = np.cumsum(columns + gaps) - (columns + gaps)
    before -= before[np.cumsum(sectors) - sectors][owner]
    number = np.arange(count) - (np.cumsum(size) - size)[sector]
    many = rings[owner][sector]
    angle = 2 * np.pi * (before[sector] + number // many) / all_columns[owner][sector]
    half_turn = np.pi / np.maximum(all_columns, 2)
    inner = np.where(all_columns > 1, ROOM / np.sin(half_turn), 0.0)
    away = inner[owner][sector] + 2 * ROOM * (number % many)
    points = np.empty((count, 2))
    points[order, 0] = away * np.cos(angle)
    points[order, 1] = away * np.sin(angle)
    points = pack_components(points, part, GAP)
    middle: Points = points - (points.max(0) + points.min(0)) / 2
    return middle


def _walk(count: int, low: Rows, high: Rows, part: Rows) -> Rows:
    """The rank of each entity in a walk along links, depth first from each one with the most."""
    order = np.lexsort((-degree_of(count, low, high), part))
    roots = order[_changes(part[order])]
    # One more entity that is linked with all roots makes one walk of all components.
    ends = np.concatenate((low, high, np.full(len(roots), count)))
    others = np.concatenate((high, low, roots))
    graph = csr_matrix((np.ones(len(ends), np.int8), (ends, others)), shape=(count + 1,) * 2)
    walk = depth_first_order(graph, count, return_predecessors=False)
    rank = np.empty(count + 1, np.int64)
    rank[walk] = np.arange(count + 1)
    return rank[:count]


def _changes(*columns: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Where a row of the columns is another than the one before."""
    changed = np.ones(len(columns[0]), bool)
    changed[1:] = np.any([column[1:] != column[:-1] for column in columns], axis=0)
    return changed
