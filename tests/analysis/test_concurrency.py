"""Ties through a third entity, and the days they share."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import graph_of
from clew.analysis.concurrency import Concurrency, concurrency, days_together
from clew.analysis.states import columns_of
from clew.graph.view import View, view_of
from clew.model.entity import Entity
from clew.model.interval import Interval, IntervalOverlap
from clew.model.moment import EPOCH, Moment, Precision


def ties(*observed_lines: str, ties_max: int = 100) -> tuple[View, Concurrency]:
    """The ties of a.example."""
    view = view_of(graph_of(*observed_lines), "main")
    entity = view.row_of(Entity("domain-name", "a.example"))
    return view, concurrency(view, entity, ties_max=ties_max)


@pytest.mark.parametrize(
    ("when", "overlap", "days", "goes_on"),
    [
        (" @2013-01-10..2013-03-01", IntervalOverlap.YES, 22, False),
        (" @2013-01-31..2013-03-01", IntervalOverlap.YES, 1, False),
        (" @2013-02-01..2013-03-01", IntervalOverlap.NO, 0, False),
        ("", IntervalOverlap.UNKNOWN, 0, False),
        (" @2013-01-31..?", IntervalOverlap.YES, 1, False),
    ],
)
def test_only_the_same_days_tie(
    when: str, overlap: IntervalOverlap, days: int, goes_on: bool
) -> None:
    """Two names at one address are tied on the days that both were there."""
    view, found = ties(
        "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-01-31",
        f"b.example -resolves-to-> 192.0.2.1{when}",
    )
    (tie,) = found.ties
    assert view.entity(tie.other).value == "b.example"
    assert (tie.overlap, tie.days, tie.goes_on, tie.counts) == (
        overlap, days, goes_on, overlap is IntervalOverlap.YES,
    )  # fmt: skip


def test_two_open_ends_go_on() -> None:
    """Days after the last date told are not made up."""
    _, found = ties(
        "a.example -resolves-to-> 192.0.2.1 @2013-01-01..open",
        "b.example -resolves-to-> 192.0.2.1 @2013-02-01..open",
    )
    assert (found.ties[0].days, found.ties[0].goes_on) == (1, True)


def test_the_longest_comes_first_and_a_cut_is_told() -> None:
    """Ties come by common days, and their number is bounded."""
    observed_lines = [
        "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-12-31",
        "b.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-01-02",
        "c.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-06-02",
    ]
    view, found = ties(*observed_lines)
    assert [view.entity(tie.other).value for tie in found.ties] == ["c.example", "b.example"]
    assert not found.cut
    _, cut = ties(*observed_lines, ties_max=1)
    assert (len(cut.ties), cut.cut) == (1, "cut at 1 ties")


spans = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 9)), min_size=1, max_size=5)


def intervals(pairs: list[tuple[int, int]]) -> list[Interval]:
    """Intervals of whole days."""

    def moment(number: int) -> Moment:
        return Moment(EPOCH + timedelta(days=number), Precision.DAY)

    return [Interval(moment(first), moment(first + length)) for first, length in pairs]


@given(spans, spans)
def test_days_are_counted_once(one: list[tuple[int, int]], other: list[tuple[int, int]]) -> None:
    """Days together are the days in both sets of days."""
    sets = [
        {day for first, length in pairs for day in range(first, first + length + 1)}
        for pairs in (one, other)
    ]
    overlap, days, goes_on = days_together(columns_of(intervals(one)), columns_of(intervals(other)))
    both = len(sets[0] & sets[1])
    assert (overlap, days, goes_on) == (
        IntervalOverlap.YES if both else IntervalOverlap.NO,
        both,
        False,
    )
