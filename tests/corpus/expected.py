"""
What a file of the corpus is to give, as JSON beside it: ``name.ext.expected.json``.

``python -m corpus.expected FILE...`` (in the tests' folder) writes what the reader gives today. It
is an aid for who adds a file: what it writes counts once someone has read it beside the file.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ORIGINAL, ExchangeGraph
from clew.interop.importing import read_file
from clew.model.entity import Entity, Observation
from clew.model.marking import TLP
from clew.schema.registry import catalogue
from corpus.files import CORPUS, ENDING

TEXT_MAX = 120
"""Longest text of a property that is compared, in characters."""


def expected_files() -> list[str]:
    """The files with an expectation beside them, by their path in the corpus."""
    found = sorted(CORPUS.rglob(f"*{ENDING}"))
    return [path.relative_to(CORPUS).as_posix().removesuffix(ENDING) for path in found]


def expectation(path: str) -> dict[str, Any]:
    """What the file at a path in the corpus is to give."""
    expected: dict[str, Any] = json.loads((CORPUS / (path + ENDING)).read_text("utf-8"))
    return expected


def summary(data: bytes) -> dict[str, Any]:
    """
    What a file gives, in texts; parts that are empty are left out.

    Of problems only the place is told: their words are not the corpus's concern. What is kept of
    the file word for word is left out. A file that is of no use as a whole is refused.
    """
    try:
        imported = read_file(data, catalogue(), run="0" * 32, learnt=1)
    except InvalidValue:
        return {"refused": True}
    exchange = imported.graph
    made = {
        "format": imported.format,
        "title": exchange.title,
        "marking": _marking(*exchange.marks.get(-1, (0, 0))),
        "entities": _entities(exchange),
        "links": sorted(_link(one) for _, _, one in exchange.links()),
        "properties": sorted(
            _property(one) for _, one in exchange.properties() if not one.name.startswith(ORIGINAL)
        ),
        "decided": _decided(exchange),
        "problems": [one.where for one in imported.problems],
    }
    return {name: part for name, part in made.items() if part}


def _entities(exchange: ExchangeGraph) -> dict[str, list[str]]:
    made: dict[str, list[str]] = {}
    for one in sorted(exchange.entities()):
        made.setdefault(one.type, []).append(one.value)
    return made


def _link(one: Observation) -> str:
    return f"{one.subject}{_source(one)}"


def _property(one: Observation) -> str:
    value = one.value if len(one.value) <= TEXT_MAX else one.value[:TEXT_MAX] + "..."
    assert isinstance(one.subject, Entity)
    return f"{one.subject.value}: {one.name} = {value}{_source(one)}"


def _source(one: Observation) -> str:
    """When it held, where that is known, who said it, and how it is marked."""
    seen = f" @ {one.seen}" if str(one.seen) != "unknown" else ""
    by = f" by {', '.join(one.collectors)}" if one.collectors else ""
    marking = _marking(one.provenance.tlp, 0)
    return f"{seen}{by}{f' [{marking}]' if marking else ''}"


def _marking(tlp: int, pap: int) -> str:
    return f"{TLP(tlp).name if tlp else ''}{f' PAP {pap}' if pap else ''}"


def _decided(exchange: ExchangeGraph) -> list[str]:
    """What people decided: tags, stars, pins, seeds, marks, notes, places, merges."""
    rows = [one.value for one in exchange.entities()]
    made = [f"{rows[at]}: tagged {', '.join(tags)}" for at, tags in exchange.tags.items()]
    for name, chosen in (
        ("star", exchange.stars),
        ("pin", exchange.pins),
        ("seed", exchange.seeds),
    ):
        made += [f"{rows[at]}: {name}" for at in chosen]
    made += [f"{rows[at]}: {_marking(*mark)}" for at, mark in exchange.marks.items() if at >= 0]
    made += [f"{rows[one.entity] if one.entity >= 0 else 'the whole'}: noted {one.text!r}"
             for one in exchange.notes]  # fmt: skip
    made += [f"{rows[at]}: at {x:g}, {y:g}" for at, (x, y) in exchange.places.items()]
    made += [f"{rows[one]}: is {rows[into]}" for one, into in exchange.merged_into.items()]
    return sorted(made)


if __name__ == "__main__":
    for name in sys.argv[1:]:
        text = json.dumps(summary(Path(name).read_bytes()), indent=1, ensure_ascii=False)
        Path(name + ENDING).write_text(text + "\n", "utf-8")
