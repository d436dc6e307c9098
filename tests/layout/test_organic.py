"""The organic layout."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.layout.forces import EXACT_MAX, repulsion
from clew.layout.organic import organic


@given(st.integers(0, 12), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=20))
def test_any_graph_has_finite_places(count: int, ends: list[tuple[int, int]]) -> None:
    """Loops, repeats and lone entities are placed, and the same seed gives the same picture."""
    ends = [(a % count, b % count) for a, b in ends] if count else []
    sources = np.asarray([a for a, _ in ends], np.int32)
    targets = np.asarray([b for _, b in ends], np.int32)
    points = organic(count, sources, targets, steps=20)
    assert points.shape == (count, 2)
    assert np.isfinite(points).all()
    assert np.array_equal(points, organic(count, sources, targets, steps=20))


def test_linked_entities_are_nearer_than_others() -> None:
    """Two groups with one bridge are drawn as two groups."""
    pairs = [(a, b) for a in range(5) for b in range(a)]
    pairs += [(a + 5, b + 5) for a, b in pairs] + [(0, 5)]
    sources, targets = np.asarray(pairs, np.int32).T
    points = organic(10, sources, targets)
    inside = np.linalg.norm(points[:5] - points[:5].mean(0), axis=1).mean()
    between = np.linalg.norm(points[:5].mean(0) - points[5:].mean(0))
    assert between > 1.5 * inside


def test_nobody_covers_another_and_pictures_lie() -> None:
    """Entities keep their distance from each other, and a picture is wider than high."""
    chance = np.random.default_rng(5)
    targets = np.arange(1, 120, dtype=np.int32)
    sources = np.asarray(
        [chance.integers(0, max(1, at // 4 + 1)) for at in range(1, 120)], np.int32
    )
    points = organic(120, sources, targets)
    apart = np.linalg.norm(points[:, None] - points[None], axis=2) + np.eye(120) * 9
    assert apart.min() > 1
    width, height = np.ptp(points, axis=0)
    assert width > 0.9 * height


def test_old_entities_stay_where_they_were() -> None:
    """With a start, a new entity is put near its neighbour."""
    sources, targets = np.asarray([0, 1, 2], np.int32), np.asarray([1, 2, 3], np.int32)
    start = organic(4, sources, targets)
    start[3] = np.nan
    moved = organic(4, sources, targets, start=start)
    assert np.linalg.norm(moved[3] - moved[2]) < 4


def test_the_grid_agrees_with_pairs() -> None:
    """Repulsion on the grid points where the exact one does."""
    chance = np.random.default_rng(3)
    points = chance.normal(0, 20, (EXACT_MAX + 1, 2))
    mass = np.ones(len(points))
    near = repulsion(points, mass)
    some = slice(0, 200)
    apart = points[some, None] - points[None]
    square = (apart**2).sum(-1) + 1e-3
    exact = (apart / square[..., None]).sum(1)
    cosine = (near[some] * exact).sum(1) / (
        np.linalg.norm(near[some], axis=1) * np.linalg.norm(exact, axis=1)
    )
    assert np.median(cosine) == pytest.approx(1, abs=0.02)
