"""Shared hosting, measured."""

from __future__ import annotations

import pytest

from builders import graph_of
from clew.analysis.shared_hosting import shared_hosting
from clew.graph.view import View, view_of
from clew.model.interval import Window

IP = "192.0.2.1"


def hosted(*names: str, when: str = "") -> View:
    return view_of(graph_of(*(f"{one} -resolves-to-> {IP}{when}" for one in names)), "main")


def test_names_of_one_owner_are_no_crowd() -> None:
    """Twenty hosts of one domain count as one; names of different domains count each."""
    assert shared_hosting(hosted(*(f"h{n}.one.example" for n in range(20))), domains_min=2) == ()
    (host,) = shared_hosting(hosted("a.one.example", "b.one.example", "two.example"), domains_min=2)
    assert (host.names, host.domains, host.unplaced) == (3, 2, 0)


@pytest.mark.parametrize(
    ("when", "want"),
    [
        (" @2013-01-01..2013-02-01", (3, 0)),
        (" @2011-01-01..2011-02-01", None),
        ("", (3, 3)),
    ],
)
def test_a_crowd_of_another_time_is_none(when: str, want: tuple[int, int] | None) -> None:
    """What pointed there before the window does not count; what has no date does, and is told."""
    view = hosted("one.example", "two.example", "three.example", when=when)
    found = shared_hosting(view, window=Window.parse("2013"), domains_min=3)
    assert [(one.names, one.unplaced) for one in found] == ([want] if want else [])
    if want and want[1]:
        assert "without a date" in str(found[0])


def test_fullest_first() -> None:
    """The order is by domains, then names."""
    lines = [f"n{n}.example -resolves-to-> 192.0.2.{2 if n < 3 else 3}" for n in range(8)]
    view = view_of(graph_of(*lines), "main")
    assert [one.domains for one in shared_hosting(view, domains_min=2)] == [5, 3]
