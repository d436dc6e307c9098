"""Clew's own part of an event as JSON, in pieces that MISP has room for."""

from __future__ import annotations

import json
from typing import Any

from clew.interop.carried import Carried
from clew.interop.said import decided_of, note_said, provenance_said, said_of
from clew.model.entity import Observation
from clew.model.provenance import Provenance

Thing = dict[str, Any]
PIECE_LENGTH = 60_000
"""Length of one piece, in ASCII characters; MISP has room for 65,535 in a value."""


def graph_of(
    carried: Carried, uuids: list[str],
    told: dict[int, list[Observation]], links: dict[tuple[int, str, int], list[Observation]],
    references: list[str],
) -> Thing:  # fmt: skip
    """Clew's own part; entities are referred to by their number in it."""
    numbers: dict[Provenance, int] = {}
    for one in carried.provenance:
        numbers.setdefault(one, len(numbers))
    entered = carried.block.entities["provenance"].to_list()
    entities: list[Thing] = []
    for row, record in enumerate(carried.entities()):
        part = {
            "uuid": uuids[row], "type": record.type, "value": record.value,
            "by": numbers[carried.provenance[entered[row]]], **decided_of(carried, row),
        }  # fmt: skip
        if row in carried.joined:
            part["same_as"] = carried.joined[row]
        if row in told:
            part["properties"] = [
                {**said_of(one), "by": numbers[one.provenance]} for one in told[row]
            ]
        entities.append(part)
    graph: Thing = {
        "clew": "graph", "version": 1, "title": carried.title,
        "provenance": [provenance_said(one) for one in numbers], "entities": entities,
        "links": [
            {"uuid": uuid, "source": source, "type": type_, "target": target, "observations": [
                {**said_of(one), "by": numbers[one.provenance]} for one in seen]}
            for uuid, ((source, type_, target), seen) in zip(references, links.items(), strict=True)
        ],
        "notes": [
            {**note_said(one), **({"on": one.entity} if one.entity >= 0 else {})}
            for one in carried.notes
        ],
    }  # fmt: skip
    if -1 in carried.marks:
        graph["tlp"], graph["pap"] = carried.marks[-1]
    return graph


def pieces_of(graph: Thing) -> list[str]:
    """The part as texts, in ASCII that databases leave alone, to be joined in their order."""
    text = json.dumps(graph, separators=(",", ":"))
    return [_edged(text[at : at + PIECE_LENGTH]) for at in range(0, len(text), PIECE_LENGTH)]


def _edged(piece: str) -> str:
    """A piece that does not begin or end with a space, which MISP would cut off."""
    # In compact JSON a space can only be within a text, where an escape means the same.
    if piece.startswith(" "):
        piece = "\\u0020" + piece[1:]
    return piece[:-1] + "\\u0020" if piece.endswith(" ") else piece
