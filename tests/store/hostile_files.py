"""Files that a stranger could send: each kind by its name, and what makes one."""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path

import apsw
import msgspec
import polars as pl

from builders import observed
from clew.model.block import ENTITY_COLUMNS, LINK_COLUMNS
from clew.model.change import Change
from clew.store.investigation import Investigation
from store.forgery import chained, cycle_of_pages, decisions, make, observation, rechain

Builder = Callable[[Path], object]


def statements(*sql: str) -> Builder:
    """A small file on which those statements ran."""

    def build(path: Path) -> None:
        make(path)
        with closing(apsw.Connection(str(path))) as connection:
            for one in sql:
                connection.execute(one)

    return build


def many_rows_of_few_bytes(path: Path) -> None:
    """Texts that are small as stored, and 160 MB as they are read."""
    rows = 40_000
    frame = pl.DataFrame(
        {"type": [0] * rows, "value": ["a" * 4_000] * rows, "provenance": [0] * rows},
        schema=ENTITY_COLUMNS,
    )
    observation(path, ["domain-name"], [("entities", frame)])


def links_by_the_million(path: Path) -> None:
    """Twenty pieces of half a million equal rows, a few kilobytes each."""
    rows = 500_000
    ends = pl.DataFrame(
        {"type": [0], "value": ["a.example"], "provenance": [0]}, schema=ENTITY_COLUMNS
    )
    links = pl.select(
        *(
            pl.repeat(None if name == "detail" else int(name == "type"), rows, dtype=kind).alias(
                name
            )
            for name, kind in LINK_COLUMNS.items()
        )
    )
    names = ["domain-name", "resolves-to"]
    observation(path, names, [("entities", ends), *[("links", links)] * 20])


def reply_bomb(path: Path) -> None:
    """A reply that says it is small, and unpacks to 400 MB."""
    make(path)
    packer = zlib.compressobj(9)
    block = bytes(1024 * 1024)
    data = b"".join(packer.compress(block) for _ in range(400)) + packer.flush()
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("UPDATE reply SET data=?, size=?", (data, 400 * 1024 * 1024))


def wrong_types(path: Path) -> None:
    """A text where a number belongs, in spite of the table's types."""
    make(path)
    rule = "UPDATE sqlite_schema SET sql=? WHERE name='log'"
    with closing(apsw.Connection(str(path))) as connection:
        ((sql,),) = connection.execute("SELECT sql FROM sqlite_schema WHERE name='log'")
        connection.execute("PRAGMA writable_schema=ON")
        connection.execute(rule, (sql.replace("STRICT", "").replace("BLOB", ""),))
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute("UPDATE log SET head=1.5 WHERE seq=2; PRAGMA writable_schema=ON")
        connection.execute(rule, (sql,))


def deep_head(path: Path) -> None:
    """A head of a hundred thousand levels."""
    levels = 100_000
    chained(path, [(b'{"x":' + b"[" * levels + b"]" * levels + b"}", [])])


def deep_settings(path: Path) -> None:
    """Settings of a run that are a text of a hundred thousand levels."""
    levels = 100_000
    settings = '{"x":' + "[" * levels + "]" * levels + "}"
    queued = {"type": "run-queued", "run": "q", "transform": "t", "settings": settings}
    decisions(path, queued | {"graph": "main", "tasks": []})


def provenances_by_the_million(path: Path) -> None:
    """One entry of 1.6 million sources."""
    one = b'{"provider":"p","transform":"","run":"","learnt":1},' * 1_600_000
    start = b'{"what":{"type":"observe","graph":"m","provenance":['
    rest = b']},"at":1,"action":"","label":"","actor":""}'
    chained(path, [(start + one[:-1] + rest, [])])


def revert_chain(path: Path) -> None:
    """Each change takes back the one before it."""
    whats = [{"type": "revert", "targets": [6 + number]} for number in range(6_000)]
    decisions(path, {"type": "label", "kind": "star", "entities": ""}, *whats)


def revert_fan(path: Path) -> None:
    """Each change takes back the two before it, so that ways double at each step."""
    whats = [{"type": "revert", "targets": [6 + n, 5 + n]} for n in range(1, 200)]
    note = {"type": "note", "text": "n"}
    decisions(path, note, note, *whats)


def merges(path: Path) -> None:
    """Two entities are merged in a circle, again and again, and split off."""
    with Investigation.create(path.with_name(f"{path.stem}-ids.clew")) as case:
        case.append([observed("a.example -resolves-to-> 192.0.2.1")])
        ids = [case.state.entities.id(row) for row in (0, 1)]
    one, two = (msgspec.json.decode(msgspec.json.encode(id_)) for id_ in ids)
    there = {"type": "join", "keep": one, "others": two}
    back = {"type": "join", "keep": two, "others": one}
    apart = {"type": "split", "entities": one}
    decisions(path, *[there, back, there, apart] * 500)


def huge_dates(path: Path) -> None:
    """Dates that no calendar has."""
    entity = pl.DataFrame(
        {"type": [0, 1], "value": ["a.example", "192.0.2.1"], "provenance": [0, 0]},
        schema=ENTITY_COLUMNS,
    )
    row = {"source": 0, "type": 2, "target": 1, "first": 1 << 61, "last": 1 << 61}
    rest = {"precision": 0x55, "provenance": 0, "collectors": 0, "detail": None}
    links = pl.DataFrame([row | rest], schema=LINK_COLUMNS)
    names = ["domain-name", "ip-address", "resolves-to"]
    observation(path, names, [("entities", entity), ("links", links)])


