"""Rows with values that no Clew writes."""

from __future__ import annotations

import dataclasses
from contextlib import closing, suppress
from pathlib import Path

import apsw
import pytest

from builders import decided, observed
from clew.errors import ClewError, DamagedFile
from clew.model.change import Observe
from clew.model.journal import (
    AskedTask,
    Exchange,
    FinishedTask,
    Outcome,
    PurchaseIntended,
    ReplyRecord,
    RunQueued,
    TasksFinished,
)
from clew.store.check import check
from clew.store.investigation import Investigation
from clew.store.replies import StoredReply
from clew.store.rows import read_row, read_rows
from clew.store.salvage import salvage
from clew.store.store import Store

pytestmark = pytest.mark.assurance("hostile-file")

REPLY = StoredReply.of(b"{}", "application/json")
STORED = ReplyRecord(REPLY.digest, REPLY.media_type, len(REPLY.body))
EXCHANGE = Exchange("p", "f", REPLY.digest, 200, 1)
WRONG = ("1.5", "CAST(x'ff' AS TEXT)")


def make(path: Path) -> None:
    """A file with a row in each of its tables."""
    with Investigation.create(path, title="a") as case:
        tasks = (AskedTask("domain-name", "a.example"), AskedTask("x", "y"))
        done = (FinishedTask(0, False, Outcome(), (EXCHANGE,)),)
        changes = [
            decided(RunQueued("r", "t", "{}", "main", tasks)),
            observed("a.example -resolves-to-> 192.0.2.1"),
            decided(TasksFinished("r", done, (STORED,))),
            decided(PurchaseIntended("p", "f", 1)),
        ]
        case.append(changes, replies=[REPLY])
        case.store.lease("r", "other", now_s=1, lease_s=9, count=1)


def columns(tmp: Path) -> list[tuple[str, str]]:
    """Each table and column of a file."""
    make(tmp)
    with closing(apsw.Connection(str(tmp))) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM pragma_table_list")]
        return [
            (table, column)
            for table in sorted(tables)
            if not table.startswith("sqlite_")
            for (column,) in connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
        ]


def put_wrong(path: Path, table: str, column: str, value: str) -> None:
    """Put a value into a column in spite of the column's type, as a forged file can."""
    rule = "UPDATE sqlite_schema SET sql={} WHERE name=? AND type='table'"
    with closing(apsw.Connection(str(path))) as connection:
        query = "SELECT sql FROM sqlite_schema WHERE name=?"
        ((sql,),) = connection.execute(query, (table,))
        lax = sql.replace(" STRICT", "").replace(" NOT NULL", "").replace(" INTEGER", "")
        lax = lax.replace(" TEXT", "").replace(" BLOB", "")
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(rule.format("?"), (lax, table))
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("PRAGMA synchronous=OFF")
        connection.execute(f"UPDATE {table} SET {column}={value}")
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(rule.format("?"), (sql, table))


def use(path: Path) -> None:
    """Read all that a file holds, as the program does."""
    with Investigation.open(path) as case:
        store = case.store
        assert isinstance(store.meta, dict)
        for run in store.runs():
            store.lease(run.id, "me", now_s=1, lease_s=1, count=9)
            store.leases(run.id)
            for task, _ in store.tasks(run.id):
                for exchange in store.exchanges(run.id, task.position):
                    store.reply(exchange.digest)
        store.latest_exchange("p", "f", 0)
        store.purchase("p", "f")
        case.append([observed("b.example", at=1)])


def test_wrong_values_in_any_column_are_told(tmp_path: Path) -> None:
    """Whatever stands in whichever column, reading gives values or an error of ours."""
    path = tmp_path / "a.clew"
    make(path)
    good, found = path.read_bytes(), 0
    for table, column in columns(tmp_path / "b.clew"):
        for value in WRONG:
            path.write_bytes(good)
            try:
                put_wrong(path, table, column, value)
            except apsw.Error:
                continue
            with suppress(ClewError):
                use(path)
            report = check(path)
            assert report.lines()
            found += not report.good
    assert found > 60


@pytest.mark.parametrize(
    "table", ["meta", "log", "piece", "reply", "run", "task", "exchange", "lease"]
)
def test_what_is_beside_a_wrong_value_is_saved(tmp_path: Path, table: str) -> None:
    """A wrong value in one table costs salvage no other table."""
    path, into = tmp_path / "a.clew", tmp_path / "b.clew"
    make(path)
    last = [column for name, column in columns(tmp_path / "c.clew") if name == table][-1]
    put_wrong(path, table, last, "NULL")
    assert not check(path).good
    assert salvage(path, into) == {"log": 0, "piece": 2}.get(table, 5)
    assert check(into).good == (table != "reply")


def test_a_value_of_another_type_is_told_with_its_file(tmp_path: Path) -> None:
    """The error names the file and what was expected."""
    path = tmp_path / "a.clew"
    make(path)
    put_wrong(path, "purchase", "at", "'x'")
    wrong = pytest.raises(DamagedFile, match=r"a\.clew: a row holds .* Expected `int`")
    with closing(Store.open(path)) as store, wrong:
        store.purchase("p", "f")


def test_rows_have_the_types_that_were_asked_for() -> None:
    """A query gives tuples of the shape; no row gives None."""
    with closing(apsw.Connection(":memory:")) as connection:
        query = "SELECT column1, column2 FROM (VALUES (1, 'a'), (2, 'b'))"
        assert list(read_rows(connection, query, (), tuple[int, str])) == [(1, "a"), (2, "b")]
        none = "SELECT 1, 'a' WHERE 0"
        assert read_row(connection, none, (), tuple[int, str]) is None


@pytest.mark.parametrize("line", ["a.example", "a.example -resolves-to-> 192.0.2.1"])
def test_a_provenance_that_is_not_there_is_told(tmp_path: Path, line: str) -> None:
    """An entry whose rows say that nobody said them is damage, also with a right digest."""
    good = observed(line)
    with closing(Store.create(tmp_path / "a.clew")) as store:
        store.append([dataclasses.replace(good, what=Observe("main", ()))], expect_seq=1)
        with pytest.raises(DamagedFile, match=r"entry 2 .*provenance points outside"):
            list(store.entries())
