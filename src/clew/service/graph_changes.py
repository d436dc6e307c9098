"""What changed of a graph's tables between two moments, and how that goes over the wire."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
import numpy as np
import polars as pl
from numpy.typing import NDArray

from clew.graph.observations import ObservationColumns
from clew.graph.working_set import WorkingSet
from clew.model.moment import Precision
from clew.service.columns import CHANGES, OPEN_DAY, UNKNOWN_DAY
from clew.service.entity_texts import EntityTexts
from clew.service.graph_columns import GraphColumns, TableColumns
from clew.service.tables import ipc
from clew.service.words import Words, word_column

DAY_S = 86_400
ALIGNED_BYTES = 8
"""Parts of an answer begin at multiples of this, so that their numbers can be read in place."""
Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class TableChange:
    """Which rows of a table differ, by place."""

    changed: Rows
    """Places after the change of rows that are new or have other cells, ascending."""
    before: Rows
    """Where each of them was before; -1 where it is new."""
    gone: Rows
    """Places before the change of rows that are no longer there, ascending."""


class ChangesHead(msgspec.Struct, frozen=True):
    """What stands before the tables of an answer."""

    seq: int
    """The entry of the log that the tables are of after it."""
    edition: str
    """What to name as *after* in the next request."""
    whole: bool
    """Whether the tables are all of it, from nothing on; else what changed since *after*."""
    sizes: tuple[int, ...]
    """Bytes of each table that follows; 0 of one without a row."""


def table_change(before: TableColumns | None, after: TableColumns) -> TableChange:
    """What differs of a table; everything is new where there is none before."""
    size = len(after.rows)
    if before is None:
        places = np.arange(size, dtype=np.int32)
        return TableChange(places, np.full(size, -1, np.int32), np.empty(0, np.int32))
    if before.rows is after.rows:
        differs = np.zeros(size, np.bool_)
        for name, cells in after.cells.items():
            if cells is not before.cells[name]:
                differs |= cells != before.cells[name]
        same = np.flatnonzero(differs).astype(np.int32)
        return TableChange(same, same, np.empty(0, np.int32))
    at = np.searchsorted(before.rows, after.rows).astype(np.int32)
    at[at == len(before.rows)] = -1
    at[before.rows[at] != after.rows if len(before.rows) else slice(None)] = -1
    common = np.flatnonzero(at >= 0)
    differs = at < 0
    for name, cells in after.cells.items():
        differs[common] |= cells[common] != before.cells[name][at[common]]
    stays = np.zeros(len(before.rows), np.bool_)
    stays[at[common]] = True
    places = np.flatnonzero(differs).astype(np.int32)
    return TableChange(places, at[places], np.flatnonzero(~stays).astype(np.int32))


def shared_cells(before: TableColumns, after: TableColumns) -> TableColumns:
    """*after*, with the very columns of *before* where both hold the same: they are kept once."""
    if len(before.rows) != len(after.rows):
        return after

    def same(one: NDArray[Any], other: NDArray[Any]) -> NDArray[Any]:
        return one if np.array_equal(one, other) else other

    cells = {name: same(before.cells[name], of) for name, of in after.cells.items()}
    return TableColumns(same(before.rows, after.rows), cells)


@dataclass(frozen=True, slots=True)
class ChangeWriter:
    """Writes what changed of the graphs of one investigation."""

    state: WorkingSet
    texts: EntityTexts
    words: Words

    def answer(
        self, found: Sequence[TableChange], after: GraphColumns, edition: str, *, whole: bool
    ) -> bytes:
        """What was found to differ of each table, which is all of it where it is *whole*."""
        frames = (
            self._entities(after.entities, found[0].changed),
            self._links(after, found[1].changed),
            self._observations(after, found[2].changed),
            _gone(found),
        )
        for frame, change in zip(frames, found, strict=False):
            frame |= {"place": change.changed, "before": change.before}
        tables = [_stream(at, frame) for at, frame in enumerate(frames)]
        head = ChangesHead(after.seq, edition, whole, tuple(map(len, tables)))
        return _framed(msgspec.json.encode(head), tables)

    def _entities(self, table: TableColumns, places: Rows) -> dict[str, Any]:
        entities, rows = self.state.entities, table.rows[places]
        cells = {name: of[places] for name, of in table.cells.items()}
        ids = entities.id_rows(rows)
        return {
            "id": pl.Series(values=list(map(bytes, ids)), dtype=pl.Binary).bin.encode("hex"),
            "type": word_column(entities.types.values[rows], self.state.names.names),
            "role": self.texts.words.column(self.texts.roles(self.state, rows)),
            "value": pl.Series(entities.values.take(rows), dtype=pl.String),
            "label": self.texts.labels(self.state, rows),
            **cells,
            "states": self.words.column(cells["states"]),
            "tags": self.words.column(cells["tags"]),
        }

    def _links(self, after: GraphColumns, places: Rows) -> dict[str, Any]:
        cells = {name: of[places] for name, of in after.links.cells.items()}
        ends = {
            end: np.searchsorted(after.entities.rows, cells[end]).astype(np.int32)
            for end in ("source", "target")
        }
        types = word_column(cells["type"], self.state.link_types.names)
        return {**cells, **ends, "type": types}

    def _observations(self, after: GraphColumns, places: Rows) -> dict[str, Any]:
        columns, table = self.state.link_observations, after.observations
        rows = table.rows[places]
        first, last = observed_days(columns, rows)
        records = self.state.provenances.records
        # Of few rows few provenances are looked at, however many the log has.
        used, numbers = np.unique(columns.provenance.values[rows], return_inverse=True)
        spoken = [records[at] for at in used.tolist()]
        link = np.searchsorted(after.links.rows, table.cells["link"][places])
        return {
            "link": link.astype(np.int32),
            "first": first,
            "last": last,
            "provider": word_column(numbers, [one.provider for one in spoken]),
            "run": word_column(numbers, [one.run for one in spoken]),
        }


def observed_days(columns: ObservationColumns, rows: Rows) -> tuple[Rows, Rows]:
    """The first and the last day that observations may mean, since 1970; see columns.py."""
    precision = columns.precision.values[rows]
    start, end = precision & 15, precision >> 4
    first = (columns.first.values[rows] // DAY_S).astype(np.int32)
    last = (columns.last.values[rows] // DAY_S).astype(np.int32)
    first[start < Precision.YEAR] = UNKNOWN_DAY
    last[end == Precision.OPEN] = OPEN_DAY
    last[end == Precision.UNKNOWN] = UNKNOWN_DAY
    return first, last


def _gone(found: Sequence[TableChange]) -> dict[str, Any]:
    sizes = [len(one.gone) for one in found]
    return {
        "table": np.repeat(np.arange(len(found), dtype=np.uint8), sizes),
        "place": np.concatenate([one.gone for one in found]),
    }


def _stream(at: int, frame: dict[str, Any]) -> bytes:
    """A table with its declared columns in order; nothing where it has no row."""
    if not len(frame["place"]):
        return b""
    columns = CHANGES[at].columns
    schema = {
        one.name: frame[one.name].dtype if one.kind == "word" else one.dtype for one in columns
    }
    return ipc(pl.DataFrame({name: frame[name] for name in schema}, schema=schema))


def _framed(head: bytes, tables: list[bytes]) -> bytes:
    """The length of the head in four bytes, the head with spaces to a round length, the tables."""
    lacks = -(4 + len(head)) % ALIGNED_BYTES
    length = (len(head) + lacks).to_bytes(4, "little")
    return b"".join((length, head, b" " * lacks, *tables))
