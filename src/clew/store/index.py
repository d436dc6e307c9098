"""The tables of runs, replies and purchases, which are made from the log's records alone."""

from __future__ import annotations

from collections.abc import Sequence

import apsw
import msgspec

from clew.errors import FileBusy
from clew.model.change import Change
from clew.model.journal import (
    BaseRecord,
    CarriedOver,
    CarriedRun,
    CaseCreated,
    Exchange,
    FinishedTask,
    LooseReplies,
    PurchaseForgotten,
    PurchaseIntended,
    PurchaseSettled,
    RunClosed,
    RunQueued,
    TasksFinished,
)
from clew.store.runs import marking_code

_EMPTY = (
    "DELETE FROM meta",
    "DELETE FROM run",
    "DELETE FROM task",
    "DELETE FROM exchange",
    "DELETE FROM purchase",
    "DELETE FROM lease",
)


class AlreadyFinished(FileBusy):
    """A task that is to be recorded was finished before; nothing was written."""


def apply(connection: apsw.Connection, change: Change) -> None:
    """
    Bring the tables to what they are after a change, within the caller's transaction.

    Raises:
        AlreadyFinished: A task that it finishes was finished before.
    """
    match change.what:
        case CaseCreated(id=id_, title=title):
            _put_meta(connection, id_, title)
        case RunQueued() as queued:
            _queue(connection, queued, change)
        case TasksFinished(run=run, tasks=tasks):
            for task in tasks:
                _finish(connection, run, task)
        case RunClosed(run=run, status=status):
            connection.execute("UPDATE run SET status=? WHERE id=?", (status, run))
        case PurchaseIntended(provider=provider, fingerprint=fingerprint, at=at):
            connection.execute(
                "INSERT INTO purchase VALUES (?, ?, ?, '') ON CONFLICT DO UPDATE"
                " SET at=excluded.at",
                (provider, fingerprint, at),
            )
        case PurchaseSettled(provider=provider, fingerprint=fingerprint, reply=reply):
            connection.execute(
                "UPDATE purchase SET digest=? WHERE provider=? AND fingerprint=?",
                (reply.digest, provider, fingerprint),
            )
        case PurchaseForgotten(provider=provider, fingerprint=fingerprint):
            connection.execute(
                "DELETE FROM purchase WHERE provider=? AND fingerprint=?", (provider, fingerprint)
            )
        case CarriedOver() as contents:
            _carry(connection, contents)
        case LooseReplies():
            pass
        case _:
            assert not isinstance(change.what, BaseRecord), "every record is indexed"


def _put_meta(connection: apsw.Connection, id_: str, title: str) -> None:
    rows = (("id", id_), ("title", title))
    connection.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", rows)


def _queue(connection: apsw.Connection, queued: RunQueued, change: Change) -> None:
    connection.execute(
        "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'queued')",
        (
            queued.run, change.action, queued.transform, queued.settings, queued.graph,
            change.label, change.actor, change.at,
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO task (run, position, type, value, tlp, state)"
        " VALUES (?, ?, ?, ?, ?, 'queued')",
        [
            (queued.run, position, task.type, task.value, marking_code(task.tlp, task.pap or 0))
            for position, task in enumerate(queued.tasks)
        ],
    )


def _finish(connection: apsw.Connection, run: str, task: FinishedTask) -> None:
    connection.execute(
        "UPDATE task SET state=?, outcome=? WHERE run=? AND position=? AND state='queued'",
        (
            "failed" if task.failed else "done",
            msgspec.json.encode(task.outcome),
            run,
            task.position,
        ),
    )
    if not connection.changes():
        raise AlreadyFinished(
            connection.filename, f"task {task.position} of run {run[:8]} is finished already"
        )
    _put_exchanges(connection, run, task.position, task.exchanges)
    connection.execute("DELETE FROM lease WHERE run=? AND position=?", (run, task.position))


def _put_exchanges(
    connection: apsw.Connection, run: str, position: int, exchanges: Sequence[Exchange]
) -> None:
    connection.executemany(
        "INSERT INTO exchange VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                run, position, ordinal, it.provider, it.fingerprint, it.digest, it.status,
                it.received, it.headers,
            )
            for ordinal, it in enumerate(exchanges)
        ],
    )  # fmt: skip


def _carry(connection: apsw.Connection, contents: CarriedOver) -> None:
    """Make the tables anew; a file that is migrated has the same rows in them already."""
    for statement in _EMPTY:
        connection.execute(statement)
    _put_meta(connection, contents.id, contents.title)
    for run in contents.runs:
        _carry_run(connection, run)
    connection.executemany(
        "INSERT INTO purchase VALUES (?, ?, ?, ?)",
        [(one.provider, one.fingerprint, one.at, one.digest) for one in contents.purchases],
    )


def _carry_run(connection: apsw.Connection, run: CarriedRun) -> None:
    connection.execute(
        "INSERT INTO run VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            run.id, run.action, run.transform, run.settings, run.graph, run.label, run.actor,
            run.at, run.status,
        ),
    )  # fmt: skip
    for position, task in enumerate(run.tasks):
        outcome = b"" if task.outcome is None else msgspec.json.encode(task.outcome)
        connection.execute(
            "INSERT INTO task VALUES (?, ?, ?, ?, ?, ?, ?)",
            (run.id, position, task.type, task.value, task.tlp, task.state, outcome),
        )
        _put_exchanges(connection, run.id, position, task.exchanges)
