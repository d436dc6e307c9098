"""A whole copy of an investigation, while others read and write it."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from clew.errors import FileFault
from clew.store.beside import file_beside
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
    with file_beside(into) as part:
        with closing(Store.open(path, readonly=True)) as store:
            store.copy_to(part)
        with closing(Store.open(part, readonly=True)) as made:
            seq, digest = made.verify()
    return seq, digest.hex()
