"""What a file may hold besides its rows: our tables, and nothing else."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from builders import observed
from clew.errors import DamagedFile
from clew.store.check import check
from clew.store.investigation import Investigation
from clew.store.salvage import salvage
from clew.store.tables import VERSION, altered_objects, foreign_objects, made_tables, migrate

pytestmark = pytest.mark.assurance("hostile-file")

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM n) SELECT x FROM n"
FOREIGN = {
    "trigger 'drop'": "CREATE TRIGGER 'drop' AFTER INSERT ON log BEGIN DELETE FROM log; END",
    "trigger 'unsay'": "CREATE TRIGGER unsay BEFORE INSERT ON log BEGIN SELECT RAISE(IGNORE); END",
    "view 'all'": f"CREATE VIEW 'all' AS {ENDLESS}",
    "table 'more'": "CREATE TABLE more (x)",
    "table 'made'": "CREATE TABLE made (x, y AS (hex(zeroblob(x))) STORED)",
    "table 'words'": "CREATE VIRTUAL TABLE words USING fts5(x)",
    "table 'pages'": "CREATE VIRTUAL TABLE pages USING dbstat",
    "index 'by_head'": "CREATE INDEX by_head ON log (hex(head))",
    "index 'some'": "CREATE UNIQUE INDEX some ON log (digest) WHERE abs(seq) > 0",
    "table 'sqlite_stat1'": "ANALYZE",
    "table 'a\\nb'": "CREATE TABLE 'a\nb' (x)",
}
ALTERED = {
    "a view in place of a table": (
        f"DROP TABLE run; CREATE VIEW run AS SELECT x AS id FROM ({ENDLESS})"
    ),
    "a virtual table in place of a table": (
        "DROP TABLE lease; CREATE VIRTUAL TABLE lease USING fts5(run, owner)"
    ),
    "a generated column": "ALTER TABLE log ADD COLUMN more BLOB AS (zeroblob(seq)) VIRTUAL",
    "a default that is computed": (
        "DROP TABLE meta; CREATE TABLE meta (key TEXT PRIMARY KEY,"
        " value TEXT NOT NULL DEFAULT (hex(randomblob(9)))) STRICT"
    ),
    "a check": (
        "DROP TABLE log; CREATE TABLE log (seq INTEGER PRIMARY KEY, head BLOB NOT NULL,"
        " digest BLOB NOT NULL CHECK (length(hex(digest)) > 0)) STRICT"
    ),
    "other types": "DROP TABLE log; CREATE TABLE log (seq INTEGER PRIMARY KEY, head, digest)",
    "a missing index": "DROP INDEX exchange_asked",
    "another collation": (
        "DROP INDEX exchange_asked;"
        " CREATE INDEX exchange_asked ON exchange (provider COLLATE NOCASE, fingerprint, received)"
    ),
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    file = tmp_path / "a.clew"
    with Investigation.create(file) as case:
        case.append([observed("a.example -resolves-to-> 192.0.2.1")])
    return file


def execute(path: Path, sql: str) -> None:
    """Do with a file what another program could do."""
    connection = apsw.Connection(str(path))
    connection.execute(sql)
    connection.close()


@pytest.mark.parametrize("readonly", [True, False])
@pytest.mark.parametrize("name", FOREIGN)
def test_a_file_with_foreign_objects_is_refused(path: Path, name: str, readonly: bool) -> None:
    """Whatever SQL a stranger put into a file, it is named, and the file is not opened."""
    execute(path, FOREIGN[name])
    with pytest.raises(DamagedFile, match="what Clew did not make") as fault:
        Investigation.open(path, readonly=readonly)
    assert name in str(fault.value)
    assert "--salvage" in str(fault.value)


@pytest.mark.parametrize("sql", ALTERED.values(), ids=ALTERED)
def test_a_file_with_other_tables_is_refused(path: Path, sql: str) -> None:
    """Tables that have our names and are not ours are never read, to salvage neither."""
    execute(path, sql)
    for open_ in (lambda: Investigation.open(path), lambda: salvage(path, path.with_name("b"))):
        with pytest.raises(DamagedFile, match="another way"):
            open_()
    assert not check(path).opens


@pytest.mark.parametrize("version", [0, -1, -(1 << 31)])
def test_a_version_that_no_clew_wrote_is_refused(path: Path, version: int) -> None:
    """A file does not choose which steps are run over it."""
    execute(path, f"PRAGMA user_version={version}")
    for readonly in (True, False):
        with pytest.raises(DamagedFile, match=f"version {version}"):
            Investigation.open(path, readonly=readonly)


def test_check_names_foreign_objects_and_salvage_leaves_them(path: Path, tmp_path: Path) -> None:
    """What is ours in the file is checked and can be copied; the rest is named and stays."""
    execute(path, FOREIGN["view 'all'"])
    execute(path, FOREIGN["trigger 'drop'"])
    report = check(path)
    assert not report.good
    assert not report.opens
    assert (report.entries, report.good_entries) == (2, 2)
    assert "trigger 'drop', view 'all'" in " ".join(report.lines())
    assert salvage(path, tmp_path / "b.clew") == 2
    assert check(tmp_path / "b.clew").good


def test_a_trigger_that_comes_later_does_not_run(path: Path) -> None:
    """An object that is put in while the file is open can't take away what is acknowledged."""
    with Investigation.open(path) as case:
        execute(path, FOREIGN["trigger 'unsay'"])
        case.append([observed("b.example", at=1)])
        assert case.store.tail[0] == 3


def test_a_new_file_is_what_an_opened_one_has_to_be() -> None:
    """All steps in order give the tables of the present version."""
    connection = apsw.Connection(":memory:")
    migrate(connection, 0)
    assert connection.pragma("user_version") == VERSION
    assert foreign_objects(connection) == altered_objects(connection) == ()
    assert {name for kind, name, _, _ in made_tables() if kind == "table"} == {
        "meta", "log", "piece", "reply", "run", "task", "exchange", "purchase", "lease",
    }  # fmt: skip
    connection.close()
