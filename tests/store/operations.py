"""What is done to an investigation's file, and what must be true of it afterwards."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from builders import decided, observed
from clew.model.change import Revert
from clew.model.journal import (
    AskedTask,
    Exchange,
    FinishedTask,
    Outcome,
    PurchaseIntended,
    PurchaseSettled,
    ReplyRecord,
    RunQueued,
    TasksFinished,
)
from clew.model.marking import TLP
from clew.store.backup import backup
from clew.store.check import check
from clew.store.investigation import Investigation
from clew.store.machine import MachineFolder
from clew.store.replies import StoredReply
from clew.store.salvage import salvage
from clew.store.store import Store
from clew.workbench import Workbench

KEPT = Path(__file__).parents[1] / "kept" / "0.1" / "tendrit.clew"
REPLY = StoredReply.of(b'{"a":1}', "application/json")
RECORD = ReplyRecord(REPLY.digest, REPLY.media_type, len(REPLY.body))
TASKS = (AskedTask("domain-name", "a.example"), AskedTask("domain-name", "b.example"))


def prepare(path: Path) -> None:
    """A file with a run of two tasks."""
    with Investigation.create(path, title="a") as case:
        case.append(
            [
                decided(RunQueued("r", "p.t", "{}", "main", TASKS)),
                observed("a.example -resolves-to-> 192.0.2.1"),
            ]
        )


def prepare_old(path: Path) -> None:
    """A file of version 0.1."""
    shutil.copy(KEPT, path)


def prepare_nothing(path: Path) -> None:
    """No file."""


def create(path: Path) -> int:
    with Investigation.create(path, title="b") as case:
        return case.state.seq


def append(path: Path) -> int:
    with Investigation.open(path) as case:
        return case.append([observed("c.example", at=1), observed("d.example", at=2)])[-1].seq


def lease(path: Path) -> int:
    with Investigation.open(path) as case:
        taken = case.store.lease("r", "me", now_s=1, lease_s=60, count=2)
        assert [task.position for task in taken] == [0, 1]
        case.store.release("r", "me")
        return case.state.seq


def finish_tasks(path: Path) -> int:
    exchange = Exchange("p", "f", REPLY.digest, 200, 1)
    done = (FinishedTask(0, False, Outcome(), (exchange,)),)
    with Investigation.open(path) as case:
        changes = [decided(TasksFinished("r", done, (RECORD,))), observed("e.example", at=3)]
        return case.append(changes, replies=[REPLY])[-1].seq


def purchase(path: Path) -> int:
    with Investigation.open(path) as case:
        case.append([decided(PurchaseIntended("p", "g", 1))])
        settled = decided(PurchaseSettled("p", "g", RECORD))
        return case.append([settled], replies=[REPLY])[-1].seq


def keep_snapshot(path: Path) -> int:
    with Investigation.open(path, machine=MachineFolder(path.parent / "machine")) as case:
        case.save_snapshot()
        return case.state.seq


def bring_in(path: Path) -> int:
    with Investigation.open(path) as case:
        case.append([observed("c.example", at=1)])
        case.store.checkpoint()
        return case.append([observed("d.example", at=2)])[-1].seq


def migrate(path: Path) -> int:
    with Investigation.open(path) as case:
        return case.state.seq


def copy(path: Path) -> int:
    return backup(path, path.with_name("made.clew"))[0]


def hand_over(path: Path) -> int:
    with Workbench.open(path, {"CLEW_HOME": str(path.parent / "home")}, readonly=True) as bench:
        bench.write_part("main", path.with_name("made.clew"), ceiling=TLP.RED)
        return bench.state.seq


def save_good(path: Path) -> int:
    return salvage(path, path.with_name("made.clew"))


def take_back(path: Path) -> int:
    with Investigation.open(path) as case:
        return case.append([decided(Revert(case.state.history.undo()))])[-1].seq


@dataclass(frozen=True)
class Operation:
    """Something that is done, the file before it, and how many entries it may append."""

    act: Callable[[Path], int]
    """Gives the last entry that it acknowledged."""
    before: Callable[[Path], None] = prepare


OPERATIONS = {
    "create": Operation(create, prepare_nothing),
    "append": Operation(append),
    "lease": Operation(lease),
    "finish tasks": Operation(finish_tasks),
    "purchase": Operation(purchase),
    "snapshot": Operation(keep_snapshot),
    "checkpoint": Operation(bring_in),
    "migrate": Operation(migrate, prepare_old),
    "backup": Operation(copy),
    "part": Operation(hand_over),
    "salvage": Operation(save_good),
    "undo": Operation(take_back),
}


def faults(path: Path, before: tuple[int, str], acknowledged: int) -> list[str]:
    """
    What is wrong with a file after an operation that was acknowledged up to an entry, or broke off.

    Args:
        path: Where it is.
        before: Last entry and digest before the operation; 0 where there was no file.
        acknowledged: Last entry that was acknowledged; 0 where it broke off.
    """
    wrong = []
    made = path.with_name("made.clew")
    if made.exists() and not check(made).good:
        wrong.append(f"{made.name} is there and not whole: {check(made).lines()}")
    if not path.exists():
        return [*wrong, "the file is gone"] if before[0] or acknowledged else wrong
    report = check(path)
    if not report.good:
        wrong.append(f"it is not good: {report.lines()}")
    if report.entries < max(before[0], acknowledged):
        wrong.append(f"it ends at entry {report.entries}, and {acknowledged} was acknowledged")
    if before[0] and not check(path, digest=before[1]).good:
        wrong.append("it is another history than before")
    try:
        Investigation.open(path).close()
    except Exception as error:
        wrong.append(f"it can't be opened: {error!r}")
    return wrong


def tail(path: Path) -> tuple[int, str]:
    """Last entry and digest of a file; 0 where there is none."""
    if not path.exists():
        return 0, ""
    store = Store.open(path, readonly=True)
    seq, digest = store.tail
    store.close()
    return seq, digest.hex()
