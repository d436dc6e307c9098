"""What look-ups cost: by call, page, row and report, foreseen and at least."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.transform.cost import Cost, Per

PERS: tuple[Per, ...] = ("call", "page", "row", "report")


@pytest.mark.parametrize(
    ("cost", "text"),
    [
        (Cost(), ""),
        (Cost(credits=1, unit="report", per="report"), "1 report each"),
        (Cost(credits=2, per="page"), "2 credits a page"),
        (Cost(credits=1, unit="record", per="row", page_rows=9, page_limit="n"), "1 record a row"),
        (
            Cost(credits=1, unit="record", per="row", page_rows=9),
            "1 record a row, unbounded: up to 9 rows an answer",
        ),
    ],
)
def test_a_price_says_per_what(cost: Cost, text: str) -> None:
    """What is free says nothing; what nothing bounds says so, with its most."""
    assert str(cost) == text


@given(
    st.sampled_from(PERS), st.integers(0, 50), st.integers(1, 1_000), st.booleans(),
    st.none() | st.integers(0, 500), st.integers(0, 40),
)  # fmt: skip
def test_the_least_is_no_more_than_what_is_foreseen(
    per: Per, credits: int, rows: int, bounded: bool, expects: int | None, look_ups: int
) -> None:
    """The least of several look-ups is at most what they are foreseen to cost; nothing is free."""
    cost = Cost(credits=credits, per=per, page_rows=rows, page_limit="n" if bounded else "")
    assert cost.least(look_ups) <= look_ups * cost.estimate(expects)
    assert (cost.least(1) == 0) == (credits == 0)
    if cost.unbounded:
        assert cost.estimate(expects) == credits * rows


def test_paid_rows_have_a_known_most() -> None:
    """A price a row without the most rows of an answer can't be declared."""
    with pytest.raises(AssertionError, match="known most"):
        Cost(credits=1, per="row")
