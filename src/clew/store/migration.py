"""From version 1 of the file to version 2: what stood outside of the chain becomes an entry."""

from __future__ import annotations

import os
import time
import uuid
from pathlib import Path

import apsw

from clew.errors import DamagedFile, FileFault
from clew.model.change import Change
from clew.model.journal import CarriedOver, CarriedPurchase, CarriedRun, CarriedTask, ReplyRecord
from clew.store import index, log, runs
from clew.store.connection import close_connection, copy_database
from clew.store.rows import read_row, read_rows
from clew.store.tables import migrate
from clew.store.transaction import write_fault

COPIES_MAX = 100
"""Most copies of version 1 of one file that are left beside it."""
LABEL = "brought to version 2 of the file"


def bring_to_version_2(path: Path, connection: apsw.Connection) -> None:
    """
    Leave a copy of version 1 beside the file, and migrate the file in one transaction.

    Entries keep their bytes, numbers and digests; one new entry carries what stood outside of
    them. A migration that was killed has changed nothing, or all.

    Raises:
        DamagedFile: The log does not hold, or a table has what Clew does not write.
        FileFault: The copy can't be written.
    """
    log.verify(connection, path)
    _copy(path, connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        if connection.pragma("user_version") == 1:
            contents = carried_over(connection)
            migrate(connection, 1)
            record(connection, contents)
        connection.execute("COMMIT")
    except BaseException as error:
        # SQLite has taken it back by itself after some faults.
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        if isinstance(error, apsw.Error):
            raise write_fault(path, error) from error
        raise


def record(connection: apsw.Connection, contents: CarriedOver) -> None:
    """Append what was carried over, within the caller's transaction."""
    change = Change(contents, time.time_ns() // 1_000, "", LABEL, "clew")
    index.apply(connection, change)
    seq, digest = log.tail(connection)
    log.write(connection, seq + 1, digest, change)


def carried_over(connection: apsw.Connection) -> CarriedOver:
    """What tables of version 1 hold beside the log."""
    first = read_row(connection, "SELECT digest FROM log WHERE seq=1", (), tuple[bytes])
    title = read_row(connection, "SELECT value FROM meta WHERE key='title'", (), tuple[str])
    replies = read_rows(
        connection, "SELECT digest, media_type, size FROM reply ORDER BY digest", (),
        tuple[str, str, int],
    )  # fmt: skip
    purchases = read_rows(
        connection,
        "SELECT provider, fingerprint, at, digest FROM purchase ORDER BY provider, fingerprint",
        (),
        tuple[str, str, int, str],
    )
    return CarriedOver(
        first[0][:16].hex() if first else uuid.uuid4().hex,
        title[0] if title else "",
        tuple(_carried_run(connection, run) for run in runs.runs(connection)),
        tuple(CarriedPurchase(*row) for row in purchases),
        tuple(ReplyRecord(*row) for row in replies),
    )


def _carried_run(connection: apsw.Connection, run: runs.Run) -> CarriedRun:
    tasks = tuple(
        CarriedTask(
            task.type,
            task.value,
            task.tlp,
            "queued" if task.state == "leased" else task.state,
            outcome,
            tuple(runs.exchanges(connection, run.id, task.position)),
        )
        for task, outcome in runs.tasks(connection, run.id)
    )
    return CarriedRun(
        run.id, run.action, run.transform, run.settings, run.graph, run.label, run.actor, run.at,
        run.status, tasks,
    )  # fmt: skip


def _copy(path: Path, connection: apsw.Connection) -> None:
    part = path.with_name(f"{path.stem}.v1{path.suffix}.part")
    try:
        target = _free_name(path, log.tail(connection)[1])
        if target is None:
            return
        copy_database(connection, part)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(target)
    except (OSError, apsw.Error) as error:
        part.unlink(missing_ok=True)
        raise FileFault(
            path,
            f"version 1 of it can't be left beside it: {error}. Nothing was changed.",
            helps="Make room or give leave to write there; for reading it needs neither.",
        ) from error


def _free_name(path: Path, digest: bytes) -> Path | None:
    """Where version 1 goes; None where a copy of it is there already."""
    for number in range(1, COPIES_MAX + 1):
        name = f"{path.stem}.v1{'' if number == 1 else f'-{number}'}{path.suffix}"
        target = path.with_name(name)
        if not target.exists():
            return target
        if _last_digest(target) == digest:
            return None
    raise FileExistsError(f"there are {COPIES_MAX} copies already")


def _last_digest(path: Path) -> bytes:
    try:
        other = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    except apsw.Error:
        return b""
    try:
        return log.tail(other)[1]
    except DamagedFile:
        return b""
    finally:
        close_connection(other)
