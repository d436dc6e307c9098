"""Three-valued time over columns."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clew.analysis.interval_columns import (
    OVERLAPS,
    IntervalColumns,
    has_dates,
    interval_overlap,
    window_overlap,
)
from clew.errors import InvalidValue
from clew.model.interval import Interval, IntervalOverlap, Window
from clew.model.moment import OPEN, UNKNOWN, Moment, parse_moment

dates = st.sampled_from(
    ("2012", "2013", "2012-12", "2013-06", "2013-12", "2014-01", "2013-01-01", "2013-12-31",
     "2014-06-01", "2013-06-01T12:00:00Z", "2014-01-01T00:00:00Z")
).map(parse_moment)  # fmt: skip
windows = st.sampled_from(("2013", "2013-06-01..2013-06-30", "2014-01-01", "2012..2014")).map(
    Window.parse
)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    """An interval with any precision at either end."""
    first: Moment = draw(st.one_of(dates, st.just(UNKNOWN)))
    last: Moment = draw(st.one_of(dates, st.sampled_from((UNKNOWN, OPEN))))
    try:
        return Interval.parse(first, last)
    except InvalidValue:
        return Interval(first, first)


def columns(seen: list[Interval]) -> IntervalColumns:
    """Intervals as their columns."""
    pairs = [interval.seconds for interval in seen]
    return (
        np.asarray([first for first, _ in pairs], np.int64),
        np.asarray([last for _, last in pairs], np.int64),
        np.asarray([interval.precision_code for interval in seen], np.uint8),
    )


@given(st.lists(intervals(), max_size=8), windows)
def test_columns_meet_a_window_as_records_do(seen: list[Interval], window: Window) -> None:
    """The vectorised answer is Window.overlap of each."""
    codes = window_overlap(columns(seen), window)
    assert [OVERLAPS[code] for code in codes] == [window.overlap(interval) for interval in seen]


@given(st.lists(intervals(), max_size=8))
def test_dated_is_as_records_say(seen: list[Interval]) -> None:
    """The vectorised flag is Interval.dated of each."""
    assert has_dates(columns(seen)[2]).tolist() == [interval.dated for interval in seen]


@given(intervals(), windows)
def test_a_window_is_an_interval_with_both_ends(one: Interval, window: Window) -> None:
    """Meeting a window and meeting the interval of the same ends is one thing."""
    span = Interval.parse(window.start, window.end)
    code = interval_overlap(columns([one]), columns([span]))[0]
    assert OVERLAPS[code] is window.overlap(one)


@given(intervals(), intervals())
def test_meeting_is_mutual(one: Interval, other: Interval) -> None:
    """Whether two intervals meet does not depend on who is asked."""
    there = interval_overlap(columns([one]), columns([other]))
    assert there == interval_overlap(columns([other]), columns([one]))


@given(intervals())
def test_a_dated_interval_meets_itself(one: Interval) -> None:
    """What has a date proves a moment; what has none proves nothing."""
    code = interval_overlap(columns([one]), columns([one]))[0]
    assert OVERLAPS[code] is (IntervalOverlap.YES if one.dated else IntervalOverlap.UNKNOWN)
