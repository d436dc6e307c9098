"""Room for glyphs and labels at 100 entities, in every layout."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.layout.label_room import BOX, LABELS_MAX, room_for_labels
from clew.layout.layouts import LAYOUTS, lay_out
from layout.shapes import SHAPES

VIEWPORT_PX, LENGTH_PX = np.asarray((1440, 900)), 44
"""A window, and what a length of a link is in it where glyphs have their natural size."""
PLACE = st.floats(-50, 50)


def boxes_crossing(points: np.ndarray) -> int:
    """How many pairs of glyphs with their labels cross."""
    apart = np.abs(points[:, None] - points[None])
    crossing = (apart < np.asarray(BOX) - 1e-5).all(axis=2)
    return int(np.triu(crossing, 1).sum())


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_crosses_in_a_window(shape: str, layout: str) -> None:
    """100 entities fit into 1440 x 900 pixels at natural size, each with its label."""
    count, sources, targets = SHAPES[shape](100)
    groups = np.arange(count, dtype=np.int32) % 5
    points = lay_out(layout, count, sources, targets, groups=groups)
    assert boxes_crossing(points) == 0
    assert ((np.ptp(points, axis=0) + BOX) * LENGTH_PX <= VIEWPORT_PX).all()


@given(st.lists(st.tuples(PLACE, PLACE), min_size=2, max_size=LABELS_MAX))
def test_any_places_get_room(places: list[tuple[float, float]]) -> None:
    """Wherever entities lie, on one spot too."""
    assert boxes_crossing(room_for_labels(np.asarray(places))) == 0


def test_more_stay_where_they_are() -> None:
    """Beyond LABELS_MAX nothing moves."""
    points = np.zeros((LABELS_MAX + 1, 2))
    assert room_for_labels(points) is points
