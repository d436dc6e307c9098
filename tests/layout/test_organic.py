"""The organic layout."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.layout.forces import EXACT_MAX, repulsion
from clew.layout.organic import GAP, component_places, organic
from layout.shapes import SHAPES, path, star


@given(st.integers(0, 12), st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=20))
def test_any_graph_has_finite_places(count: int, ends: list[tuple[int, int]]) -> None:
    """Loops, repeats and lone entities are placed, and the same seed gives the same picture."""
    ends = [(a % count, b % count) for a, b in ends] if count else []
    sources = np.asarray([a for a, _ in ends], np.int32)
    targets = np.asarray([b for _, b in ends], np.int32)
    points = organic(count, sources, targets)
    assert points.shape == (count, 2)
    assert np.isfinite(points).all()
    assert np.array_equal(points, organic(count, sources, targets))


@pytest.mark.parametrize("shape", ["pairs", "triangles", "chance"])
def test_components_lie_beside_each_other(shape: str) -> None:
    """The box about a component holds nobody of another."""
    count, sources, targets = SHAPES[shape](300)
    points = organic(count, sources, targets)
    _, part = component_places(count, sources, targets)
    for number in range(0, int(part.max()) + 1, 7):
        own = part == number
        low, high = points[own].min(0) - GAP / 3, points[own].max(0) + GAP / 3
        inside = ((points > low) & (points < high)).all(axis=1)
        assert not (inside & ~own).any()


def test_leaves_lie_round_their_hub() -> None:
    """In rings, none farther than the room of all asks for."""
    count, sources, targets = star(400)
    points = organic(count, sources, targets)
    away = np.linalg.norm(points[1:] - points[0], axis=1)
    assert away.max() < 1.3 * (1 + np.sqrt(400 / 3))
    assert np.linalg.norm(points[1:].mean(0) - points[0]) < 0.5


def test_a_short_path_is_straight() -> None:
    """Six in a row lie in a row, which is wider than high."""
    points = organic(*path(6))
    width, height = np.ptp(points, axis=0)
    assert width > 5
    assert height < 0.5


def test_linked_entities_are_nearer_than_others() -> None:
    """Two groups with one bridge are drawn as two groups."""
    pairs = [(a, b) for a in range(5) for b in range(a)]
    pairs += [(a + 5, b + 5) for a, b in pairs] + [(0, 5)]
    sources, targets = np.asarray(pairs, np.int32).T
    points = organic(10, sources, targets)
    inside = np.linalg.norm(points[:5] - points[:5].mean(0), axis=1).mean()
    between = np.linalg.norm(points[:5].mean(0) - points[5:].mean(0))
    assert between > 1.5 * inside


def test_pictures_lie() -> None:
    """A picture is wider than high."""
    chance = np.random.default_rng(5)
    targets = np.arange(1, 120, dtype=np.int32)
    sources = np.asarray(
        [chance.integers(0, max(1, at // 4 + 1)) for at in range(1, 120)], np.int32
    )
    width, height = np.ptp(organic(120, sources, targets), axis=0)
    assert width > 0.9 * height


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
