"""Chains in closed form: short ones straight, long ones coiled, so that they stay in sight."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import dijkstra

from clew.layout.fans import LINK_ROOM
from clew.layout.links import Rows, degree_of, neighbour_matrix

Points = NDArray[np.float64]
Reals = NDArray[np.float64]

STRAIGHT_MAX = 12
"""Most discs of a chain that is straight."""
COIL_MAX = 8.0
"""Most area of a coil, as a multiple of the squares about its discs; else one is too large."""


def are_long_chains(part: Rows, radius: Reals, low: Rows, high: Rows) -> NDArray[np.bool_]:
    """Of each component, whether its discs hang in one row that is better coiled."""
    sizes = np.bincount(part)
    links = np.bincount(part[low], minlength=len(sizes))
    most = np.zeros(len(sizes), np.int64)
    np.maximum.at(most, part, degree_of(len(part), low, high))
    length, room = np.bincount(part, 2 * radius), np.bincount(part, 4 * radius * radius)
    area = length * _widest(part, radius)
    row = (most <= 2) & (links == sizes - 1) & (sizes > STRAIGHT_MAX)
    chains: NDArray[np.bool_] = row & (area <= COIL_MAX * room)
    return chains


def coils(part: Rows, radius: Reals, low: Rows, high: Rows) -> Points:
    """
    Places of the discs of chains along spirals, each about its own middle.

    Args:
        part: Component of each disc; all are chains of at least two.
        radius: Of each disc.
        low: Lower end of each pair that is linked.
        high: Higher end.
    """
    ends = np.flatnonzero(degree_of(len(part), low, high) == 1)
    first = ends[np.unique(part[ends], return_index=True)[1]]
    graph = neighbour_matrix(len(part), low, high)
    rank = dijkstra(graph, directed=False, indices=first, unweighted=True, min_only=True)
    order = np.lexsort((rank, part))
    sizes = np.bincount(part)
    starts = np.cumsum(sizes) - sizes
    step = 2 * radius[order] + LINK_ROOM
    along = np.cumsum(step) - step / 2
    along -= np.repeat(along[starts], sizes)
    pitch = np.repeat(_widest(part, radius), sizes)
    # The first turn is left out: there a spiral is too narrow.
    turn = np.sqrt((2 * np.pi) ** 2 + 4 * np.pi * along / pitch)
    away = pitch * turn / (2 * np.pi)
    points = np.empty((len(part), 2))
    points[order, 0] = away * np.cos(turn)
    points[order, 1] = away * np.sin(turn)
    return points


def _widest(part: Rows, radius: Reals) -> Reals:
    """Room of the largest disc of each component."""
    wide = np.zeros(int(part.max(initial=-1)) + 1)
    np.maximum.at(wide, part, 2 * radius + LINK_ROOM)
    return wide
