"""Version 1 of the file, brought to version 2."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from clew.errors import DamagedFile, FileFault
from clew.graph.digest import state_digest
from clew.model.journal import CarriedOver
from clew.store import migration
from clew.store.check import check
from clew.store.investigation import Investigation
from clew.store.store import Store

pytestmark = pytest.mark.assurance("old-files")

KEPT = Path(__file__).parents[1] / "kept" / "0.1" / "tendrit.clew"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file that version 0.1 wrote."""
    return Path(shutil.copy(KEPT, tmp_path / "a.clew"))


def tables(store: Store) -> object:
    """What a file tells beside its log."""
    runs = store.runs()
    return [
        (run, store.tasks(run.id), [store.exchanges(run.id, at) for at in range(50)])
        for run in runs
    ], store.meta["title"]


def test_a_migrated_file_tells_the_same(path: Path) -> None:
    """Entries keep bytes, numbers and digests; what stood beside them is one more entry."""
    with closing(Store.open(path, readonly=True)) as store:
        before, beside = list(store.entries()), tables(store)
        assert store.version == 1
    with Investigation.open(path, readonly=True) as case:
        digest = state_digest(case.state)
    with Investigation.open(path) as case:
        assert case.store.version == 2
        after = list(case.store.entries())
        assert [one.digest for one in after[:-1]] == [one.digest for one in before]
        assert isinstance(after[-1].change.what, CarriedOver)
        assert (tables(case.store), state_digest(case.state)) == (beside, digest)
        assert case.state.history.entries()[-1].seq == len(before)
    report = check(path)
    assert report.good
    assert not report.unproven
    assert check(path.with_name("a.v1.clew")).unproven


def test_reading_alone_migrates_nothing(path: Path) -> None:
    """A file that is only read stays as it is, and nothing is put beside it."""
    whole = path.read_bytes()
    with Investigation.open(path, readonly=True) as case:
        assert case.store.runs()
    assert check(path).unproven
    assert path.read_bytes() == whole
    assert not list(path.parent.glob("*.v1*"))


def test_the_copy_of_version_1_is_the_file_as_it_was(path: Path) -> None:
    """It has the same last digest, is made once, and never overwrites another file."""
    noted = check(path).digest
    other = path.with_name("a.v1.clew")
    other.write_text("mine")
    Investigation.open(path).close()
    assert other.read_text() == "mine"
    assert check(path.with_name("a.v1-2.clew")).digest == noted
    assert check(path, digest=noted).good
    Investigation.open(path).close()
    assert len(list(path.parent.glob("*.v1*"))) == 2


@pytest.mark.parametrize("step", ["_copy", "carried_over", "migrate", "record"])
def test_a_migration_that_ends_in_the_middle_goes_back_or_on(
    path: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever step fails, the file is whole as version 1, and the next opening migrates it."""
    noted = check(path).digest

    def fails(*_: object) -> None:
        raise FileFault(path, "the power went")

    with monkeypatch.context() as patched:
        patched.setattr(migration, step, fails)
        with pytest.raises(FileFault, match="the power went"):
            Investigation.open(path)
    report = check(path)
    assert (report.good, report.digest, bool(report.unproven)) == (True, noted, True)
    Investigation.open(path).close()
    assert not check(path).unproven
    assert len(list(path.parent.glob("*.v1*"))) == 1


@pytest.mark.parametrize("step", ["carried_over", "migrate", "record"])
def test_a_killed_migration_goes_back_or_on(path: Path, step: str) -> None:
    """A process that is gone in the middle leaves version 1, which is migrated later."""
    child = os.fork()
    if child == 0:

        def dies(*_: object) -> None:
            os._exit(9)

        setattr(migration, step, dies)
        Investigation.open(path)
        os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
    assert check(path).unproven
    Investigation.open(path).close()
    report = check(path)
    assert report.good
    assert not report.unproven


def cut(connection: apsw.Connection) -> None:
    connection.execute("DELETE FROM log WHERE seq=7")


def turn(connection: apsw.Connection) -> None:
    connection.execute("UPDATE task SET outcome=x'00' WHERE position=0")


@pytest.mark.parametrize("harm", [cut, turn])
def test_a_damaged_file_is_left_as_it_is(
    path: Path, harm: Callable[[apsw.Connection], None]
) -> None:
    """What can't be read is not carried over; nothing is written."""
    with closing(apsw.Connection(str(path))) as connection:
        harm(connection)
    whole = path.read_bytes()
    with pytest.raises(DamagedFile):
        Investigation.open(path)
    assert path.read_bytes() == whole
