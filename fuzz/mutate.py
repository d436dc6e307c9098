"""Mutations that keep a form: most random bytes are no JSON and no archive, and prove little."""

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable
from typing import Any

Mutate = Callable[[bytes, int, int], bytes]
ODD: tuple[Any, ...] = (
    None, True, 0, -1, 1 << 70, 1e308, "", "\0", "\ud7ff", "-" * 300, [], {}, [[]], {"a": {}},
    "2016-13-45", "http://[", "a.example", "192.0.2.1", "file", "relationship", "<b>", "=1",
)  # fmt: skip
MEMBERS_MAX = 40


def mutator(name: str) -> Mutate | None:
    """The mutator of a parser's form; None where bytes do."""
    if name in ("jsonl", "cof"):
        return lambda data, most, seed: _lines(data, most, random.Random(seed))
    if name in ("stix", "misp", "rdap"):
        return lambda data, most, seed: _whole(data, most, random.Random(seed))
    if name in ("mtgx", "mtgl", "mtz", "xlsx"):
        return lambda data, most, seed: _archive(data, most, random.Random(seed))
    if name == "clew":
        from forged import mutate

        return lambda data, most, seed: mutate(data, most, random.Random(seed))
    return None


def _bytes(data: bytes, most: int, chance: random.Random) -> bytes:
    """Bytes with a few changed, cut out, doubled or put in."""
    made = bytearray(data or b"\0")
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(made)) if made else 0
        match chance.randrange(5):
            case 0:
                del made[at : at + chance.randint(1, 40)]
            case 1:
                made[at:at] = made[at : at + chance.randint(1, 40)]
            case 2:
                made[at:at] = bytes(chance.choices(range(256), k=chance.randint(1, 6)))
            case _:
                made[at : at + 1] = bytes(
                    (chance.choice((0, 1, 127, 128, 255, chance.randrange(256))),)
                )
    return bytes(made[:most])


def _whole(data: bytes, most: int, chance: random.Random) -> bytes:
    if chance.random() < 0.15:
        return _bytes(data, most, chance)
    try:
        told = json.loads(data)
    except (ValueError, RecursionError):
        return _bytes(data, most, chance)
    for _ in range(chance.randint(1, 4)):
        told = changed_json(told, chance)
    return json.dumps(told).encode()[:most]


def _lines(data: bytes, most: int, chance: random.Random) -> bytes:
    lines = data.split(b"\n")
    at = chance.randrange(len(lines))
    lines[at] = _whole(lines[at], most, chance)
    if chance.random() < 0.2:
        lines.insert(at, lines[chance.randrange(len(lines))])
    return b"\n".join(lines)[:most]


def changed_json(told: Any, chance: random.Random) -> Any:
    """A JSON value with one node replaced, removed, doubled or exchanged."""
    if isinstance(told, dict) and told and chance.random() < 0.9:
        key = chance.choice(list(told))
        made = dict(told)
        match chance.randrange(8):
            case 0:
                del made[key]
            case 1:
                made[key] = chance.choice(list(told.values()))
            case 2:
                made[chance.choice(("type", "value", "id", "objects", "uuid"))] = made[key]
            case _:
                made[key] = changed_json(told[key], chance)
        return made
    if isinstance(told, list) and told and chance.random() < 0.9:
        at = chance.randrange(len(told))
        made_list = list(told)
        match chance.randrange(6):
            case 0:
                del made_list[at]
            case 1:
                made_list.append(made_list[at])
            case _:
                made_list[at] = changed_json(told[at], chance)
        return made_list
    if isinstance(told, str) and told and chance.random() < 0.5:
        at = chance.randrange(len(told))
        return told[:at] + chance.choice(("", "\0", "'", "]", ":", "/", "é", "0")) + told[at + 1 :]
    return chance.choice(ODD)


def _archive(data: bytes, most: int, chance: random.Random) -> bytes:
    if chance.random() < 0.1:
        return _bytes(data, most, chance)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as held:
            members = {one.filename: held.read(one) for one in held.infolist()[:MEMBERS_MAX]}
    except Exception:
        return _bytes(data, most, chance)
    if not members:
        return _bytes(data, most, chance)
    name = chance.choice(list(members))
    match chance.randrange(10):
        case 0:
            del members[name]
        case 1:
            members[chance.choice(list(members))] = members[name]
        case _:
            members[name] = _bytes(members[name], most, chance)
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as made:
        for one, inside in members.items():
            made.writestr(one, inside)
    return sink.getvalue()[:most]
