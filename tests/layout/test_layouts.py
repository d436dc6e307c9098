"""Layouts by name: what holds for all of them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial import cKDTree

from clew.errors import UnknownName
from clew.layout.layer_layout import layer_layout
from clew.layout.layouts import LAYOUTS, lay_out
from layout.shapes import SHAPES

EXTENT_MAX = 9.0
"""Most extent of a picture, as a multiple of the root of the number of its entities."""

GRAPHS = st.integers(0, 40).flatmap(
    lambda n: st.tuples(
        st.just(n),
        st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)), max_size=60)
        if n
        else st.just([]),
    )
)


@given(GRAPHS, st.sampled_from(LAYOUTS))
def test_every_entity_has_a_place(graph: tuple[int, list[tuple[int, int]]], name: str) -> None:
    """Every layout gives finite coordinates, the same each time."""
    count, links = graph
    ends = np.asarray(links, np.int32).reshape(-1, 2)
    groups = np.arange(count, dtype=np.int32) % 3
    first = lay_out(name, count, ends[:, 0], ends[:, 1], groups=groups)
    assert first.shape == (count, 2)
    assert np.isfinite(first).all()
    assert np.array_equal(first, lay_out(name, count, ends[:, 0], ends[:, 1], groups=groups))


@given(GRAPHS, st.sampled_from(("layered", "circular", "block")))
def test_no_two_entities_share_a_place(graph: tuple[int, list[tuple[int, int]]], name: str) -> None:
    """Entities of the regular layouts are at least a link's length apart."""
    count, links = graph
    if count < 2:
        return
    ends = np.asarray(links, np.int32).reshape(-1, 2)
    points = lay_out(
        name, count, ends[:, 0], ends[:, 1], groups=np.arange(count, dtype=np.int32) % 3
    )
    nearest = cKDTree(points).query(points, k=2)[0][:, 1]
    assert nearest.min() > 0.99


def test_the_layers_are_the_steps_from_the_root() -> None:
    """A chain of four stands in four rows."""
    ends = np.asarray([(0, 1), (0, 2), (0, 3), (3, 4), (4, 5)], np.int32)
    points = layer_layout(6, ends[:, 0], ends[:, 1])
    rows = points[:, 1] - points[0, 1]
    assert rows.tolist() == [0, 2, 2, 2, 4, 6]


def test_an_unknown_layout_is_told() -> None:
    """The error names the ones that exist."""
    with pytest.raises(UnknownName, match="organic"):
        lay_out(
            "spiral", 0, np.empty(0, np.int32), np.empty(0, np.int32), groups=np.empty(0, np.int32)
        )


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("size", [6, 300, 1500])
def test_extents_grow_with_the_root_of_the_number(shape: str, layout: str, size: int) -> None:
    """No graph makes a picture wide, and nobody covers another, in any layout."""
    count, sources, targets = SHAPES[shape](size)
    points = lay_out(layout, count, sources, targets, groups=np.arange(count, dtype=np.int32) % 4)
    assert np.ptp(points, axis=0).max() <= EXTENT_MAX * np.sqrt(count)
    assert cKDTree(points).query(points, 2)[0][:, 1].min() > 1
