"""Snapshots in the file: compressed pieces bound to the log at their number, disposable."""

from __future__ import annotations

import io
from collections.abc import Mapping

import apsw
import numpy as np
import polars as pl

from clew.errors import DamagedFile
from clew.graph.snapshot import FORM
from clew.store.rows import read_row, read_rows


def save(
    connection: apsw.Connection, seq: int, log_digest: bytes, pieces: Mapping[str, bytes]
) -> None:
    """Replace the snapshot, in one transaction."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("DELETE FROM snapshot")
        for name, data in pieces.items():
            connection.execute(
                "INSERT INTO snapshot VALUES (?, ?, ?, ?, ?)",
                (name, seq, log_digest, FORM, _pack(data)),
            )
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def load(connection: apsw.Connection, until_seq: int) -> tuple[int, dict[str, memoryview]] | None:
    """Number and pieces of a snapshot not later than *until_seq*; None where none fits the log."""
    query = "SELECT seq, log_digest, form FROM snapshot LIMIT 1"
    try:
        row = read_row(connection, query, (), tuple[int, bytes, int])
        if row is None or row[0] > until_seq or row[2] != FORM:
            return None
        seq, log_digest, _ = row
        query = "SELECT digest FROM log WHERE seq=?"
        if read_row(connection, query, (seq,), tuple[bytes]) != (log_digest,):
            return None
        pieces = read_rows(connection, "SELECT name, data FROM snapshot", (), tuple[str, bytes])
        return seq, {name: _unpack(data) for name, data in pieces}
    except (DamagedFile, pl.exceptions.PolarsError, OSError, ValueError):
        return None


def _pack(data: bytes) -> bytes:
    sink = io.BytesIO()
    frame = pl.DataFrame({"b": np.frombuffer(data, np.uint8)})
    frame.write_ipc(sink, compression="zstd")
    return sink.getvalue()


def _unpack(data: bytes) -> memoryview:
    return pl.read_ipc(io.BytesIO(data))["b"].to_numpy().data
