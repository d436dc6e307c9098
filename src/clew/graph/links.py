"""The links of a working set as columns, with adjacency both ways."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from clew.errors import TooLarge
from clew.graph.column import Column
from clew.graph.key_index import KeyIndex

Rows = NDArray[np.int32]

ENTITY_BITS, TYPE_BITS = 27, 10
ENTITIES_MAX = 1 << ENTITY_BITS
"""Most entities of one investigation, in rows."""
LINK_TYPES_MAX = 1 << TYPE_BITS
"""Most link types of one investigation."""
REBUILD_LINKS_MIN = 20_000
"""Links past the adjacency before it is built anew."""


class Links:
    """Rows of links (source, type, target), each once, numbered as they come."""

    __slots__ = ("_adjacency", "_index", "_late_in", "_late_out", "sources", "targets", "types")

    def __init__(self) -> None:
        self.sources = Column(np.int32)
        self.targets = Column(np.int32)
        self.types = Column(np.uint16)
        self._index = KeyIndex()
        self._adjacency: Adjacency | None = None
        self._late_out: dict[int, list[int]] = {}
        self._late_in: dict[int, list[int]] = {}

    def __len__(self) -> int:
        return len(self.types)

    def find(self, sources: Rows, types: NDArray[np.uint16], targets: Rows) -> Rows:
        """The row of each link, -1 where there is none."""
        known = (sources >= 0) & (targets >= 0)
        found = np.full(len(sources), -1, np.int32)
        found[known] = self._index.find(_keys(sources[known], types[known], targets[known]))
        return found

    def add(self, sources: Rows, types: NDArray[np.uint16], targets: Rows) -> Rows:
        """The row of each link, new rows for unknown ones."""
        if not len(sources):
            return np.empty(0, np.int32)
        before = len(self)
        rows, fresh = self._index.add(_keys(sources, types, targets))
        self.sources.append(sources[fresh])
        self.types.append(types[fresh])
        self.targets.append(targets[fresh])
        if self._adjacency is not None and len(fresh):
            self._add_late(before)
        return rows

    def out_of(self, entity: int) -> Rows:
        """Rows of the links that start at an entity."""
        built = self.adjacency().out_of(entity)
        late = self._late_out.get(entity)
        return built if late is None else np.concatenate((built, np.asarray(late, np.int32)))

    def into(self, entity: int) -> Rows:
        """Rows of the links that end at an entity."""
        built = self.adjacency().into(entity)
        late = self._late_in.get(entity)
        return built if late is None else np.concatenate((built, np.asarray(late, np.int32)))

    def at(self, entities: Rows) -> tuple[Rows, Rows, Rows]:
        """
        Links at any of *entities*, either way: their rows, the end each is at, the other end.

        A link between two of them comes twice, once for each.
        """
        built = self.adjacency()
        outward, starts = built.many_out_of(entities)
        inward, ends = built.many_into(entities)
        parts = [
            (outward, starts, self.targets.values[outward]),
            (inward, ends, self.sources.values[inward]),
        ]
        for late, others in ((self._late_out, self.targets), (self._late_in, self.sources)):
            pairs = [(row, own) for own in entities.tolist() if late for row in late.get(own, ())]
            if pairs:
                rows, owners = np.asarray(pairs, np.int32).T
                parts.append((rows, owners, others.values[rows]))
        links, owners, other_ends = (
            np.concatenate(columns) for columns in zip(*parts, strict=True)
        )
        return links, owners, other_ends

    def adjacency(self) -> Adjacency:
        """The adjacency, built when first asked for; later links lie beside it for a while."""
        if self._adjacency is None:
            self._adjacency = Adjacency.build(self.sources.values, self.targets.values)
            self._late_out, self._late_in = {}, {}
        return self._adjacency

    def _add_late(self, before: int) -> None:
        assert self._adjacency is not None
        if len(self) - self._adjacency.size > max(REBUILD_LINKS_MIN, self._adjacency.size // 4):
            self._adjacency = None
            return
        for row in range(before, len(self)):
            self._late_out.setdefault(int(self.sources.values[row]), []).append(row)
            self._late_in.setdefault(int(self.targets.values[row]), []).append(row)

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Everything that a snapshot keeps."""
        _, order = self._index.arrays()
        kept: dict[str, NDArray[Any]] = {
            "sources": self.sources.values,
            "targets": self.targets.values,
            "types": self.types.values,
        }
        if order is not None:
            kept["order"] = order
        built = Adjacency.build(self.sources.values, self.targets.values)
        if built.out_links is not None:
            kept["out_links"] = built.out_links
        kept["in_links"] = built.in_links
        return kept

    @classmethod
    def from_arrays(cls, kept: dict[str, NDArray[Any]]) -> Links:
        """The inverse of arrays."""
        links = cls()
        links.sources.append(kept["sources"])
        links.targets.append(kept["targets"])
        links.types.append(kept["types"])
        keys = _keys(links.sources.values, links.types.values, links.targets.values)
        order = kept.get("order")
        links._index = KeyIndex.from_arrays(keys if order is None else keys[order], order)
        links._adjacency = Adjacency.of(
            links.sources.values, links.targets.values, kept.get("out_links"), kept["in_links"]
        )
        return links


