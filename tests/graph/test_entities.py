"""Entities as columns: an id is known by both of its halves."""

from __future__ import annotations

import numpy as np
import polars as pl

from clew.graph.entities import Entities, compute_ids, id_bytes, pack_ids
from clew.schema.value import entity_id


def added(entities: Entities, ids: list[tuple[int, int]], *values: str) -> list[int]:
    types = np.zeros(len(ids), np.uint16)
    rows: list[int] = entities.add(
        np.asarray(ids, np.uint64).reshape(-1, 2), types, pl.Series(values)
    ).tolist()
    return rows


def test_ids_that_share_a_half_stay_apart() -> None:
    """A forged id with the high half of another has a row of its own, each time it comes."""
    entities = Entities()
    assert added(entities, [(1, 1), (2, 1)], "a", "b") == [0, 1]
    assert added(entities, [(1, 9), (1, 1), (1, 9), (1, 7)], "c", "a", "c", "d") == [2, 0, 2, 3]
    found = entities.find(np.asarray([(1, 1), (1, 9), (1, 7), (1, 8), (3, 1)], np.uint64))
    assert found.tolist() == [0, 2, 3, -1, -1]
    assert [entities.values[row] for row in range(len(entities))] == ["a", "b", "c", "d"]
    assert entities.ids.tolist() == [[1, 1], [2, 1], [1, 9], [1, 7]]
    assert len(set(entities.index_keys().tolist())) == 4
    assert added(entities, []) == []


def test_ids_go_to_bytes_and_back() -> None:
    """The id of a row is the one that type and value give."""
    names, values = ("domain-name", "person"), pl.Series(["a.example", "Ada"])
    ids = compute_ids(names, np.asarray([0, 1], np.uint16), values)
    raw = [entity_id("domain-name", "a.example"), entity_id("person", "Ada")]
    assert [id_bytes(one) for one in ids] == raw
    assert pack_ids(b"".join(raw)).tolist() == ids.tolist()
    entities = Entities()
    entities.add(ids, np.asarray([0, 1], np.uint16), values)
    assert entities.id(1) == raw[1]
    assert entities.id_rows(np.asarray([1, 0], np.int32)).tobytes() == raw[1] + raw[0]
