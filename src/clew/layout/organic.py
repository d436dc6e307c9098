"""The organic layout: linked entities near each other, components beside each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clew.layout.chains import are_long_chains, coils
from clew.layout.declutter import crossing_discs, declutter
from clew.layout.fans import ROOM
from clew.layout.folding import fold
from clew.layout.large_component import large_layout
from clew.layout.links import Rows, component_of, distinct_links
from clew.layout.packing import pack_components, turn_flat
from clew.layout.small_components import SMALL_MAX, small_layouts

Points = NDArray[np.float64]
Reals = NDArray[np.float64]

ROUNDS = 30
"""Rounds of moving that the largest component has at most."""
ROUNDS_SMALL = 300
"""The same of a component of a few hundred discs."""
GAP = 3.0
"""Least distance between entities of two components, in lengths of a link."""
AREA = 2.5
"""Area of a large component, as a multiple of the squares about its discs."""
DISCS_APART_MAX = 5_000
"""Most discs that are given more room until none crosses; larger pictures are dots."""
WIDER, WIDENED_MAX = 1.25, 6
TOUCH = 0.85
"""Part of a disc that no other may cross."""
LONG = 3.0
"""Longest side of a small component, as a multiple of the side of a square of that area."""


def organic(
    count: int, sources: NDArray[np.integer], targets: NDArray[np.integer], *, seed: int = 0
) -> Points:
    """
    Coordinates in which neighbours are at least about 1 apart.

    Leaves lie in rings round their hub and entities with the same neighbours in one disc
    (layout/folding.py); what is left is laid out by least stress where a component is small, by
    forces where it is large; then discs that cross are pushed apart, and components are packed.
    The extent of n entities is at most a constant times the square root of n.

    Args:
        count: Number of entities.
        sources: Index of each link's start.
        targets: Index of each link's end.
        seed: Same seed, same picture.

    Returns:
        Shape (count, 2), finite, the middle at 0.
    """
    if not count:
        return np.empty((0, 2))
    points, part = component_places(count, sources, targets, seed=seed)
    points = pack_components(turn_flat(points, part), part, GAP)
    middle: Points = points - (points.min(0) + points.max(0)) / 2
    return middle


def component_places(
    count: int, sources: NDArray[np.integer], targets: NDArray[np.integer], *, seed: int = 0
) -> tuple[Points, Rows]:
    """Places of entities about the middle of their component, and which component that is."""
    low, high, weight = distinct_links(count, sources, targets)
    parts, part = component_of(count, low, high)
    folded = fold(count, low, high, weight)
    # Small components with circles are drawn whole: their leaves find the free sides.
    discs = np.bincount(part[folded.kept], minlength=parts)
    whole = ((np.bincount(part, minlength=parts) <= SMALL_MAX) & (discs > 2))[part]
    points = np.zeros((count, 2))
    flat, bent = whole[low], ~whole[folded.low]
    rows = np.union1d(folded.kept, np.flatnonzero(whole))
    points[rows] = _discs(
        rows,
        part,
        np.where(whole, ROOM, folded.radius),
        np.concatenate((low[flat], folded.low[bent])),
        np.concatenate((high[flat], folded.high[bent])),
        np.concatenate((weight[flat], folded.weight[bent])),
        seed,
    )
    drawn = points[whole]
    points = folded.unfold(points)
    points[whole] = drawn
    return points, part


def _discs(
    rows: Rows, part: Rows, radius: Reals, low: Rows, high: Rows, weight: Rows, seed: int
) -> Points:
    """Places of the discs *rows*, each component about 0, none across another of its own."""
    place = np.full(len(part), -1)
    place[rows] = np.arange(len(rows))
    low, high = place[low], place[high]
    part, radius = np.unique(part[rows], return_inverse=True)[1], radius[rows]
    sizes = np.bincount(part)
    points = np.zeros((len(rows), 2))
    chain = are_long_chains(part, radius, low, high)
    small = (sizes <= SMALL_MAX) & ~chain
    for these, places in ((chain, coils), (small, small_layouts)):
        among, own, one, other = _among(these[part], part, low, high)
        if len(among):
            points[among] = places(own, radius[among], one, other)
    side = np.sqrt(AREA * np.bincount(part, (2 * radius) ** 2))
    points = np.where(chain[part][:, None], points, _shortened(points, part, side, seed))
    for number in np.flatnonzero(~small & ~chain).tolist():
        among, _, one, other = _among(part == number, part, low, high)
        rounds = int(max(ROUNDS, ROUNDS_SMALL - len(among) / 20))
        pull = weight[part[low] == number]
        found = large_layout(one, other, pull, len(among), rounds=rounds, seed=seed)
        points[among] = _within(found, side[number])
    return _apart(points, part, radius)


def _among(chosen: NDArray[np.bool_], part: Rows, low: Rows, high: Rows) -> tuple[Rows, ...]:
    """The chosen discs, with their components and links numbered among themselves."""
    place = np.cumsum(chosen) - 1
    inside = chosen[low]
    among = np.flatnonzero(chosen)
    own = np.unique(part[among], return_inverse=True)[1]
    return among, own, place[low[inside]], place[high[inside]]


def _within(points: Points, side: float) -> Points:
    """Scaled so that half lies in the middle of a square; what is far outside is drawn nearer."""
    points = points - np.median(points, axis=0)
    away = np.hypot(points[:, 0], points[:, 1])
    points = points * (side / 4 / max(float(np.quantile(away, 0.5)), 1e-9))
    away = np.maximum(np.hypot(points[:, 0], points[:, 1]), 1e-9)
    near = side / 2
    bent = near + near / 2 * (1 - np.exp(-np.maximum(away - near, 0) / (near / 2)))
    drawn: Points = points * np.where(away > near, bent / away, 1.0)[:, None]
    return drawn


def _shortened(points: Points, part: Rows, side: Reals, seed: int) -> Points:
    """Components that are much longer than wide are shortened, and given some width."""
    reach = np.zeros(len(side))
    np.maximum.at(reach, part, np.hypot(points[:, 0], points[:, 1]))
    factor = np.minimum(1.0, LONG * side / 2 / np.maximum(reach, 1e-9))
    chance = np.random.default_rng(seed).normal(0, 0.3, points.shape)
    shorter: Points = points * factor[part][:, None] + chance * (factor < 1)[part][:, None]
    return shorter


def _apart(points: Points, part: Rows, radius: Reals) -> Points:
    """Discs that cross pushed apart, all components at once, each far from the others."""
    rows = np.flatnonzero(np.bincount(part)[part] > 2)
    if not len(rows):
        return points
    part, radius, found = part[rows], radius[rows], points[rows]
    for _ in range(WIDENED_MAX if len(rows) <= DISCS_APART_MAX else 1):
        reach = np.zeros(int(part.max()) + 1)
        np.maximum.at(reach, part, np.hypot(found[:, 0], found[:, 1]) + 2 * radius)
        room = 4 * reach
        middle = np.zeros((len(rows), 2))
        middle[:, 0] = (np.cumsum(room) - room / 2)[part]
        found = declutter(found + middle, radius)
        tight = np.unique(part[crossing_discs(found, radius * TOUCH)[0]])
        found -= middle
        if not len(tight):
            break
        found[np.isin(part, tight)] *= WIDER
    points[rows] = found
    return points
