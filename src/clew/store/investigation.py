"""An open investigation: its file, and the working set that follows it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import Self

from clew.errors import DamagedFile, FileBusy, FileFault
from clew.graph.past import past_state
from clew.graph.snapshot import from_pieces, to_pieces
from clew.graph.working_set import WorkingSet
from clew.model.change import Change, Entry
from clew.store.connection import COPY_HELPS
from clew.store.folding import Watch, fold_into
from clew.store.ids_beside import ids_beside
from clew.store.index import AlreadyFinished
from clew.store.last_seen import SeenFiles
from clew.store.machine import MachineFolder
from clew.store.proof import Proof
from clew.store.replies import StoredReply
from clew.store.snapshot import SnapshotCache
from clew.store.store import Store
from clew.store.tables import VERSION

SNAPSHOT_ROWS_MIN = 20_000
"""Observations folded since the last snapshot before a new one is written."""
SNAPSHOT_SHARE = 0.1
"""And while the file is open, they are this share of all at least."""
CASE_ID_BYTES = 16
APPEND_TRIES_MAX = 20
"""How often an append is tried while other processes append too."""


class Investigation:
    """The file and its state. What was appended is on disk before it is in the state."""

    def __init__(
        self, store: Store, machine: MachineFolder | None = None, *, watch: Watch | None = None
    ) -> None:
        self.store = store
        self.machine = machine
        self.state = WorkingSet()
        self._snapshot_rows = 0
        self._saving: Thread | None = None
        self._verified = 0
        """Up to which entry the chain was hashed without being read."""
        self.difference = ""
        """What of the file is not as this user saw it last; a sentence, or empty."""
        try:
            proof = Proof() if self._is_new_here else None
            self._load(proof, watch)
            if machine is not None:
                self.difference = SeenFiles(machine).difference(store)
                SeenFiles(machine).note(store)
        except BaseException:
            with suppress(FileFault):
                store.close()
            raise

    @classmethod
    def create(
        cls,
        path: Path | str,
        *,
        title: str = "",
        source: str = "",
        machine: MachineFolder | None = None,
    ) -> Self:
        """
        A new file; raises FileFault where there is one already.

        Args:
            path: Where it will be.
            title: What it is called.
            source: Last digest of the file that it is a part of, hex; empty where it is of none.
            machine: As for ``open``.
        """
        return cls(Store.create(Path(path), title=title, source=source), machine)

    @classmethod
    def open(
        cls,
        path: Path | str,
        *,
        readonly: bool = False,
        machine: MachineFolder | None = None,
        watch: Watch | None = None,
    ) -> Self:
        """
        An existing file, its log verified; raises ForeignFile, NewerFile, DamagedFile.

        A file that this machine never saw is proven whole: its tables are what its log says.

        Args:
            path: Where it is.
            readonly: Nothing is written, and an older version stays as it is.
            machine: Where snapshots are, so that opening is quick; None keeps none.
            watch: Called with each entry that is folded; what it raises ends the opening.
        """
        return cls(Store.open(Path(path), readonly=readonly), machine, watch=watch)

    def append(
        self,
        changes: Sequence[Change],
        *,
        replies: Sequence[StoredReply] = (),
    ) -> tuple[Entry, ...]:
        """
        Append changes in one transaction and fold them in.

        When another process appended meanwhile, its entries are folded in first.

        Args:
            changes: One or more.
            replies: Raw replies that belong to them.
        """
        with ids_beside(changes) as beside:
            for _ in range(APPEND_TRIES_MAX):
                try:
                    entries = self.store.append(changes, expect_seq=self.state.seq, replies=replies)
                except AlreadyFinished:
                    raise
                except FileBusy:
                    if self.store.tail[0] == self.state.seq:
                        raise
                    self.catch_up()
                    continue
                for entry in entries:
                    self.state.extend(entry, ids=beside.of(entry.change.block))
                self._keep_reopening_quick()
                return entries
        raise FileBusy(self.store.path, "other processes keep appending to it", helps="Try again.")

    @contextmanager
    def group(self) -> Iterator[None]:
        """
        Appends within are on disk together at the end, and are acknowledged then only.

        Raises:
            FileFault: Nothing of them is on disk; the state is what the file says.
        """
        before = self.state.seq
        try:
            with self.store.group():
                yield
        except BaseException:
            if self.state.seq != before:
                self._load()
            raise

    def catch_up(self, until: int | None = None) -> int:
        """Fold in what was appended, up to an entry or all; gives how many entries that were."""
        before = self.state.seq
        entries = self.store.entries(after=before, until=until)
        fold_into(self.state, entries, self.store.path)
        return self.state.seq - before

    def at(self, seq: int) -> WorkingSet:
        """The state after the entry *seq*, for reading; it shares the columns of today's."""
        return past_state(self.state, seq)

    def go_back(self, seq: int) -> None:
        """Take the state after the entry *seq* for the state, as if nothing came after it."""
        self.state = self._from_snapshot(seq)
        self.catch_up(until=seq)

    def close(self) -> None:
        """Close the file; writes a snapshot where opening would otherwise take long."""
        if self._rows_since_snapshot >= SNAPSHOT_ROWS_MIN:
            self._begin_snapshot()
        self._end_snapshot()
        if self.machine is not None:
            SeenFiles(self.machine).note(self.store)
        self.store.close()

    def save_snapshot(self) -> None:
        """Keep the state on this machine, so that opening is quick; done when this returns."""
        self._begin_snapshot()
        self._end_snapshot()

    def _begin_snapshot(self) -> None:
        """Take the state as it is; it is packed and written beside what goes on."""
        self._end_snapshot()
        digest = self.store.digest_at(self.state.seq)
        if (cache := self._snapshots) is not None and digest is not None:
            work = (self.state.seq, digest, to_pieces(self.state))
            self._saving = Thread(target=cache.save, args=work, name="snapshot")
            self._saving.start()
        self._snapshot_rows = self._observed_rows()

    def _end_snapshot(self) -> None:
        if self._saving is not None:
            self._saving.join()
            self._saving = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @property
    def _is_new_here(self) -> bool:
        """Whether this machine never saw the file, so that nothing of it is known."""
        return (
            self.machine is not None
            and self.store.version == VERSION
            and not SeenFiles(self.machine).knows(self.store)
        )

    def _load(self, proof: Proof | None = None, watch: Watch | None = None) -> None:
        if proof is None:
            self.state = self._from_snapshot(self.store.tail[0])
        self._snapshot_rows = self._observed_rows()

        def look(entry: Entry) -> None:
            if watch is not None:
                watch(entry)
            if proof is not None:
                proof.add(entry)

        entries = self.store.entries(after=self.state.seq)
        fold_into(self.state, entries, self.store.path, watch=look)
        if proof is not None and (faults := self.store.proof_faults(proof, self.state.seq)):
            raise DamagedFile(
                self.store.path, faults[0], readable_seq=self.state.seq, helps=COPY_HELPS
            )

    def _from_snapshot(self, seq: int) -> WorkingSet:
        cache = self._snapshots
        snapshot = cache.load(seq, self.store.digest_at) if cache is not None else None
        if snapshot is None or (state := from_pieces(snapshot[1])) is None:
            return WorkingSet()
        if snapshot[0] > self._verified:
            self._verified, _ = self.store.verify(snapshot[0])
        return state

    def _keep_reopening_quick(self) -> None:
        """A snapshot now and then, so that a process that is killed is opened again as quickly."""
        if self._rows_since_snapshot >= max(
            SNAPSHOT_ROWS_MIN, SNAPSHOT_SHARE * self._observed_rows()
        ):
            self._begin_snapshot()

    @property
    def _snapshots(self) -> SnapshotCache | None:
        first = self.store.digest_at(1)
        if self.machine is None or first is None:
            return None
        return SnapshotCache(self.machine, first[:CASE_ID_BYTES].hex())

    @property
    def _rows_since_snapshot(self) -> int:
        return self._observed_rows() - self._snapshot_rows

    def _observed_rows(self) -> int:
        return len(self.state.link_observations) + len(self.state.properties)
