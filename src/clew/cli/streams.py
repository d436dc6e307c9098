"""The standard streams as every verb needs them: there, and UTF-8 where no person looks on."""

from __future__ import annotations

import contextlib
import errno
import io
import os
import sys
from typing import Any

STANDARD = (0, 1, 2)
"""Standard input, output and error, by their numbers."""


class ClosedStream(io.TextIOBase):
    """Stands for an output that was closed before we began: what is written to it is a fault."""

    def write(self, text: str) -> int:  # noqa: ARG002
        """Raises OSError."""
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))


def prepare_streams() -> None:
    """
    Make reading and writing the same whatever the locale.

    Pipes and files are UTF-8; a terminal keeps what it speaks. What a stream can't carry is
    escaped, so that no name can keep a command from its end.
    """
    for number in STANDARD:
        try:
            os.fstat(number)
        except OSError:
            # Else the next file that is opened got the number, and what is printed went into it.
            os.open(os.devnull, os.O_RDWR)
    sys.stdin = sys.stdin or io.TextIOWrapper(io.BytesIO(), "utf-8")
    sys.stdout = sys.stdout or ClosedStream()
    sys.stderr = sys.stderr or ClosedStream()
    _speak_utf8(sys.stdin, "strict")
    _speak_utf8(sys.stdout, "backslashreplace")
    _speak_utf8(sys.stderr, "backslashreplace")


def finish_output() -> None:
    """Write what waits to be written; raises OSError where that fails."""
    sys.stdout.flush()


def drop_output() -> None:
    """Nothing more is written to an output that failed, at the end of the process neither."""
    with contextlib.suppress(OSError, ValueError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)


def _speak_utf8(stream: Any, errors: str) -> None:
    if not isinstance(stream, io.TextIOWrapper):
        return
    if stream.isatty():
        stream.reconfigure(errors="replace" if errors == "strict" else errors)
    else:
        stream.reconfigure(encoding="utf-8", errors=errors)
