"""Which entities are drawn as one bundle."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from clew.layout.bundles import FAN_MAX, bundles
from layout.shapes import star, twins

NONE = np.zeros(100, np.int64)


def test_leaves_over_the_fan_are_a_bundle() -> None:
    """26 leaves of one kind are, 25 are not, and the hub never is."""
    for leaves, bundle in ((FAN_MAX, -1), (FAN_MAX + 1, 0)):
        count, sources, targets = star(leaves + 1)
        found = bundles(count, sources, targets, NONE[:count])
        assert found.tolist() == [-1] + [bundle] * leaves


def test_kinds_are_bundles_of_their_own() -> None:
    """The largest is number 0; what has the same several neighbours is a bundle too."""
    count, sources, targets = twins(93)
    kinds = np.where(np.arange(count) < 43, 7, 8)
    found = bundles(count, sources, targets, kinds)
    assert np.bincount(found + 1).tolist() == [3, 50, 40]


@given(
    st.integers(1, 8).flatmap(
        lambda n: st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=20)
    ),
    st.lists(st.integers(0, 1), min_size=8, max_size=8),
)
def test_members_have_the_same_neighbours(ends: list[tuple[int, int]], kinds: list[int]) -> None:
    """Two are in one bundle where kind and neighbours are the same, and only there."""
    rows = np.asarray(ends, np.int32).reshape(-1, 2)
    found = bundles(8, rows[:, 0], rows[:, 1], np.asarray(kinds), fan_max=1)
    near = [frozenset(b if a == at else a for a, b in ends if at in (a, b) and a != b)
            for at in range(8)]  # fmt: skip
    for one in range(8):
        for other in range(one):
            same = bool(near[one]) and (near[one], kinds[one]) == (near[other], kinds[other])
            assert same == (found[one] == found[other] >= 0)
