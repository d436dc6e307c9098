"""Boxes: the grid answers as comparing with each of them does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clew.interop.picture.boxes import CELL, BoxGrid

SIDES = st.floats(-3 * CELL, 3 * CELL)
BOXES = st.tuples(SIDES, SIDES, st.floats(0.5, 2 * CELL), st.floats(0.5, 2 * CELL)).map(
    lambda one: (one[0], one[1], one[0] + one[2], one[1] + one[3])
)


@given(st.lists(BOXES, max_size=12), BOXES)
def test_it_answers_as_each_box_does(
    boxes: list[tuple[float, float, float, float]], asked: tuple[float, float, float, float]
) -> None:
    """A box hits the grid where it overlaps any box that was added."""
    grid = BoxGrid()
    for box in boxes:
        grid.add(box)
    one_by_one = any(
        asked[0] < box[2] and box[0] < asked[2] and asked[1] < box[3] and box[1] < asked[3]
        for box in boxes
    )
    assert grid.hits(asked) == one_by_one
