"""Drawings: all of a small graph, the most linked of a large one, told as such."""

from __future__ import annotations

from builders import graph_of, whole
from clew.graph.view import view_of
from clew.interop.picture.drawing import drawing_of
from clew.interop.picture.svg import svg
from clew.schema.registry import catalogue

LINES = (
    *(f"h{at}.example -resolves-to-> 192.0.2.1" for at in range(4)),
    *(f"h{at}.example -resolves-to-> 192.0.2.2" for at in range(1, 4)),
    "alone.example -resolves-to-> 192.0.2.9",
)


def test_what_is_drawn_is_bounded_and_what_is_counted_is_not() -> None:
    """The most linked are drawn with the links between them; the legend counts all."""
    part = whole(view_of(graph_of(*LINES)))
    drawn = drawing_of(part, catalogue(), title="t", most=3)
    assert [one.label for one in drawn.marks] == ["192.0.2[.]1", "h1[.]example", "192.0.2[.]2"]
    assert [(one.source, one.target) for one in drawn.lines] == [(1, 0), (1, 2)]
    assert sum(count for *_, count in drawn.legend) == 8
    told = "3 entities with most links of 8 are drawn, and 2 links of 8"
    assert drawn.bounds_text == told
    assert told in svg(drawn)


def test_a_small_graph_is_drawn_whole() -> None:
    """Under the bound nothing is left out, and nothing is told of it."""
    part = whole(view_of(graph_of(*LINES)))
    bounded = drawing_of(part, catalogue(), title="t", most=8)
    assert bounded == drawing_of(part, catalogue(), title="t")
    assert not bounded.bounds_text
