"""Raw replies: compressed, each once under the digest of its body."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import apsw

from clew.errors import DamagedFile
from clew.model.journal import ReplyRecord
from clew.store.rows import read_row, read_rows

REPLY_BYTES_MAX = 256 * 1024 * 1024
"""Largest reply that is unpacked, in bytes."""
LEVEL = 6


@dataclass(frozen=True, slots=True)
class StoredReply:
    """A raw reply's body."""

    digest: str
    media_type: str
    body: bytes

    @classmethod
    def of(cls, body: bytes, media_type: str) -> StoredReply:
        """A body under its digest."""
        return cls(blake2b(body, digest_size=32).hexdigest(), media_type, body)


def record_of(reply: StoredReply) -> ReplyRecord:
    """What the log says of a reply that is stored."""
    return ReplyRecord(reply.digest, reply.media_type, len(reply.body))


def put(connection: apsw.Connection, reply: StoredReply) -> None:
    """Keep a reply within the caller's transaction; one that is there stays."""
    connection.execute(
        "INSERT OR IGNORE INTO reply VALUES (?, ?, ?, ?)",
        (reply.digest, reply.media_type, len(reply.body), zlib.compress(reply.body, LEVEL)),
    )


def get(connection: apsw.Connection, path: Path, digest: str) -> StoredReply | None:
    """The reply of that digest, None where it was not kept; raises DamagedFile when altered."""
    row = read_row(
        connection,
        "SELECT media_type, size, data FROM reply WHERE digest=?",
        (digest,),
        tuple[str, int, bytes],
    )
    if row is None:
        return None
    media_type, size, data = row
    try:
        if not 0 <= size <= REPLY_BYTES_MAX:
            raise ValueError(f"its size is not 0 to {REPLY_BYTES_MAX} bytes")
        body = zlib.decompressobj().decompress(data, size + 1)
        if len(body) != size or StoredReply.of(body, media_type).digest != digest:
            raise ValueError("it has another digest")
    except (zlib.error, ValueError) as error:
        raise DamagedFile(path, f"the reply {digest[:12]} was altered: {error}") from error
    return StoredReply(digest, media_type, body)


def digests(connection: apsw.Connection) -> list[str]:
    """Digests of all stored replies; DamagedFile."""
    query = "SELECT digest FROM reply ORDER BY digest"
    return [digest for (digest,) in read_rows(connection, query, (), tuple[str])]


def missing_digests(connection: apsw.Connection) -> list[str]:
    """Digests of replies that runs were answered with, and that are not stored; DamagedFile."""
    query = (
        "SELECT DISTINCT digest FROM exchange WHERE digest NOT IN (SELECT digest FROM reply)"
        " UNION SELECT digest FROM purchase WHERE digest<>''"
        " AND digest NOT IN (SELECT digest FROM reply) ORDER BY digest"
    )
    return [digest for (digest,) in read_rows(connection, query, (), tuple[str])]


def altered_digests(connection: apsw.Connection, path: Path) -> list[str]:
    """Digests of stored replies whose bodies are not what was stored; DamagedFile."""
    wrong = []
    for digest in digests(connection):
        try:
            get(connection, path, digest)
        except DamagedFile:
            wrong.append(digest)
    return wrong
