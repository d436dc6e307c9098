"""The file on a disk that fails: nothing acknowledged is lost, and nothing is half there."""

from __future__ import annotations

import random
import shutil
from dataclasses import asdict, dataclass, field
from pathlib import Path

import pytest

from builders import decided, observed
from clew.errors import ClewError
from clew.model.change import Label, Revert
from clew.model.journal import PurchaseIntended
from clew.store.check import check
from clew.store.investigation import Investigation
from deep_runs import note
from effort import PROFILE, times
from store.faulty_disk import WAYS, Fault, Power, Way, faulty_disk
from store.operations import OPERATIONS, faults, tail

TRIED = 2
"""Calls that are failed of each operation and in each way; all of them in ``./dev anomaly``."""


@pytest.mark.assurance("nth-fault", "disk-full")
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("name", OPERATIONS)
def test_whichever_call_fails_nothing_is_half_there(tmp_path: Path, name: str, way: Way) -> None:
    """The operation is refused in words or done, and a fresh look finds what was acknowledged."""
    _tried(tmp_path / "warm", name, Fault())
    calls, none = _tried(tmp_path / "clean", name, Fault())
    assert not none
    step = max(1, calls // times(TRIED, deep=calls))
    wrong: dict[int, list[str]] = {}
    for at in range(1 + WAYS.index(way) % step, calls + 1, step):
        counted, faults_there = _tried(tmp_path / str(at), name, Fault(at, way))
        assert counted >= at
        if faults_there:
            wrong[at] = faults_there
    if PROFILE == "deep":
        note("disk", f"{name}: {way}", {"calls": calls, "faulty": len(wrong)})
    assert not wrong
    # Past the last call the operation comes through.
    assert _tried(tmp_path / "after", name, Fault(calls + 1, way)) == (calls, [])


def _tried(folder: Path, name: str, fault: Fault) -> tuple[int, list[str]]:
    """Do an operation on a disk with that fault, and look afresh; gives calls and what is wrong."""
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
    wrong = faults(path, before, acknowledged)
    assert not (broken and fault.calls < fault.at), (name, fault)
    shutil.rmtree(folder)
    return fault.calls, wrong


@pytest.mark.assurance("power-cut")
def test_what_was_acknowledged_outlives_a_power_cut(tmp_path: Path) -> None:
    """Whatever a cut leaves of unsynced writes, each acknowledged change is found again."""
    most, seed, found = times(60, deep=1_000), 0, Cuts()
    while found.cuts < most:
        seed += 1
        _cut_session(tmp_path / str(seed), random.Random(seed), most - found.cuts, found)
    if PROFILE == "deep":
        figures = asdict(found)
        del figures["wrong"]
        note("power", f"seeds 1 to {seed}", figures)
    assert not found.wrong


@dataclass
class Cuts:
    """What was seen after power cuts."""

    cuts: int = 0
    acknowledged: int = 0
    """Entries that were acknowledged before the cuts, summed."""
    lost: int = 0
    """Of these those that were not there after it."""
    half_applied: int = 0
    """Cuts after which the file is not whole, or is another history."""
    wrong: list[str] = field(default_factory=list)


def _cut_session(folder: Path, chance: random.Random, cuts_max: int, found: Cuts) -> None:
    """One session of changes with cuts at random writes; adds what is seen after each."""
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
        lost = max(0, seq - report.entries)
        whole = report.good and report.digest == digests.get(report.entries)
        if lost or not whole:
            found.wrong.append(f"{folder.name}, cut {number}: {lost} lost. {report.lines()}")
        else:
            Investigation.open(place / "a.clew").close()
        found.cuts += 1
        found.acknowledged += seq
        found.lost += lost
        found.half_applied += not whole
