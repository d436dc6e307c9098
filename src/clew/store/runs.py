"""Runs, their tasks and what was asked, as the index of the log has them."""

from __future__ import annotations

from dataclasses import dataclass

import apsw
import msgspec

from clew.errors import DamagedFile
from clew.model.journal import Exchange, Outcome
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
    """One of queued, done, failed; version 1 of the file has leased as well."""
    pap: int = 0


def marking_code(tlp: int, pap: int) -> int:
    """Both markings of a task as the one number of its column: TLP, and eight times the PAP."""
    return tlp + 8 * pap


def task_of(
    run: str, position: int, type_: str, value: str, code: int, state: str = "queued"
) -> Task:
    """A task from its row."""
    return Task(run, position, type_, value, code % 8, state, code // 8)


def tasks(connection: apsw.Connection, run: str) -> list[tuple[Task, Outcome | None]]:
    """All tasks of a run in order, with their outcomes where they have one."""
    rows = read_rows(
        connection,
        "SELECT run, position, type, value, tlp, state, outcome FROM task"
        " WHERE run=? ORDER BY position",
        (run,),
        tuple[str, int, str, str, int, str, bytes],
    )
    return [(task_of(*row[:6]), _outcome(connection, row[6])) for row in rows]


def runs(connection: apsw.Connection, *, status: str | None = None, latest: int = -1) -> list[Run]:
    """All runs or the *latest* so many, oldest first."""
    rows = read_rows(
        connection,
        "SELECT id, action, transform, settings, graph, label, actor, at, status FROM run"
        " WHERE status=coalesce(?, status) ORDER BY at DESC, id DESC LIMIT ?",
        (status, latest),
        tuple[str, str, str, str, str, str, str, int, str],
    )
    return [Run(*row) for row in rows][::-1]


def run_of(connection: apsw.Connection, id_: str) -> Run | None:
    """A run by its id; None where there is none."""
    row = read_row(
        connection,
        "SELECT id, action, transform, settings, graph, label, actor, at, status FROM run"
        " WHERE id=?",
        (id_,),
        tuple[str, str, str, str, str, str, str, int, str],
    )
    return Run(*row) if row is not None else None


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
    """
    The latest reply to the same question, None where it is older than *since_s*.

    It is the latest of the log: a clock that was moved back in between dates it before others.
    """
    row = read_row(
        connection,
        "SELECT provider, fingerprint, digest, status, received, headers FROM exchange"
        " WHERE provider=? AND fingerprint=? ORDER BY rowid DESC LIMIT 1",
        (provider, fingerprint),
        tuple[str, str, str, int, int, str],
    )
    found = Exchange(*row) if row else None
    return found if found is not None and found.received >= since_s else None


def _outcome(connection: apsw.Connection, data: bytes) -> Outcome | None:
    if not data:
        return None
    try:
        return msgspec.json.decode(data, type=Outcome)
    except msgspec.DecodeError as error:
        what = f"the outcome of a task can't be understood: {error}."
        raise DamagedFile(connection.filename, what) from error
