"""Snapshots in the file: compressed pieces bound to the log at their number, disposable."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

import apsw
import numpy as np
import polars as pl

from clew.graph.snapshot import FORM


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
    try:
        row = connection.execute("SELECT seq, log_digest, form FROM snapshot LIMIT 1").fetchone()
        if row is None or row[0] > until_seq or row[2] != FORM:
            return None
        seq, log_digest, _ = row
        logged = connection.execute("SELECT digest FROM log WHERE seq=?", (seq,)).fetchone()
        if logged is None or logged[0] != log_digest:
            return None
        rows: list[Any] = connection.execute("SELECT name, data FROM snapshot").fetchall()
        return seq, {name: _unpack(data) for name, data in rows}
    except (apsw.Error, pl.exceptions.PolarsError, OSError, ValueError):
        return None


def _pack(data: bytes) -> bytes:
    sink = io.BytesIO()
    frame = pl.DataFrame({"b": np.frombuffer(data, np.uint8)})
    frame.write_ipc(sink, compression="zstd")
    return sink.getvalue()


def _unpack(data: bytes) -> memoryview:
    return pl.read_ipc(io.BytesIO(data))["b"].to_numpy().data
