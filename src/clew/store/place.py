"""Whether an open file is still the one at its path, and a copy of it when it is not."""

from __future__ import annotations

import ctypes
from pathlib import Path

import apsw

from clew.errors import FileFault

COPIES_MAX = 100
"""Most saved copies of one file that are kept beside it."""


class Place:
    """
    Where an open file was found: its path, and which side files SQLite keeps beside it.

    A process goes on reading and writing a file that was deleted, moved or replaced, and nobody
    who opens its path later sees what was written.
    """

    def __init__(self, path: Path, connection: apsw.Connection) -> None:
        self._path = path
        self._connection = connection
        self._side_files = [Path(f"{connection.filename}{ending}") for ending in ("-wal", "-shm")]
        self._identities = self._found()
        self._copy: Path | None = None
        """Saved since the file was last seen at its path; it grows no more from then on."""

    def lost(self) -> str:
        """What happened to the file since it was opened, as a sentence; empty where nothing did."""
        moved = ctypes.c_int(0)
        self._connection.file_control("main", apsw.SQLITE_FCNTL_HAS_MOVED, ctypes.addressof(moved))
        if moved.value:
            return "it was moved, deleted or replaced while it was open."
        if self.side_files_lost():
            name = self._side_files[0].name
            return f"a file that belongs to it ({name} or -shm) was moved, deleted or replaced."
        self._copy = None
        return ""

    def side_files_lost(self) -> bool:
        """Whether one of SQLite's side files is no longer the one that this process uses."""
        return self._found() != self._identities

    def fault(self, what: str) -> FileFault:
        """The error for a change that is refused; all that was acknowledged is in a copy."""
        try:
            copy = self._save()
        except (apsw.Error, OSError) as error:
            helps = f"Put it back before Clew ends; no copy could be saved: {error}."
        else:
            helps = f"Put it back to go on, or open {copy.name}, which holds all up to then."
        return FileFault(self._path, f"{what} Nothing was written.", helps=helps)

    def _save(self) -> Path:
        if self._copy is not None and self._copy.exists():
            return self._copy
        path = self._free_path()
        copy = apsw.Connection(str(path))
        try:
            backup = copy.backup("main", self._connection, "main")
            try:
                backup.step(-1)
            finally:
                backup.close(True)
        finally:
            copy.close(True)
        self._copy = path
        return path

    def _free_path(self) -> Path:
        stem, suffix = self._path.stem, self._path.suffix
        for number in range(1, COPIES_MAX + 1):
            path = self._path.with_name(f"{stem}.saved{number if number > 1 else ''}{suffix}")
            if not path.exists():
                return path
        raise FileExistsError(f"there are {COPIES_MAX} already")

    def _found(self) -> list[tuple[int, int] | None]:
        return [_identity(path) for path in self._side_files]


def _identity(path: Path) -> tuple[int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
