"""Links as plain pairs of places: each once, no loops."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from scipy.sparse.csgraph import connected_components

Rows = NDArray[np.int64]


def distinct_links(
    count: int, sources: NDArray[np.integer], targets: NDArray[np.integer]
) -> tuple[Rows, Rows, Rows]:
    """
    Lower and higher end of each pair that is linked, and how many links join it.

    Args:
        count: Number of entities.
        sources: Index of each link's start.
        targets: Index of each link's end.
    """
    low = np.minimum(sources, targets).astype(np.int64)
    high = np.maximum(sources, targets).astype(np.int64)
    keys = (low * count + high)[low != high]
    keys, number = np.unique(keys, return_counts=True)
    return keys // max(count, 1), keys % max(count, 1), number


def neighbour_matrix(count: int, low: Rows, high: Rows, weight: Rows | None = None) -> csr_matrix:
    """The links both ways as a sparse matrix, of ones or of the weights."""
    values = np.ones(len(low)) if weight is None else weight.astype(np.float64)
    ends = (np.concatenate((low, high)), np.concatenate((high, low)))
    return csr_matrix((np.concatenate((values, values)), ends), shape=(count, count))


def component_of(count: int, low: Rows, high: Rows) -> tuple[int, Rows]:
    """Number of connected parts, and which each entity is of."""
    parts, part = connected_components(neighbour_matrix(count, low, high), directed=False)
    return int(parts), part.astype(np.int64)


def degree_of(count: int, low: Rows, high: Rows) -> Rows:
    """Number of neighbours of each entity."""
    return np.bincount(low, minlength=count) + np.bincount(high, minlength=count)
