"""A ``.clew`` file of generated entries with a right chain: it opens as its fold, or not at all."""

from __future__ import annotations

import os
import random
import tempfile
from contextlib import closing
from functools import cache
from pathlib import Path

import apsw
import msgspec
from mutate import changed_json

from clew.errors import ClewError, InvalidValue
from clew.graph.digest import state_digest
from clew.graph.working_set import WorkingSet
from clew.model.change import Change, Mark, Note, Observe, Revert, TimeWindow
from clew.model.provenance import Provenance
from clew.store.investigation import Investigation
from clew.store.log import ROOT, chain
from clew.store.store import Store

SEPARATOR = b"\n--\n"
"""Between the entries of an input: heads are JSON, and hold no such line."""
_BLOCKS: list[list[tuple[str, bytes]]] = []
"""Pieces of the seed's entries, by their place; an input tells heads and what pieces become."""


def seed() -> bytes:
    """Heads of a small investigation, one after the other; the last line mutates pieces."""
    return SEPARATOR.join([*_heads(), b"0"])


def open_forged(data: bytes) -> None:
    """
    Write the entries with right digests, and open the file.

    Raises:
        InvalidValue: The file is refused in words.
        AssertionError: It opens as something else than the fold of its entries.
    """
    heads = data.split(SEPARATOR)
    chance = random.Random(heads.pop())
    with tempfile.TemporaryDirectory(dir=_memory()) as folder:
        path = Path(folder) / "a.clew"
        Store.create_empty(path).close()
        _write(path, heads, chance)
        try:
            with Investigation.open(path) as case:
                digest = state_digest(case.state)
            with closing(Store.open(path, readonly=True)) as store:
                state = WorkingSet()
                for entry in store.entries():
                    state.extend(entry)
        except ClewError as error:
            raise InvalidValue("file", "", error.what) from error
        assert state_digest(state) == digest, "the opened state is the fold of the entries"


def mutate(data: bytes, most: int, chance: random.Random) -> bytes:
    """Heads with one changed as JSON, doubled, moved or left out."""
    heads = data.split(SEPARATOR)
    at = chance.randrange(len(heads))
    match chance.randrange(8):
        case 0:
            heads.insert(at, chance.choice(heads))
        case 1 if len(heads) > 2:
            del heads[at]
        case 2:
            heads[-1] = str(chance.randrange(1 << 30)).encode()
        case _:
            try:
                told = changed_json(msgspec.json.decode(heads[at]), chance)
                heads[at] = msgspec.json.encode(told)
            except (msgspec.MsgspecError, ValueError, OverflowError, RecursionError):
                heads[at] = heads[at][: chance.randrange(len(heads[at]) + 1)]
    return SEPARATOR.join(heads)[:most]


def _write(path: Path, heads: list[bytes], chance: random.Random) -> None:
    _heads()
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("PRAGMA synchronous=OFF; BEGIN")
        before = ROOT
        for seq, head in enumerate(heads, 1):
            pieces = list(_BLOCKS[(seq - 1) % len(_BLOCKS)]) if b'"observe"' in head else []
            if pieces and chance.random() < 0.5:
                name, piece = pieces.pop(chance.randrange(len(pieces)))
                pieces.append((name, _flipped(piece, chance)))
            before = chain(before, seq, head, pieces)
            connection.execute("INSERT INTO log VALUES (?, ?, ?)", (seq, head, before))
            for part, (name, piece) in enumerate(pieces):
                row = (seq, part, name, piece)
                connection.execute("INSERT INTO piece VALUES (?, ?, ?, ?)", row)
        connection.execute("COMMIT")


def _flipped(piece: bytes, chance: random.Random) -> bytes:
    made = bytearray(piece)
    for _ in range(chance.randint(1, 4)):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


@cache
def _heads() -> list[bytes]:
    """Heads of the seed; its pieces are kept beside."""
    from clew.model.block import BlockBuilder

    builder = BlockBuilder()
    one = builder.entity("domain-name", "a.example", 0)
    two = builder.entity("ip-address", "192.0.2.1", 0)
    builder.link(one, "resolves-to", two, 0, detail="{}")
    builder.property(one, "state", "sinkhole", 0)
    provenance = (Provenance("p", "p.t", "0" * 32, 1),)
    changes = [
        Change(Observe("main", provenance), 1, "a", "l", block=builder.build()),
        Change(Note("n"), 2, "b", "l"),
        Change(Mark(3, 1), 3, "c", "l"),
        Change(TimeWindow("2013", "drop"), 4, "d", "l"),
        Change(Revert((2,)), 5, "e", "l"),
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.clew"
        with Investigation.create(path) as case:
            case.append(changes)
        with closing(apsw.Connection(str(path))) as connection:
            rows = list(connection.execute("SELECT seq, head FROM log ORDER BY seq"))
            query = "SELECT name, data FROM piece WHERE seq=? ORDER BY part"
            if not _BLOCKS:
                found = [list(connection.execute(query, (seq,))) for seq, _ in rows]
                _BLOCKS.extend(pieces for pieces in found if pieces)
    return [bytes(head) for _, head in rows]


def _memory() -> str | None:
    """Where files cost no disk, on systems that have it."""
    return "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112
