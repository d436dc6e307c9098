"""Which links are at an entity: a base in compressed rows, and what came later beside it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.int32]

REBUILD_LINKS_MIN = 20_000
"""Links past the base before it is built anew."""
TAIL_LINKS_MAX = 2_000
"""Links kept in dictionaries before they are put into compressed rows of their own."""


class Adjacency:
    """Links of one span of rows by their start and by their end, in compressed sparse rows."""

    __slots__ = ("in_links", "in_starts", "out_links", "out_starts", "size")

    def __init__(
        self,
        out_links: Rows | None,
        out_starts: NDArray[np.int64],
        in_links: Rows,
        in_starts: NDArray[np.int64],
    ) -> None:
        self.out_links = out_links
        """Links ordered by source; None where links are numbered in that order from 0 on."""
        self.out_starts = out_starts
        self.in_links = in_links
        self.in_starts = in_starts
        self.size = len(in_links)

    @classmethod
    def build(cls, sources: Rows, targets: Rows, *, first: int = 0) -> Adjacency:
        """Adjacency of those links, which are numbered from *first* on."""
        in_order = not len(sources) or bool((sources[1:] >= sources[:-1]).all())
        out_links = None
        if first or not in_order:
            out_links = np.argsort(sources, kind="stable").astype(np.int32) + np.int32(first)
        in_links = np.argsort(targets, kind="stable").astype(np.int32) + np.int32(first)
        return cls.of(sources, targets, out_links, in_links)

    @classmethod
    def of(cls, sources: Rows, targets: Rows, out_links: Rows | None, in_links: Rows) -> Adjacency:
        """Adjacency from ready orders."""
        return cls(out_links, _starts(sources), in_links, _starts(targets))

    def out_of(self, entities: Rows) -> tuple[Rows, Rows]:
        """Links that start at any of *entities*, and where each starts."""
        return _gather(self.out_starts, self.out_links, entities)

    def into(self, entities: Rows) -> tuple[Rows, Rows]:
        """Links that end at any of *entities*, and where each ends."""
        return _gather(self.in_starts, self.in_links, entities)


class Tail:
    """The latest few links by one of their ends."""

    __slots__ = ("_links", "size")

    def __init__(self) -> None:
        self._links: dict[int, list[int]] = {}
        self.size = 0

    def add(self, ends: Rows, first: int) -> None:
        """Take in links numbered from *first* on."""
        for row, end in enumerate(ends.tolist(), first):
            self._links.setdefault(end, []).append(row)
        self.size += len(ends)

    def at(self, entities: Rows) -> tuple[Rows, Rows]:
        """Links at any of *entities*, and the end that each is at."""
        pairs = []
        if self._links:
            known = self._links
            pairs = [(row, own) for own in entities.tolist() for row in known.get(own, ())]
        links, owners = np.asarray(pairs, np.int32).reshape(-1, 2).T
        return links, owners


class LayeredAdjacency:
    """Adjacency that grows: a base, a layer of later links, and a tail of the latest few."""

    __slots__ = ("_covered", "_layers", "_size", "_tail_in", "_tail_out")

    def __init__(self, base: Adjacency | None = None) -> None:
        self._layers = [] if base is None else [base]
        self._covered = 0 if base is None else base.size
        self._tail_out, self._tail_in = Tail(), Tail()
        self._size: int | None = None
        """Of the first links of another one: how many they are."""

    def head(self, size: int) -> LayeredAdjacency:
        """That of the first links: what is built is shared where it covers them."""
        first = LayeredAdjacency()
        if self._covered >= size:
            first._layers, first._covered, first._size = list(self._layers), size, size
            first._tail_out, first._tail_in = self._tail_out, self._tail_in
        return first

    def out_of(self, entities: Rows) -> tuple[Rows, Rows]:
        """Links that start at any of *entities*, and where each starts."""
        found = [layer.out_of(entities) for layer in self._layers]
        return self._first(_concatenated(found, self._tail_out, entities))

    def into(self, entities: Rows) -> tuple[Rows, Rows]:
        """Links that end at any of *entities*, and where each ends."""
        found = [layer.into(entities) for layer in self._layers]
        return self._first(_concatenated(found, self._tail_in, entities))

    def _first(self, found: tuple[Rows, Rows]) -> tuple[Rows, Rows]:
        if self._size is None:
            return found
        first = found[0] < self._size
        return found[0][first], found[1][first]

    def degrees(self, sources: Rows, targets: Rows, size: int) -> Rows:
        """Number of links at each of *size* entities; what the base counts is not counted anew."""
        degrees = np.zeros(size, np.int32)
        done = 0
        for base in self._layers[: self._size is None]:
            done = base.size
            for starts in (base.out_starts, base.in_starts):
                degrees[: len(starts) - 1] += np.diff(starts).astype(np.int32)
        for ends in (sources[done:], targets[done:]):
            degrees += np.bincount(ends, minlength=size).astype(np.int32)
        return degrees

    def cover(self, sources: Rows, targets: Rows) -> None:
        """Take in the links that came since; all links are given."""
        if self._covered == len(sources):
            return
        base = self._layers[0].size if self._layers else 0
        if len(sources) - base > max(REBUILD_LINKS_MIN, base // 4) or not base:
            self._layers = [Adjacency.build(sources, targets)]
            self._tail_out, self._tail_in = Tail(), Tail()
        elif self._tail_out.size + len(sources) - self._covered > TAIL_LINKS_MAX:
            later = Adjacency.build(sources[base:], targets[base:], first=base)
            self._layers = [self._layers[0], later]
            self._tail_out, self._tail_in = Tail(), Tail()
        else:
            self._tail_out.add(sources[self._covered :], self._covered)
            self._tail_in.add(targets[self._covered :], self._covered)
        self._covered = len(sources)


def _concatenated(found: list[tuple[Rows, Rows]], tail: Tail, entities: Rows) -> tuple[Rows, Rows]:
    if tail.size:
        found.append(tail.at(entities))
    if len(found) == 1:
        return found[0]
    if not found:
        return np.empty(0, np.int32), np.empty(0, np.int32)
    return (
        np.concatenate([links for links, _ in found]),
        np.concatenate([owners for _, owners in found]),
    )


def _gather(starts: NDArray[np.int64], links: Rows | None, entities: Rows) -> tuple[Rows, Rows]:
    entities = entities[entities + 1 < len(starts)]
    begins = starts[entities]
    counts = starts[entities + 1] - begins
    filled = np.flatnonzero(counts)
    entities, begins, counts = entities[filled], begins[filled], counts[filled]
    if not len(entities):
        return np.empty(0, np.int32), np.empty(0, np.int32)
    # Steps of one, but at each entity a jump to where its links begin.
    ends = np.cumsum(counts)
    steps = np.ones(int(ends[-1]), np.int32)
    steps[0] = begins[0]
    steps[ends[:-1]] = begins[1:] - begins[:-1] - counts[:-1] + 1
    at = np.cumsum(steps, dtype=np.int32)
    return (at if links is None else links[at]), np.repeat(entities, counts)


def _starts(ends: Rows) -> NDArray[np.int64]:
    counts = np.bincount(ends) if len(ends) else np.zeros(0, np.int64)
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts)))
