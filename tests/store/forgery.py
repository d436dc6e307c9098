"""Investigations with entries and pages that no Clew writes, and right digests."""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import apsw
import msgspec
import polars as pl

from builders import decided, observed
from clew.model.journal import (
    AskedTask,
    Exchange,
    FinishedTask,
    Outcome,
    PurchaseIntended,
    ReplyRecord,
    RunQueued,
    TasksFinished,
)
from clew.store.investigation import Investigation
from clew.store.log import ROOT, chain
from clew.store.replies import StoredReply

REPLY = StoredReply.of(b"{}", "application/json")
PAGE_BYTES = 4096
HEAD: Mapping[str, Any] = {"at": 1, "action": "a", "label": "l", "actor": "x"}


def make(path: Path) -> None:
    """A small file with a row in each table that the log makes."""
    stored = ReplyRecord(REPLY.digest, REPLY.media_type, len(REPLY.body))
    exchange = Exchange("p", "f", REPLY.digest, 200, 1)
    tasks = (AskedTask("domain-name", "a.example"), AskedTask("domain-name", "b.example"))
    done = (FinishedTask(0, False, Outcome(), (exchange,)),)
    changes = [
        decided(RunQueued("r", "p.t", "{}", "main", tasks)),
        observed("a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01"),
        decided(TasksFinished("r", done, (stored,))),
        decided(PurchaseIntended("p", "f", 1)),
    ]
    with Investigation.create(path, title="a") as case:
        case.append(changes, replies=[REPLY])


def chained(path: Path, heads: Iterable[tuple[bytes, list[tuple[str, bytes]]]]) -> None:
    """A file whose log has those heads and pieces after the first entries, with right digests."""
    make(path)
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("PRAGMA synchronous=OFF; BEGIN")
        ((seq, before),) = connection.execute(
            "SELECT seq, digest FROM log ORDER BY seq DESC LIMIT 1"
        )
        for head, pieces in heads:
            seq += 1
            before = chain(before, seq, head, pieces)
            connection.execute("INSERT INTO log VALUES (?, ?, ?)", (seq, head, before))
            for part, (name, data) in enumerate(pieces):
                row = (seq, part, name, data)
                connection.execute("INSERT INTO piece VALUES (?, ?, ?, ?)", row)
        connection.execute("COMMIT")


def rechain(path: Path) -> None:
    """Give each entry the digest that it would have, as who edits a log does."""
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("BEGIN")
        before = ROOT
        for seq, head in list(connection.execute("SELECT seq, head FROM log ORDER BY seq")):
            query = "SELECT name, data FROM piece WHERE seq=? ORDER BY part"
            before = chain(before, seq, head, list(connection.execute(query, (seq,))))
            connection.execute("UPDATE log SET digest=? WHERE seq=?", (before, seq))
        connection.execute("COMMIT")


def head(what: Mapping[str, Any], **parts: Any) -> bytes:
    """A head as JSON."""
    return msgspec.json.encode({"what": what, **HEAD, **parts})


def decisions(path: Path, *whats: Mapping[str, Any], **parts: Any) -> None:
    """A file with those decisions."""
    chained(path, [(head(what, **parts), []) for what in whats])


def observation(path: Path, names: list[str], pieces: list[tuple[str, pl.DataFrame]]) -> None:
    """A file with one more Observe of those tables."""
    provenance = [{"provider": "p", "transform": "t", "run": "0" * 32, "learnt": 1}]
    what = {"type": "observe", "graph": "main", "provenance": provenance}
    chained(path, [(head(what, names=names), [(name, packed(frame)) for name, frame in pieces])])


def packed(frame: pl.DataFrame) -> bytes:
    """A frame as a piece."""
    sink = io.BytesIO()
    frame.write_ipc(sink, compression="zstd")
    return sink.getvalue()


def cycle_of_pages(path: Path) -> None:
    """A table whose inner pages lead to one another in so many ways that no reading ends."""
    with Investigation.create(path) as case:
        case.append([observed("a.example")])
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        query = "SELECT rootpage FROM sqlite_schema WHERE name='run'"
        ((root,),) = connection.execute(query)
        connection.execute("INSERT INTO run VALUES ('r','a','t','{}','g','l','x',1,'queued')")
    data = bytearray(path.read_bytes())
    pages = len(data) // PAGE_BYTES
    leaf = data[(root - 1) * PAGE_BYTES : root * PAGE_BYTES]
    levels = 4
    data += leaf
    for level in range(levels):
        data += _inner_page(pages + 1 + level)
    data[(root - 1) * PAGE_BYTES : root * PAGE_BYTES] = _inner_page(pages + 1 + levels)
    data[28:32] = struct.pack(">I", len(data) // PAGE_BYTES)
    path.write_bytes(data)


def _inner_page(child: int) -> bytes:
    """A page of a table that leads to one other page 400 times."""
    count = 400
    page = bytearray(PAGE_BYTES)
    page[:12] = struct.pack(">BHHHBI", 5, 0, count, PAGE_BYTES - 5 * count, 0, child)
    for at in range(count):
        place = PAGE_BYTES - 5 * (at + 1)
        page[12 + 2 * at : 14 + 2 * at] = struct.pack(">H", place)
        page[place : place + 5] = struct.pack(">IB", child, 1)
    return bytes(page)
