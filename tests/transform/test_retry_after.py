"""Both forms of Retry-After."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.transform.retry_after import WAIT_S_MAX, retry_after_s

pytestmark = pytest.mark.assurance("network")
NOW = datetime(1994, 11, 6, 8, 49, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("0", 0.0),
        (" 7 ", 7.0),
        ("9" * 400, WAIT_S_MAX),
        ("Sun, 06 Nov 1994 08:49:37 GMT", 37.0),
        ("Sunday, 06-Nov-94 08:49:37 GMT", 37.0),
        ("Sun Nov  6 08:49:37 1994", 37.0),
        ("Sun, 06 Nov 1994 08:48:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", WAIT_S_MAX),
        ("", None),
        ("-1", None),
        ("1.5", None),
        ("²", None),
        ("soon", None),
        ("Sun, 06 Nov 1994", None),
        ("Sun, 06 Nov 1994 28:49:37 GMT", None),
        ("Sun, 99 Nov 1994 08:49:37 GMT", None),
        ("Sun, 06 Nov 99999999 08:49:37 GMT", None),
    ],
)
def test_seconds_and_the_three_forms_of_a_date(text: str, seconds: float | None) -> None:
    """RFC 9110, 10.2.3 and 5.6.7; a date that has passed is no wait."""
    assert retry_after_s(text, now=NOW) == seconds


@given(st.text(max_size=50))
def test_any_text_is_a_wait_or_none(text: str) -> None:
    """No header ends a run."""
    found = retry_after_s(text, now=NOW)
    assert found is None or 0 <= found <= WAIT_S_MAX


@given(st.integers(0, 100_000))
def test_both_forms_say_the_same(seconds: int) -> None:
    """A date is as many seconds away as a number says."""
    date = (NOW + timedelta(seconds=seconds)).strftime("%a, %d %b %Y %H:%M:%S GMT")
    assert retry_after_s(date, now=NOW) == retry_after_s(str(seconds), now=NOW) == seconds
