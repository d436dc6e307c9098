"""Places for what is new in a picture: free room near its neighbours; nothing old moves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clew.layout.fans import ROOM
from clew.layout.free_room import free_room
from clew.layout.label_room import BOX, LABELS_MAX
from clew.layout.links import Rows
from clew.layout.organic import component_places, organic

Points = NDArray[np.float64]
Ends = NDArray[np.integer]
LABELLED = np.asarray(BOX) * (np.sqrt(2) / (2 * ROOM))
"""What a picture is drawn smaller by, so that discs that don't cross have boxes that don't."""


def grow(start: Points, sources: Ends, targets: Ends, *, seed: int = 0) -> Points:
    """
    Coordinates of a graph of which some entities have their place already.

    New entities that hang together, or on the same old one, are laid out by themselves, and put
    where there is room for them, nearest to the old ones that they are linked with. What is
    linked with nothing old lies below the picture. Few get room for their labels too.

    Args:
        start: Shape (count, 2); NaN for new entities.
        sources: Index of each link's start.
        targets: Index of each link's end.
        seed: Same seed, same picture.

    Returns:
        Shape (count, 2), finite; the old ones are the same to the last bit.
    """
    fresh = np.isnan(start[:, 0])
    if fresh.all():
        return organic(len(start), sources, targets, seed=seed)
    if not fresh.any():
        return start
    scale = LABELLED if len(start) <= LABELS_MAX else np.ones(2)
    made = _with_new(start / scale, fresh, sources, targets, seed) * scale
    return np.where(fresh[:, None], made, start)


def _with_new(
    points: Points, fresh: NDArray[np.bool_], sources: Ends, targets: Ends, seed: int
) -> Points:
    rows = np.flatnonzero(fresh)
    touched = np.flatnonzero(fresh[sources] | fresh[targets])
    one, other = sources[touched].astype(np.int64), targets[touched].astype(np.int64)
    place = np.cumsum(fresh) - 1
    inner = fresh[one] & fresh[other]
    ends = place[one[inner]], place[other[inner]]
    tied = place[np.where(fresh[one], one, other)[~inner]]
    old = np.where(fresh[one], other, one)[~inner]
    shape, group = _shapes(len(rows), *ends, tied, old, seed)
    size = np.bincount(group)
    ties = np.bincount(group[tied], minlength=len(size))
    with np.errstate(invalid="ignore"):
        anchor = _mean(points[old], group[tied], ties)
    reach = np.zeros(len(size))
    np.maximum.at(reach, group, np.hypot(shape[:, 0], shape[:, 1]))
    centre = free_room(points[~fresh], anchor, reach, beside=_one_anchor(group[tied], old, ties))
    # The side that is linked with old ones is turned to them.
    front = _mean(shape[tied], group[tied], np.maximum(ties, 1))
    turn = _direction(anchor - centre) - _direction(front)
    cosine, sine = np.cos(turn)[group], np.sin(turn)[group]
    x, y = shape.T
    points[rows] = np.stack((x * cosine - y * sine, x * sine + y * cosine), axis=1) + centre[group]
    return points


def _shapes(
    count: int, one: Rows, other: Rows, tied: Rows, old: Rows, seed: int
) -> tuple[Points, Rows]:
    """Places of new entities about the middle of their group, and each one's group."""
    alone = np.ones(count, bool)
    alone[one] = alone[other] = False
    hubs, hub, popular = np.unique(old, return_inverse=True, return_counts=True)
    # One alone goes with those that hang on the same old one; of several the most popular.
    order = np.lexsort((hub, -popular[hub], tied)) if len(tied) else tied
    first = order[np.flatnonzero(np.r_[True, np.diff(tied[order]) > 0])] if len(tied) else tied
    leaves = first[alone[tied[first]]]
    shape, part = component_places(
        count + len(hubs),
        np.concatenate((one, tied[leaves])),
        np.concatenate((other, count + hub[leaves])),
        seed=seed,
    )
    group = np.unique(part[:count], return_inverse=True)[1]
    size = np.bincount(group)
    return shape[:count] - _mean(shape[:count], group, size)[group], group


def _one_anchor(group: Rows, old: Rows, ties: Rows) -> NDArray[np.bool_]:
    """Of each group, whether it hangs on one old entity only."""
    least = np.full(len(ties), np.iinfo(np.int64).max)
    most = np.full(len(ties), -1)
    np.minimum.at(least, group, old)
    np.maximum.at(most, group, old)
    single: NDArray[np.bool_] = least == most
    return single


def _mean(points: Points, group: Rows, count: Rows) -> Points:
    """Mean place of each group; NaN where it has none."""
    sums = [np.bincount(group, axis, len(count)) for axis in points.T]
    mean: Points = np.stack(sums, axis=1) / count[:, None]
    return mean


def _direction(way: Points) -> NDArray[np.float64]:
    """Angles of vectors, 0 where there is none."""
    angle: NDArray[np.float64] = np.nan_to_num(np.arctan2(way[:, 1], way[:, 0]))
    return angle
