"""Connections for reading only, which leave nothing beside a file."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

import apsw


def connect_for_reading(path: Path) -> apsw.Connection:
    """A connection that writes nothing to the file; raises apsw.Error."""
    if os.access(path.parent, os.W_OK) or _size(_side_file(path)):
        return apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    # On media that can't be written SQLite could not make its side files, and needs none.
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    return apsw.Connection(f"{path.absolute().as_uri()}?immutable=1", flags=flags)


def clear_side_files(path: Path) -> None:
    """
    Remove the side files that SQLite made for who only read, where nobody else uses them.

    A connection for reading leaves them, empty. One that may write takes them away when it is the
    last; SQLite's own locks say whether it is. What holds something is left to who wrote it.
    """
    if _size(_side_file(path)) != 0:
        return
    with suppress(apsw.Error, OSError):
        connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            connection.pragma("schema_version")
        finally:
            connection.close(True)


def _side_file(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _size(path: Path) -> int | None:
    """In bytes; None where there is none."""
    try:
        return path.stat().st_size
    except OSError:
        return None
