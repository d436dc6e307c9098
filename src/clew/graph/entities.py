"""The entities of a working set: ids, types and values as columns."""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clew.graph.column import Column, TextColumn
from clew.graph.key_index import KeyIndex
from clew.model.block import Block
from clew.schema.value import ID_BYTES

HASHED_ROWS = 65_536
"""Values that are hashed at a time."""
Ids = NDArray[np.uint64]
"""Shape (n, 2): the high and the low half of each id, big-endian as numbers."""


class Entities:
    """Rows of entities, each once, numbered as they come."""

    __slots__ = ("_high", "_index", "_low", "_twins", "types", "values")

    def __init__(self) -> None:
        self._high = Column(np.uint64)
        self._low = Column(np.uint64)
        self._index = KeyIndex()
        self._twins: dict[bytes, int] = {}
        """Ids that share their high half with another one, so that no forged id can merge two."""
        self.types = Column(np.uint16)
        self.values = TextColumn()

    def __len__(self) -> int:
        return len(self.types)

    def head(self, size: int) -> Entities:
        """The first rows, for looking up only."""
        entities = Entities()
        entities._high, entities._low = self._high.head(size), self._low.head(size)
        entities.types, entities.values = self.types.head(size), self.values.head(size)
        entities._index = self._index.head(size)
        entities._twins = {id_: row for id_, row in self._twins.items() if row < size}
        return entities

    def find(self, ids: Ids) -> NDArray[np.int32]:
        """The row of each id, -1 where there is none."""
        found = self._index.find(np.ascontiguousarray(ids[:, 0]))
        known = np.flatnonzero(found >= 0)
        other = known[self._low.values[found[known]] != ids[known, 1]]
        for at in other.tolist():
            found[at] = self._twins.get(id_bytes(ids[at]), -1)
        return found

    def add(self, ids: Ids, types: NDArray[np.uint16], values: pl.Series) -> NDArray[np.int32]:
        """The row of each entity, new rows for unknown ones."""
        if not len(ids):
            return np.empty(0, np.int32)
        rows, fresh = self._index.add(np.ascontiguousarray(ids[:, 0]))
        if len(fresh):
            self._high.append(ids[fresh, 0])
            self._low.append(ids[fresh, 1])
            self.types.append(types[fresh])
            self.values.append(values.gather(fresh))
        for at in np.flatnonzero(self._low.values[rows] != ids[:, 1]).tolist():
            rows[at] = self._add_twin(ids[at], types[at], values[at])
        return rows

    def _add_twin(self, id_: NDArray[np.uint64], type_: np.uint16, value: str) -> int:
        key = id_bytes(id_)
        row = self._twins.get(key)
        if row is None:
            # The key index numbers its rows itself, so a twin takes a row with an impossible key.
            row = self._twins[key] = len(self)
            self._index.add(np.asarray([_free_key(key)], np.uint64))
            self._high.append(id_[:1])
            self._low.append(id_[1:])
            self.types.append(np.asarray([type_], np.uint16))
            self.values.append(pl.Series("", [value], pl.String))
        return row

    def index_keys(self) -> NDArray[np.uint64]:
        """The key of each row in the index."""
        keys = self._high.values.copy()
        for id_, row in self._twins.items():
            keys[row] = _free_key(id_)
        return keys

    @property
    def ids(self) -> Ids:
        """All ids, shape (n, 2)."""
        return np.stack((self._high.values, self._low.values), axis=1)

    def id(self, row: int) -> bytes:
        """The id of one row."""
        return id_bytes(np.asarray((self._high.values[row], self._low.values[row])))

    def id_rows(self, rows: NDArray[np.int32]) -> NDArray[np.uint8]:
        """The ids of those rows as bytes, shape (n, 16)."""
        pair = np.stack((self._high.values[rows], self._low.values[rows]), axis=1)
        return pair.astype(">u8").view(np.uint8).reshape(-1, ID_BYTES)


def pack_ids(raw: bytes) -> Ids:
    """Ids from their bytes, one after the other."""
    return np.frombuffer(raw, ">u8").reshape(-1, 2).astype(np.uint64)


def id_bytes(pair: NDArray[np.uint64]) -> bytes:
    """The 16 bytes of one id."""
    return pair.astype(">u8").tobytes()


def compute_ids(names: tuple[str, ...], types: NDArray[np.uint16], values: pl.Series) -> Ids:
    """The ids of entities: *types* are codes into *names* (see schema.value.entity_id)."""
    prefixes = [f"{name}\0".encode() for name in names]
    raw = bytearray()
    # Texts as objects of Python take many times their room, so there are never all of them.
    for start in range(0, len(values), HASHED_ROWS):
        some = slice(start, start + HASHED_ROWS)
        for code, value in zip(types[some].tolist(), values[some].to_list(), strict=True):
            raw += blake2b(prefixes[code] + value.encode(), digest_size=ID_BYTES).digest()
    return pack_ids(bytes(raw))


def block_ids(block: Block) -> Ids:
    """The ids of a block's entities, row by row."""
    entities = block.entities
    return compute_ids(block.names, entities["type"].to_numpy(), entities["value"])


def _free_key(id_: bytes) -> int:
    return int.from_bytes(blake2b(b"twin" + id_, digest_size=8).digest())
