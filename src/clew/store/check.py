"""Whether a file is whole, and what of it can be read; never raises on damage."""

from __future__ import annotations

from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from clew.errors import ClewError, DamagedFile
from clew.store.connection import COPY_HELPS
from clew.store.replies import StoredReply
from clew.store.runs import Run
from clew.store.store import Store
from clew.store.tables import list_names

REPLIES_LISTED_MAX = 20


@dataclass(frozen=True, slots=True)
class FileCheck:
    """What a check of one file found."""

    path: str
    opens: bool
    """Whether it is an investigation that this program can open."""
    fault: str = ""
    entries: int = 0
    """Entries that the file has by its own account."""
    good_entries: int = 0
    """Entries whose chain of digests holds, from the first on."""
    digest: str = ""
    """Of the last good entry, hex."""
    bad_replies: tuple[str, ...] = ()
    missing_replies: tuple[str, ...] = ()
    unfinished_runs: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        """True where nothing is wrong."""
        return self.opens and not self.fault and not self.bad_replies and not self.missing_replies

    def lines(self) -> list[str]:
        """The report for people."""
        lines = []
        if self.opens or self.entries:
            lines.append(f"{self.path}: {self.good_entries} of {self.entries} entries are good.")
        lines.append(self.fault or f"The log's last digest is {self.digest}.")
        for name, digests in (("altered", self.bad_replies), ("missing", self.missing_replies)):
            if digests:
                lines.append(f"{len(digests)} stored replies are {name}: {', '.join(digests)}.")
        if self.unfinished_runs:
            runs = ", ".join(self.unfinished_runs)
            lines.append(f"Unfinished runs: {runs}; 'clew run --resume'.")
        return lines


def check(path: Path) -> FileCheck:
    """What can be said of the file; it is opened for reading only."""
    try:
        store = Store.open_for_salvage(path)
    except ClewError as error:
        return FileCheck(str(path), False, str(error))
    with closing(store):
        return _look(path, store)


def salvage(path: Path, into: Path) -> int:
    """Copy the good entries, runs and replies into a new file; gives the number of entries."""
    copied = 0
    with closing(Store.open_for_salvage(path)) as store:
        title = ""
        with suppress(DamagedFile):
            title = store.meta.get("title", "")
        with closing(Store.create(into, title=title)) as made:
            with suppress(DamagedFile):
                for run in store.runs():
                    with suppress(DamagedFile):
                        made.copy_run(store, run)
            with suppress(DamagedFile):
                for entry in store.entries():
                    made.append([entry.change], expect_seq=copied)
                    copied += 1
    return copied


def _look(path: Path, store: Store) -> FileCheck:
    entries, good, digest, faults = 0, 0, b"", []
    foreign = store.foreign_objects
    if foreign:
        faults.append(f"It holds what Clew did not make: {list_names(foreign)}. {COPY_HELPS}")
    try:
        entries = store.tail[0]
        for entry in store.entries():
            good, digest = entry.seq, entry.digest
    except ClewError as error:
        faults.append(str(error))
    bad: list[str] = []
    missing: list[str] = []
    unfinished: tuple[str, ...] = ()
    try:
        for run in store.runs():
            for found, sort in _replies(store, run):
                (bad if sort == "bad" else missing).append(found)
        unfinished = tuple(f"{run.label} ({run.id[:8]})" for run in store.runs(status="queued"))
    except ClewError as error:
        faults.append(str(error))
    faults.extend(store.integrity_faults())
    return FileCheck(
        str(path), not foreign, " ".join(faults), entries, good, digest.hex(),
        tuple(bad[:REPLIES_LISTED_MAX]), tuple(missing[:REPLIES_LISTED_MAX]), unfinished,
    )  # fmt: skip


def _replies(store: Store, run: Run) -> list[tuple[str, str]]:
    wrong = []
    for task, _ in store.tasks(run.id):
        for exchange in store.exchanges(run.id, task.position):
            try:
                reply: StoredReply | None = store.reply(exchange.digest)
            except DamagedFile:
                wrong.append((exchange.digest, "bad"))
            else:
                if reply is None:
                    wrong.append((exchange.digest, "missing"))
    return wrong
