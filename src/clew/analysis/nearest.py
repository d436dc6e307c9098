"""Which links or properties of entities held nearest to a day."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from clew.analysis.interval_columns import IntervalColumns, has_dates, proven_span
from clew.errors import InvalidValue
from clew.graph.view import View
from clew.model.interval import Interval
from clew.model.moment import Moment

Rows = NDArray[np.int32]
DAY_S = 86_400
What = TypeVar("What", int, str)


@dataclass(frozen=True, slots=True)
class NearestObservation:
    """What is nearest for one entity; several of one entity are a tie."""

    entity: int
    """Row of the entity that was asked about."""
    other: int
    """Row of the entity at the link's other end; -1 for a property."""
    observation: int
    """Row of the observation that lies nearest."""
    gap_days: int
    """Days between the day and what is proven of the interval; 0 where it holds on the day."""
    seen: Interval
    value: str = ""
    """Of a property."""


def nearest_links(
    view: View, of: Rows, moment: Moment, *, link_type: str, leave_out: Rows | None = None
) -> tuple[NearestObservation, ...]:
    """
    Of each entity the links whose dated observation lies nearest to a day, either way.

    Args:
        view: The graph.
        of: Rows of the entities.
        moment: The day, month or year; what is undated is never near.
        link_type: Name of the link type.
        leave_out: Rows of entities that do not count as the other end.

    Returns:
        Ties all, in order of *of*, one per other end.

    Raises:
        InvalidValue: *moment* has no date.
    """
    gaps = gap_days(view.seen, moment)
    of_type = view.link_type_flags(link_type)
    inside = np.zeros(len(view.state.entities), np.bool_)
    inside[of] = True
    wanted = np.ones(len(view.state.entities), np.bool_)
    if leave_out is not None:
        wanted[leave_out] = False
    at = np.flatnonzero(of_type[view.observed_places] & (gaps >= 0))
    places = view.observed_places[at]
    found: list[tuple[int, int, int, int]] = []
    for own, other in ((view.sources, view.targets), (view.targets, view.sources)):
        meant = inside[own[places]] & wanted[other[places]]
        rows = view.observations[at[meant]]
        ends = (own[places[meant]], gaps[at[meant]], other[places[meant]], rows)
        found.extend(zip(*(end.tolist() for end in ends), strict=True))
    columns = view.state.link_observations
    return tuple(
        NearestObservation(entity, other, row, gap, columns.interval(row))
        for entity, gap, other, row in _best(found, of)
    )


def nearest_properties(
    view: View, of: Rows, moment: Moment, *, name: str
) -> tuple[NearestObservation, ...]:
    """Of each entity the values of a property that were seen nearest to a day; ties all."""
    columns = view.state.properties
    rows = view.properties[columns.names.values[view.properties] == view.state.names.known(name)]
    gaps = gap_days(
        (columns.first.values[rows], columns.last.values[rows], columns.precision.values[rows]),
        moment,
    )
    inside = set(of.tolist())
    found: list[tuple[int, int, str, int]] = []
    for row, gap in zip(rows.tolist(), gaps.tolist(), strict=True):
        entity = view.state.decisions.merged_into(int(columns.subject.values[row]))
        if gap >= 0 and entity in inside:
            found.append((entity, gap, columns.texts[row], row))
    return tuple(
        NearestObservation(entity, -1, row, gap, columns.interval(row), value)
        for entity, gap, value, row in _best(found, of)
    )


def gap_days(seen: IntervalColumns, moment: Moment) -> NDArray[np.int64]:
    """Days between each interval and *moment*, 0 where it holds then, -1 where it is undated."""
    if not moment.known:
        raise InvalidValue("day", moment, "it has no date to be near to")
    start_s, end_s = Interval(moment, moment).seconds
    begins, ends = proven_span(seen)
    has_date = has_dates(seen[2])
    gap_s = np.where(has_date, np.maximum(0, np.maximum(begins - end_s, start_s - ends)), 0)
    days: NDArray[np.int64] = np.where(has_date, -(-gap_s // DAY_S), -1)
    return days


def _best(
    found: list[tuple[int, int, What, int]], of: Rows
) -> Iterator[tuple[int, int, What, int]]:
    least: dict[int, int] = {}
    for entity, gap, _, _ in found:
        least[entity] = min(gap, least.get(entity, gap))
    ties: dict[int, dict[What, tuple[int, int, What, int]]] = {}
    for each in found:
        if each[1] == least[each[0]]:
            ties.setdefault(each[0], {}).setdefault(each[2], each)
    for entity in dict.fromkeys(of.tolist()):
        yield from ties.get(entity, {}).values()
