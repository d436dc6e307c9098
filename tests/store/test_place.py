"""A file that is no longer where it was opened."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from builders import decided, observed, records
from clew.errors import FileFault
from clew.graph.digest import state_digest
from clew.model.journal import PurchaseIntended
from clew.store.check import check
from clew.store.investigation import Investigation

pytestmark = pytest.mark.assurance("moved-file")


def delete(path: Path) -> None:
    path.unlink()


def move(path: Path) -> None:
    path.rename(path.with_name("elsewhere.clew"))


def replace(path: Path) -> None:
    other = path.with_name("other.clew")
    with Investigation.create(other) as case:
        case.append([observed("other.example")])
    other.replace(path)


def replace_by_copy(path: Path) -> None:
    """As programs do that bring a folder in step with another one."""
    beside = path.with_name("beside")
    shutil.copyfile(path, beside)
    beside.replace(path)


def delete_side_file(path: Path) -> None:
    path.with_name(f"{path.name}-wal").unlink()


def delete_lock_file(path: Path) -> None:
    path.with_name(f"{path.name}-shm").unlink()


LOSSES = (delete, move, replace, replace_by_copy, delete_side_file, delete_lock_file)


@pytest.mark.parametrize("lose", LOSSES)
def test_nothing_is_acknowledged_after_the_file_is_gone(
    tmp_path: Path, lose: Callable[[Path], None]
) -> None:
    """Each change is refused with words, and all that was acknowledged is in a saved copy."""
    path = tmp_path / "a.clew"
    with Investigation.create(path) as case:
        case.append([observed("a.example")])
        case.append([observed("b.example -resolves-to-> 192.0.2.1", at=1)])
        digest, known = state_digest(case.state), records(case.state)
        lose(path)
        for _ in range(2):
            with pytest.raises(FileFault, match=r"moved, deleted or replaced.*a\.saved\.clew"):
                case.append([observed("c.example", at=2)])
        with pytest.raises(FileFault, match="Nothing was written"):
            case.append([decided(PurchaseIntended("p", "f", 1))])
        assert (case.state.seq, records(case.state)) == (3, known)
    saved = [other.name for other in tmp_path.glob("*.saved*.clew")]
    assert saved == ["a.saved.clew"]
    assert check(tmp_path / "a.saved.clew").good
    with Investigation.open(tmp_path / "a.saved.clew") as case:
        assert state_digest(case.state) == digest


def test_a_file_that_is_put_back_is_written_again(tmp_path: Path) -> None:
    """Moved away and back, it goes on where it was."""
    path, away = tmp_path / "a.clew", tmp_path / "away.clew"
    with Investigation.create(path) as case:
        case.append([observed("a.example")])
        path.rename(away)
        with pytest.raises(FileFault):
            case.append([observed("b.example", at=1)])
        away.rename(path)
        case.append([observed("b.example", at=2)])
        path.rename(away)
        with pytest.raises(FileFault):
            case.append([observed("c.example", at=3)])
        away.rename(path)
    for name, seq in (("a", 3), ("a.saved", 2), ("a.saved2", 3)):
        with Investigation.open(tmp_path / f"{name}.clew") as case:
            assert case.state.seq == seq


def test_a_copy_that_can_not_be_saved_is_told(tmp_path: Path) -> None:
    """Where the whole folder is gone, the words say that it has to come back."""
    folder = tmp_path / "cases"
    folder.mkdir()
    with Investigation.create(folder / "a.clew") as case:
        case.append([observed("a.example")])
        folder.rename(tmp_path / "away")
        with pytest.raises(FileFault, match="Put it back before Clew ends"):
            case.append([observed("b.example", at=1)])
        (tmp_path / "away").rename(folder)
        case.append([observed("b.example", at=2)])


def test_closing_leaves_what_took_the_files_place(tmp_path: Path) -> None:
    """An investigation that lies at the old path keeps what its side file holds."""
    path = tmp_path / "a.clew"
    case = Investigation.create(path)
    case.append([observed("a.example")])
    for ending in ("", "-wal", "-shm"):
        path.with_name(path.name + ending).rename(tmp_path / f"away.clew{ending}")
    with Investigation.create(path) as other:
        other.append([observed("b.example")])
        case.close()
        other.append([observed("c.example", at=1)])
    with Investigation.open(path) as case:
        assert len(records(case.state)[0]) == 2
    with Investigation.open(tmp_path / "away.clew") as case:
        assert case.state.seq == 2
