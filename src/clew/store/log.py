"""The log's entries in the file: numbered, chained by digest, read with the chain verified."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from hashlib import blake2b
from pathlib import Path
from typing import Any

import apsw
import msgspec
from msgspec import Struct

from clew.errors import DamagedFile, InvalidValue, TooLarge
from clew.model.change import Change, Entry, Observe, What
from clew.store.blocks import UnpackedSize, check_dates, from_pieces, to_pieces
from clew.store.entry_rules import check_change
from clew.store.rows import read_row, read_rows

DIGEST_BYTES = 32
ROOT = b"\0" * DIGEST_BYTES
"""What the first entry is chained to."""
HEAD_BYTES_MAX = 128 * 1024 * 1024
"""Largest head of an entry, in bytes."""
HEAD_OBJECTS_MAX = 1_500_000
"""Most objects of a head, as its opening braces tell."""
HEAD_ITEMS_MAX = 12_000_000
"""Most items of a head, as its commas tell."""


_PIECES = "SELECT name, data FROM piece WHERE seq=? ORDER BY part"


class EntryHead(Struct, frozen=True):
    """An entry but for its columns."""

    what: What
    at: int
    action: str
    label: str
    actor: str
    names: tuple[str, ...] = ()
    """Dictionary of the block's codes."""


def write(connection: apsw.Connection, seq: int, before: bytes, change: Change) -> Entry:
    """Write one entry within the caller's transaction."""
    block = change.block
    _check_own(change, seq)
    head = msgspec.json.encode(
        EntryHead(
            change.what,
            change.at,
            change.action,
            change.label,
            change.actor,
            () if block is None else block.names,
        )
    )
    if (fault := _head_fault(head)) is not None:
        raise TooLarge(fault[0], fault[1], of="entry")
    pieces = list(to_pieces(block)) if block is not None else []
    digest = chain(before, seq, head, pieces)
    connection.execute("INSERT INTO log VALUES (?, ?, ?)", (seq, head, digest))
    for part, (name, data) in enumerate(pieces):
        connection.execute("INSERT INTO piece VALUES (?, ?, ?, ?)", (seq, part, name, data))
    return Entry(seq, change, digest)


def read(
    connection: apsw.Connection, path: Path, after: int = 0, until: int | None = None
) -> Iterator[Entry]:
    """
    Entries with numbers above *after*, up to *until*, each verified.

    Raises:
        DamagedFile: An entry is missing, altered or unreadable; tells the last good one.
    """
    unpacking = UnpackedSize()
    for seq, head, digest, pieces in _rows(connection, path, after, until):
        yield _entry(path, seq, head, digest, pieces, unpacking)


def _rows(
    connection: apsw.Connection, path: Path, after: int, until: int | None
) -> Iterator[tuple[int, bytes, bytes, list[tuple[str, bytes]]]]:
    """Number, head, digest and pieces of entries whose digests hold."""
    before = ROOT
    good = after
    try:
        if after:
            query = "SELECT digest FROM log WHERE seq=?"
            row = read_row(connection, query, (after,), tuple[bytes])
            if row is None:
                raise DamagedFile(path, f"entry {after} of the log is missing", readable_seq=0)
            before = row[0]
        query = "SELECT seq, head, digest FROM log WHERE seq>? AND seq<=? ORDER BY seq"
        bounds = (after, 1 << 62 if until is None else until)
        with closing(read_rows(connection, query, bounds, tuple[int, bytes, bytes])) as rows:
            for seq, head, digest in rows:
                pieces = list(read_rows(connection, _PIECES, (seq,), tuple[str, bytes]))
                if seq != good + 1:
                    raise _damaged(path, f"entry {good + 1} of the log is missing", good)
                if chain(before, seq, head, pieces) != digest:
                    raise _damaged(path, f"entry {seq} of the log was altered", good)
                yield seq, head, digest, pieces
                before, good = digest, seq
    except DamagedFile as error:
        if error.readable_seq is not None:
            raise
        what = f"entry {good + 1} of the log can't be read: {error.__cause__}"
        raise _damaged(path, what, good) from error


def verify(connection: apsw.Connection, path: Path, until: int | None = None) -> tuple[int, bytes]:
    """
    Number and digest of the last entry up to *until*, with the whole chain before it hashed.

    Raises:
        DamagedFile: As read does; what entries mean is not looked at.
    """
    last = (0, ROOT)
    for seq, _, digest, _ in _rows(connection, path, 0, until):
        last = (seq, digest)
    return last


def tail(connection: apsw.Connection) -> tuple[int, bytes]:
    """Number and digest of the last entry; 0 and ROOT where there is none."""
    query = "SELECT seq, digest FROM log ORDER BY seq DESC LIMIT 1"
    return read_row(connection, query, (), tuple[int, bytes]) or (0, ROOT)


def chain(before: bytes, seq: int, head: bytes, pieces: list[tuple[Any, ...]]) -> bytes:
    """The digest of an entry: BLAKE2b over the one before, its number, its head and its pieces."""
    hasher = blake2b(before, digest_size=DIGEST_BYTES)
    hasher.update(seq.to_bytes(8))
    for part in (head, *(data for _, data in pieces)):
        hasher.update(blake2b(part, digest_size=DIGEST_BYTES).digest())
    hasher.update("\0".join(name for name, _ in pieces).encode())
    return hasher.digest()


def _entry(
    path: Path,
    seq: int,
    head: bytes,
    digest: bytes,
    pieces: list[tuple[str, bytes]],
    unpacking: UnpackedSize,
) -> Entry:
    if (fault := _head_fault(head)) is not None:
        raise _damaged(path, f"entry {seq} has over {fault[1]} {fault[0]}", seq - 1)
    try:
        record = msgspec.json.decode(head, type=EntryHead)
        block = None
        if isinstance(record.what, Observe):
            block = from_pieces(
                record.names, pieces, provenances=len(record.what.provenance), unpacking=unpacking
            )
        change = Change(record.what, record.at, record.action, record.label, record.actor, block)
        check_change(change, seq)
    except (msgspec.DecodeError, ValueError, ArithmeticError, RecursionError) as error:
        raise _damaged(path, f"entry {seq} can't be understood: {error}", seq - 1) from error
    return Entry(seq, change, digest)


def _check_own(change: Change, seq: int) -> None:
    """What could not be read again is not written."""
    try:
        check_change(change, seq)
        if change.block is not None:
            check_dates(change.block)
    except ValueError as error:
        raise InvalidValue("change", change.label, str(error)) from error


def _head_fault(head: bytes) -> tuple[str, int] | None:
    """What there is too much of in a head, and how much may be; None where all is well."""
    for what, count, most in (
        ("bytes", len(head), HEAD_BYTES_MAX),
        ("objects", head.count(b"{"), HEAD_OBJECTS_MAX),
        ("items", head.count(b","), HEAD_ITEMS_MAX),
    ):
        if count > most:
            return what, most
    return None


def _damaged(path: Path, what: str, good: int) -> DamagedFile:
    helps = f"The first {good} entries can be read: 'clew check --salvage' copies them."
    return DamagedFile(path, f"{what.rstrip('.')}.", readable_seq=good, helps=helps)
