"""The file on a disk that fails: nothing acknowledged is lost, and nothing is half there."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from builders import decided, observed
from clew.errors import ClewError
from clew.model.change import Label, Revert
from clew.model.journal import PurchaseIntended
from clew.store.check import check
from clew.store.investigation import Investigation
from effort import PROFILE, times
from store.faulty_disk import WAYS, Fault, Power, Way, faulty_disk
from store.operations import OPERATIONS, faults, tail

TRIED = 2
"""Calls that are failed of each operation and in each way; all of them in ``./dev anomaly``."""


@pytest.mark.assurance("nth-fault", "disk-full")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", OPERATIONS)
def test_whichever_call_fails_nothing_is_half_there(
    tmp_path: Path, name: str, way: Way, capsys: pytest.CaptureFixture[str]
) -> None:
    """The operation is refused in words or done, and a fresh look finds what was acknowledged."""
    _tried(tmp_path / "warm", name, Fault())
    calls = _tried(tmp_path / "clean", name, Fault())
    step = max(1, calls // times(TRIED, deep=calls))
    for at in range(1 + WAYS.index(way) % step, calls + 1, step):
        assert _tried(tmp_path / str(at), name, Fault(at, way)) >= at
    # Past the last call the operation comes through.
    assert _tried(tmp_path / "after", name, Fault(calls + 1, way)) == calls
    if PROFILE == "deep":
        with capsys.disabled():
            print(f"\n{name}, {way}: each of {calls} calls", end=" ")


def _tried(folder: Path, name: str, fault: Fault) -> int:
    """Do an operation on a disk with that fault, and look afresh; gives the number of calls."""
    operation = OPERATIONS[name]
    folder.mkdir()
    path = folder / "a.clew"
    operation.before(path)
    before, acknowledged, broken = tail(path), 0, False
    with faulty_disk(fault):
        try:
            acknowledged = operation.act(path)
        except ClewError:
            broken = True
    assert not (wrong := faults(path, before, acknowledged)), (name, fault, wrong)
    assert not (broken and fault.calls < fault.at), (name, fault)
    shutil.rmtree(folder)
    return fault.calls


@pytest.mark.assurance("power-cut")
def test_what_was_acknowledged_outlives_a_power_cut(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whatever a cut leaves of unsynced writes, each acknowledged change is found again."""
    cuts, seed = times(60, deep=1_000), 0
    while cuts > 0:
        seed += 1
        cuts -= _cut_session(tmp_path / str(seed), random.Random(seed), cuts)
    with capsys.disabled():
        if PROFILE == "deep":
            print(f"\n1,000 power cuts in {seed} sessions", end=" ")


def _cut_session(folder: Path, chance: random.Random, cuts_max: int) -> int:
    """One session of changes with cuts at random writes; gives how many cuts were looked at."""
    folder.mkdir()
    path = folder / "a.clew"
    images: list[tuple[int, int, dict[str, bytes]]] = []
    power, acknowledged = Power(), [0, 0]

    def look() -> None:
        if acknowledged[0] and chance.random() < 0.1 and len(images) < cuts_max:
            images.append((*acknowledged, power.image(chance)))  # type: ignore[arg-type]

    with faulty_disk(power=power):
        case = Investigation.create(path)
        power.look = look
        digests = {1: case.store.tail[1].hex()}
        for number in range(chance.randint(5, 25)):
            acknowledged[0] = case.state.seq
            match chance.randrange(6):
                case 0:
                    case.append([decided(PurchaseIntended("p", f"f{number}", 1), at=number)])
                case 1 if targets := case.state.history.undo():
                    case.append([decided(Revert(targets), at=number)])
                case 2:
                    case.store.checkpoint()
                case 3:
                    case.append([decided(Label("star", b""), at=number)] * 3)
                case _:
                    lines = [f"h{number}-{one}.example" for one in range(chance.randint(1, 400))]
                    case.append([observed(*lines, at=number)])
            for entry in case.store.entries():
                digests[entry.seq] = entry.digest.hex()
        case.close()
    for number, (seq, _, files) in enumerate(images):
        place = folder / f"cut{number}"
        place.mkdir()
        for name, data in files.items():
            (place / Path(name).name).write_bytes(data)
        report = check(place / "a.clew")
        assert report.good, (number, report.lines())
        assert report.entries >= seq, (number, report.entries, seq)
        assert report.digest == digests[report.entries]
        Investigation.open(place / "a.clew").close()
    return len(images)
