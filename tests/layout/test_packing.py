"""Boxes in shelves."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clew.layout.packing import shelves

SIDE = st.floats(0.5, 40)


@given(st.lists(st.tuples(SIDE, SIDE), min_size=1, max_size=60))
def test_no_two_boxes_cross_and_little_room_is_lost(sizes: list[tuple[float, float]]) -> None:
    """Boxes lie beside each other; the whole is at most some times what they take."""
    size = np.asarray(sizes)
    corner = shelves(size)
    low, high = corner + 1e-6, corner + size - 1e-6
    crossing = ((low[:, None] < high[None]) & (low[None] < high[:, None])).all(axis=2)
    np.fill_diagonal(crossing, False)
    assert not crossing.any()
    assert (corner >= 0).all()
    reach = (corner + size).max(axis=0)
    assert reach.max() <= 3 * (np.sqrt((size[:, 0] * size[:, 1]).sum()) + size.max())


def test_equal_boxes_are_a_grid() -> None:
    """Singletons stand in rows and columns, not in a line."""
    corner = shelves(np.ones((100, 2)))
    rows, columns = (len(np.unique(corner[:, axis].round(6))) for axis in (1, 0))
    assert 6 <= rows <= columns <= 16