class Adjacency:
    """Links by their start and by their end, in compressed sparse rows."""

    __slots__ = ("in_links", "in_starts", "out_links", "out_starts", "size")

    def __init__(
        self,
        out_links: Rows | None,
        out_starts: NDArray[np.int64],
        in_links: Rows,
        in_starts: NDArray[np.int64],
    ) -> None:
        self.out_links = out_links
        """Links ordered by source; None where links are numbered in that order."""
        self.out_starts = out_starts
        self.in_links = in_links
        self.in_starts = in_starts
        self.size = len(in_links)

    @classmethod
    def build(cls, sources: Rows, targets: Rows) -> Adjacency:
        """Adjacency of those links."""
        in_order = not len(sources) or bool((sources[1:] >= sources[:-1]).all())
        out_links = None if in_order else np.argsort(sources, kind="stable").astype(np.int32)
        return cls.of(
            sources, targets, out_links, np.argsort(targets, kind="stable").astype(np.int32)
        )

    @classmethod
    def of(cls, sources: Rows, targets: Rows, out_links: Rows | None, in_links: Rows) -> Adjacency:
        """Adjacency from ready orders."""
        return cls(out_links, _starts(sources), in_links, _starts(targets))

    def out_of(self, entity: int) -> Rows:
        """Rows of the links that start at an entity."""
        if entity + 1 >= len(self.out_starts):
            return np.empty(0, np.int32)
        start, end = self.out_starts[entity], self.out_starts[entity + 1]
        if self.out_links is None:
            return np.arange(start, end, dtype=np.int32)
        return self.out_links[start:end]

    def into(self, entity: int) -> Rows:
        """Rows of the links that end at an entity."""
        if entity + 1 >= len(self.in_starts):
            return np.empty(0, np.int32)
        return self.in_links[self.in_starts[entity] : self.in_starts[entity + 1]]

    def many_out_of(self, entities: Rows) -> tuple[Rows, Rows]:
        """Links that start at any of *entities*, and where each starts."""
        return _gather(self.out_starts, self.out_links, entities)

    def many_into(self, entities: Rows) -> tuple[Rows, Rows]:
        """Links that end at any of *entities*, and where each ends."""
        return _gather(self.in_starts, self.in_links, entities)

    def degrees(self, size: int) -> Rows:
        """Number of links at each of *size* entities, both ways together."""
        degrees = np.zeros(size, np.int32)
        for starts in (self.out_starts, self.in_starts):
            degrees[: len(starts) - 1] += np.diff(starts).astype(np.int32)
        return degrees


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


def _keys(sources: Rows, types: NDArray[np.uint16], targets: Rows) -> NDArray[np.uint64]:
    if len(types) and int(types.max()) >= LINK_TYPES_MAX:
        raise TooLarge("names of link types and properties", LINK_TYPES_MAX)
    if len(sources) and max(int(sources.max()), int(targets.max())) >= ENTITIES_MAX:
        raise TooLarge("entities", ENTITIES_MAX)
    high = sources.astype(np.uint64) << np.uint64(ENTITY_BITS + TYPE_BITS)
    middle = types.astype(np.uint64) << np.uint64(ENTITY_BITS)
    keys: NDArray[np.uint64] = np.bitwise_or(high, middle)
    np.bitwise_or(keys, targets.astype(np.uint64), out=keys)
    return keys
