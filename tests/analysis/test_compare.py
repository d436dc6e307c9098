"""Two looks at a graph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import graph_of
from clew.analysis.compare import compare
from clew.graph.view import View, view_of

pytestmark = pytest.mark.assurance("judgement")

LINES = st.lists(
    st.sampled_from(
        [
            f"{a}.example -resolves-to-> 192.0.2.{n}{when}"
            for a in "abc"
            for n in (1, 2)
            for when in ("", " @2013-01-01..2013-02-01", " @2012-01-01..2013-03-01", " @2013..open")
        ]
    ),
    min_size=1,
    max_size=8,
)


def seen(lines: list[str]) -> View:
    return view_of(graph_of(*lines), "main")


@given(LINES)
def test_nothing_differs_from_itself(lines: list[str]) -> None:
    """The same facts in any order, or told twice, are no change."""
    comparison = compare(seen(lines), seen([*reversed(lines), *lines]))
    assert not comparison.changed
    assert comparison.as_text() == f"= {comparison.same} entities as before"


@given(LINES, LINES)
def test_new_one_way_is_gone_the_other(one: list[str], other: list[str]) -> None:
    """Swapping the looks swaps new and gone; more facts never take anything away."""
    there, back = compare(seen(one), seen(other)), compare(seen(other), seen(one))
    assert (there.new, there.gone) == (back.gone, back.new)
    assert (there.new_links, there.gone_links) == (back.gone_links, back.new_links)
    more = compare(seen(one), seen([*one, *other]))
    assert not more.gone
    assert not more.gone_links


@pytest.mark.parametrize(
    ("before", "after", "further"),
    [
        ("2013-01-01..2013-02-01", "2012-12-01..2013-02-01", True),
        ("2013-01-01..2013-02-01", "2013-01-01..2013-03-01", True),
        ("2013-01-01..2013-02-01", "2013-01-10..2013-01-20", False),
        ("2013-01-01..open", "2013-01-01..2014-01-01", False),
        ("2013-01-01..2014-01-01", "2013-01-01..open", True),
        ("..2013-02-01", "2013-01-01..2013-02-01", True),
    ],
)
def test_dates_that_reach_further_are_told(before: str, after: str, further: bool) -> None:
    """An earlier start, a later end, an end that was not known: each is a change."""
    line = "a.example -resolves-to-> 192.0.2.1 @"
    comparison = compare(seen([line + before]), seen([line + before, line + after]))
    assert bool(comparison.extended) is further
    assert comparison.changed is further
