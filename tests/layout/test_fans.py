"""Discs in rings round an owner."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clew.layout.fans import ROOM, fan

RADIUS = st.one_of(st.just(ROOM), st.floats(ROOM, 6))


@given(
    st.lists(st.tuples(st.integers(0, 2), RADIUS), min_size=1, max_size=60),
    st.lists(RADIUS, min_size=3, max_size=3),
    st.booleans(),
)
def test_no_two_discs_cross(
    children: list[tuple[int, float]], own: list[float], attached: bool
) -> None:
    """Children keep off each other and their owner, and lie inside the radius that is told."""
    owners = np.asarray([one for one, _ in children])
    radius = np.asarray([each for _, each in children])
    offsets, whole = fan(owners, np.asarray(own), radius, np.full(3, attached))
    away = np.hypot(*offsets.T)
    assert (away + radius <= whole[owners] + 1e-6).all()
    assert (away >= np.asarray(own)[owners] + radius - 1e-6).all()
    apart = np.linalg.norm(offsets[:, None] - offsets[None], axis=2)
    crossing = apart < (radius[:, None] + radius[None]) - 1e-6
    np.fill_diagonal(crossing, False)
    assert not (crossing & (owners[:, None] == owners[None])).any()


def test_many_leaves_take_little_room() -> None:
    """The disc of a hub with its leaves grows with the root of their number."""
    for count in (1, 6, 7, 100, 10_000):
        _, whole = fan(
            np.zeros(count, np.int64), np.asarray([ROOM]), np.full(count, ROOM), np.asarray([False])
        )
        assert whole[0] <= 3 * ROOM + 1.3 * np.sqrt(count / 3)


def test_few_leaves_look_away_from_the_rest() -> None:
    """Three leaves of an attached hub are an arc about (1, 0); of a lone one they are even."""
    leaves = np.zeros(3, np.int64), np.asarray([ROOM]), np.full(3, ROOM)
    arc, _ = fan(*leaves, np.asarray([True]))
    even, _ = fan(*leaves, np.asarray([False]))
    assert (arc[:, 0] > 0).all()
    assert np.abs(even.mean(0)).max() < 1e-9
