"""A file that is not as it was seen last."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from builders import observed
from clew.store.investigation import Investigation
from clew.store.machine import MachineFolder


@pytest.fixture
def machine(tmp_path: Path) -> MachineFolder:
    return MachineFolder(tmp_path / "machine")


def grow(path: Path, *names: str, machine: MachineFolder | None = None) -> None:
    """Append an entity for each name."""
    with Investigation.open(path, machine=machine) as case:
        for at, name in enumerate(names):
            case.append([observed(name, at=at)])


@pytest.fixture
def path(tmp_path: Path, machine: MachineFolder) -> Path:
    """A file that was seen, and its copy of before as old.clew."""
    path = tmp_path / "a.clew"
    Investigation.create(path, machine=machine).close()
    grow(path, "a.example", machine=machine)
    shutil.copy(path, tmp_path / "old.clew")
    grow(path, "b.example", machine=machine)
    return path


def difference(path: Path, machine: MachineFolder) -> str:
    with Investigation.open(path, machine=machine) as case:
        return case.difference


def test_a_file_as_it_was_seen_is_no_news(path: Path, machine: MachineFolder) -> None:
    """The same, and what was appended elsewhere, is nothing to tell."""
    assert difference(path, machine) == ""
    grow(path, "elsewhere.example")
    assert difference(path, machine) == ""


def test_a_cut_tail_is_told_once(path: Path, machine: MachineFolder, tmp_path: Path) -> None:
    """An older copy in its place is named with the entry that is missing."""
    shutil.copy(tmp_path / "old.clew", path)
    assert "older than what was seen here: it ends at entry 2, and entry 3" in difference(
        path, machine
    )
    assert difference(path, machine) == ""


def test_another_history_is_told(path: Path, machine: MachineFolder, tmp_path: Path) -> None:
    """A file that went on otherwise is not taken for the one that was seen."""
    grow(tmp_path / "old.clew", "x.example", "y.example")
    shutil.copy(tmp_path / "old.clew", path)
    assert "another history than what was seen here: its entry 3" in difference(path, machine)


def test_where_nothing_can_be_kept_nothing_is_compared(path: Path, machine: MachineFolder) -> None:
    """A record that is damaged, or a folder that can't be written, costs the warning only."""
    for record in (machine.folder / "seen").iterdir():
        record.write_text("{")
    assert difference(path, machine) == ""
    shutil.rmtree(machine.folder)
    machine.folder.write_text("")
    assert difference(path, machine) == ""
