"""Whether a file is whole, and what of that was proven; never raises on damage."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from clew.errors import ClewError, DamagedFile
from clew.graph.working_set import WorkingSet
from clew.model.change import Entry
from clew.store.connection import COPY_HELPS
from clew.store.folding import fold_into
from clew.store.proof import Proof
from clew.store.store import Store
from clew.store.tables import VERSION, list_names

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
    unproven: str = ""
    """What is told by the file and stands outside of its chain; empty where all is inside."""

    @property
    def good(self) -> bool:
        """True where nothing is wrong; of what is unproven nothing is known."""
        return self.opens and not self.fault and not self.bad_replies and not self.missing_replies

    def lines(self) -> list[str]:
        """The report for people."""
        lines = []
        if self.opens or self.entries:
            lines.append(f"{self.path}: {self.good_entries} of {self.entries} entries are good.")
        lines.append(self.fault or f"The log's last digest is {self.digest}.")
        if self.unproven:
            lines.append(self.unproven)
        for name, digests in (("altered", self.bad_replies), ("missing", self.missing_replies)):
            if digests:
                lines.append(f"{len(digests)} stored replies are {name}: {', '.join(digests)}.")
        if self.unfinished_runs:
            runs = ", ".join(self.unfinished_runs)
            lines.append(f"Unfinished runs: {runs}; 'clew run --resume'.")
        return lines


def check(path: Path, *, digest: str = "") -> FileCheck:
    """
    What can be said of the file; it is opened for reading only.

    Args:
        path: Where it is.
        digest: A last digest that was noted before, hex: the file's log must hold an entry of it.
    """
    try:
        store = Store.open_for_salvage(path)
    except ClewError as error:
        return FileCheck(str(path), False, str(error))
    with closing(store):
        return _look(path, store, digest.lower())


def _look(path: Path, store: Store, wanted: str) -> FileCheck:
    entries, good, last, faults = 0, 0, b"", []
    foreign = store.foreign_objects
    if foreign:
        faults.append(f"It holds what Clew did not make: {list_names(foreign)}. {COPY_HELPS}")
    proof, met = Proof(), not wanted

    def look(entry: Entry) -> None:
        nonlocal good, last, met
        good, last = entry.seq, entry.digest
        met = met or last.hex() == wanted
        proof.add(entry)

    try:
        entries = store.tail[0]
        fold_into(WorkingSet(), store.entries(), path, watch=look)
    except ClewError as error:
        if isinstance(error, DamagedFile) and error.readable_seq is not None:
            good = min(good, error.readable_seq)
        faults.append(str(error))
    if not met:
        faults.append(f"No entry of its log has the digest {wanted[:64]}: it is another history.")
    faults.extend(store.integrity_faults())
    unproven = ""
    if store.version == VERSION:
        if not faults:
            faults.extend(store.proof_faults(proof, good))
    else:
        unproven = (
            f"It has version {store.version}, in which what was asked, bought and answered stands "
            "outside of the chain; it is inside once Clew has opened the file for writing."
        )
    bad, missing, unfinished = _replies_and_runs(store, faults)
    return FileCheck(
        str(path), not foreign, " ".join(faults), entries, good, last.hex(), bad, missing,
        unfinished, unproven,
    )  # fmt: skip


def _replies_and_runs(
    store: Store, faults: list[str]
) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """Altered and missing replies, and runs that are not finished; adds what can't be read."""
    try:
        bad = store.altered_replies()
        missing = store.missing_replies()
        unfinished = tuple(f"{run.label} ({run.id[:8]})" for run in store.runs(status="queued"))
    except ClewError as error:
        faults.append(str(error))
        return (), (), ()
    return tuple(bad[:REPLIES_LISTED_MAX]), tuple(missing[:REPLIES_LISTED_MAX]), unfinished
