"""Rings of discs round the middle of an owner, in closed form: leaves round their hub."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Reals = NDArray[np.float64]
Rows = NDArray[np.int64]

ROOM = 0.65
"""Radius that one entity has for itself, in lengths of a link."""
LINK_ROOM = 0.3
"""Between the discs of two that are linked, in lengths of a link."""


def fan(
    owners: Rows, own: Reals, children: Reals, attached: NDArray[np.bool_]
) -> tuple[Points, Reals]:
    """
    Where each child lies, seen from its owner, and the radius of each owner with its children.

    Entities of the usual room come first, in rings; what is larger lies in rings outside. Where
    an owner is attached to others, a ring that is not full is an arc about the direction (1, 0).

    Args:
        owners: Of each child, the number of its owner, from 0 on.
        own: Of each owner, the radius of its own disc.
        children: Of each child, the radius of its disc.
        attached: Of each owner, whether it has other neighbours.

    Returns:
        Shape (children, 2), and one radius an owner. No two discs overlap.
    """
    offsets = np.zeros((len(owners), 2))
    radius = own.copy()
    usual = children <= ROOM * 1.001
    small = np.flatnonzero(usual)
    if len(small):
        offsets[small], radius = _even_rings(owners[small], radius, attached)
    large = np.flatnonzero(~usual)
    if len(large):
        large = large[np.lexsort((-children[large], owners[large]))]
        offsets[large], radius = _uneven_rings(owners[large], radius, children[large])
    return offsets, radius


def _even_rings(owners: Rows, radius: Reals, attached: NDArray[np.bool_]) -> tuple[Points, Reals]:
    order = np.argsort(owners, kind="stable")
    group = owners[order]
    count = np.bincount(owners, minlength=len(radius))
    number = np.arange(len(group)) - (np.cumsum(count) - count)[group]
    begin = radius + ROOM
    # Each ring has at least six slots more than the one inside it: 2 pi, rounded down.
    slots = np.floor(np.pi / np.arcsin(ROOM / begin) + 1e-9).astype(np.int64)
    ring = _ring(number, slots[group])
    full = slots[group] + 6 * ring
    before = ring * slots[group] + 3 * ring * (ring - 1)
    here = np.minimum(full, count[group] - before)
    place = number - before
    arc = attached[group] & (ring == 0) & (here < full)
    turn = np.where(arc, (place - (here - 1) / 2) / full, place / here)
    angle = 2 * np.pi * turn + np.where(ring > 0, ring * 2.4, 0.0)
    away = begin[group] + 2 * ROOM * ring
    offsets = np.empty((len(group), 2))
    offsets[order, 0] = away * np.cos(angle)
    offsets[order, 1] = away * np.sin(angle)
    last = _ring(np.maximum(count - 1, 0), slots)
    whole = np.where(count > 0, begin + 2 * ROOM * last + ROOM, radius)
    return offsets, whole


def _ring(number: Rows, slots: Rows) -> Rows:
    """The ring of the child of that number, where rings have slots, slots + 6, ... places."""
    half = slots - 3.0
    ring = np.floor((np.sqrt(half * half + 12.0 * number) - half) / 6 + 1e-9)
    found: Rows = ring.astype(np.int64)
    return found


def _uneven_rings(owners: Rows, radius: Reals, children: Reals) -> tuple[Points, Reals]:
    """As many as a ring has room for, the largest first; *owners* are sorted."""
    offsets = np.zeros((len(owners), 2))
    whole = radius.copy()
    left = np.arange(len(owners))
    turned = 0.0
    while len(left):
        group = owners[left]
        starts = np.flatnonzero(np.r_[True, group[1:] != group[:-1]])
        sizes = np.diff(np.r_[starts, len(left)])
        largest = np.repeat(children[left][starts], sizes)
        away = whole[group] + largest
        wide = 2 * np.arcsin(np.minimum(1.0, children[left] / away))
        sums = np.cumsum(wide)
        ends = sums - np.repeat(sums[starts] - wide[starts], sizes)
        here = ends <= 2 * np.pi + 1e-9
        here[starts] = True
        count = np.bincount(group[here], wide[here], len(radius))
        # What is left of the circle is shared out between those of the ring.
        spread = 2 * np.pi / np.maximum(count[group], 1e-9)
        angle = (ends - wide / 2 - np.repeat(wide[starts], sizes) / 2) * spread + turned
        chosen = left[here]
        offsets[chosen, 0] = (away * np.cos(angle))[here]
        offsets[chosen, 1] = (away * np.sin(angle))[here]
        first = group[starts]
        whole[first] += 2 * children[left][starts]
        left = left[~here]
        turned += 2.4
    return offsets, whole
