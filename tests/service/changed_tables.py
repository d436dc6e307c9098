"""What changed of a graph's tables, as any reader takes it."""

from __future__ import annotations

import io
from typing import Any

import msgspec
import polars as pl

from clew.service.graph_changes import ChangesHead

Rows = list[dict[str, Any]]
Tables = list[Rows]
PLACES = ("place", "before")
ENDS = ((), ("source", "target"), ("link",))
"""The columns of each table that are places of the table before it."""


def parts(body: bytes) -> tuple[ChangesHead, list[Rows]]:
    """The head and the tables of an answer, as any reader takes them."""
    at = 4 + int.from_bytes(body[:4], "little")
    head = msgspec.json.decode(body[4:at], type=ChangesHead)
    tables = []
    for size in head.sizes:
        assert at % 8 == 0, "numbers can be read in place"
        rows = pl.read_ipc_stream(io.BytesIO(body[at : at + size])).to_dicts() if size else []
        tables.append(rows)
        at += size
    assert at == len(body)
    return head, tables


def applied(tables: Tables, body: bytes) -> Tables:
    """The tables after an answer: what is neither gone nor changed fills the places left."""
    head, (*changed, gone) = parts(body)
    before: Tables = [[], [], []] if head.whole else tables
    after: Tables = []
    moved: list[dict[int, int]] = []
    for at, (old, new) in enumerate(zip(before, changed, strict=True)):
        taken = {row["place"]: row for row in new}
        left = {one["place"] for one in gone if one["table"] == at} | {one["before"] for one in new}
        stays = iter([place for place in range(len(old)) if place not in left])
        size = len(old) - sum(one["table"] == at for one in gone)
        size += sum(one["before"] < 0 for one in new)
        places = {one["before"]: one["place"] for one in new if one["before"] >= 0}
        rows: Rows = []
        for place in range(size):
            if place in taken:
                row = {name: of for name, of in taken[place].items() if name not in PLACES}
            else:
                was = next(stays)
                places[was] = place
                ends = {end: moved[at - 1][old[was][end]] for end in ENDS[at]}
                row = old[was] | ends
            rows.append(row)
        assert next(stays, None) is None
        after.append(rows)
        moved.append(places)
    return after
