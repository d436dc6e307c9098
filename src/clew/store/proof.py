"""Whether the tables beside the log hold what the log says, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import apsw

from clew.errors import ClewError
from clew.model.change import Entry
from clew.model.journal import ReplyRecord, replies_of
from clew.store import index, leases
from clew.store.tables import migrate

ROWS = {
    "meta": "SELECT key, value FROM meta ORDER BY key",
    "run": "SELECT * FROM run ORDER BY id",
    "task": "SELECT * FROM task ORDER BY run, position",
    "exchange": "SELECT * FROM exchange ORDER BY run, position, ordinal",
    "purchase": "SELECT * FROM purchase ORDER BY provider, fingerprint",
}
"""The tables that are made from the log alone, each row of them."""
NAMED_MAX = 5
"""Most faults of one kind that are told."""


class Proof:
    """The tables as the log makes them, beside those of the file."""

    def __init__(self) -> None:
        self._made = apsw.Connection(":memory:")
        migrate(self._made, 0)
        self._replies: dict[str, ReplyRecord] = {}
        self._faults: list[str] = []

    def add(self, entry: Entry) -> None:
        """Take the next entry of the log into account."""
        try:
            index.apply(self._made, entry.change)
        except (apsw.Error, ClewError, UnicodeError, OverflowError) as error:
            self._faults.append(f"Entry {entry.seq} can't follow what is before it: {error}.")
        self._replies.update((one.digest, one) for one in replies_of(entry.change.what))

    def unknown(self, records: Iterable[ReplyRecord]) -> tuple[ReplyRecord, ...]:
        """Of stored replies those that the log does not know as they are."""
        return tuple(one for one in records if self._replies.get(one.digest) != one)

    def faults(self, connection: apsw.Connection, entries: int) -> Iterator[str]:
        """What is otherwise in the file, a sentence each."""
        yield from self._faults[:NAMED_MAX]
        for table, query in ROWS.items():
            made, found = _rows(self._made, query), _rows(connection, query)
            if made != found:
                rows = max(len(set(made) - set(found)), len(set(found) - set(made)))
                yield f"The table {table} is not what the log says; rows that differ: {rows}."
        for lease in leases.altered_leases(connection)[:NAMED_MAX]:
            yield f"Clew did not write that {lease.owner!r} works on task {lease.position}."
        strange = "SELECT count(*) FROM log WHERE seq<1 OR seq>?"
        yield from _none(connection, strange, entries, "entries outside of the log's numbers")
        strange = "SELECT count(*) FROM piece WHERE seq<1 OR seq>?"
        yield from _none(connection, strange, entries, "columns that belong to no entry")
        strange = (
            "SELECT count(*) FROM (SELECT 1 FROM piece WHERE seq<=? GROUP BY seq"
            " HAVING min(part)<>0 OR max(part)<>count(*)-1)"
        )
        yield from _none(connection, strange, entries, "entries whose columns are numbered wrong")
        yield from self._reply_faults(connection)

    def _reply_faults(self, connection: apsw.Connection) -> Iterator[str]:
        query = "SELECT digest, media_type, size FROM reply ORDER BY digest"
        found = (ReplyRecord(*row) for row in _rows(connection, query))
        for one in self.unknown(found)[:NAMED_MAX]:
            yield f"The log knows nothing of the stored reply {str(one.digest)[:12]} as it is."


def _none(connection: apsw.Connection, query: str, entries: int, what: str) -> Iterable[str]:
    ((count,),) = connection.execute(query, (entries,))
    return [f"There are {count} {what}."] if count else []


def _rows(connection: apsw.Connection, query: str) -> list[tuple[Any, ...]]:
    return list(connection.execute(query))
