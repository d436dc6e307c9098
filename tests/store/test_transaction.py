"""One transaction: whole, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest

from clew.errors import FileBusy, FileFault
from clew.store.connection import create
from clew.store.place import Place
from clew.store.transaction import Transaction

pytestmark = pytest.mark.assurance("two-writers", "nth-fault")

INSERT = "INSERT INTO meta VALUES ('a', 'b')"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.clew"


@pytest.fixture
def connection(path: Path) -> Iterator[apsw.Connection]:
    made = create(path)
    yield made
    made.close()


def transaction(connection: apsw.Connection, path: Path, *, readonly: bool = False) -> Transaction:
    return Transaction(connection, path, Place(path, connection), readonly=readonly)


def rows(connection: apsw.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM meta").get)


def insert_and_fail(connection: apsw.Connection) -> None:
    connection.execute(INSERT)
    raise KeyError("x")


def test_it_is_written_when_it_ends(path: Path, connection: apsw.Connection) -> None:
    """Without a fault, what was done stays."""
    with transaction(connection, path):
        connection.execute(INSERT)
    assert (rows(connection), connection.in_transaction) == (1, False)


def test_a_fault_leaves_nothing(path: Path, connection: apsw.Connection) -> None:
    """Another's error is passed on, SQLite's becomes ours, and nothing of either is written."""
    with pytest.raises(KeyError), transaction(connection, path):
        insert_and_fail(connection)
    with pytest.raises(FileFault, match="nothing was written"), transaction(connection, path):
        connection.execute(f"{INSERT}; {INSERT}")
    assert (rows(connection), connection.in_transaction) == (0, False)


def test_a_file_for_reading_is_not_written(path: Path, connection: apsw.Connection) -> None:
    """It is refused before anything is done."""
    wrong = pytest.raises(FileFault, match="reading only")
    with wrong, transaction(connection, path, readonly=True):
        connection.execute(INSERT)
    assert rows(connection) == 0


def test_two_writers_are_told_apart(path: Path, connection: apsw.Connection) -> None:
    """While another one writes, it is busy."""
    connection.set_busy_timeout(0)
    other = apsw.Connection(str(path))
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(FileBusy), transaction(connection, path):
        connection.execute(INSERT)
    other.close()
    assert rows(connection) == 0
