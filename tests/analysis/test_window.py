"""A graph seen through a window."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import graph_of
from clew.analysis.interval_columns import OVERLAPS
from clew.analysis.window import dated_links, in_window
from clew.graph.view import view_of
from clew.model.interval import IntervalOverlap, UndatedPolicy, Window
from strategies import lines

pytestmark = pytest.mark.assurance("judgement")

windows = st.sampled_from(("2013", "2011..2012", "2016-01-01")).map(Window.parse)
ORDER = (IntervalOverlap.NO, IntervalOverlap.UNKNOWN, IntervalOverlap.YES)


@given(st.lists(lines, min_size=1, max_size=12), windows, st.sampled_from(UndatedPolicy))
def test_columns_answer_as_records_do(
    observed_lines: list[str], window: Window, undated: UndatedPolicy
) -> None:
    """Observations, links and entities get the answer that asking each record gives."""
    view = view_of(graph_of(*observed_lines), "main")
    result = in_window(view, window, undated)
    seen = view.state.link_observations
    each = [window.overlap(seen.interval(row)) for row in view.observations.tolist()]
    assert [OVERLAPS[code] for code in result.observations] == each
    by_link: dict[int, IntervalOverlap] = {}
    by_entity: dict[int, IntervalOverlap] = {}
    for place, overlap in zip(view.observed_places.tolist(), each, strict=True):
        by_link[place] = max(by_link.get(place, IntervalOverlap.NO), overlap, key=ORDER.index)
        for row in (int(view.sources[place]), int(view.targets[place])):
            by_entity[row] = max(by_entity.get(row, IntervalOverlap.NO), overlap, key=ORDER.index)
    assert [OVERLAPS[code] for code in result.links] == [
        by_link[at] for at in range(len(view.links))
    ]
    assert [OVERLAPS[code] for code in result.entities] == [by_entity[r] for r in view.entities]


@given(st.lists(lines, min_size=1, max_size=12), windows)
def test_policies_differ_in_the_unknown_only(observed_lines: list[str], window: Window) -> None:
    """Dropping shows least, keeping most, and all show what is proven."""
    view = view_of(graph_of(*observed_lines), "main")
    keep, ends, drop = (
        in_window(view, window, policy).shown_links
        for policy in (UndatedPolicy.KEEP, UndatedPolicy.WITH_ENDS, UndatedPolicy.DROP)
    )
    assert (drop <= ends).all()
    assert (ends <= keep).all()
    unsure = in_window(view, window, UndatedPolicy.KEEP).links == 1
    assert (keep[~unsure] == drop[~unsure]).all()


def test_a_result_says_counts_and_policy() -> None:
    """The answer for people names the window, what is shown of what is known, and the policy."""
    view = view_of(
        graph_of(
            "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01",
            "a.example -resolves-to-> 192.0.2.2",
            "a.example -resolves-to-> 192.0.2.3 @2010-01-01..2010-02-01",
        ),
        "main",
    )
    result = in_window(view, Window.parse("2013"), UndatedPolicy.DROP)
    assert str(result) == (
        "2013-01-01..2013-12-31: links 1 of 3 shown; 1 without a date that tells; "
        "what has no date that tells is left out"
    )
    assert str(result.entity_counts).startswith("2 of 4 shown")


def test_an_entity_without_links_is_unknown() -> None:
    """Nothing places it in time, so the policy decides."""
    view = view_of(graph_of("a.example"), "main")
    window = Window.parse("2013")
    assert in_window(view, window, UndatedPolicy.KEEP).shown_entities.tolist() == [True]
    assert in_window(view, window, UndatedPolicy.DROP).shown_entities.tolist() == [False]


def test_a_dated_link_is_judged_by_its_dates() -> None:
    """An undated repeat does not make a link that ended long ago unknown."""
    view = view_of(
        graph_of(
            "a.example -resolves-to-> 192.0.2.1 @2010-01-01..2010-02-01",
            "a.example -resolves-to-> 192.0.2.1",
        ),
        "main",
    )
    result = in_window(view, Window.parse("2013"), UndatedPolicy.KEEP)
    codes, has_date = dated_links(view, result.observations)
    assert OVERLAPS[result.links[0]] is IntervalOverlap.UNKNOWN
    assert (OVERLAPS[codes[0]], bool(has_date[0])) == (IntervalOverlap.NO, True)
