"""An investigation through its file."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from builders import decided, observed, records
from clew.errors import ClewError, DamagedFile, FileFault, ForeignFile
from clew.graph.digest import state_digest
from clew.graph.working_set import WorkingSet
from clew.model.change import Change, Note, Revert
from clew.store.check import check
from clew.store.investigation import Investigation
from clew.store.machine import MachineFolder
from strategies import changes


@given(changes())
@settings(max_examples=15)
def test_reopening_gives_the_same_state(
    tmp_path_factory: pytest.TempPathFactory, made: list[Change]
) -> None:
    """With and without a snapshot, an opened file has the state that was appended."""
    path = tmp_path_factory.mktemp("x") / "a.clew"
    machine = MachineFolder(tmp_path_factory.mktemp("machine"))
    with Investigation.create(path, machine=machine) as case:
        for change in made:
            case.append([change])
        digest = state_digest(case.state)
    with Investigation.open(path, machine=machine) as case:
        assert state_digest(case.state) == digest
        case.save_snapshot()
        case.append([decided(Note("later"))])
    assert list(machine.snapshots.rglob("*.snapshot"))
    with Investigation.open(path, machine=machine) as case:
        assert case.state.seq == len(made) + 2
        assert state_digest(case.at(len(made) + 1)) == digest
    assert [other.name for other in path.parent.iterdir()] == ["a.clew"]


def test_two_processes_see_each_others_changes(tmp_path: Path) -> None:
    """A second opener is served; each append folds in the other's first."""
    path = tmp_path / "a.clew"
    with Investigation.create(path) as one, Investigation.open(path) as two:
        one.append([observed("a.example")])
        two.append([observed("b.example", at=1)])
        one.append([observed("c.example", at=2)])
        two.catch_up()
        assert records(one.state) == records(two.state)
        assert state_digest(one.state) == state_digest(two.state)


def test_the_state_at_any_moment(tmp_path: Path) -> None:
    """Every earlier sequence number can be looked at, also before an undo."""
    with Investigation.create(tmp_path / "a.clew") as case:
        case.append([observed("a.example")])
        case.append([observed("b.example", at=1)])
        case.append([decided(Revert(case.state.history.undo()))])
        assert len(case.at(3).entities) == 2
        assert len(records(case.at(3))[0]) == 2
        assert len(records(case.at(4))[0]) == 1
        assert case.at(0).seq == 0


def small(path: Path) -> list[str]:
    """Make a small file; gives the digests of the states at each entry."""
    digests = [state_digest(WorkingSet())]
    with Investigation.create(path) as case:
        for at in range(6):
            case.append([observed(f"n{at}.example -resolves-to-> 192.0.2.{at + 1}", at=at)])
            digests.append(state_digest(case.state))
    return digests


def outcome(path: Path) -> str | None:
    """The state's digest, or None where the file was refused with an error of ours."""
    try:
        with Investigation.open(path, readonly=True) as case:
            return state_digest(case.state)
    except ClewError:
        return None


def test_flipped_bytes_never_give_a_wrong_state(tmp_path: Path) -> None:
    """Whatever byte is altered, the file gives its true state or a clear error."""
    path = tmp_path / "a.clew"
    true = small(path)
    whole = path.read_bytes()
    chance = random.Random(7)
    refused = 0
    for _ in range(250):
        at = chance.randrange(len(whole))
        flipped = bytes([whole[at] ^ (1 << chance.randrange(8))])
        path.write_bytes(whole[:at] + flipped + whole[at + 1 :])
        found = outcome(path)
        assert found in (None, *true)
        refused += found is None
    assert refused > 20


def test_truncated_files_are_refused_or_true(tmp_path: Path) -> None:
    """Cut anywhere, a file gives a true prefix or a clear error."""
    path = tmp_path / "a.clew"
    true = small(path)
    whole = path.read_bytes()
    for cut in range(0, len(whole), 4099):
        path.write_bytes(whole[:cut])
        assert outcome(path) in (None, *true)


@pytest.mark.parametrize("body", [b"", b"text", b"SQLite format 3\0" + b"\0" * 100])
def test_foreign_files_are_refused(tmp_path: Path, body: bytes) -> None:
    """What is no investigation is told so, and left as it was."""
    path = tmp_path / "a.clew"
    path.write_bytes(body)
    with pytest.raises((ForeignFile, DamagedFile), match=r"a\.clew"):
        Investigation.open(path)
    assert path.read_bytes() == body


def test_an_existing_file_is_not_overwritten(tmp_path: Path) -> None:
    """Creating over a file is refused."""
    small(tmp_path / "a.clew")
    with pytest.raises(FileFault, match="already"):
        Investigation.create(tmp_path / "a.clew")


@pytest.mark.assurance("clock")
@given(changes(), st.randoms(use_true_random=False))
@settings(max_examples=15)
def test_entries_count_in_their_order_whatever_the_clock_said(
    tmp_path_factory: pytest.TempPathFactory, made: list[Change], chance: random.Random
) -> None:
    """With a clock that is moved to and fro, a file has the states that a right clock gives."""
    folder = tmp_path_factory.mktemp("x")
    wrong = [replace(one, at=chance.randint(0, 10**15)) for one in made]
    with Investigation.create(folder / "right.clew") as right:
        with Investigation.create(folder / "wrong.clew") as case:
            for one, other in zip(made, wrong, strict=True):
                right.append([one])
                case.append([other])
                assert state_digest(case.state) == state_digest(right.state)
        with Investigation.open(folder / "wrong.clew") as case:
            assert state_digest(case.state) == state_digest(right.state)
            assert case.state.history.undo() == right.state.history.undo()
            assert [entry.change.at for entry in case.store.entries()][1:] == [o.at for o in wrong]
    assert check(folder / "wrong.clew").good
