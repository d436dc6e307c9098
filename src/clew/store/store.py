"""The investigation file as one thing: an append is on disk whole, or not at all."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Self

import apsw

from clew.errors import FileBusy, FileFault
from clew.model.change import Change, Entry
from clew.store import connection as file_connection
from clew.store import index, leases, log
from clew.store import replies as reply_table
from clew.store.beside import remove_file
from clew.store.file_reader import FileReader
from clew.store.migration import bring_to_version_2, carried_over, record
from clew.store.reading import clear_side_files
from clew.store.records import founding_change, loose_replies
from clew.store.replies import StoredReply
from clew.store.runs import Task
from clew.store.transaction import NestedTransaction, Transaction


class Store(FileReader):
    """One open file that is read and written. Not to be shared between threads."""

    def __init__(self, path: Path, connection: apsw.Connection, *, readonly: bool = False) -> None:
        super().__init__(path, connection)
        self.readonly = readonly
        self._grouped = False

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

    def close(self) -> None:
        """Close; the file alone is then whole (no side file holds anything of it)."""
        lost = True
        try:
            lost = bool(self._place.lost())
            if not lost:
                self.checkpoint()
        finally:
            if self._place.side_files_lost():
                # SQLite would delete by name what is another file's now.
                self._connection.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
            file_connection.close_connection(self._connection)
            if self.readonly and not lost:
                clear_side_files(self.path)

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

    def append(
        self,
        changes: Sequence[Change],
        *,
        expect_seq: int,
        replies: Sequence[StoredReply] = (),
    ) -> tuple[Entry, ...]:
        """
        Append changes with the replies that belong to them, in one transaction.

        Replies that none of them names are named by one more entry, so that the log knows all;
        they may come without a change.

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
