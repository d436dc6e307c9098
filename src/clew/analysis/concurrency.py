"""Whom an entity shares a third one with, and whether both links held at the same time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clew.analysis.interval_columns import (
    OVERLAPS,
    YES,
    IntervalColumns,
    interval_overlap,
    proven_span,
)
from clew.analysis.select import linked_ends
from clew.graph.view import View
from clew.model.interval import SECOND_MAX, IntervalOverlap

Rows = NDArray[np.int32]

TIES_MAX = 10_000
"""Ties looked at for one entity."""
PAIRS_MAX = 1_000_000
"""Pairs of observations compared for one tie."""
DAY_S = 86_400


@dataclass(frozen=True, slots=True)
class Tie:
    """Two entities that a third one links."""

    other: int
    """Row of the entity at the far end."""
    via: int
    """Row of the third one."""
    places: tuple[int, int]
    """Places of the near link and the far link."""
    overlap: IntervalOverlap
    """Whether both links held at some moment; unknown where the dates leave it open."""
    days: int
    """Days on which both are proven to have held; where *goes_on*, up to the last known start."""
    goes_on: bool
    """Whether both were still going on when last looked at."""

    @property
    def counts(self) -> bool:
        """Only a tie at the same time says something."""
        return self.overlap is IntervalOverlap.YES


@dataclass(frozen=True, slots=True)
class Concurrency:
    """The ties of an entity, those of most common days first."""

    entity: int
    ties: tuple[Tie, ...]
    cut: str
    """Why there are more than these; empty where these are all."""


def concurrency(
    view: View, entity: int, *, link_type: str | None = None, ties_max: int = TIES_MAX
) -> Concurrency:
    """
    Whom an entity is tied to through a third one, over paths of two links.

    Args:
        view: The graph.
        entity: Row of the entity.
        link_type: Only links of that type, on both sides of the third one; None for any.
        ties_max: Ties to look at, at most.
    """
    _, thirds, near = linked_ends(view, np.asarray([entity], np.int32), link_type)
    via, others, far = linked_ends(view, np.unique(thirds), link_type)
    meant = (others != entity) & (via != entity)
    via, others, far = via[meant], others[meant], far[meant]
    near_of: dict[int, list[int]] = {}
    for third, place in zip(thirds.tolist(), near.tolist(), strict=True):
        near_of.setdefault(third, []).append(place)
    pairs = [
        (other, third, place, far_place)
        for other, third, far_place in zip(
            others[: ties_max + 1].tolist(),
            via[: ties_max + 1].tolist(),
            far[: ties_max + 1].tolist(),
            strict=True,
        )
        for place in near_of[third]
    ]
    cut = "" if len(pairs) <= ties_max else f"cut at {ties_max} ties"
    seen = _seen_by_place(view, {place for pair in pairs for place in pair[2:]})
    ties = [
        Tie(other, third, (place, far_place), *days_together(seen[place], seen[far_place]))
        for other, third, place, far_place in pairs[:ties_max]
    ]
    ties.sort(key=lambda tie: (not tie.counts, -tie.days, tie.other, tie.via, tie.places))
    return Concurrency(entity, tuple(ties), cut)


def days_together(
    one: IntervalColumns, other: IntervalColumns
) -> tuple[IntervalOverlap, int, bool]:
    """
    Whether two links held at one moment, on how many days, and whether both still go on.

    Args:
        one: When the one was seen, an interval for each observation.
        other: When the other was.
    """
    size = len(one[0]), len(other[0])
    if size[0] * size[1] > PAIRS_MAX:
        rows_max = max(1, PAIRS_MAX // max(size))
        one, other = (
            (seen[0][:rows_max], seen[1][:rows_max], seen[2][:rows_max])
            if len(seen[0]) == min(size)
            else seen
            for seen in (one, other)
        )
        size = len(one[0]), len(other[0])
    left, right = np.repeat(np.arange(size[0]), size[1]), np.tile(np.arange(size[1]), size[0])
    first = one[0][left], one[1][left], one[2][left]
    second = other[0][right], other[1][right], other[2][right]
    codes = interval_overlap(first, second)
    if not len(codes):
        return IntervalOverlap.UNKNOWN, 0, False
    best = int(codes.max())
    if best != YES:
        return OVERLAPS[best], 0, False
    begins, ends = proven_span(first)
    other_begins, other_ends = proven_span(second)
    starts = np.maximum(begins, other_begins)[codes == YES]
    stops = np.minimum(ends, other_ends)[codes == YES]
    goes_on = bool((stops == SECOND_MAX).any())
    stops = np.where(stops == SECOND_MAX, starts.max(), stops)
    return IntervalOverlap.YES, _days(starts // DAY_S, np.maximum(starts, stops) // DAY_S), goes_on


def _days(starts: NDArray[np.int64], stops: NDArray[np.int64]) -> int:
    """Distinct days in spans of days, both ends included."""
    order = np.argsort(starts)
    starts, stops = starts[order], np.maximum.accumulate(stops[order])
    before = np.concatenate((starts[:1] - 1, stops[:-1]))
    return int(np.maximum(0, stops - np.maximum(before, starts - 1)).sum())


def _seen_by_place(view: View, places: Iterable[int]) -> dict[int, IntervalColumns]:
    wanted = np.zeros(len(view.links), np.bool_)
    wanted[list(places)] = True
    at = np.flatnonzero(wanted[view.observed_places])
    of = view.observed_places[at]
    order = at[np.argsort(of, kind="stable")]
    first, last, precision = view.seen
    owners, starts = np.unique(view.observed_places[order], return_index=True)
    bounds = [*starts.tolist(), len(order)]
    return {
        place: (first[part], last[part], precision[part])
        for number, place in enumerate(owners.tolist())
        for part in [order[bounds[number] : bounds[number + 1]]]
    }
