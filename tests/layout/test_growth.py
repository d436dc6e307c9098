"""Places for what is new."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from clew.layout.growth import grow
from clew.layout.label_room import BOX
from clew.layout.layouts import lay_out
from clew.layout.organic import organic
from layout.shapes import SHAPES, hubs, star


@settings(max_examples=25)
@given(st.sampled_from(sorted(SHAPES)), st.integers(6, 60), st.data())
def test_old_ones_stay_and_new_ones_cover_nobody(
    shape: str, size: int, data: st.DataObject
) -> None:
    """Whatever is new, the rest keeps its place to the last bit, and all have room."""
    count, sources, targets = SHAPES[shape](size)
    old = np.asarray(data.draw(st.lists(st.booleans(), min_size=count, max_size=count)))
    start = organic(count, sources, targets)
    start[~old] = np.nan
    points = grow(start, sources, targets)
    assert np.array_equal(points[old], start[old])
    assert np.isfinite(points).all()
    assert np.array_equal(points, grow(start, sources, targets))
    assert cKDTree(points).query(points, 2)[0][:, 1].min() > 1


@pytest.mark.parametrize("came", [1, 6, 60])
def test_new_ones_come_near_their_neighbour(came: int) -> None:
    """Leaves that come to a hub lie together, as near as the others leave room."""
    count, sources, targets = star(200)
    start = np.full((count, 2), np.nan)
    start[: count - came] = organic(
        count - came, sources[: count - came - 1], targets[: count - came - 1]
    )
    points = grow(start, sources, targets)
    hub, new = points[0], points[count - came :]
    assert np.linalg.norm(new - hub, axis=1).min() < 18
    assert np.ptp(new, axis=0).max() < 3 + 3 * np.sqrt(came)


def test_strangers_lie_below() -> None:
    """What is linked with nothing old lies below the picture, in a grid."""
    count, sources, targets = hubs(140)
    start = np.concatenate((organic(count, sources, targets), np.full((30, 2), np.nan)))
    points = grow(start, sources, targets)
    assert points[count:, 1].min() > points[:count, 1].max() + 1
    assert np.ptp(points[count:], axis=0).max() < 15


@pytest.mark.parametrize("shape", ["hubs", "chance", "star", "tree", "cycle"])
def test_few_get_room_for_their_labels(shape: str) -> None:
    """Where 60 come to 40, no label that comes crosses another."""
    count, sources, targets = SHAPES[shape](100)
    inner = (sources < 40) & (targets < 40)
    start = np.full((count, 2), np.nan)
    start[:40] = lay_out(
        "organic", 40, sources[inner], targets[inner], groups=np.zeros(40, np.int32)
    )
    apart = grow(start, sources, targets)[:, None] - grow(start, sources, targets)[None]
    crossing = (np.abs(apart) < np.asarray(BOX) - 1e-5).all(axis=2)
    assert np.triu(crossing, 1).sum() == 0


def test_all_new_is_the_organic_layout() -> None:
    """Nothing old, nothing to keep."""
    graph = hubs(30)
    assert np.array_equal(grow(np.full((30, 2), np.nan), *graph[1:]), organic(*graph))
