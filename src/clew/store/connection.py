"""Opening an investigation's SQLite file, and nothing else."""

from __future__ import annotations

import os
from contextlib import ExitStack, suppress
from pathlib import Path

import apsw

from clew.errors import (
    DamagedFile,
    DiskFull,
    FileBusy,
    FileFault,
    ForeignFile,
    NewerFile,
    ReadOnly,
)
from clew.store.beside import remove_file
from clew.store.bounds import bound_statements
from clew.store.reading import clear_side_files, connect_for_reading
from clew.store.rows import read_row
from clew.store.tables import VERSION, altered_objects, foreign_objects, list_names, migrate
from clew.store.transaction import write_fault

APPLICATION_ID = 0x436C6577  # "Clew"
BUSY_TIMEOUT_MS = 10_000
"""How long another process's transaction is waited for."""
COPY_HELPS = "'clew check --salvage NEW' copies what is Clew's into a new file."
READ_ONLY_HELPS = "Copy it elsewhere to change it."
WRITABLE_HELPS = "Look at who may read and write it, and its folder."
SIDE_HELPS = "Take it away: Clew did not make it."
CACHE_KB = 8_192
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
            undoing.callback(remove_file, path)
            connection = apsw.Connection(str(path))
            undoing.callback(close_connection, connection)
            _guard(connection, path)
            connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
            _set_up(connection)
            connection.execute("BEGIN IMMEDIATE")
            migrate(connection, 0)
            connection.execute("COMMIT")
        except FileExistsError:
            helps = "Choose another name, or open it."
            raise FileFault(path, "there is a file already", helps=helps) from None
        except (UnicodeEncodeError, ValueError) as error:
            raise FileFault(ascii(str(path)), f"it can't be created: {error}") from error
        except (apsw.Error, OSError) as error:
            raise write_fault(path, error) from error
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
    _look_from_outside(path)
    with ExitStack() as closing:
        if readonly:
            closing.callback(clear_side_files, path)
        try:
            connection = (
                connect_for_reading(path)
                if readonly
                else apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
            )
            closing.callback(close_connection, connection)
            _guard(connection, path)
            _examine(connection, path, salvage=salvage)
            if not readonly:
                _set_up(connection)
        except apsw.BusyError as error:
            raise FileBusy(path, "another process holds it", helps="Wait, or end it.") from error
        except apsw.ReadOnlyError as error:
            raise ReadOnly(path, "it can only be read.", helps=READ_ONLY_HELPS) from error
        except (apsw.CantOpenError, apsw.PermissionsError, apsw.FullError, apsw.IOError) as error:
            fault = write_fault(path, error)
            if isinstance(fault, DiskFull | ReadOnly):
                raise fault from error
            raise FileFault(path, f"it can't be opened: {error}.", helps=WRITABLE_HELPS) from error
        except (apsw.Error, UnicodeError, OSError) as error:
            raise DamagedFile(
                path, f"it can't be read: {error}", helps="'clew check' tells what is left."
            ) from error
        closing.pop_all()
    return connection


def close_connection(connection: apsw.Connection) -> None:
    """Close it whatever its disk says: what was committed is on disk, and a checkpoint can wait."""
    with suppress(apsw.Error):
        connection.close(True)


def copy_database(connection: apsw.Connection, path: Path) -> None:
    """Write what a connection sees to a new file of the user; raises apsw.Error, OSError."""
    path.unlink(missing_ok=True)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    copy = apsw.Connection(str(path))
    try:
        copy_pages(connection, copy)
        copy.pragma("journal_mode", "delete")
    finally:
        close_connection(copy)


def copy_pages(connection: apsw.Connection, copy: apsw.Connection) -> None:
    """Copy all that a connection sees into an empty file; raises apsw.Error."""
    backup = copy.backup("main", connection, "main")
    try:
        backup.step(-1)
    except BaseException:
        # By force a second error of a disk in Python is neither told nor forgotten.
        with suppress(apsw.Error):
            backup.close()
        raise
    backup.close()


def data_version(connection: apsw.Connection) -> int:
    """A number that changes when another connection has written to the file; FileFault."""
    row = read_row(connection, "PRAGMA data_version", (), tuple[int])
    return row[0] if row else 0


def _look_from_outside(path: Path) -> None:
    """Only plain files are opened: a pipe that lies where SQLite looks would be waited for."""
    try:
        if not path.exists():
            raise ForeignFile(path, "there is no such file")
        if not path.is_file():
            raise ForeignFile(path, "it is no plain file")
        for ending in ("-wal", "-shm", "-journal"):
            side = path.with_name(f"{path.name}{ending}")
            if side.exists() and not side.is_file():
                raise DamagedFile(path, f"{side.name} beside it is no plain file", helps=SIDE_HELPS)
        with path.open("rb") as file:
            head = file.read(16)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise FileFault(ascii(str(path)), f"it can't be opened: {why}") from error
    if not head:
        raise ForeignFile(path, "the file is empty")
    if head != b"SQLite format 3\0":
        raise ForeignFile(path, "it is not an investigation", helps="It may be an import.")


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


def _guard(connection: apsw.Connection, path: Path) -> None:
    for setting, value in _GUARDS:
        connection.config(setting, value)
    bound_statements(connection, path)
    connection.set_busy_timeout(BUSY_TIMEOUT_MS)
    # The file's header may ask for any cache; pages are looked at before they are trusted.
    connection.execute(f"PRAGMA cache_size=-{CACHE_KB}; PRAGMA cell_size_check=ON")


def _set_up(connection: apsw.Connection) -> None:
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
