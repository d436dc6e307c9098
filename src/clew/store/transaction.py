"""One transaction on the file: written whole to the file that is at its path, or not at all."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path

import apsw

from clew.errors import DiskFull, FileBusy, FileFault, ReadOnly
from clew.store.place import Place

ROOM_BYTES_MIN = 65_536
"""With less than that a disk counts as full."""


class Transaction:
    """BEGIN IMMEDIATE to COMMIT, with SQLite's faults as ours."""

    def __init__(
        self, connection: apsw.Connection, path: Path, place: Place, *, readonly: bool
    ) -> None:
        self._connection = connection
        self._path = path
        self._place = place
        self._readonly = readonly

    def __enter__(self) -> None:
        if self._readonly:
            raise ReadOnly(self._path, "it was opened for reading only")
        try:
            self._connection.execute("BEGIN IMMEDIATE")
        except apsw.BusyError as error:
            raise FileBusy(self._path, "another process is writing", helps="Try again.") from error
        except apsw.Error as error:
            raise write_fault(self._path, error) from error

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        lost = ""
        if error is None:
            try:
                lost = self._place.lost()
                if not lost:
                    self._connection.execute("COMMIT")
                    # It may have gone while it was written: then this is not acknowledged.
                    lost = self._place.lost()
            except apsw.Error as fault:
                error = fault
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")
        if lost:
            raise self._place.fault(lost)
        if isinstance(error, apsw.Error):
            raise write_fault(self._path, error) from error


class NestedTransaction:
    """A part of a transaction that others go on with: all of it is kept in the end, or nothing."""

    def __init__(self, connection: apsw.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path

    def __enter__(self) -> None:
        if not self._connection.in_transaction:
            # SQLite takes the whole transaction back by itself where the disk fails.
            raise FileFault(self._path, "nothing was written", helps="Is the disk full?")
        self._connection.execute("SAVEPOINT part")

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if not self._connection.in_transaction:
            pass
        elif error is None:
            self._connection.execute("RELEASE part")
        else:
            self._connection.execute("ROLLBACK TO part")
            self._connection.execute("RELEASE part")
        if isinstance(error, apsw.Error):
            raise write_fault(self._path, error) from error


def write_fault(path: object, error: apsw.Error | OSError) -> FileFault:
    """What kept a file from being written, as the error that says what helps."""
    number = error.errno if isinstance(error, OSError) else None
    full = isinstance(error, apsw.FullError) or number in (errno.ENOSPC, errno.EDQUOT)
    # SQLite says of its side files only that they can't be written.
    if full or (isinstance(error, apsw.IOError | apsw.CantOpenError) and not _has_room(path)):
        return DiskFull(path, "the disk is full, and nothing was written.", helps="Make room.")
    no_side_files = isinstance(error, apsw.CantOpenError) and not _may_write(path)
    if no_side_files or isinstance(error, apsw.ReadOnlyError) or number == errno.EROFS:
        return ReadOnly(
            path, "it can only be read, and nothing was written.", helps="Copy it elsewhere first."
        )
    why = error.strerror if isinstance(error, OSError) else error
    return FileFault(path, f"nothing was written: {why}.")


def _may_write(path: object) -> bool:
    """Whether side files can be made beside it."""
    return os.access(Path(str(path)).absolute().parent, os.W_OK)


def _has_room(path: object) -> bool:
    try:
        return shutil.disk_usage(Path(str(path)).absolute().parent).free >= ROOM_BYTES_MIN
    except OSError:
        return True
