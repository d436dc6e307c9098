"""Free room for discs that come."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from clew.layout.fans import ROOM
from clew.layout.free_room import free_room

PLACE = st.tuples(st.floats(-20, 20), st.floats(-20, 20))
REACH = st.floats(0, 9)


@settings(max_examples=40)
@given(
    st.lists(PLACE, min_size=1, max_size=30),
    st.lists(st.tuples(PLACE, REACH), min_size=1, max_size=30),
    st.booleans(), st.booleans(),
)  # fmt: skip
def test_no_disc_crosses_what_is_there_or_another(
    there: list[tuple[float, float]],
    came: list[tuple[tuple[float, float], float]],
    beside: bool,
    strangers: bool,
) -> None:
    """Near or below, discs of any size have their room, also where all want the same."""
    taken, reach = np.asarray(there), np.asarray([reach for _, reach in came])
    anchor = np.asarray([place for place, _ in came])
    if strangers:
        anchor[::2] = np.nan
    middle = free_room(taken, anchor, reach, beside=np.full(len(came), beside))
    apart = np.linalg.norm(middle[:, None] - middle[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    assert (apart >= (reach[:, None] + reach[None] + 2 * ROOM) * 0.99).all()
    near = np.linalg.norm(middle[:, None] - taken[None], axis=2).min(axis=1)
    assert (near >= reach + 2 * ROOM * 0.99).all()


def test_what_is_tied_lies_near() -> None:
    """A disc goes no farther from its anchor than the crowd about it asks for."""
    x, y = np.meshgrid(np.arange(-10, 11) * 1.3, np.arange(-10, 11) * 1.3)
    crowd = np.stack((x.ravel(), y.ravel()), axis=1)
    middle = free_room(crowd, np.zeros((1, 2)), np.asarray([2.0]), beside=np.asarray([True]))
    assert 13 < np.abs(middle).max() < 30
