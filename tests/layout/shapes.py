"""Graphs of known shapes, as number of entities and both ends of each link."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int32]
Shape = tuple[int, Rows, Rows]


def of_pairs(count: int, pairs: NDArray[np.int64]) -> Shape:
    """A graph of that many entities and those links, shape (links, 2)."""
    ends = pairs.reshape(-1, 2).astype(np.int32)
    return count, ends[:, 0], ends[:, 1]


def singles(size: int) -> Shape:
    return of_pairs(size, np.empty((0, 2), np.int64))


def pairs(size: int) -> Shape:
    return of_pairs(2 * (size // 2), np.arange(2 * (size // 2)))


def star(size: int) -> Shape:
    return of_pairs(size, np.stack((np.zeros(size - 1, np.int64), np.arange(1, size)), 1))


def path(size: int) -> Shape:
    return of_pairs(size, np.stack((np.arange(size - 1), np.arange(1, size)), 1))


def cycle(size: int) -> Shape:
    return of_pairs(size, np.stack((np.arange(size), (np.arange(size) + 1) % size), 1))


def caterpillar(size: int) -> Shape:
    """A path with four leaves at each of its entities."""
    body = max(1, size // 5)
    leaves = np.arange(body, size)
    spine = np.stack((np.arange(body - 1), np.arange(1, body)), 1)
    return of_pairs(size, np.concatenate((spine, np.stack((leaves % body, leaves), 1))))


def hubs(size: int) -> Shape:
    """Three hubs that are linked in a ring, with leaves by halves of what is left."""
    sizes = np.arange(3, size)
    ring = np.asarray([(0, 1), (1, 2), (2, 0)])
    owner = np.floor(np.log2(1 + (sizes - 3) % 7)).astype(np.int64)
    return of_pairs(size, np.concatenate((ring, np.stack((owner, sizes), 1))))


def twins(size: int) -> Shape:
    """Entities that all have the same three neighbours."""
    owners = np.repeat(np.arange(3), size - 3)
    return of_pairs(size, np.stack((owners, np.tile(np.arange(3, size), 3)), 1))


def tree(size: int) -> Shape:
    """A tree in which each has two children."""
    child = np.arange(1, size)
    return of_pairs(size, np.stack(((child - 1) // 2, child), 1))


def mesh(size: int) -> Shape:
    """A square grid."""
    side = max(2, int(np.sqrt(size)))
    at = np.arange(side * side)
    right, down = at[at % side < side - 1], at[at < side * (side - 1)]
    links = np.concatenate((np.stack((right, right + 1), 1), np.stack((down, down + side), 1)))
    return of_pairs(side * side, links)


def triangles(size: int) -> Shape:
    """Components of three, each with all its links."""
    count = 3 * max(1, size // 3)
    at = np.arange(count)
    return of_pairs(count, np.stack((at, at - at % 3 + (at + 1) % 3), 1))


def chance(size: int) -> Shape:
    """As many links as entities, between any two."""
    return of_pairs(size, np.random.default_rng(size).integers(0, size, (size, 2)))


def skewed(size: int) -> Shape:
    """Twice as many links as entities, to few targets mostly."""
    drawn = np.random.default_rng(size).random((2 * size, 2))
    links = np.stack((drawn[:, 0], drawn[:, 1] ** 5), 1) * size
    return of_pairs(size, links.astype(np.int64))


SHAPES: dict[str, Callable[[int], Shape]] = {
    one.__name__: one
    for one in (
        singles, pairs, star, path, cycle, caterpillar, hubs, twins, tree, mesh, triangles,
        chance, skewed,
    )
}  # fmt: skip
