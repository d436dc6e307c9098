"""Folding leaves and twins."""

from __future__ import annotations

import numpy as np
import pytest

from clew.layout.folding import fold
from clew.layout.links import distinct_links
from layout.shapes import SHAPES, caterpillar, star, twins


@pytest.mark.parametrize("shape", SHAPES)
def test_discs_hold_what_was_folded(shape: str) -> None:
    """Unfolded, no two entities of a disc cross, and none is lost or outside its disc."""
    count, sources, targets = SHAPES[shape](150)
    folded = fold(count, *distinct_links(count, sources, targets))
    assert folded.size[folded.kept].sum() == count
    points = np.full((count, 2), np.nan)
    room = folded.radius[folded.kept]
    far = np.cumsum(2 * room) - room
    points[folded.kept] = np.stack((far, np.zeros(len(far))), axis=1)
    points = folded.unfold(points)
    assert np.isfinite(points).all()
    apart = np.linalg.norm(points[:, None] - points[None], axis=2) + np.eye(count) * 9
    assert apart.min() > 1.29
    nearest = np.abs(points[:, None] - points[None, folded.kept]).max(axis=2).min(axis=1)
    assert (nearest <= folded.radius[folded.kept].max()).all()


@pytest.mark.parametrize(("graph", "left"), [(star(50), 1), (twins(50), 2), (caterpillar(50), 10)])
def test_what_is_left(graph: tuple[int, np.ndarray, np.ndarray], left: int) -> None:
    """A star is one disc; leaves and twins go, a body stays."""
    count, sources, targets = graph
    assert len(fold(count, *distinct_links(count, sources, targets)).kept) == left


def test_links_are_counted() -> None:
    """A link between two discs is as heavy as the links that it stands for."""
    count, sources, targets = twins(50)
    folded = fold(count, *distinct_links(count, sources, targets))
    assert folded.weight.sum() == len(sources)
