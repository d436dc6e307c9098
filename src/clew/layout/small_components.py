"""Small components, all of one size at once: every shape once, by least stress."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clew.layout.fans import LINK_ROOM
from clew.layout.links import Rows, degree_of

Points = NDArray[np.float64]
Reals = NDArray[np.float64]

SMALL_MAX = 128
"""Most discs of a component that is laid out here."""
ROUNDS = 60
GAIN_MIN = 1e-3
"""Least part of the stress that a round must take away for another to follow."""
BATCH_NUMBERS_MAX = 4_000_000
"""Most distances that are worked on at once."""


def small_layouts(part: Rows, radius: Reals, low: Rows, high: Rows) -> Points:
    """
    Places of the discs of small components, each about its own middle.

    Args:
        part: Component of each disc; all of at most SMALL_MAX discs.
        radius: Of each disc.
        low: Lower end of each pair that is linked.
        high: Higher end.
    """
    points = np.zeros((len(part), 2))
    sizes = np.bincount(part)
    degree = degree_of(len(part), low, high)
    # Discs in an order that is the same for the same shape, as far as degrees and radii tell.
    near = np.zeros(len(part))
    for one, other in ((low, high), (high, low)):
        near += np.bincount(one, degree[other] * 1.0 + radius[other] * 1e-3, len(part))
    order = np.lexsort((near.round(6), degree, radius.round(6), part))
    place = np.empty(len(part), np.int64)
    place[order] = np.arange(len(part)) - (np.cumsum(sizes) - sizes)[part[order]]
    room = 2
    while room // 2 < sizes.max(initial=0):
        these = (sizes > room // 2) & (sizes <= room) & (sizes > 1)
        step = max(1, BATCH_NUMBERS_MAX // (room * room))
        numbers = np.flatnonzero(these)
        for begin in range(0, len(numbers), step):
            chosen = numbers[begin : begin + step]
            row = np.full(len(sizes), -1)
            row[chosen] = np.arange(len(chosen))
            rows, links = np.flatnonzero(row[part] >= 0), row[part[low]] >= 0
            batch = np.full((len(chosen), room, room), np.inf)
            length = radius[low] + radius[high] + LINK_ROOM
            at = (row[part[low[links]]], place[low[links]], place[high[links]])
            batch[at] = length[links]
            batch[at[0], at[2], at[1]] = length[links]
            shapes, which = np.unique(batch.reshape(len(chosen), -1), axis=0, return_inverse=True)
            found = _least_stress(shapes.reshape(-1, room, room))
            points[rows] = found[which.ravel()[row[part[rows]]], place[rows]]
        room *= 2
    return points


def _least_stress(lengths: Reals) -> Points:
    """
    Places of discs with those lengths of links (infinite where there is none), a batch at once.

    Source:
        Gansner, Koren and North (2005), Graph drawing by stress majorization; begun from
        classical scaling.
    """
    batch, room, _ = lengths.shape
    far = lengths.copy()
    every = np.arange(room)
    far[:, every, every] = 0
    for via in range(room):
        np.minimum(far, far[:, :, via, None] + far[:, None, via, :], out=far)
    known = np.isfinite(far) & (far > 0)
    far = np.where(known, far, 0.0)
    there: NDArray[np.bool_] = np.asarray(known.any(axis=2))
    count = there.sum(axis=1)
    if room == 2:
        return np.stack((far[:, 0, 1][:, None] * np.array([-0.5, 0.5]), np.zeros((batch, 2))), -1)
    points = _scaled(far, there, count)
    weight = np.where(known, 1.0 / np.maximum(far, 1e-9) ** 2, 0.0)
    laplacian = -weight + there[:, :, None] * there[:, None, :] / count[:, None, None]
    laplacian[:, every, every] += weight.sum(2) + ~there
    inverse = np.linalg.inv(laplacian)
    before = np.inf
    for _ in range(ROUNDS):
        apart = points[:, :, None] - points[:, None]
        near = np.sqrt(np.einsum("bijk,bijk->bij", apart, apart)) + 1e-9
        stress = float((weight * (near - far) ** 2).sum())
        if stress > before * (1 - GAIN_MIN):
            break
        before = stress
        pull = weight * far / near
        moved = pull.sum(2)[:, :, None] * points - pull @ points
        points = inverse @ moved
    return points


def _scaled(far: Reals, there: NDArray[np.bool_], count: Rows) -> Points:
    """Classical scaling, with a little of chance where two would coincide."""
    square = far * far
    mean = square.sum(2) / count[:, None]
    inner = -0.5 * (
        square - mean[:, :, None] - mean[:, None] + (mean.sum(1) / count)[:, None, None]
    )
    inner *= there[:, :, None] & there[:, None, :]
    values, vectors = np.linalg.eigh(inner)
    points: Points = vectors[:, :, :-3:-1] * np.sqrt(np.maximum(values[:, None, :-3:-1], 1e-6))
    spot = np.random.default_rng(1).normal(0, 0.05, points.shape)
    return np.where(there[:, :, None], points + spot * far.max(axis=(1, 2))[:, None, None], 0.0)
