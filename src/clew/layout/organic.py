"""The organic layout: linked entities attract, all repel; components lie side by side."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components
from scipy.spatial import cKDTree

from clew.layout.declutter import declutter
from clew.layout.forces import repulsion

Points = NDArray[np.float64]
Rows = NDArray[np.int32]
STEPS = 160
GRAVITY = 0.02
ROOM = 1.0
"""Distance to the nearest neighbour that seven in ten have at least, in lengths of a link."""
GAP = 2.5
"""Between components, in lengths of a link."""


def organic(
    count: int,
    sources: Rows,
    targets: Rows,
    *,
    start: Points | None = None,
    seed: int = 0,
    steps: int = STEPS,
) -> Points:
    """
    Coordinates in which the length of a link is about 1.

    Args:
        count: Number of entities.
        sources: Index of each link's start.
        targets: Index of each link's end.
        start: Shape (count, 2); where entities were, NaN for new ones, which begin near their
            neighbours. Then all components are laid out together.
        seed: Same seed, same picture.
        steps: Rounds of moving.

    Returns:
        Shape (count, 2), finite, the middle at 0.

    Source:
        Forces of ForceAtlas2 (Jacomy et al., 2014): linear attraction, repulsion by the product
        of degrees + 1 over the distance; repulsion on a grid for large graphs (layout/forces.py).
    """
    if not count:
        return np.empty((0, 2))
    links = sources != targets
    sources, targets = sources[links], targets[links]
    degree = np.bincount(np.concatenate((sources, targets)), minlength=count)
    if start is not None:
        points = _near_neighbours(start, sources, targets, seed)
        return _centred(_relax(points, sources, targets, degree, max(10, steps // 4)))
    graph = coo_matrix((np.ones(len(sources)), (sources, targets)), shape=(count, count))
    parts, part = connected_components(graph, directed=False)
    points = np.zeros((count, 2))
    boxes: list[tuple[NDArray[np.int64], Points]] = []
    order = np.argsort(part, kind="stable")
    bounds = np.searchsorted(part[order], np.arange(parts + 1))
    place = np.empty(count, np.int32)
    link_part = part[sources]
    link_order = np.argsort(link_part, kind="stable")
    link_bounds = np.searchsorted(link_part[link_order], np.arange(parts + 1))
    for number in range(parts):
        rows = order[bounds[number] : bounds[number + 1]]
        if len(rows) == 1:
            boxes.append((rows, np.zeros((1, 2))))
            continue
        place[rows] = np.arange(len(rows), dtype=np.int32)
        mine = link_order[link_bounds[number] : link_bounds[number + 1]]
        chance = np.random.default_rng(seed)
        spread = np.sqrt(len(rows))
        begin = chance.uniform(-spread, spread, (len(rows), 2))
        found = _relax(begin, place[sources[mine]], place[targets[mine]], degree[rows], steps)
        boxes.append((rows, _lying(found)))
    _pack(points, boxes)
    return _centred(points)


def _relax(
    points: Points, sources: Rows, targets: Rows, degree: NDArray[Any], steps: int
) -> Points:
    mass = 1.0 + 0.25 * np.sqrt(degree)
    heat = max(1.0, 0.1 * float(np.sqrt(len(points))))
    before = np.zeros_like(points)
    for step in range(steps):
        force = repulsion(points, mass)
        way = points[targets] - points[sources]
        length = np.hypot(way[:, 0], way[:, 1])
        pull = way * (0.4 + 0.25 * length)[:, None]
        for axis in (0, 1):
            force[:, axis] += np.bincount(sources, pull[:, axis], len(points))
            force[:, axis] -= np.bincount(targets, pull[:, axis], len(points))
        force -= GRAVITY * points
        move = 0.25 * force + 0.3 * before
        size = np.maximum(np.hypot(move[:, 0], move[:, 1]), 1e-9)
        limit = heat * (1 - step / steps) + 0.02
        move *= np.minimum(1.0, limit / size)[:, None]
        points = points + move
        before = move
    return _spaced(points)


def _spaced(points: Points) -> Points:
    """Scaled so that most have about a length of a link of room."""
    if len(points) < 3:
        return points
    near = cKDTree(points).query(points, 2)[0][:, 1]
    room = float(np.quantile(near, 0.3))
    spaced: Points = points * (ROOM / max(room, 1e-6)) if room < ROOM else points
    return declutter(spaced)


def _lying(points: Points) -> Points:
    """Turned so that it is wider than high, as screens are."""
    if len(points) < 3:
        return points
    middle = points - points.mean(0)
    # The columns are the axes of least and of most spread.
    axes = np.linalg.eigh(middle.T @ middle)[1]
    turned: Points = middle @ axes[:, ::-1]
    return turned


def _near_neighbours(start: Points, sources: Rows, targets: Rows, seed: int) -> Points:
    points = start.astype(np.float64)
    chance = np.random.default_rng(seed)
    for _ in range(4):
        new = np.isnan(points[:, 0])
        if not new.any():
            return points
        for own, other in ((sources, targets), (targets, sources)):
            useful = np.isnan(points[own, 0]) & ~np.isnan(points[other, 0])
            points[own[useful]] = points[other[useful]] + chance.normal(0, 0.7, (useful.sum(), 2))
    new = np.isnan(points[:, 0])
    points[new] = chance.normal(0, 3, (int(new.sum()), 2))
    return points


def _pack(points: Points, boxes: list[tuple[NDArray[np.int64], Points]]) -> None:
    """Components in rows, the largest first, in a shape a little wider than high."""
    sized = []
    for rows, found in boxes:
        low, high = found.min(0), found.max(0)
        sized.append((rows, found - low, high - low + GAP))
    sized.sort(key=lambda box: -box[2][1])
    area = sum(float(size[0] * size[1]) for _, _, size in sized)
    width = max(float(np.sqrt(area * 1.9)), max(float(size[0]) for _, _, size in sized))
    x = y = height = 0.0
    for rows, found, size in sized:
        if x and x + size[0] > width:
            x, y, height = 0.0, y + height, 0.0
        points[rows] = found + np.asarray((x, y))
        x += float(size[0])
        height = max(height, float(size[1]))


def _centred(points: Points) -> Points:
    middle: Points = points - (points.min(0) + points.max(0)) / 2
    return middle
