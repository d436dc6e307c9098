"""What SQLite says that no one below has put into our words, as an error of the file."""

from __future__ import annotations

import errno

import apsw

from clew.errors import ClewError, DiskFull, FileBusy, FileFault

SUBJECT = "The investigation"


def file_error(error: BaseException) -> ClewError | None:
    """An error of the disk, the system or SQLite as ours; None for what is none of these."""
    if isinstance(error, apsw.BusyError):
        return FileBusy(SUBJECT, "another process holds it", helps="Try again.")
    if isinstance(error, apsw.FullError):
        return DiskFull(SUBJECT, "the disk is full", helps="Make room, and try again.")
    if isinstance(error, apsw.Error):
        return FileFault(SUBJECT, f"SQLite says: {error}", helps="'clew check' tells more.")
    if isinstance(error, OSError):
        what = error.strerror or str(error) or type(error).__name__
        kind = DiskFull if error.errno == errno.ENOSPC else FileFault
        helps = "Make room, and try again." if kind is DiskFull else ""
        return kind(error.filename or "A file", f"it can't be used: {what}", helps=helps)
    if isinstance(error, UnicodeError):
        return FileFault("A text", f"it can't be read or written as it is: {error}")
    return None
