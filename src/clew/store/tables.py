"""The tables of a file at each version, and what a file holds besides or instead of them."""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from importlib.resources import files

import apsw

from clew.errors import quote_value

VERSION = 2
"""Version of the file's tables that this program writes."""
NAMED_MAX = 5
"""Most objects that a message names."""

SchemaRow = tuple[str, str, str, str | None]
"""Type, name, table and SQL of an object, as SQLite keeps them."""


def migrate(connection: apsw.Connection, version: int, to: int = VERSION) -> None:
    """Bring tables from *version* (0: none) to that of *to*, within the caller's transaction."""
    for step in range(version + 1, to + 1):
        sql = files("clew.store").joinpath("migrations", f"{step:04}.sql").read_text("utf-8")
        connection.execute(sql)
        connection.pragma("user_version", step)


def foreign_objects(connection: apsw.Connection) -> tuple[str, ...]:
    """Objects that no Clew makes (triggers, views, tables, indexes), each by type and name."""
    made = made_tables(_version(connection))
    names = {name for _, name, _, _ in made}
    return tuple(_title(row) for row in sorted(_rows(connection) - made) if row[1] not in names)


def altered_objects(connection: apsw.Connection) -> tuple[str, ...]:
    """Tables and indexes of Clew's that are missing, or were made in another way."""
    return tuple(
        _title(row) for row in sorted(made_tables(_version(connection)) - _rows(connection))
    )


def list_names(objects: Collection[str]) -> str:
    """The first objects for a message, and how many there are when these are not all."""
    first = ", ".join(list(objects)[:NAMED_MAX])
    return first if len(objects) <= NAMED_MAX else f"{first} and {len(objects) - NAMED_MAX} more"


@cache
def made_tables(version: int = VERSION) -> frozenset[SchemaRow]:
    """What SQLite says of a file of a version that this program has just made."""
    connection = apsw.Connection(":memory:")
    try:
        migrate(connection, 0, version)
        return _rows(connection)
    finally:
        connection.close()


def _version(connection: apsw.Connection) -> int:
    return int(connection.pragma("user_version"))


def _rows(connection: apsw.Connection) -> frozenset[SchemaRow]:
    query = "SELECT type, name, tbl_name, sql FROM sqlite_schema"
    return frozenset(
        tuple(None if value is None else str(value) for value in row)  # type: ignore[misc]
        for row in connection.execute(query)
    )


def _title(row: SchemaRow) -> str:
    return f"{row[0]} {quote_value(row[1])}"
