"""Figures of a case that grew for a year: past moments, undo, reopening after a kill."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import numpy as np
import polars as pl

from clew.graph.digest import state_digest
from clew.graph.view import view_of
from clew.model.block import Block
from clew.model.change import Change, Label, Move, Note, Observe
from clew.model.provenance import Provenance
from clew.store.investigation import Investigation
from clew.store.machine import MachineFolder
from clew.workbench import Workbench
from figure import Row, figure
from made import made_block

RUNS = 2_000
OBSERVATIONS = (50, 500)
"""Fewest and most of a run."""
SIZES = (10_000, 1_000_000)
"""Entities that runs find anew or again."""
MOMENTS = 40
GOAL_PAST_S, GOAL_UNDO_S, GOAL_REOPEN_S = 0.3, 0.03, 0.5
REOPEN = """
import sys, time
from pathlib import Path
from clew.graph.view import view_of
from clew.store.investigation import Investigation
from clew.store.machine import MachineFolder
start = time.perf_counter()
case = Investigation.open(sys.argv[1], machine=MachineFolder(Path(sys.argv[2])))
len(view_of(case.state, "main").links)
print(time.perf_counter() - start, case.state.seq)
"""


def run(quick: bool = False) -> list[Row]:
    """The rows: name with the size, ours, peer, ratio, unit, goal, peer_name."""
    rows: list[Row] = []
    for entities in SIZES[:1] if quick else SIZES:
        with tempfile.TemporaryDirectory() as folder:
            rows += _figures(Path(folder), entities, RUNS // 10 if quick else RUNS)
    return rows


def _figures(folder: Path, entities: int, runs: int) -> list[Row]:
    path, machine = folder / "year.clew", MachineFolder(folder / "machine")
    # As a process that is killed leaves it: nothing of it is closed.
    work = [str(path), str(machine.folder), str(entities), str(runs)]
    subprocess.run([sys.executable, __file__, *work], check=True)
    command = [sys.executable, "-c", REOPEN, str(path), str(machine.folder)]
    told = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    reopened, entry_count = float(told[0]), int(told[1])
    size = f"{entry_count:,} entries, {entities:,} entities to find"
    with Workbench(Investigation.open(path, machine=machine), {"CLEW_KEYRING": "no"}) as bench:
        past = [_seconds(lambda at=at: view_of(bench.state_at(at), "main").links)
                for at in np.linspace(2, entry_count, MOMENTS).astype(int).tolist()]  # fmt: skip
        before = state_digest(bench.state)
        undone = [_seconds(bench.undo) for _ in range(20)]
        redone = [_seconds(bench.redo) for _ in range(20)]
        assert state_digest(bench.state) == before, "redo brings all of it back"
    goal = f"<= {GOAL_UNDO_S}"
    return [
        figure(f"past moment, median of {MOMENTS}, {size}", _median(past), None, "s",
               f"<= {GOAL_PAST_S}"),
        figure(f"past moment, slowest of {MOMENTS}, {size}", max(past), None, "s",
               f"<= {GOAL_PAST_S}"),
        figure(f"undo, median of 20, {size}", _median(undone), None, "s", goal),
        figure(f"redo, median of 20, {size}", _median(redone), None, "s", goal),
        figure(f"reopening after a kill, {size}", reopened, None, "s", f"<= {GOAL_REOPEN_S}"),
    ]  # fmt: skip


def grow(path: Path, machine: MachineFolder, entities: int, runs: int) -> None:
    """A case of many runs, each with three small changes after it; it is left open."""
    chance, case = np.random.default_rng(3), Investigation.create(path, machine=machine)
    whole = made_block(entities, entities * 2)
    for number in range(runs):
        block = _found(whole, chance)
        provenance = (Provenance("a", "a.names", f"{number:032x}", number),)
        case.append(
            [Change(Observe("main", provenance), number, f"run{number}", "run", block=block)]
        )
        ids = case.state.entities.id(int(chance.integers(len(case.state.entities))))
        place = chance.normal(0, 99, 2).astype("<f4").tobytes()
        for what in (Label("tag", ids, "seen"), Note("why", ids), Move("main", ids, place)):
            case.append([Change(what, number, f"{what!r}{number}", "small")])


def _found(whole: Block, chance: np.random.Generator) -> Block:
    """What one run finds of all: some links with their ends."""
    count = int(chance.integers(*OBSERVATIONS))
    links = whole.links[chance.integers(0, whole.links.height, count)]
    ends = np.concatenate((links["source"].to_numpy(), links["target"].to_numpy()))
    rows, place = np.unique(ends, return_inverse=True)
    numbers = place.astype(np.uint32)
    return Block(
        whole.names,
        whole.entities[rows].with_columns(provenance=pl.lit(0, pl.UInt32)),
        links.with_columns(
            source=pl.Series(numbers[:count]), target=pl.Series(numbers[count:]),
            provenance=pl.lit(0, pl.UInt32),
        ),
        whole.properties,
    )  # fmt: skip


def _seconds(work: object) -> float:
    start = perf_counter()
    work()  # type: ignore[operator]
    return perf_counter() - start


def _median(seconds: list[float]) -> float:
    return float(np.median(seconds))


if __name__ == "__main__":
    grow(Path(sys.argv[1]), MachineFolder(Path(sys.argv[2])), int(sys.argv[3]), int(sys.argv[4]))
    os._exit(0)
