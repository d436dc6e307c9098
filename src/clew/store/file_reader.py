"""What an investigation's file says: its log, its tables and its replies; nothing is written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw

from clew.errors import ClewError, DamagedFile
from clew.model.change import Entry
from clew.model.journal import Exchange, Outcome
from clew.store import connection as file_connection
from clew.store import leases, log, purchases, runs, tables
from clew.store import replies as reply_table
from clew.store.leases import Lease
from clew.store.place import Place
from clew.store.proof import Proof
from clew.store.replies import StoredReply
from clew.store.rows import read_row, read_rows
from clew.store.runs import Run, Task

FAULTS_MAX = 5
"""Most faults of pages and types that are listed."""


class FileReader:
    """One open file, as far as it is read. Not to be shared between threads."""

    def __init__(self, path: Path, connection: apsw.Connection) -> None:
        self.path = path
        self._connection = connection
        self._place = Place(path, connection)
        self._data_version = -1

    @property
    def foreign_objects(self) -> tuple[str, ...]:
        """What the file holds that Clew did not make, each by type and name."""
        return tables.foreign_objects(self._connection)

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

    def leases(self, run: str) -> list[Lease]:
        """Who works on which task of a run."""
        return leases.leases(self._connection, run)

    def runs(self, *, status: str | None = None, latest: int = -1) -> list[Run]:
        """All runs or the *latest* so many, or those of a status; oldest first."""
        return runs.runs(self._connection, status=status, latest=latest)

    def run(self, id_: str) -> Run | None:
        """A run by its id; None where there is none."""
        return runs.run_of(self._connection, id_)

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