def no_numbers(path: Path) -> None:
    """Places that are no numbers, on an entity of the file."""
    with Investigation.create(path.with_name(f"{path.stem}-ids.clew")) as case:
        case.append([observed("a.example")])
        id_ = msgspec.json.decode(msgspec.json.encode(case.state.entities.id(0)))
    places = msgspec.json.decode(msgspec.json.encode(struct.pack("<ff", float("nan"), 1e38)))
    decisions(path, {"type": "move", "graph": "main", "entities": id_, "positions": places})


def too_many_names(path: Path) -> None:
    """More kinds than there are numbers for."""
    count = 70_000
    frame = pl.DataFrame(
        {
            "type": [at % 65_536 for at in range(count)],
            "value": [f"{at}.example" for at in range(count)],
            "provenance": [0] * count,
        },
        schema=ENTITY_COLUMNS,
    )
    observation(path, [f"x{at}" for at in range(count)], [("entities", frame)])


def edited(path: Path) -> None:
    """An entry with another text, and all digests after it made right."""
    make(path)
    with closing(apsw.Connection(str(path))) as connection:
        connection.execute(
            "UPDATE log SET head=CAST(replace(CAST(head AS TEXT), '\"p.t\"', '\"p.u\"') AS BLOB)"
        )
    rechain(path)


def pipe_beside(path: Path) -> None:
    """A pipe where SQLite looks for its journal."""
    make(path)
    os.mkfifo(path.with_name(f"{path.name}-journal"))


def cut(path: Path) -> None:
    make(path)
    path.write_bytes(path.read_bytes()[:20_000])


ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x+1 FROM n)"
RUN_COLUMNS = "id, action, transform, settings, graph, label, actor, at, status"
HOSTILE: Mapping[str, Builder] = {
    "trigger": statements(
        "CREATE TRIGGER t AFTER INSERT ON log BEGIN DELETE FROM log WHERE seq=new.seq; END"
    ),
    "endless view": statements(
        "DROP TABLE run",
        f"CREATE VIEW run({RUN_COLUMNS}) AS {ENDLESS} SELECT x,x,x,x,x,x,x,x,x FROM n",
    ),
    "virtual table": statements("CREATE VIRTUAL TABLE v USING fts5(a)"),
    "virtual table in place of ours": statements(
        "DROP TABLE run", f"CREATE VIRTUAL TABLE run USING fts5({RUN_COLUMNS})"
    ),
    "generated column": statements(
        "DROP TABLE meta",
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL,"
        " more AS (hex(zeroblob(100000000))))",
    ),
    "check constraint": statements(
        "DROP TABLE meta",
        "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL,"
        " CHECK (length(zeroblob(100000000)) > 0)) STRICT",
    ),
    "partial index": statements("CREATE INDEX i ON run (id) WHERE hex(zeroblob(100000)) <> ''"),
    "pages in a circle": cycle_of_pages,
    "texts of few bytes": many_rows_of_few_bytes,
    "rows of few bytes": links_by_the_million,
    "reply bomb": reply_bomb,
    "wrong types": wrong_types,
    "deep head": deep_head,
    "deep settings": deep_settings,
    "a million provenances": provenances_by_the_million,
    "reverts in a chain": revert_chain,
    "reverts that branch": revert_fan,
    "revert of itself": lambda path: decisions(path, {"type": "revert", "targets": [6]}),
    "revert of nothing": lambda path: decisions(path, {"type": "revert", "targets": [-1, 99]}),
    "merges in a circle": merges,
    "forged runs": statements("UPDATE run SET transform='dearest.one', status='queued'"),
    "forged title": statements("UPDATE meta SET value='another' WHERE key='title'"),
    "huge dates": huge_dates,
    "huge number": lambda path: decisions(path, {"type": "note", "text": "n"}, at=1 << 62),
    "number over 64 bits": lambda path: decisions(path, {"type": "note", "text": "n"}, at=1 << 63),
    "no numbers": no_numbers,
    "odd places": lambda path: decisions(
        path, {"type": "move", "graph": "main", "entities": "AAAA", "positions": "AAAA"}
    ),
    "unknown marking": lambda path: decisions(path, {"type": "mark", "tlp": 1 << 60}),
    "odd window": lambda path: decisions(
        path, {"type": "study", "window": "x", "undated": "perhaps"}
    ),
    "too many names": too_many_names,
    "repaired chain": edited,
    "cut": cut,
    "empty": lambda path: path.write_bytes(b""),
    "noise": lambda path: path.write_bytes(b"SQLite format 3\0" + bytes(range(256)) * 64),
    "folder": lambda path: path.mkdir(),
    "pipe": lambda path: os.mkfifo(path),
    "link to nowhere": lambda path: path.symlink_to("nowhere"),
    "link to itself": lambda path: path.symlink_to(path.name),
    "link to a device": lambda path: path.symlink_to("/dev/zero"),
    "pipe beside": pipe_beside,
}
"""By kind what makes a file of it; all but READABLE of them have to be refused."""
READABLE = frozenset({"reply bomb", "merges in a circle", "repaired chain", "reverts that branch"})
"""Kinds that are a history as Clew could have written it, or that do harm only when read on."""


def change_of(line: str) -> Change:
    """A change that a victim makes in such a file."""
    return observed(line, at=9)
