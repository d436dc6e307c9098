"""States in time, as boundaries and as weights."""

from __future__ import annotations

import numpy as np
import pytest

from builders import graph_of
from clew.analysis.interval_columns import OVERLAPS
from clew.analysis.states import boundary, in_state, state_weights, states_of
from clew.graph.view import View, view_of
from clew.model.entity import Entity
from clew.model.interval import IntervalOverlap, Window
from clew.schema.registry import catalogue

CATALOGUE = catalogue()


def view(*lines: str) -> View:
    return view_of(graph_of(*lines), "main")


def test_sources_of_one_span_are_told_together() -> None:
    """The same state at the same time from two providers is one span with two sources."""
    spans = states_of(
        view(
            "192.0.2.1 is sinkhole @2014-01-01..open by passivetotal",
            "192.0.2.1 is sinkhole @2014-01-01..open by local",
            "192.0.2.1 is sinkhole",
        )
    )
    assert [str(span) for span in spans] == [
        "sinkhole (undated, by test)",
        "sinkhole (2014-01-01 to open, by local, passivetotal)",
    ]


@pytest.mark.parametrize(
    ("line", "year", "overlap"),
    [
        ("192.0.2.1 is sinkhole @2014-01-01..open", "2013", IntervalOverlap.NO),
        ("192.0.2.1 is sinkhole @2014-01-01..open", "2015", IntervalOverlap.YES),
        ("192.0.2.1 is sinkhole", "2013", IntervalOverlap.UNKNOWN),
        ("192.0.2.1 is sinkhole @..2014-01-01", "2013", IntervalOverlap.UNKNOWN),
    ],
)
def test_a_state_bounds_while_it_may_have_held(
    line: str, year: str, overlap: IntervalOverlap
) -> None:
    """A later sinkhole does not bound; an undated one does, and says so."""
    seen = view(line)
    window = Window.parse(year)
    assert OVERLAPS[in_state(seen, "sinkhole", window=window)[0]] is overlap
    found = boundary(seen, CATALOGUE, window=window)
    assert len(found.entities) == (overlap is not IntervalOverlap.NO)
    assert ("may hold" in found.reason(int(seen.entities[0]))) is (
        overlap is IntervalOverlap.UNKNOWN
    )


def test_not_every_state_bounds() -> None:
    """A dynamic DNS name is looked at further."""
    seen = view("a.example is dynamic-dns", "b.example is parked")
    found = boundary(seen, CATALOGUE)
    assert [seen.entity(row) for row in found.entities.tolist()] == [
        Entity("domain-name", "b.example")
    ]


@pytest.mark.parametrize(
    ("when", "state", "weight"),
    [
        (" @2013-01-01..2013-02-01", " @2014-01-01..open", 1.0),
        (" @2014-06-01..2014-07-01", " @2014-01-01..open", 0.05),
        (" @2013-01-01..2013-02-01", "", 0.05),
        ("", " @2014-01-01..open", 0.05),
    ],
)
def test_a_state_takes_weight_in_its_time(when: str, state: str, weight: float) -> None:
    """Only what is proven to lie outside of the state's time keeps its weight."""
    seen = view(f"a.example -resolves-to-> 192.0.2.1{when}", f"192.0.2.1 is sinkhole{state}")
    sources, targets = state_weights(seen, CATALOGUE)
    assert (sources[0], targets[0]) == (1.0, weight)


def test_the_strictest_state_of_an_end_counts() -> None:
    """Two states at one end are not multiplied; states of both ends are told apart."""
    seen = view(
        "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01",
        "192.0.2.1 is sinkhole", "192.0.2.1 is parked", "a.example is dynamic-dns",
    )  # fmt: skip
    sources, targets = state_weights(seen, CATALOGUE)
    assert np.allclose((sources[0], targets[0]), (0.9, 0.05))
