"""What ``clew check`` calls good was proven: whatever is edited, it is noticed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import apsw
import pytest

from clew.errors import ClewError
from clew.store.check import check
from clew.store.investigation import Investigation
from effort import times
from store.test_rows import make

pytestmark = pytest.mark.assurance("chain")

EDITS, FLIPS = times(60, deep=200), times(60, deep=400)


def tables(connection: apsw.Connection) -> dict[str, list[str]]:
    """The columns of each table."""
    names = [name for (name,) in connection.execute("SELECT name FROM pragma_table_list")]
    return {
        name: [
            row[0] for row in connection.execute("SELECT name FROM pragma_table_info(?)", (name,))
        ]
        for name in sorted(names)
        if not name.startswith("sqlite_")
    }


def other(value: Any, chance: random.Random) -> Any:
    """A value of the same type that is another one."""
    if isinstance(value, int):
        return value + chance.choice((-1, 1, 7))
    if isinstance(value, str):
        return value + "x" if chance.random() < 0.5 or not value else value[:-1]
    at = chance.randrange(len(value)) if value else 0
    return value[:at] + bytes([value[at] ^ 1]) + value[at + 1 :] if value else b"x"


def edited(path: Path, table: str, column: str, chance: random.Random) -> bool:
    """Put another value into one row; False where the table refuses it."""
    with closing(apsw.Connection(str(path))) as connection:
        rows = list(connection.execute(f"SELECT rowid, {column} FROM {table}"))
        row, value = chance.choice(rows)
        try:
            connection.execute(
                f"UPDATE {table} SET {column}=? WHERE rowid=?", (other(value, chance), row)
            )
        except apsw.ConstraintError:
            return False
    return True


def test_every_edit_of_a_row_is_noticed(tmp_path: Path) -> None:
    """Another value in any column of any table, and the file is not called good."""
    path = tmp_path / "a.clew"
    make(path)
    whole, chance = path.read_bytes(), random.Random(3)
    assert check(path).good
    with closing(apsw.Connection(str(path))) as connection:
        columns = [(table, one) for table, found in tables(connection).items() for one in found]
    assert {table for table, _ in columns} == {
        "exchange", "lease", "log", "meta", "piece", "purchase", "reply", "run", "task",
    }  # fmt: skip
    for number in range(max(EDITS, len(columns))):
        path.write_bytes(whole)
        table, column = columns[number % len(columns)]
        if edited(path, table, column, chance):
            assert not check(path).good, f"another {column} in {table}"


@pytest.mark.parametrize("table", ["exchange", "meta", "piece", "purchase", "reply", "run", "task"])
def test_a_row_that_was_taken_out_is_noticed(tmp_path: Path, table: str) -> None:
    """No table beside the log is shorter than the log says."""
    path = tmp_path / "a.clew"
    make(path)
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute(f"DELETE FROM {table} WHERE rowid=(SELECT min(rowid) FROM {table})")
    assert not check(path).good


@pytest.mark.parametrize(
    "row",
    [
        "meta VALUES ('x', 'y')",
        "run VALUES ('s', 'a', 't', '{}', 'main', 'label', 'analyst', 0, 'done')",
        "task (run, position, type, value, tlp, state) VALUES ('r', 2, 'x', 'z', 0, 'done')",
        "exchange VALUES ('r', 1, 0, 'p', 'g', 'd', 200, 1, '{}')",
        "purchase VALUES ('p', 'g', 1, '')",
        "reply VALUES ('00', 'text/plain', 0, x'')",
        "lease VALUES ('q', 1, 'me', 9, x'00')",
        "log VALUES (0, x'', x'')",
        "piece VALUES (99, 0, 'x', x'')",
    ],
)
def test_a_row_that_was_put_in_is_noticed(tmp_path: Path, row: str) -> None:
    """No table holds more than the log says."""
    path = tmp_path / "a.clew"
    make(path)
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute(f"INSERT INTO {row}")
    assert not check(path).good


def contents(path: Path) -> list[Any] | None:
    """All rows of a file as SQLite gives them; None where it gives none."""
    try:
        with closing(apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)) as connection:
            return [
                (table, list(connection.execute(f"SELECT * FROM {table}")))
                for table in tables(connection)
            ]
    except (apsw.Error, UnicodeDecodeError):
        return None


def flips(whole: bytes, chance: random.Random) -> Iterator[bytes]:
    while True:
        at, bit = chance.randrange(len(whole)), chance.randrange(8)
        yield whole[:at] + bytes([whole[at] ^ (1 << bit)]) + whole[at + 1 :]


def test_every_flipped_bit_that_changes_contents_is_noticed(tmp_path: Path) -> None:
    """A bit that makes a row another one, or unreadable, and the file is not called good."""
    path = tmp_path / "a.clew"
    make(path)
    whole, before = path.read_bytes(), contents(path)
    noticed = 0
    for flipped in flips(whole, random.Random(5)):
        path.write_bytes(flipped)
        if contents(path) == before:
            continue
        assert not check(path).good
        noticed += 1
        if noticed == FLIPS:
            break


def test_a_log_without_its_tail_is_known_by_a_digest(tmp_path: Path) -> None:
    """A cut log is a good one; against a digest that was noted before it is another history."""
    path = tmp_path / "a.clew"
    make(path)
    noted = check(path).digest
    assert check(path, digest=noted.upper()).good
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("DELETE FROM log WHERE seq=5; DELETE FROM purchase")
    assert check(path).good
    report = check(path, digest=noted)
    assert not report.good
    assert "another history" in report.fault


def test_a_forged_entry_that_does_not_follow_is_damage(tmp_path: Path) -> None:
    """An index that the log can't make is told, not raised."""
    path = tmp_path / "a.clew"
    make(path)
    with Investigation.open(path) as case:
        entry = next(one for one in case.store.entries() if one.seq == 4)
        with pytest.raises(ClewError, match="finished already"):
            case.append([entry.change])
