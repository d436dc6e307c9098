"""Chains along spirals."""

from __future__ import annotations

import numpy as np
import pytest

from clew.layout.chains import STRAIGHT_MAX, are_long_chains, coils
from layout.shapes import path, star


@pytest.mark.parametrize("size", [13, 100, 2000])
def test_neighbours_stay_near_and_turns_apart(size: int) -> None:
    """Linked discs nearly touch, and no two cross."""
    _, low, high = path(size)
    radius = np.full(size, 0.65)
    points = coils(np.zeros(size, np.int64), radius, low.astype(np.int64), high.astype(np.int64))
    step = np.linalg.norm(points[1:] - points[:-1], axis=1)
    assert step.max() < 1.75
    apart = np.linalg.norm(points[:, None] - points[None], axis=2) + np.eye(size) * 9
    assert apart.min() > 1.29


def test_which_are_chains() -> None:
    """Long rows are, short ones, stars, and rows with a disc like a plate are not."""
    for graph, radius, are in (
        (path(STRAIGHT_MAX + 1), 0.65, True),
        (path(STRAIGHT_MAX), 0.65, False),
        (star(40), 0.65, False),
        (path(2000), 25.0, False),
    ):
        count, low, high = graph
        room = np.full(count, 0.65)
        room[0] = radius
        part = np.zeros(count, np.int64)
        ends = low.astype(np.int64), high.astype(np.int64)
        assert are_long_chains(part, room, *ends).tolist() == [are]
