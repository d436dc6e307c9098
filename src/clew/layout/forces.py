"""Repulsion of all from all: exact for few, on a grid by fast convolution for many."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.fft import irfft2, next_fast_len, rfft2

Points = NDArray[np.float64]
EXACT_MAX = 400
"""Most points whose repulsion is computed pair by pair."""
CELLS_MAX = 512
"""Most cells along one side of the grid."""


def repulsion(points: Points, mass: NDArray[np.float64], strength: float = 1.0) -> Points:
    """
    Force on each point: *strength* times both masses over the distance, away from each other.

    Above EXACT_MAX points masses are spread on a grid by bilinear weights, convolved with the
    kernel, and the field is gathered back (particle mesh; Hockney and Eastwood, 1988, chapter 5).
    """
    if len(points) <= EXACT_MAX:
        apart = points[:, None, :] - points[None, :, :]
        square = np.einsum("ijk,ijk->ij", apart, apart) + 1e-3
        force: Points = (
            strength * mass[:, None] * np.einsum("ij,ijk->ik", mass[None, :] / square, apart)
        )
        return force
    return strength * mass[:, None] * _field(points, mass)


def _field(points: Points, mass: NDArray[np.float64]) -> Points:
    low, high = points.min(0), points.max(0)
    cells = int(min(CELLS_MAX, max(96, 2 * np.sqrt(len(points)))))
    cell = float(max(high - low)) / (cells - 2) + 1e-9
    scaled = (points - low) / cell
    base = np.clip(scaled.astype(np.int64), 0, cells - 2)
    part = scaled - base
    grid = np.zeros(cells * cells)
    corners = []
    for dx in (0, 1):
        for dy in (0, 1):
            weight = np.abs(1 - dx - part[:, 0]) * np.abs(1 - dy - part[:, 1])
            at = (base[:, 0] + dx) * cells + base[:, 1] + dy
            grid += np.bincount(at, weight * mass, cells * cells)
            corners.append((at, weight))
    size = next_fast_len(2 * cells, real=True)
    spread = rfft2(grid.reshape(cells, cells), (size, size))
    field = np.empty_like(points)
    for axis, kernel in enumerate(_kernels(cells, size)):
        force = irfft2(spread * kernel, (size, size))[:cells, :cells].ravel() / cell
        field[:, axis] = sum(force[at] * weight for at, weight in corners)
    return field


@lru_cache(maxsize=4)
def _kernels(cells: int, size: int) -> tuple[NDArray[np.complex128], ...]:
    """The forces of a mass in the corner along both axes, transformed, for cells of length 1."""
    offsets = np.arange(size)
    offsets = np.where(offsets < cells, offsets, offsets - size).astype(np.float64)
    square = offsets[:, None] ** 2 + offsets[None, :] ** 2 + 0.25
    return tuple(
        rfft2(offset / square, (size, size)) for offset in (offsets[:, None], offsets[None, :])
    )
