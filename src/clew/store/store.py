"""The investigation file as one thing: an append is on disk whole, or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

import apsw

from clew.errors import ClewError, DamagedFile, FileBusy, FileFault
from clew.model.change import Change, Entry
from clew.model.journal import Exchange, Outcome
from clew.store import connection as file_connection
from clew.store import index, leases, log, purchases, runs, tables
from clew.store import replies as reply_table
from clew.store.beside import remove_file
from clew.store.leases import Lease
from clew.store.migration import bring_to_version_2, carried_over, record
from clew.store.place import Place
from clew.store.proof import Proof
from clew.store.records import founding_change, loose_replies
from clew.store.replies import StoredReply
from clew.store.rows import read_row, read_rows
from clew.store.runs import Run, Task
from clew.store.transaction import NestedTransaction, Transaction

FAULTS_MAX = 5
"""Most faults of pages and types that are listed."""


class Store:
    """One open file. Not to be shared between threads."""

    def __init__(self, path: Path, connection: apsw.Connection, *, readonly: bool = False) -> None:
        self.path = path
        self.readonly = readonly
        self._connection = connection
        self._place = Place(path, connection)
        self._grouped = False
        self._data_version = -1

    @classmethod
    def create(cls, path: Path, *, title: str = "", source: str = "") -> Self:
        """A new file; raises FileFault where there is one already."""
        store = cls.create_empty(path)
        try:
            store.append([founding_change(title, source)], expect_seq=0)
        except BaseException:
            file_connection.close_connection(store._connection)
            remove_file(path)
            raise
        return store

    @classmethod
    def create_empty(cls, path: Path) -> Self:
        """A new file without an entry, for a log that is copied; raises FileFault."""
        return cls(path, file_connection.create(path))

    @classmethod
    def open(cls, path: Path, *, readonly: bool = False) -> Self:
        """An existing file; raises ForeignFile, NewerFile, DamagedFile, FileBusy."""
        store = cls(path, file_connection.open_(path, readonly=readonly), readonly=readonly)
        if store.version == 1 and not readonly:
            try:
                bring_to_version_2(path, store._connection)
            except BaseException:
                file_connection.close_connection(store._connection)
                raise
        return store

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
            file_connection.close_connection(self._connection)

    def checkpoint(self) -> None:
        """Bring all that the side file holds into the file itself."""
        if not self.readonly:
            try:
                self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            except (apsw.BusyError, apsw.ReadOnlyError):
                # Another that reads does it when it closes; where nothing can be written, none was.
                pass
            except apsw.Error as error:
                what = f"what was appended last is in {self.path.name}-wal only: {error}."
                helps = "Keep both files together."
                raise FileFault(self.path, what, helps=helps) from error

    @property
    def version(self) -> int:
        """Of the file's tables."""
        return int(self._connection.pragma("user_version"))

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
    ) -> tuple[Entry, ...]:
        """
        Append changes with the replies that belong to them, in one transaction.

        Replies that none of them names are named by one more entry, so that the log knows all.

        Raises:
            FileBusy: Another process appended meanwhile, or holds the file.
            AlreadyFinished: A task that one of them finishes was finished before.
            FileFault: The disk is full, or the file can't be written, or it is no longer there.
        """
        with self._transaction():
            seq, digest = log.tail(self._connection)
            if seq != expect_seq:
                raise FileBusy(self.path, f"another process appended up to entry {seq}")
            for reply in replies:
                reply_table.put(self._connection, reply)
            entries: list[Entry] = []
            for change in (*changes, *loose_replies(changes, replies)):
                index.apply(self._connection, change)
                entries.append(log.write(self._connection, seq + 1, digest, change))
                seq, digest = seq + 1, entries[-1].digest
        return tuple(entries)

    @contextlib.contextmanager
    def group(self) -> Iterator[None]:
        """What is appended within is on disk together at the end, or nothing; as append raises."""
        with self._transaction():
            self._grouped = True
            try:
                yield
                if not self._connection.in_transaction:
                    raise FileFault(self.path, "nothing was written", helps="Is the disk full?")
            finally:
                self._grouped = False

    @property
    def lost(self) -> str:
        """What happened to the file since it was opened, a sentence; empty where it is there."""
        return self._place.lost()

    def changed_elsewhere(self) -> bool:
        """Whether another process wrote to the file since this was asked last; cheap."""
        before = self._data_version
        self._data_version = file_connection.data_version(self._connection)
        return before != self._data_version

    def reply(self, digest: str) -> StoredReply | None:
        """A stored reply; None where there is none of that digest."""
        return reply_table.get(self._connection, self.path, digest)

    def lease(self, run: str, owner: str, *, now_s: int, lease_s: int, count: int) -> list[Task]:
        """Take up to *count* open tasks of a run, until their time is over."""
        with self._passing():
            return leases.take(
                self._connection, run, owner, now_s=now_s, lease_s=lease_s, count=count
            )

    def renew(self, run: str, owner: str, *, now_s: int, lease_s: int) -> None:
        """Hold on to what *owner* works on."""
        with self._passing():
            leases.renew(self._connection, run, owner, now_s=now_s, lease_s=lease_s)

    def release(self, run: str, owner: str) -> None:
        """Give back unfinished tasks."""
        with self._passing():
            leases.release(self._connection, run, owner)

    def leases(self, run: str) -> list[Lease]:
        """Who works on which task of a run."""
        return leases.leases(self._connection, run)

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

    def purchase(self, provider: str, fingerprint: str) -> purchases.Purchase | None:
        """The note of a purchase."""
        return purchases.purchase(self._connection, provider, fingerprint)

    def digest_at(self, seq: int) -> bytes | None:
        """The digest of an entry; None where there is no such entry."""
        row = read_row(self._connection, "SELECT digest FROM log WHERE seq=?", (seq,), tuple[bytes])
        return row[0] if row else None

    def verify(self, until: int | None = None) -> tuple[int, bytes]:
        """Number and digest of the last entry, with the chain before it hashed; DamagedFile."""
        return log.verify(self._connection, self.path, until)

    def proof_faults(self, proof: Proof, entries: int) -> list[str]:
        """What the file holds otherwise than its log says; a sentence each."""
        try:
            return list(proof.faults(self._connection, entries))
        except (apsw.Error, UnicodeError, OverflowError, ClewError) as error:
            return [f"Its tables can't be read: {error}."]

    def copy_to(self, path: Path) -> None:
        """Write all of the file, as it is at this moment, to a new one; raises apsw.Error."""
        file_connection.copy_database(self._connection, path)

    def reply_digests(self) -> list[str]:
        """Digests of all stored replies; DamagedFile."""
        return reply_table.digests(self._connection)

    def altered_replies(self) -> list[str]:
        """Digests of stored replies whose bodies are not what was stored; DamagedFile."""
        return reply_table.altered_digests(self._connection, self.path)

    def missing_replies(self) -> list[str]:
        """Digests of replies that runs were answered with, and that are not stored; DamagedFile."""
        return reply_table.missing_digests(self._connection)

    def put_reply(self, reply: StoredReply) -> None:
        """Keep a reply of a log that is copied."""
        with self._transaction():
            reply_table.put(self._connection, reply)

    def carry_over(self, other: Store) -> None:
        """Append what version 1 of a file kept beside its log; DamagedFile."""
        contents = carried_over(other._connection)
        with self._transaction():
            record(self._connection, contents)

    @contextlib.contextmanager
    def _passing(self) -> Iterator[None]:
        """A transaction that need not outlive a power cut: with the power its process is gone."""
        if self._grouped:
            with self._transaction():
                yield
            return
        self._connection.execute("PRAGMA synchronous=NORMAL")
        try:
            with self._transaction():
                yield
        finally:
            self._connection.execute("PRAGMA synchronous=FULL")

    def _transaction(self) -> Transaction | NestedTransaction:
        if self._grouped:
            return NestedTransaction(self._connection, self.path)
        return Transaction(self._connection, self.path, self._place, readonly=self.readonly)
