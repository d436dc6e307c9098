"""Reading leaves a file and what is beside it as they were."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

import apsw
import pytest

from builders import observed, records
from clew.errors import ClewError
from clew.store.backup import backup
from clew.store.check import check
from clew.store.investigation import Investigation
from clew.store.salvage import salvage

pytestmark = pytest.mark.assurance("read-only")


def small(path: Path) -> Path:
    with Investigation.create(path) as case:
        case.append([observed("a.example")])
    return path


def foreign(path: Path) -> Path:
    """A database of another program, that keeps side files too."""
    with closing(apsw.Connection(str(path))) as connection:
        connection.pragma("journal_mode", "wal")
        connection.execute("CREATE TABLE a(b)")
    return path


def open_it(path: Path) -> None:
    with Investigation.open(path, readonly=True) as case:
        assert len(records(case.state)[0]) == 1


def salvage_it(path: Path) -> None:
    salvage(path, path.parent / "else" / "good.clew")


def back_up(path: Path) -> None:
    backup(path, path.parent / "else" / "copy.clew")


@pytest.mark.parametrize("make", [small, foreign])
@pytest.mark.parametrize("read", [check, open_it, salvage_it, back_up])
def test_reading_leaves_nothing_beside_a_file(
    tmp_path: Path, make: Callable[[Path], Path], read: Callable[[Path], object]
) -> None:
    """Whether it can be read or is refused, the folder is as it was, and so is the file."""
    path = make(tmp_path / "a.clew")
    (tmp_path / "else").mkdir()
    before = path.read_bytes()
    with suppress(ClewError):
        read(path)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.clew", "else"]
    assert path.read_bytes() == before


def test_a_writer_beside_loses_nothing(tmp_path: Path) -> None:
    """However readers come and go, what another writes meanwhile is there."""
    path = small(tmp_path / "a.clew")
    with Investigation.open(path) as writer:
        for number in range(5):
            with Investigation.open(path, readonly=True) as reader:
                writer.append([observed(f"b{number}.example", at=number)])
                writer.store.checkpoint()
            assert reader.state.seq <= writer.state.seq
        writer.append([observed("c.example", at=9)])
        assert not writer.store.lost
    assert check(path).entries == 8


def test_another_reader_goes_on(tmp_path: Path) -> None:
    """One that ends takes nothing away from one that reads on, and hears of writers."""
    path = small(tmp_path / "a.clew")
    with Investigation.open(path, readonly=True) as one:
        with Investigation.open(path, readonly=True):
            pass
        with Investigation.open(path) as writer:
            writer.append([observed("b.example", at=1)])
        one.catch_up()
        assert one.state.seq == 3
    assert [other.name for other in tmp_path.iterdir()] == ["a.clew"]


def test_what_a_killed_process_left_is_left(tmp_path: Path) -> None:
    """A side file that holds something is read, and stays for who writes next."""
    with Investigation.create(tmp_path / "a.clew") as case:
        case.append([observed("a.example")])
        for one in list(tmp_path.iterdir()):
            shutil.copy(one, tmp_path / one.name.replace("a.", "killed."))
    side = tmp_path / "killed.clew-wal"
    before = side.read_bytes()
    assert before
    open_it(tmp_path / "killed.clew")
    assert side.read_bytes() == before
