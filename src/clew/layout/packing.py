"""Components beside each other: the largest first, columns of small ones beside large ones."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clew.layout.links import Rows

Points = NDArray[np.float64]
ASPECT = 1.7
"""Width over height of the whole, as screens are."""
FITS = 1 + 1e-9
"""What rounding takes from the room of a shelf."""


def pack_components(points: Points, part: Rows, gap: float) -> Points:
    """
    The same pictures of components, each moved to a place of its own.

    Args:
        points: Shape (count, 2); places within each component.
        part: Component of each, from 0 on.
        gap: Least distance between places of two components.
    """
    if not len(points):
        return points
    order = np.argsort(part, kind="stable")
    starts = np.flatnonzero(np.r_[True, np.diff(part[order]) > 0])
    low = np.minimum.reduceat(points[order], starts)
    size = np.maximum.reduceat(points[order], starts) - low + gap
    moved: Points = points - low[part] + shelves(size)[part]
    return moved


def shelves(size: Points) -> Points:
    """
    Corners of boxes in shelves, the highest first, so that none crosses another.

    Of a few widths the one is taken whose picture is shown largest.

    Where what follows has less than half the height of a shelf, the rest of that shelf gets
    shelves of its own.

    Args:
        size: Shape (count, 2); width and height of each.

    Source:
        First fit by decreasing height; Coffman, Garey, Johnson and Tarjan (1980).
    """
    wide, high = size.T
    order = np.lexsort((-wide, -high))
    square = float(np.sqrt((wide * high).sum() * ASPECT))
    found, least = np.zeros_like(size), np.inf
    for across in (square, 1.15 * square, 1.3 * square):
        corners = np.zeros_like(size)
        room = max(across, float(wide.max(initial=0)))
        corners[order], _ = _filled(wide[order], high[order], room, np.inf)
        right, bottom = (corners + size).max(axis=0, initial=0)
        if max(right / ASPECT, bottom) < least:
            found, least = corners, max(right / ASPECT, bottom)
    return found


def _filled(
    wide: NDArray[np.float64], high: NDArray[np.float64], across: float, tall: float
) -> tuple[Points, int]:
    """Corners of as many boxes as a region has room for, and how many those are."""
    corners = np.zeros((len(wide), 2))
    at, bottom = 0, 0.0
    while at < len(wide) and bottom + high[at] <= tall * FITS:
        shelf = float(high[at])
        ends = np.cumsum(wide[at : at + 1 + int(across / wide[at:].min())])
        alike = int(np.searchsorted(-high[at : at + len(ends)], -shelf / 2, side="left"))
        fits = min(alike, int(np.searchsorted(ends, across * FITS, side="right")))
        if not fits:
            break
        row = slice(at, at + fits)
        corners[row, 0] = ends[:fits] - wide[row]
        corners[row, 1] = bottom
        at += fits
        left = float(ends[fits - 1])
        if fits == alike and at < len(wide):
            inside, count = _filled(wide[at:], high[at:], across - left, shelf)
            corners[at : at + count] = inside[:count] + np.asarray((left, bottom))
            at += count
        bottom += shelf
    return corners, at


def turn_flat(points: Points, part: Rows) -> Points:
    """Each component turned so that it is wider than high."""
    count = np.bincount(part)
    middle = np.stack([np.bincount(part, axis) for axis in points.T], axis=1) / count[:, None]
    x, y = (points - middle[part]).T
    angle = 0.5 * np.arctan2(
        2 * np.bincount(part, x * y), np.bincount(part, x * x) - np.bincount(part, y * y)
    )
    cosine, sine = np.cos(angle)[part], np.sin(angle)[part]
    turned: Points = np.stack((x * cosine + y * sine, y * cosine - x * sine), axis=1)
    return turned
