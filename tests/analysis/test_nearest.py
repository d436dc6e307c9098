"""What held nearest to a day."""

from __future__ import annotations

import numpy as np
import pytest

from builders import graph_of
from clew.analysis.nearest import nearest_links, nearest_properties
from clew.errors import InvalidValue
from clew.graph.view import View, view_of
from clew.model.entity import Entity
from clew.model.moment import UNKNOWN, day


def found(view: View, when: str, *, leave_out: tuple[str, ...] = ()) -> list[tuple[str, int]]:
    """Other end and gap in days for a.example."""
    own = np.asarray([view.row_of(Entity("domain-name", "a.example"))], np.int32)
    out = np.asarray([view.row_of(Entity("ip-address", each)) for each in leave_out], np.int32)
    near = nearest_links(view, own, day(when), link_type="resolves-to", leave_out=out)
    return [(view.entity(each.other).value, each.gap_days) for each in near]


VIEW = view_of(
    graph_of(
        "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01",
        "a.example -resolves-to-> 192.0.2.2 @2013-02-11..2013-03-01",
        "a.example -resolves-to-> 192.0.2.3 @2013-02-05..open",
        "a.example -resolves-to-> 192.0.2.4",
        "b.example -resolves-to-> 192.0.2.5 @2013-02-06..2013-02-06",
    ),
    "main",
)


@pytest.mark.parametrize(
    ("when", "want"),
    [
        ("2013-01-15", [("192.0.2.1", 0)]),
        ("2013-02-02", [("192.0.2.1", 1)]),
        ("2013-02-03", [("192.0.2.1", 2), ("192.0.2.3", 2)]),
        ("2013-02-20", [("192.0.2.2", 0), ("192.0.2.3", 0)]),
        ("2012-12-31", [("192.0.2.1", 1)]),
        ("2019-01-01", [("192.0.2.3", 0)]),
    ],
)
def test_the_smallest_gap_wins_and_ties_stay(when: str, want: list[tuple[str, int]]) -> None:
    """Days are counted to the interval; what is undated is never near."""
    assert found(VIEW, when) == want


def test_what_is_left_out_does_not_count() -> None:
    """Leaving an entity out brings the next nearest."""
    assert found(VIEW, "2013-01-15", leave_out=("192.0.2.1",)) == [("192.0.2.3", 21)]


def test_an_unknown_start_is_no_nearness() -> None:
    """Of an interval with one end told, only that end is near to something."""
    view = view_of(graph_of("a.example -resolves-to-> 192.0.2.1 @?..2013-02-01"), "main")
    assert found(view, "2013-01-30") == [("192.0.2.1", 2)]


def test_states_are_properties_too() -> None:
    """The value nearest to a day is told for properties."""
    view = view_of(
        graph_of(
            "192.0.2.1 is sinkhole @2014-01-01..open", "192.0.2.1 is parked @2012-01-01..2013-01-01"
        ),
        "main",
    )
    near = nearest_properties(view, view.entities, day("2013-01-11"), name="state")
    assert [(each.value, each.gap_days) for each in near] == [("parked", 10)]


def test_a_day_is_needed() -> None:
    """Nothing is near to an unknown moment."""
    with pytest.raises(InvalidValue):
        nearest_links(VIEW, VIEW.entities, UNKNOWN, link_type="resolves-to")
