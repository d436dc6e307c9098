"""An open investigation: its file, and the working set that follows it."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from clew.errors import FileBusy, FileFault
from clew.graph.snapshot import from_pieces, to_pieces
from clew.graph.working_set import WorkingSet
from clew.model.change import Change, Entry
from clew.store.replies import StoredReply
from clew.store.runs import TaskDone
from clew.store.store import Store

SNAPSHOT_ROWS_MIN = 20_000
"""Observations folded since the last snapshot before closing writes a new one."""
APPEND_TRIES_MAX = 20
"""How often an append is tried while other processes append too."""


class Investigation:
    """The file and its state. What was appended is on disk before it is in the state."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.state = WorkingSet()
        self._snapshot_rows = 0
        try:
            self._load()
        except BaseException:
            with suppress(FileFault):
                store.close()
            raise

    @classmethod
    def create(cls, path: Path | str, *, title: str = "") -> Self:
        """A new file; raises FileFault where there is one already."""
        return cls(Store.create(Path(path), title=title))

    @classmethod
    def open(cls, path: Path | str, *, readonly: bool = False) -> Self:
        """An existing file; raises ForeignFile, NewerFile, DamagedFile."""
        return cls(Store.open(Path(path), readonly=readonly))

    def append(
        self,
        changes: Sequence[Change],
        *,
        replies: Sequence[StoredReply] = (),
        tasks: Sequence[TaskDone] = (),
    ) -> tuple[Entry, ...]:
        """
        Append changes in one transaction and fold them in.

        When another process appended meanwhile, its entries are folded in first.

        Args:
            changes: One or more.
            replies: Raw replies that belong to them.
            tasks: Finished tasks that they are the results of.
        """
        for _ in range(APPEND_TRIES_MAX):
            try:
                entries = self.store.append(
                    changes, expect_seq=self.state.seq, replies=replies, tasks=tasks
                )
            except FileBusy:
                if self.store.tail[0] == self.state.seq:
                    raise
                self.catch_up()
                continue
            for entry in entries:
                self.state.extend(entry)
            return entries
        raise FileBusy(self.store.path, "other processes keep appending to it", helps="Try again.")

    def catch_up(self) -> int:
        """Fold in what other processes appended; gives how many entries that were."""
        before = self.state.seq
        for entry in self.store.entries(after=before):
            self.state.extend(entry)
        return self.state.seq - before

    def at(self, seq: int) -> WorkingSet:
        """The state after the entry *seq*, from the nearest snapshot or the first entry on."""
        state = self._from_snapshot(seq)
        for entry in self.store.entries(after=state.seq, until=seq):
            state.extend(entry)
        return state

    def close(self) -> None:
        """Close the file; writes a snapshot where opening would otherwise take long."""
        rows = self._observed_rows() - self._snapshot_rows
        if rows >= SNAPSHOT_ROWS_MIN and not self.store.readonly:
            self.save_snapshot()
        self.store.close()

    def save_snapshot(self) -> None:
        """Keep the state so that opening is fast."""
        self.store.save_snapshot(self.state.seq, to_pieces(self.state))
        self._snapshot_rows = self._observed_rows()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _load(self) -> None:
        self.state = self._from_snapshot(self.store.tail[0])
        self._snapshot_rows = self._observed_rows()
        self.catch_up()

    def _from_snapshot(self, seq: int) -> WorkingSet:
        snapshot = self.store.load_snapshot(seq)
        return (from_pieces(snapshot[1]) if snapshot is not None else None) or WorkingSet()

    def _observed_rows(self) -> int:
        return len(self.state.link_observations) + len(self.state.properties)
