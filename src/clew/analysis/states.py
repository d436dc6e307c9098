"""States of entities in time: which held when, whom they bound, what they take from links."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clew.analysis.interval_columns import (
    NO,
    OVERLAPS,
    UNKNOWN,
    YES,
    Codes,
    IntervalColumns,
    interval_overlap,
)
from clew.graph.view import View
from clew.model.interval import Interval, IntervalOverlap, Window
from clew.schema.registry import Catalogue

Rows = NDArray[np.int32]
Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class StateSpan:
    """An entity was in a state for a time, as one or more sources say."""

    entity: int
    """Row of the entity."""
    state: str
    seen: Interval
    sources: tuple[str, ...]
    """Names of the providers, sorted."""
    observations: tuple[int, ...]
    """Rows of the property observations that say so."""

    def __str__(self) -> str:
        when = str(self.seen) if self.seen.dated else "undated"
        return f"{self.state} ({when}, by {', '.join(self.sources)})"


@dataclass(frozen=True, slots=True, eq=False)
class Boundary:
    """Entities that are not pivoted through, and why."""

    entities: Rows
    """Rows, ascending."""
    reasons: tuple[tuple[StateSpan, IntervalOverlap], ...]
    """Each span that bounds; unknown where its dates can't be placed, which bounds too."""

    def reason(self, entity: int) -> str:
        """Why an entity is a boundary; empty where it is none."""
        reasons = [
            f"{span}"
            + (", which may hold in the window" if overlap is IntervalOverlap.UNKNOWN else "")
            for span, overlap in self.reasons
            if span.entity == entity
        ]
        return "; ".join(reasons)


def states_of(view: View, of: Collection[int] = ()) -> tuple[StateSpan, ...]:
    """
    Observed states of the view's entities, in order of entity, state and dates.

    Args:
        view: The graph.
        of: Rows of the entities that are looked at; all where none.
    """
    found: dict[tuple[int, str, Interval], list[int]] = {}
    for entity, state, seen, row in view.states(of):
        found.setdefault((entity, state, seen), []).append(row)
    columns, records = view.state.properties, view.state.provenances.records
    spans = [
        StateSpan(
            entity,
            state,
            seen,
            tuple(sorted({records[int(columns.provenance.values[row])].provider for row in rows})),
            tuple(rows),
        )
        for (entity, state, seen), rows in found.items()
    ]
    return tuple(sorted(spans, key=lambda span: (span.entity, span.state, *span.seen.seconds)))


def in_state(view: View, *states: str, window: Window | None = None) -> Codes:
    """
    Whether each entity, by place, was in one of *states*; codes of analysis/interval_columns.py.

    Without a window any time counts; with one, a state whose dates can't be placed is unknown.
    """
    codes = np.full(len(view.entities), NO, np.uint8)
    for span in states_of(view):
        if span.state in states:
            place = int(view.entity_places[span.entity])
            codes[place] = max(int(codes[place]), _overlap_of(span, window))
    return codes


def boundary(view: View, catalogue: Catalogue, *, window: Window | None = None) -> Boundary:
    """
    Entities in a state that bounds pivots, while it may have held.

    A sinkhole since 2014 does not bound a look at 2013; an undated one always bounds.
    """
    kinds = catalogue.states
    reasons = []
    for span in states_of(view):
        overlap = _overlap_of(span, window)
        if span.state in kinds and kinds[span.state].bounds_pivots and overlap != NO:
            reasons.append((span, OVERLAPS[overlap]))
    rows = np.unique(np.asarray([span.entity for span, _ in reasons], np.int32))
    return Boundary(rows, tuple(reasons))


def state_weights(view: View, catalogue: Catalogue) -> tuple[Weights, Weights]:
    """
    What is left of each observation after the states of its link's start, and of its end.

    A state counts where its time overlaps the observation's, or where one of both can't be
    placed; of several at one end the strictest counts.
    """
    spans = [span for span in states_of(view) if _weight(span, catalogue) < 1]
    if not spans:
        whole = np.ones(len(view.observations))
        return whole, whole
    weighing = _Spans.of(spans, catalogue, len(view.state.entities))
    return weighing.least(view, view.sources), weighing.least(view, view.targets)


def states_at(
    spans: Iterable[StateSpan], entity: int, seen: Interval, catalogue: Catalogue
) -> list[tuple[StateSpan, float]]:
    """The spans that count for an observation at one of its ends, with their weights."""
    return [
        (span, _weight(span, catalogue))
        for span in spans
        if span.entity == entity
        and _weight(span, catalogue) < 1
        and int(interval_overlap(columns_of([span.seen]), columns_of([seen]))[0]) != NO
    ]


def columns_of(intervals: Iterable[Interval]) -> IntervalColumns:
    """Intervals as columns."""
    listed = list(intervals)
    ends = np.asarray([each.seconds for each in listed], np.int64).reshape(-1, 2)
    precision = np.asarray([each.precision_code for each in listed], np.uint8)
    return ends[:, 0], ends[:, 1], precision


@dataclass(frozen=True, slots=True, eq=False)
class _Spans:
    """Spans ordered by entity, as columns."""

    starts: NDArray[np.int64]
    """Of each entity row, where its spans begin; one more at the end."""
    seen: IntervalColumns
    weights: Weights

    @classmethod
    def of(cls, spans: list[StateSpan], catalogue: Catalogue, size: int) -> _Spans:
        counts = np.bincount([span.entity for span in spans], minlength=size)
        starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
        weights = np.asarray([_weight(span, catalogue) for span in spans])
        return cls(starts, columns_of(span.seen for span in spans), weights)

    def least(self, view: View, ends: Rows) -> Weights:
        weights = np.ones(len(view.observations))
        counts = np.diff(self.starts)
        touched = (counts > 0)[ends]
        at = np.flatnonzero(touched[view.observed_places])
        entities = ends[view.observed_places[at]]
        times = counts[entities]
        # One pair for each span of the observation's end.
        pairs = np.repeat(at, times)
        within = np.arange(len(pairs)) - np.repeat(np.cumsum(times) - times, times)
        span = np.repeat(self.starts[entities], times) + within
        first, last, precision = view.seen
        met = interval_overlap(
            (first[pairs], last[pairs], precision[pairs]),
            (self.seen[0][span], self.seen[1][span], self.seen[2][span]),
        )
        counting = met != NO
        np.minimum.at(weights, pairs[counting], self.weights[span[counting]])
        return weights


def _overlap_of(span: StateSpan, window: Window | None) -> int:
    if window is None:
        return YES
    return {IntervalOverlap.NO: NO, IntervalOverlap.UNKNOWN: UNKNOWN, IntervalOverlap.YES: YES}[
        window.overlap(span.seen)
    ]


def _weight(span: StateSpan, catalogue: Catalogue) -> float:
    kind = catalogue.states.get(span.state)
    return 1.0 if kind is None else kind.weight
