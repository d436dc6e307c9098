"""Who works on which task of a run, and until when. Within the caller's transaction."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

import apsw

from clew.store.rows import read_row, read_rows
from clew.store.runs import Task, task_of


@dataclass(frozen=True, slots=True)
class Lease:
    """A task that an owner works on; it is theirs until the time is over, and nobody else's."""

    run: str
    position: int
    owner: str
    until: int
    """Seconds since 1970."""


def take(
    connection: apsw.Connection, run: str, owner: str, *, now_s: int, lease_s: int, count: int
) -> list[Task]:
    """Up to *count* open tasks that nobody holds, or holds no longer, now held by *owner*."""
    rows = read_rows(
        connection,
        "SELECT run, position, type, value, tlp FROM task WHERE run=? AND state='queued'"
        " AND NOT EXISTS (SELECT 1 FROM lease WHERE lease.run=task.run"
        " AND lease.position=task.position AND until>=?) ORDER BY position LIMIT ?",
        (run, now_s, count),
        tuple[str, int, str, str, int],
    )
    tasks = [task_of(*row) for row in rows]
    _write(connection, [Lease(run, one.position, owner, now_s + lease_s) for one in tasks])
    return tasks


def renew(connection: apsw.Connection, run: str, owner: str, *, now_s: int, lease_s: int) -> None:
    """Hold on to what *owner* works on."""
    own = [one for one in leases(connection, run) if one.owner == owner]
    _write(connection, [Lease(run, one.position, owner, now_s + lease_s) for one in own])


def release(connection: apsw.Connection, run: str, owner: str) -> None:
    """Give back what *owner* holds and did not finish."""
    connection.execute("DELETE FROM lease WHERE run=? AND owner=?", (run, owner))


def leases(connection: apsw.Connection, run: str | None = None) -> list[Lease]:
    """Who holds tasks of a run, or of all runs."""
    rows = read_rows(
        connection,
        "SELECT run, position, owner, until FROM lease WHERE run=coalesce(?, run)"
        " ORDER BY run, position",
        (run,),
        tuple[str, int, str, int],
    )
    return [Lease(*row) for row in rows]


def altered_leases(connection: apsw.Connection) -> list[Lease]:
    """Leases that Clew did not write so, or whose task is not open."""
    wrong = []
    for one in leases(connection):
        seal = read_row(
            connection,
            "SELECT seal FROM lease WHERE run=? AND position=?",
            (one.run, one.position),
            tuple[bytes],
        )
        task = read_row(
            connection,
            "SELECT state FROM task WHERE run=? AND position=?",
            (one.run, one.position),
            tuple[str],
        )
        if seal != (_seal(one),) or task != ("queued",):
            wrong.append(one)
    return wrong


def _write(connection: apsw.Connection, found: list[Lease]) -> None:
    connection.executemany(
        "INSERT OR REPLACE INTO lease VALUES (?, ?, ?, ?, ?)",
        [(one.run, one.position, one.owner, one.until, _seal(one)) for one in found],
    )


def _seal(lease: Lease) -> bytes:
    """Finds an edit by chance; a forger wins nothing by one."""
    text = f"{lease.run}\0{lease.position}\0{lease.owner}\0{lease.until}"
    return blake2b(text.encode(), digest_size=16).digest()
