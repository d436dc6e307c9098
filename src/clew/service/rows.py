"""Ids of requests as rows of the working set."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clew.errors import UnknownName
from clew.graph.entities import pack_ids
from clew.workbench import Workbench

Rows = NDArray[np.int32]


def packed(ids: Sequence[str]) -> bytes:
    """Ids in hexadecimal, 16 bytes each."""
    return bytes.fromhex("".join(ids))


def rows_of(bench: Workbench, ids: Sequence[str]) -> Rows:
    """The row of each id; raises UnknownName where one is not there."""
    rows = bench.state.entities.find(pack_ids(packed(ids)))
    for id_, row in zip(ids, rows.tolist(), strict=True):
        if row < 0:
            raise UnknownName("entity", id_)
    return rows


def row_of(bench: Workbench, id_: str) -> int:
    """The row of one id, after joins; raises UnknownName."""
    return bench.state.decisions.merged_into(int(rows_of(bench, [id_])[0]))


def ids_of(bench: Workbench, rows: Rows) -> list[str]:
    """The id of each row, in hexadecimal."""
    raw = bench.state.entities.id_rows(rows).tobytes()
    return [raw[at : at + 16].hex() for at in range(0, len(raw), 16)]
