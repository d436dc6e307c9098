"""The investigation file as one thing: an append is on disk whole, or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Self

import apsw

from clew.errors import DamagedFile, FileBusy, FileFault
from clew.model.change import Change, Entry
from clew.store import connection as file_connection
from clew.store import log, purchases, runs, snapshot, tables
from clew.store import replies as reply_table
from clew.store.place import Place
from clew.store.replies import StoredReply
from clew.store.rows import read_rows
from clew.store.runs import Exchange, Outcome, Run, Task, TaskDone
from clew.store.transaction import Transaction

FAULTS_MAX = 5
"""Most faults of pages and types that are listed."""


class AlreadyFinished(FileBusy):
    """A task that is to be recorded was finished before; nothing was written."""


class Store:
    """One open file. Not to be shared between threads."""

    def __init__(self, path: Path, connection: apsw.Connection, *, readonly: bool = False) -> None:
        self.path = path
        self.readonly = readonly
        self._connection = connection
        self._place = Place(path, connection)

    @classmethod
    def create(cls, path: Path, *, title: str = "") -> Self:
        """A new file; raises FileFault where there is one already."""
        store = cls(path, file_connection.create(path))
        store._connection.execute("INSERT INTO meta VALUES ('title', ?)", (title,))
        return store

    @classmethod
    def open(cls, path: Path, *, readonly: bool = False) -> Self:
        """An existing file; raises ForeignFile, NewerFile, DamagedFile, FileBusy."""
        return cls(path, file_connection.open_(path, readonly=readonly), readonly=readonly)

    @classmethod
    def open_for_salvage(cls, path: Path) -> Self:
        """An existing file for reading, whatever else it holds; raises as open does."""
        return cls(path, file_connection.open_(path, readonly=True, salvage=True), readonly=True)

    @property
    def foreign_objects(self) -> tuple[str, ...]:
        """What the file holds that Clew did not make, each by type and name."""
        return tables.foreign_objects(self._connection)

    def close(self) -> None:
        """Close; the file alone is then whole (no side file holds anything of it)."""
        try:
            if not self._place.lost():
                self.checkpoint()
        finally:
            if self._place.side_files_lost():
                # SQLite would delete by name what is another file's now.
                self._connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            self._connection.close()

    def checkpoint(self) -> None:
        """Bring all that the side file holds into the file itself."""
        if not self.readonly:
            # While another process reads, its own close does it.
            try:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            except apsw.BusyError:
                pass
            except apsw.Error as error:
                what = f"what was appended last is in {self.path.name}-wal only: {error}."
                helps = "Keep both files together."
                raise FileFault(self.path, what, helps=helps) from error

    @property
    def meta(self) -> dict[str, str]:
        """What the file says of itself."""
        query = "SELECT key, value FROM meta"
        return dict(read_rows(self._connection, query, (), tuple[str, str]))

    @property
    def tail(self) -> tuple[int, bytes]:
        """Number and digest of the last entry."""
        return log.tail(self._connection)

    def integrity_faults(self) -> list[str]:
        """What SQLite finds wrong in pages, indexes and the types of values; a sentence each."""
        query = f"PRAGMA integrity_check({FAULTS_MAX})"
        try:
            rows = list(read_rows(self._connection, query, (), tuple[str]))
        except DamagedFile as error:
            return [str(error)]
        return [f"SQLite says: {text}." for (text,) in rows if text != "ok"]

    def entries(self, after: int = 0, until: int | None = None) -> Iterator[Entry]:
        """Verified entries, in order; raises DamagedFile at the first bad one."""
        return log.read(self._connection, self.path, after, until)

    def append(
        self,
        changes: Sequence[Change],
        *,
        expect_seq: int,
        replies: Sequence[StoredReply] = (),
        tasks: Sequence[TaskDone] = (),
    ) -> tuple[Entry, ...]:
        """
        Append changes with the replies and tasks that belong to them, in one transaction.

        Raises:
            FileBusy: Another process appended meanwhile, or holds the file.
            AlreadyFinished: One of the tasks was finished before.
            FileFault: The disk is full, or the file can't be written, or it is no longer there.
        """
        with self._transaction():
            seq, digest = log.tail(self._connection)
            if seq != expect_seq:
                raise FileBusy(self.path, f"another process appended up to entry {seq}")
            for task in tasks:
                if not runs.finish(self._connection, task):
                    raise AlreadyFinished(
                        self.path, f"task {task.position} of run {task.run[:8]} is finished already"
                    )
            for reply in replies:
                reply_table.put(self._connection, reply)
            entries: list[Entry] = []
            for change in changes:
                entries.append(log.write(self._connection, seq + 1, digest, change))
                seq, digest = seq + 1, entries[-1].digest
        return tuple(entries)

    def reply(self, digest: str) -> StoredReply | None:
        """A stored reply; None where there is none of that digest."""
        return reply_table.get(self._connection, self.path, digest)

    def queue(self, run: Run, tasks: Sequence[Task]) -> None:
        """Make a run durable."""
        with self._transaction():
            runs.insert(self._connection, run, tasks)

    def lease(self, run: str, owner: str, *, now_s: int, lease_s: int, count: int) -> list[Task]:
        """Take tasks of a run."""
        with self._transaction():
            return runs.lease(self._connection, run, owner, now_s, lease_s, count)

    def lease_owners(self, run: str) -> list[str]:
        """Who holds unfinished tasks of a run."""
        return runs.lease_owners(self._connection, run)

    def release(self, run: str, owner: str) -> None:
        """Give back unfinished tasks."""
        with self._transaction():
            runs.release(self._connection, run, owner)

    def set_status(self, run: str, status: str) -> None:
        """Mark a run as done or cancelled."""
        with self._transaction():
            self._connection.execute("UPDATE run SET status=? WHERE id=?", (status, run))

    def runs(self, *, status: str | None = None) -> list[Run]:
        """All runs, or those of a status."""
        return runs.runs(self._connection, status=status)

    def tasks(self, run: str) -> list[tuple[Task, Outcome | None]]:
        """A run's tasks with their outcomes."""
        return runs.tasks(self._connection, run)

    def exchanges(self, run: str, position: int) -> list[Exchange]:
        """What a task asked, in order."""
        return runs.exchanges(self._connection, run, position)

    def latest_exchange(self, provider: str, fingerprint: str, since_s: int) -> Exchange | None:
        """The latest reply to the same question."""
        return runs.latest_exchange(self._connection, provider, fingerprint, since_s)

    def copy_run(self, other: Store, run: Run) -> None:
        """Take a run with its tasks, outcomes and replies over from another file."""
        with self._transaction():
            tasks = other.tasks(run.id)
            runs.insert(self._connection, run, [task for task, _ in tasks])
            for task, outcome in tasks:
                if outcome is None:
                    continue
                exchanges = tuple(other.exchanges(run.id, task.position))
                runs.finish(
                    self._connection,
                    TaskDone(run.id, task.position, task.state == "failed", outcome, exchanges),
                )
                for exchange in exchanges:
                    with contextlib.suppress(DamagedFile):
                        if (reply := other.reply(exchange.digest)) is not None:
                            reply_table.put(self._connection, reply)

    def intend_purchase(self, provider: str, fingerprint: str, now_s: int) -> None:
        """Note a purchase before it is sent."""
        with self._transaction():
            purchases.intend(self._connection, provider, fingerprint, now_s)

    def settle_purchase(self, provider: str, fingerprint: str, reply: StoredReply) -> None:
        """Keep what was bought."""
        with self._transaction():
            reply_table.put(self._connection, reply)
            purchases.settle(self._connection, provider, fingerprint, reply.digest)

    def forget_purchase(self, provider: str, fingerprint: str) -> None:
        """Take the note of a purchase back."""
        with self._transaction():
            purchases.forget(self._connection, provider, fingerprint)

    def purchase(self, provider: str, fingerprint: str) -> purchases.Purchase | None:
        """The note of a purchase."""
        return purchases.purchase(self._connection, provider, fingerprint)

    def save_snapshot(self, seq: int, pieces: Mapping[str, bytes]) -> None:
        """Replace the snapshot by one at an entry of the log."""
        row = self._connection.execute("SELECT digest FROM log WHERE seq=?", (seq,)).fetchone()
        if row is not None:
            snapshot.save(self._connection, seq, row[0], pieces)

    def load_snapshot(self, until_seq: int) -> tuple[int, dict[str, memoryview]] | None:
        """A snapshot that fits the log, not later than an entry."""
        return snapshot.load(self._connection, until_seq)

    def _transaction(self) -> Transaction:
        return Transaction(self._connection, self.path, self._place, readonly=self.readonly)
