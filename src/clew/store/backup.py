"""A whole copy of an investigation, while others read and write it."""

from __future__ import annotations

import os
from contextlib import closing, suppress
from pathlib import Path

import apsw

from clew.errors import FileFault
from clew.store.store import Store


def backup(path: Path, into: Path) -> tuple[int, str]:
    """
    Copy a file as it is at one moment; gives the number and the hex digest of its last entry.

    It is written beside *into*, and takes that name when it is whole and on disk.

    Raises:
        FileFault: *into* is there already or can't be written, or *path* is no investigation.
    """
    if into.exists():
        raise FileFault(into, "there is a file already", helps="Choose another name.")
    part = into.with_name(f"{into.name}.part")
    try:
        with closing(Store.open(path, readonly=True)) as store:
            store.copy_to(part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        with closing(Store.open(part, readonly=True)) as made:
            seq, digest = made.verify()
        part.rename(into)
    except (OSError, apsw.Error) as error:
        raise FileFault(into, f"it can't be written: {error}") from error
    finally:
        for ending in ("", "-wal", "-shm"):
            with suppress(OSError):
                part.with_name(f"{part.name}{ending}").unlink(missing_ok=True)
    return seq, digest.hex()
