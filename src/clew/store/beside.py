"""New files are written beside their place, and take their name when they are whole and on disk."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import apsw

from clew.store.transaction import write_fault

SIDE_ENDINGS = ("", "-wal", "-shm", "-journal")


def write_beside(to: Path, data: bytes) -> None:
    """
    Write a file whole or not at all; one that was there stays until then.

    What is no plain file (a pipe, a terminal) is written to as it is.

    Raises:
        FileFault: It can't be written; DiskFull where there is no room.
    """
    if to.exists() and not to.is_file():
        try:
            to.write_bytes(data)
        except OSError as error:
            raise write_fault(to, error) from error
        return
    # A name that leads elsewhere is kept: the file that it leads to is replaced.
    target = Path(os.path.realpath(to))
    with file_beside(target) as part:
        try:
            mode = target.stat().st_mode & 0o777 if target.exists() else None
            part.write_bytes(data)
            if mode is not None:
                part.chmod(mode)
        except OSError as error:
            raise write_fault(to, error) from error


@contextmanager
def file_beside(to: Path) -> Iterator[Path]:
    """
    A name beside *to* for a file that is made; it becomes *to* when the context ends well.

    Raises:
        FileFault: It can't be brought to its place; nothing of it is left then.
    """
    part = to.with_name(f"{to.name}.{os.getpid()}.part")
    try:
        remove_file(part)
        yield part
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(to)
        _sync_folder(to.parent)
    except (OSError, apsw.Error) as error:
        raise write_fault(to, error) from error
    finally:
        remove_file(part)


def remove_file(path: Path) -> None:
    """Remove a file of ours that is of no use, and what SQLite put beside it."""
    for ending in SIDE_ENDINGS:
        with suppress(OSError):
            path.with_name(f"{path.name}{ending}").unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    """A new name outlives a power cut; some file systems do not let a folder be synced."""
    with suppress(OSError):
        number = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(number)
        finally:
            os.close(number)
