"""The links of a working set as columns, with adjacency both ways."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from clew.errors import TooLarge
from clew.graph.adjacency import Adjacency, LayeredAdjacency
from clew.graph.column import Column
from clew.graph.key_index import KeyIndex

Rows = NDArray[np.int32]

ENTITY_BITS, TYPE_BITS = 27, 10
ENTITIES_MAX = 1 << ENTITY_BITS
"""Most entities of one investigation, in rows."""
LINK_TYPES_MAX = 1 << TYPE_BITS
"""Most link types of one investigation."""


class Links:
    """Rows of links (source, type, target), each once, numbered as they come."""

    __slots__ = ("_adjacency", "_index", "sources", "targets", "types")

    def __init__(self) -> None:
        self.sources = Column(np.int32)
        self.targets = Column(np.int32)
        self.types = Column(np.uint16)
        self._index = KeyIndex()
        self._adjacency = LayeredAdjacency()

    def __len__(self) -> int:
        return len(self.types)

    def head(self, size: int) -> Links:
        """The first rows, for looking up only."""
        links = Links()
        links.sources, links.targets = self.sources.head(size), self.targets.head(size)
        links.types, links._index = self.types.head(size), self._index.head(size)
        links._adjacency = self._adjacency.head(size)
        return links

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
        rows, fresh = self._index.add(_keys(sources, types, targets))
        self.sources.append(sources[fresh])
        self.types.append(types[fresh])
        self.targets.append(targets[fresh])
        return rows

    def out_of(self, entity: int) -> Rows:
        """Rows of the links that start at an entity."""
        return self._around().out_of(np.asarray([entity], np.int32))[0]

    def into(self, entity: int) -> Rows:
        """Rows of the links that end at an entity."""
        return self._around().into(np.asarray([entity], np.int32))[0]

    def at(self, entities: Rows) -> tuple[Rows, Rows, Rows]:
        """
        Links at any of *entities*, either way: their rows, the end each is at, the other end.

        A link between two of them comes twice, once for each.
        """
        around = self._around()
        outward, starts = around.out_of(entities)
        inward, ends = around.into(entities)
        return (
            np.concatenate((outward, inward)),
            np.concatenate((starts, ends)),
            np.concatenate((self.targets.values[outward], self.sources.values[inward])),
        )

    def degrees(self, size: int) -> Rows:
        """Number of links at each of *size* entities, both ways together."""
        return self._adjacency.degrees(self.sources.values, self.targets.values, size)

    def _around(self) -> LayeredAdjacency:
        """The adjacency: built when first asked for, and brought up to date when asked again."""
        self._adjacency.cover(self.sources.values, self.targets.values)
        return self._adjacency

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Everything that a snapshot keeps."""
        _, order = self._index.arrays()
        arrays: dict[str, NDArray[Any]] = {
            "sources": self.sources.values,
            "targets": self.targets.values,
            "types": self.types.values,
        }
        if order is not None:
            arrays["order"] = order
        built = Adjacency.build(self.sources.values, self.targets.values)
        if built.out_links is not None:
            arrays["out_links"] = built.out_links
        arrays["in_links"] = built.in_links
        return arrays

    @classmethod
    def from_arrays(cls, arrays: dict[str, NDArray[Any]]) -> Links:
        """The inverse of arrays."""
        links = cls()
        links.sources.append(arrays["sources"])
        links.targets.append(arrays["targets"])
        links.types.append(arrays["types"])
        keys = _keys(links.sources.values, links.types.values, links.targets.values)
        order = arrays.get("order")
        links._index = KeyIndex.from_arrays(keys if order is None else keys[order], order)
        built = Adjacency.of(
            links.sources.values, links.targets.values, arrays.get("out_links"), arrays["in_links"]
        )
        links._adjacency = LayeredAdjacency(built)
        return links


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
