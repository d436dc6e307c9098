"""Opening an investigation's SQLite file, and nothing else."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import apsw

from clew.errors import DamagedFile, FileBusy, FileFault, ForeignFile, NewerFile

APPLICATION_ID = 0x436C6577  # "Clew"
VERSION = 1
"""Version of the file's schema that this program writes."""
BUSY_TIMEOUT_MS = 10_000
"""How long another process's transaction is waited for."""


def create(path: Path) -> apsw.Connection:
    """A new file with the schema; raises FileFault where something is there already."""
    if path.exists():
        raise FileFault(path, "there is a file already", helps="Choose another name, or open it.")
    try:
        connection = apsw.Connection(str(path))
    except (apsw.Error, UnicodeEncodeError) as error:
        raise FileFault(ascii(str(path)), f"it can't be created: {error}") from error
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    _set_up(connection)
    schema = files("clew.store").joinpath("schema.sql").read_text("utf-8")
    connection.execute(f"BEGIN; {schema} PRAGMA user_version={VERSION}; COMMIT")
    return connection


def open_(path: Path, *, readonly: bool = False) -> apsw.Connection:
    """
    An existing file, brought to the present version.

    Raises:
        ForeignFile: It is no investigation, or not there.
        NewerFile: A newer program wrote it.
        DamagedFile: SQLite can't read it.
        FileBusy: Another process holds it.
    """
    if not path.is_file():
        raise ForeignFile(path, "there is no such file")
    if path.stat().st_size == 0:
        raise ForeignFile(path, "the file is empty")
    with path.open("rb") as file:
        if file.read(16) != b"SQLite format 3\0":
            raise ForeignFile(path, "it is not an investigation", helps="It may be an import.")
    flags = apsw.SQLITE_OPEN_READONLY if readonly else apsw.SQLITE_OPEN_READWRITE
    try:
        connection = apsw.Connection(str(path), flags=flags)
        application = connection.pragma("application_id")
        version = connection.pragma("user_version")
        if application != APPLICATION_ID:
            raise ForeignFile(path, "it is a database of another program")
        if version > VERSION:
            raise NewerFile(
                path,
                f"it has version {version}, and this program reads up to {VERSION}",
                helps="Install a newer Clew.",
            )
        if readonly:
            connection.set_busy_timeout(BUSY_TIMEOUT_MS)
        else:
            _set_up(connection)
            _migrate(connection, path, version)
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
    except apsw.BusyError as error:
        raise FileBusy(path, "another process holds it", helps="Wait, or end it.") from error
    except apsw.Error as error:
        raise DamagedFile(
            path, f"it can't be read: {error}", helps="'clew check' tells what is left."
        ) from error
    return connection


def _set_up(connection: apsw.Connection) -> None:
    connection.set_busy_timeout(BUSY_TIMEOUT_MS)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA trusted_schema=OFF")


def _migrate(connection: apsw.Connection, path: Path, version: int) -> None:
    for step in range(version + 1, VERSION + 1):
        found = files("clew.store").joinpath("migrations", f"{step:04}.sql")
        if not found.is_file():
            raise DamagedFile(path, f"there is no way from version {version} to {VERSION}")
        sql = found.read_text("utf-8")
        connection.execute(f"BEGIN IMMEDIATE; {sql} PRAGMA user_version={step}; COMMIT")
