"""Pushing entities apart."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clew.layout.declutter import DISTANCE_MIN, declutter

PLACE = st.floats(-3, 3)


@given(st.lists(st.tuples(PLACE, PLACE), min_size=2, max_size=30), st.data())
def test_what_is_still_does_not_move_and_nobody_comes_nearer(
    places: list[tuple[float, float]], data: st.DataObject
) -> None:
    """Old entities keep their place to the last bit; all places stay finite."""
    points = np.asarray(places)
    still = np.asarray(
        data.draw(st.lists(st.booleans(), min_size=len(points), max_size=len(points)))
    )
    moved = declutter(points, still=still)
    assert np.array_equal(moved[still], points[still])
    assert np.isfinite(moved).all()


@given(st.integers(2, 40))
def test_all_at_one_place_get_room(count: int) -> None:
    """Entities that lie upon each other are seen as many afterwards."""
    moved = declutter(np.zeros((count, 2)))
    between = np.linalg.norm(moved[:, None] - moved[None], axis=2) + np.eye(count) * 9
    assert between.min() > 0.5 * DISTANCE_MIN


def test_what_has_room_stays() -> None:
    """Nobody moves where all have room."""
    points = np.asarray([[0.0, 0.0], [DISTANCE_MIN, 0.0], [0.0, DISTANCE_MIN]])
    assert np.array_equal(declutter(points), points)
