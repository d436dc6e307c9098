"""What SQLite and the system say, in our words."""

from __future__ import annotations

import errno

import apsw
import pytest

from clew.errors import ClewError, DiskFull, FileBusy, FileFault
from clew.store.sqlite_faults import file_error


@pytest.mark.parametrize(
    ("error", "kind", "word"),
    [
        (apsw.BusyError("x"), FileBusy, "another process"),
        (apsw.FullError("x"), DiskFull, "full"),
        (apsw.IOError("broken"), FileFault, "broken"),
        (OSError(errno.ENOSPC, "No space left", "a.clew"), DiskFull, "No space left"),
        (OSError(errno.EACCES, "Permission denied", "a.clew"), FileFault, "Permission denied"),
        (OSError("odd"), FileFault, "odd"),
        (UnicodeEncodeError("ascii", "\ud800", 0, 1, "surrogate"), FileFault, "surrogate"),
    ],
)
def test_each_fault_has_its_sentence(
    error: BaseException, kind: type[ClewError], word: str
) -> None:
    """Disk, system, SQLite and letters: an error of the file that says what happened."""
    found = file_error(error)
    assert type(found) is kind
    assert word in str(found)


@pytest.mark.parametrize("error", [ValueError("x"), KeyboardInterrupt(), FileFault("a", "b")])
def test_other_errors_are_not_taken_for_faults(error: BaseException) -> None:
    """What is no fault of a file stays what it is."""
    assert file_error(error) is None
