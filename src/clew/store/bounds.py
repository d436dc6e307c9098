"""How much of time and memory a file may take by what it says; each bound names its unit."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path
from typing import Final

import apsw

VALUE_BYTES_MAX: Final = 256 * 1024 * 1024 + 65_536
"""Largest value of a row that is read: the largest reply, and what zlib adds to it."""
STATEMENT_STEPS_FREE: Final = 5_000_000
"""Steps of SQLite's machine that one statement may take whatever the file's size."""
STATEMENT_STEPS_PER_BYTE: Final = 4
"""Steps more for each byte of the file; a whole scan takes under one."""
STEPS_BETWEEN_LOOKS: Final = 100_000
FOLD_SECONDS_FREE: Final = 5.0
"""Processor time that folding a log may take whatever its size."""
FOLD_BYTES_PER_SECOND: Final = 400_000
"""Bytes of the file that give one second more; folding takes a tenth of it on an old machine."""

_LIMITS: Final = (
    (apsw.SQLITE_LIMIT_LENGTH, VALUE_BYTES_MAX),
    (apsw.SQLITE_LIMIT_SQL_LENGTH, 100_000),
    (apsw.SQLITE_LIMIT_COLUMN, 200),
    (apsw.SQLITE_LIMIT_EXPR_DEPTH, 100),
    (apsw.SQLITE_LIMIT_COMPOUND_SELECT, 10),
    (apsw.SQLITE_LIMIT_VDBE_OP, 50_000),
    (apsw.SQLITE_LIMIT_FUNCTION_ARG, 16),
    (apsw.SQLITE_LIMIT_ATTACHED, 0),
    (apsw.SQLITE_LIMIT_LIKE_PATTERN_LENGTH, 1_000),
    (apsw.SQLITE_LIMIT_VARIABLE_NUMBER, 1_000),
    (apsw.SQLITE_LIMIT_TRIGGER_DEPTH, 1),
    (apsw.SQLITE_LIMIT_WORKER_THREADS, 0),
)


def bound_statements(connection: apsw.Connection, path: Path) -> None:
    """Limit sizes and lengths, and end a statement that takes more steps than the file can need."""
    for limit, most in _LIMITS:
        connection.limit(limit, most)
    steps = 0

    def begin(cursor: apsw.Cursor, sql: str, bindings: object) -> bool:  # noqa: ARG001
        nonlocal steps
        steps = 0
        return True

    def is_enough() -> bool:
        nonlocal steps
        steps += STEPS_BETWEEN_LOOKS
        return steps > STATEMENT_STEPS_FREE and steps > _steps_max(path)

    connection.exec_trace = begin
    connection.set_progress_handler(is_enough, STEPS_BETWEEN_LOOKS)


class FoldingTime:
    """
    How long a log may take to be folded, by the size of its file.

    It is processor time of this thread, so that a machine that is busy or asleep changes nothing.
    """

    def __init__(self, path: Path) -> None:
        self._seconds = FOLD_SECONDS_FREE + _file_bytes(path) / FOLD_BYTES_PER_SECOND
        self._begun = time.thread_time()

    def check(self) -> None:
        """Raises TimeoutError when it took longer."""
        if time.thread_time() - self._begun > self._seconds:
            raise TimeoutError(
                f"it takes over {self._seconds:.0f} s, which no log of its size does"
            )


def _steps_max(path: Path) -> int:
    return STATEMENT_STEPS_FREE + STATEMENT_STEPS_PER_BYTE * _file_bytes(path)


def _file_bytes(path: Path) -> int:
    """Of the file and its side file; where it is gone nothing more is allowed."""
    found = 0
    for one in (path, path.with_name(f"{path.name}-wal")):
        with suppress(OSError):
            found += one.stat().st_size
    return found
