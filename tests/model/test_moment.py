"""Moments as vendors write them."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.model.moment import UNKNOWN, Moment, Precision, parse_moment

at = st.datetimes(datetime(1970, 1, 2), datetime(2199, 12, 1))


@given(at, st.sampled_from((Precision.YEAR, Precision.MONTH, Precision.DAY, Precision.SECOND)))
def test_what_is_written_is_read_again(when: datetime, precision: Precision) -> None:
    """A moment's own text gives the moment back, at each precision."""
    forms = {
        Precision.YEAR: "%Y", Precision.MONTH: "%Y-%m", Precision.DAY: "%Y-%m-%d",
        Precision.SECOND: "%Y-%m-%dT%H:%M:%SZ",
    }  # fmt: skip
    moment = parse_moment(f"{when:{forms[precision]}}")
    assert moment.precision is precision
    assert parse_moment(str(moment)) == moment


@pytest.mark.parametrize(
    "value", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00+14:00"]
)
def test_the_ends_of_the_calendar_are_refused(value: str) -> None:
    """A date that a zone would move out of the calendar is refused."""
    with pytest.raises(InvalidValue):
        parse_moment(value)


@given(st.one_of(st.text(), st.integers(), st.floats(), st.none(), st.booleans(), st.binary()))
def test_anything_is_a_moment_or_refused(value: object) -> None:
    """Whatever a vendor sends is read, unknown, or refused with a reason."""
    try:
        moment = parse_moment(value)
    except InvalidValue:
        return
    assert isinstance(moment, Moment)
    assert moment.at is None or 1970 <= moment.at.year <= 2199


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("2017-07-13T17:50:17", "2017-07-13T17:50:17Z"),
        ("2017-07-13T17:50:17-05:00", "2017-07-13T22:50:17Z"),
        ("2006-01-11T16:00:00.000-0800", "2006-01-12T00:00:00Z"),
        ("2010-12-15 09:10:10", "2010-12-15T09:10:10Z"),
        ("Apr 09 13:15:00 2019 GMT", "2019-04-09T13:15:00Z"),
        ("Thu, 01 Oct 2020 22:16:19 UTC", "2020-10-01T22:16:19Z"),
        (1_554_815_700_000, "2019-04-09T13:15:00Z"),
        (1_554_815_700.25, "2019-04-09T13:15:00Z"),
        ("2013-12", "2013-12"),
    ],
)
def test_forms_of_vendors(value: object, text: str) -> None:
    """The forms that the vendors' pages show."""
    assert str(parse_moment(value)) == text


@pytest.mark.parametrize("value", [None, "", "N/A", 0, "0000-00-00", "  "])
def test_nothing_told_is_unknown(value: object) -> None:
    """No date is made up."""
    assert parse_moment(value) == UNKNOWN


def test_a_month_ends_on_its_last_second() -> None:
    """Precision widens the end honestly."""
    assert parse_moment("2012-02").latest == datetime(2012, 2, 29, 23, 59, 59, tzinfo=UTC)
    assert parse_moment("2013").latest == datetime(2013, 12, 31, 23, 59, 59, tzinfo=UTC)
