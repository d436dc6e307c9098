"""Runs and their tasks: durable, leased, finished in the transaction that brings the results."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import apsw
import msgspec
from msgspec import Struct

from clew.errors import DamagedFile
from clew.model.provenance import Completeness
from clew.store.rows import read_row, read_rows


@dataclass(frozen=True, slots=True)
class Run:
    """A transform asked about some inputs."""

    id: str
    action: str
    transform: str
    settings: str
    """Parameters as canonical JSON."""
    graph: str
    label: str
    actor: str
    at: int
    """Microseconds since 1970."""
    status: str = "queued"
    """One of queued, done, cancelled."""


@dataclass(frozen=True, slots=True)
class Task:
    """One input of a run."""

    run: str
    position: int
    type: str
    value: str
    tlp: int = 0
    state: str = "queued"
    """One of queued, leased, done, failed."""
    attempts: int = 0


class Outcome(Struct, frozen=True):
    """What a task came to."""

    completeness: Completeness = Completeness()
    problems: tuple[str, ...] = ()
    calls: int = 0
    cached: int = 0
    credits: int = 0
    over_budget: bool = False
    """Whether something was not asked because the run might spend no more."""
    rows_max: int | None = None
    """Most rows of a listing that the run took; None for the program's own bound."""


class Exchange(Struct, frozen=True):
    """One question of a task and the reply it got."""

    provider: str
    fingerprint: str
    digest: str
    status: int
    received: int
    """Seconds since 1970."""
    headers: str = "{}"
    """The reply's headers that its reader needs, as JSON."""


@dataclass(frozen=True, slots=True)
class TaskDone:
    """A finished task, to be recorded together with what it brought."""

    run: str
    position: int
    failed: bool
    outcome: Outcome
    exchanges: tuple[Exchange, ...] = ()


def insert(connection: apsw.Connection, run: Run, tasks: Sequence[Task]) -> None:
    """Queue a run with its tasks, within the caller's transaction."""
    connection.execute(
        "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            run.id, run.action, run.transform, run.settings, run.graph, run.label, run.actor,
            run.at, run.status,
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO task (run, position, type, value, tlp, state)"
        " VALUES (?, ?, ?, ?, ?, 'queued')",
        [(task.run, task.position, task.type, task.value, task.tlp) for task in tasks],
    )


def lease(
    connection: apsw.Connection, run: str, owner: str, now_s: int, lease_s: int, count: int
) -> list[Task]:
    """
    Take up to *count* queued tasks, or ones whose lease ran out, for *owner*.

    Within the caller's transaction, so that no one else takes them in between.
    """
    rows = read_rows(
        connection,
        "SELECT run, position, type, value, tlp, 'leased', attempts+1 FROM task WHERE run=? AND"
        " (state='queued' OR (state='leased' AND lease_until<?)) ORDER BY position LIMIT ?",
        (run, now_s, count),
        tuple[str, int, str, str, int, str, int],
    )
    leased = [Task(*row) for row in rows]
    connection.executemany(
        "UPDATE task SET state='leased', owner=?, lease_until=?, attempts=?"
        " WHERE run=? AND position=?",
        [(owner, now_s + lease_s, task.attempts, run, task.position) for task in leased],
    )
    return leased


def lease_owners(connection: apsw.Connection, run: str) -> list[str]:
    """Who holds unfinished tasks of a run."""
    query = "SELECT DISTINCT owner FROM task WHERE run=? AND state='leased'"
    return [owner for (owner,) in read_rows(connection, query, (run,), tuple[str])]


def release(connection: apsw.Connection, run: str, owner: str) -> None:
    """Give back what *owner* holds and did not finish."""
    connection.execute(
        "UPDATE task SET state='queued', owner='', lease_until=0"
        " WHERE run=? AND owner=? AND state='leased'",
        (run, owner),
    )


def finish(connection: apsw.Connection, done: TaskDone) -> bool:
    """Record a task's outcome; False where it was finished before and nothing may be applied."""
    connection.execute(
        "UPDATE task SET state=?, outcome=?, owner='', lease_until=0"
        " WHERE run=? AND position=? AND state IN ('queued', 'leased')",
        (
            "failed" if done.failed else "done",
            msgspec.json.encode(done.outcome),
            done.run,
            done.position,
        ),
    )
    if not connection.changes():
        return False
    connection.executemany(
        "INSERT INTO exchange VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                done.run, done.position, ordinal, it.provider, it.fingerprint, it.digest,
                it.status, it.received, it.headers,
            )
            for ordinal, it in enumerate(done.exchanges)
        ],
    )  # fmt: skip
    return True


def tasks(connection: apsw.Connection, run: str) -> list[tuple[Task, Outcome | None]]:
    """All tasks of a run in order, with their outcomes where they have one."""
    rows = read_rows(
        connection,
        "SELECT run, position, type, value, tlp, state, attempts, outcome FROM task"
        " WHERE run=? ORDER BY position",
        (run,),
        tuple[str, int, str, str, int, str, int, bytes],
    )
    return [(Task(*row[:7]), _outcome(connection, row[7])) for row in rows]


def runs(connection: apsw.Connection, *, status: str | None = None) -> list[Run]:
    """All runs, oldest first."""
    rows = read_rows(
        connection,
        "SELECT id, action, transform, settings, graph, label, actor, at, status FROM run"
        " WHERE status=coalesce(?, status) ORDER BY at, id",
        (status,),
        tuple[str, str, str, str, str, str, str, int, str],
    )
    return [Run(*row) for row in rows]


def exchanges(connection: apsw.Connection, run: str, position: int) -> list[Exchange]:
    """What a task asked, in order."""
    rows = read_rows(
        connection,
        "SELECT provider, fingerprint, digest, status, received, headers FROM exchange"
        " WHERE run=? AND position=? ORDER BY ordinal",
        (run, position),
        tuple[str, str, str, int, int, str],
    )
    return [Exchange(*row) for row in rows]


def latest_exchange(
    connection: apsw.Connection, provider: str, fingerprint: str, since_s: int
) -> Exchange | None:
    """The latest reply to the same question, not older than *since_s*."""
    row = read_row(
        connection,
        "SELECT provider, fingerprint, digest, status, received, headers FROM exchange"
        " WHERE provider=? AND fingerprint=? AND received>=? ORDER BY received DESC LIMIT 1",
        (provider, fingerprint, since_s),
        tuple[str, str, str, int, int, str],
    )
    return Exchange(*row) if row else None


def _outcome(connection: apsw.Connection, data: bytes) -> Outcome | None:
    if not data:
        return None
    try:
        return msgspec.json.decode(data, type=Outcome)
    except msgspec.DecodeError as error:
        what = f"the outcome of a task can't be understood: {error}."
        raise DamagedFile(connection.filename, what) from error
