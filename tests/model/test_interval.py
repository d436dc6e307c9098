"""Intervals and windows."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.model.interval import Interval, IntervalOverlap, Window
from clew.model.moment import OPEN, UNKNOWN, parse_moment

pytestmark = pytest.mark.assurance("judgement")

days = st.dates(min_value=date(1990, 1, 1), max_value=date(2030, 1, 1))
moments = days.map(lambda day: parse_moment(str(day))) | st.just(UNKNOWN)
windows = st.tuples(days, days).map(
    lambda two: Window.parse(f"{min(two):%Y-%m-%d}..{max(two):%Y-%m-%d}")
)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    first, last = draw(moments), draw(moments | st.just(OPEN))
    if first.at and last.at and first.at > last.at:
        first, last = last, first
    return Interval(first, last)


@given(intervals())
def test_columns_keep_the_interval(seen: Interval) -> None:
    """Through its column values an interval comes back as it was told."""
    assert Interval.from_columns(*seen.seconds, seen.precision_code) == seen


@given(intervals(), windows)
def test_no_is_a_proof(seen: Interval, window: Window) -> None:
    """Where an end that was told lies in the window the answer is yes; beside it, never yes."""
    overlap = window.overlap(seen)
    start, end = window.start, window.end
    inside = [at for at in (seen.first.at, seen.last.at) if at and start <= at <= end]
    if inside:
        assert overlap is IntervalOverlap.YES
    if not seen.dated and seen.last is not OPEN:
        assert overlap is IntervalOverlap.UNKNOWN
    if seen.first.at and seen.first.at > end:
        assert overlap is IntervalOverlap.NO


@pytest.mark.parametrize(
    ("first", "last", "overlap"),
    [
        ("2012-01-01", "2014-01-01", IntervalOverlap.YES),
        ("", "2014-07-11", IntervalOverlap.UNKNOWN),
        ("", "2012-07-11", IntervalOverlap.NO),
        ("2012-01-01", "", IntervalOverlap.UNKNOWN),
        ("2013-12", "2013-12", IntervalOverlap.YES),
        ("", "", IntervalOverlap.UNKNOWN),
    ],
)
def test_unknown_ends_prove_nothing(first: str, last: str, overlap: IntervalOverlap) -> None:
    """An end that was not told is neither always nor now."""
    assert Window.parse("2013").overlap(Interval.parse(first, last)) is overlap


def test_an_open_end_goes_on() -> None:
    """Open is a state, not a date: it reaches every later window."""
    assert (
        Window.parse("2020").overlap(Interval(parse_moment("2013-01-01"), OPEN))
        is IntervalOverlap.YES
    )


@pytest.mark.parametrize("text", ["", "2013..2012", "soon", "2013-05-20+-x", "..", "+-3"])
def test_wrong_windows_are_refused(text: str) -> None:
    """A window says its two ends."""
    with pytest.raises(InvalidValue):
        Window.parse(text)


def test_a_window_around_a_day() -> None:
    """D plus and minus k days."""
    assert str(Window.parse("2013-05-20+-45")) == "2013-04-05..2013-07-04"


@given(st.text(alphabet="0123456789²٣+-. ±TZ", max_size=30) | st.text(max_size=20))
def test_any_text_is_a_window_or_refused(text: str) -> None:
    """A window is read, or what is wrong is told; digits of other scripts and powers are safe."""
    try:
        window = Window.parse(text)
    except InvalidValue:
        return
    assert window.start <= window.end


@given(days, st.integers(0, 500_000))
def test_days_around_a_day_stay_in_the_calendar(centre: date, count: int) -> None:
    """So many days before and after; where the calendar ends, a refusal that tells their number."""
    text = f"{centre:%Y-%m-%d}+-{count}"
    if centre.toordinal() <= count:
        with pytest.raises(InvalidValue, match=f"{count} days"):
            Window.parse(text)
    elif centre.toordinal() + count <= date.max.toordinal():
        window = Window.parse(text)
        assert (window.end - window.start).days == 2 * count
    with pytest.raises(InvalidValue, match="days"):
        Window.around(parse_moment(str(centre)), 10**12 + count)
