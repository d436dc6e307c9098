"""Snapshots of this machine."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from builders import decided, observed, records
from clew.graph.digest import state_digest
from clew.model.change import Note
from clew.store.check import check
from clew.store.investigation import Investigation
from clew.store.machine import MachineFolder

pytestmark = pytest.mark.assurance("chain")


@pytest.fixture
def machine(tmp_path: Path) -> MachineFolder:
    return MachineFolder(tmp_path / "machine")


@pytest.fixture
def path(tmp_path: Path, machine: MachineFolder) -> Path:
    """A file of which the machine has a snapshot."""
    path = tmp_path / "a.clew"
    with Investigation.create(path, machine=machine) as case:
        case.append([observed("a.example -resolves-to-> 192.0.2.1")])
        case.save_snapshot()
        case.append([decided(Note("later"))])
    return path


def forged(machine: MachineFolder, tmp_path: Path) -> bytes:
    """The snapshot that another machine made of another case, for the entry of this one."""
    other = MachineFolder(tmp_path / "other")
    with Investigation.create(tmp_path / "b.clew", machine=other) as case:
        case.append([observed("evil.example -resolves-to-> 203.0.113.9")])
        case.save_snapshot()
    (made,) = other.snapshots.rglob("*.snapshot")
    return made.read_bytes()


def test_a_forged_snapshot_counts_for_nothing(
    path: Path, machine: MachineFolder, tmp_path: Path
) -> None:
    """What this machine did not write is passed over, and the log is folded."""
    with Investigation.open(path, machine=machine) as case:
        true, known = state_digest(case.state), records(case.state)
    (snapshot,) = machine.snapshots.rglob("*.snapshot")
    mine = snapshot.read_bytes()
    for data in (forged(machine, tmp_path), b"", mine[:-1], mine[:40] + b"x" + mine[41:]):
        snapshot.write_bytes(data)
        with Investigation.open(path, machine=machine) as case:
            assert (state_digest(case.state), records(case.state)) == (true, known)
    assert check(path).good


def test_a_snapshot_of_another_history_is_passed_over(
    path: Path, machine: MachineFolder, tmp_path: Path
) -> None:
    """Two copies of a file that went on otherwise have their own states."""
    other = Path(shutil.copy(path, tmp_path / "c.clew"))
    states = []
    for one, name in ((path, "x.example"), (other, "y.example")):
        with Investigation.open(one, machine=machine) as case:
            case.append([observed(name, at=2)])
            case.save_snapshot()
            states.append(records(case.state))
    for one, state in zip((path, other), states, strict=True):
        with Investigation.open(one, machine=machine) as case:
            assert records(case.state) == state


def test_nothing_but_the_file_holds_the_case(path: Path, machine: MachineFolder) -> None:
    """Without the machine's folder, or with one that can't be written, the file opens as well."""
    with Investigation.open(path, machine=machine) as case:
        true = state_digest(case.state)
    shutil.rmtree(machine.folder)
    machine.folder.write_text("a file in its place")
    with Investigation.open(path, machine=machine) as case:
        assert state_digest(case.state) == true
        case.save_snapshot()
    assert [one.name for one in path.parent.glob("a.clew*")] == ["a.clew"]


def test_few_snapshots_are_kept(path: Path, machine: MachineFolder) -> None:
    """The latest ones of a file; they are the user's alone."""
    with Investigation.open(path, machine=machine) as case:
        for at in range(5):
            case.append([observed(f"n{at}.example", at=at)])
            case.save_snapshot()
        last = case.state.seq
    kept = list(machine.snapshots.rglob("*.snapshot"))
    numbers = sorted(int(one.name.partition("-")[0]) for one in kept)
    assert numbers == [last - 1, last]
    assert all(one.stat().st_mode & 0o77 == 0 for one in (*kept, machine.folder / "key"))
