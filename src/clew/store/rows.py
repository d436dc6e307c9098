"""Rows of the file, with values of the types that their columns are made for."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from contextlib import closing
from typing import Any, TypeVar

import apsw
import msgspec

from clew.errors import DamagedFile, FileBusy

T = TypeVar("T")


def read_rows(
    connection: apsw.Connection, sql: str, bindings: Sequence[Any], shape: type[T]
) -> Generator[T]:
    """
    The rows of a query, each as the tuple type *shape*.

    SQLite checks the types of a STRICT table when a row is written, not when it is read: another
    program can have put anything there.

    Raises:
        DamagedFile: A value is of another type or no UTF-8, or the file can't be read there.
        FileBusy: Another process holds the file.
    """
    path = connection.filename
    cursor = connection.cursor()
    try:
        for row in cursor.execute(sql, tuple(bindings)):
            yield msgspec.convert(row, shape)
    except apsw.BusyError as error:
        raise FileBusy(path, "another process holds it", helps="Wait, or end it.") from error
    except (msgspec.ValidationError, UnicodeError, OverflowError) as error:
        raise DamagedFile(path, f"a row holds what Clew does not write: {error}.") from error
    except apsw.Error as error:
        raise DamagedFile(path, f"it can't be read: {error}.") from error
    finally:
        # A cursor that was left half read would keep the file from being closed whole.
        cursor.close(True)


def read_row(
    connection: apsw.Connection, sql: str, bindings: Sequence[Any], shape: type[T]
) -> T | None:
    """The first row of a query, None where it has none; raises as read_rows does."""
    with closing(read_rows(connection, sql, bindings, shape)) as rows:
        return next(rows, None)
