"""Opening an investigation's SQLite file, and nothing else."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path

import apsw

from clew.errors import DamagedFile, FileBusy, FileFault, ForeignFile, NewerFile
from clew.store.rows import read_row
from clew.store.tables import VERSION, altered_objects, foreign_objects, list_names, migrate

APPLICATION_ID = 0x436C6577  # "Clew"
BUSY_TIMEOUT_MS = 10_000
"""How long another process's transaction is waited for."""
COPY_HELPS = "'clew check --salvage NEW' copies what is Clew's into a new file."
_GUARDS = (
    (apsw.SQLITE_DBCONFIG_DEFENSIVE, 1),
    (apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0),
    (apsw.SQLITE_DBCONFIG_ENABLE_TRIGGER, 0),
    (apsw.SQLITE_DBCONFIG_ENABLE_VIEW, 0),
    (apsw.SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0),
    (apsw.SQLITE_DBCONFIG_ENABLE_FKEY, 1),
)
"""What SQL inside of a file may do: nothing but hold our tables."""


def create(path: Path) -> apsw.Connection:
    """A new file with the tables; raises FileFault where something is there already."""
    with ExitStack() as undoing:
        try:
            # What is in it concerns nobody else; side files take the same permissions.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
            undoing.callback(path.unlink, missing_ok=True)
            connection = apsw.Connection(str(path))
            undoing.callback(connection.close)
            _guard(connection)
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            _set_up(connection)
            connection.execute("BEGIN IMMEDIATE")
            migrate(connection, 0)
            connection.execute("COMMIT")
        except FileExistsError:
            helps = "Choose another name, or open it."
            raise FileFault(path, "there is a file already", helps=helps) from None
        except (apsw.Error, OSError, UnicodeEncodeError, ValueError) as error:
            raise FileFault(ascii(str(path)), f"it can't be created: {error}") from error
        undoing.pop_all()
    return connection


def open_(path: Path, *, readonly: bool = False, salvage: bool = False) -> apsw.Connection:
    """
    An existing file of this version or an older one, that holds our tables and nothing else.

    Args:
        path: Where it is; it may come from a stranger.
        readonly: Nothing is written, not even a new version.
        salvage: Objects that are not ours are passed over; they can't run.

    Raises:
        ForeignFile: It is no investigation, or not there.
        NewerFile: A newer program wrote it.
        DamagedFile: SQLite can't read it, or it holds what Clew did not make.
        FileBusy: Another process holds it.
    """
    if not path.is_file():
        raise ForeignFile(path, "there is no such file")
    if path.stat().st_size == 0:
        raise ForeignFile(path, "the file is empty")
    with path.open("rb") as file:
        if file.read(16) != b"SQLite format 3\0":
            raise ForeignFile(path, "it is not an investigation", helps="It may be an import.")
    with ExitStack() as closing:
        try:
            connection = _connect(path, readonly=readonly)
            closing.callback(connection.close)
            _guard(connection)
            _examine(connection, path, salvage=salvage)
            if not readonly:
                _set_up(connection)
        except apsw.BusyError as error:
            raise FileBusy(path, "another process holds it", helps="Wait, or end it.") from error
        except (apsw.Error, UnicodeDecodeError) as error:
            raise DamagedFile(
                path, f"it can't be read: {error}", helps="'clew check' tells what is left."
            ) from error
        closing.pop_all()
    return connection


def copy_database(connection: apsw.Connection, path: Path) -> None:
    """Write what a connection sees to a new file of the user; raises apsw.Error, OSError."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    copy = apsw.Connection(str(path))
    try:
        with copy.backup("main", connection, "main") as backup:
            backup.step(-1)
        copy.pragma("journal_mode", "delete")
    finally:
        copy.close()


def data_version(connection: apsw.Connection) -> int:
    """A number that changes when another connection has written to the file; FileFault."""
    row = read_row(connection, "PRAGMA data_version", (), tuple[int])
    return row[0] if row else 0


def _connect(path: Path, *, readonly: bool) -> apsw.Connection:
    if not readonly:
        return apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
    side = path.with_name(f"{path.name}-wal")
    if os.access(path.parent, os.W_OK) or (side.exists() and side.stat().st_size):
        return apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    # On media that can't be written SQLite could not make its side files, and needs none.
    flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    return apsw.Connection(f"{path.absolute().as_uri()}?immutable=1", flags=flags)


def _examine(connection: apsw.Connection, path: Path, *, salvage: bool) -> None:
    """Look at what the file says it is, before a row of it is read."""
    version = connection.pragma("user_version")
    if connection.pragma("application_id") != APPLICATION_ID:
        raise ForeignFile(path, "it is a database of another program")
    if version > VERSION:
        raise NewerFile(
            path,
            f"it has version {version}, and this program reads up to {VERSION}",
            helps="Install a newer Clew.",
        )
    if version < 1:
        raise DamagedFile(path, f"it has version {version}, which no Clew wrote")
    if altered := altered_objects(connection):
        raise DamagedFile(
            path, f"Clew made these in another way, or they are missing: {list_names(altered)}."
        )
    if not salvage and (foreign := foreign_objects(connection)):
        raise DamagedFile(
            path, f"it holds what Clew did not make: {list_names(foreign)}.", helps=COPY_HELPS
        )


def _guard(connection: apsw.Connection) -> None:
    for setting, value in _GUARDS:
        connection.config(setting, value)
    connection.limit(apsw.SQLITE_LIMIT_ATTACHED, 0)
    connection.set_busy_timeout(BUSY_TIMEOUT_MS)


def _set_up(connection: apsw.Connection) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
