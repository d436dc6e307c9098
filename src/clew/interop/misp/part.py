"""Clew's own part of an event as JSON, in pieces that MISP has room for."""

from __future__ import annotations

import json
from typing import Any

from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.serialize import (
    decisions_to_json,
    note_to_json,
    observation_to_json,
    provenance_to_json,
)
from clew.model.entity import Observation
from clew.model.provenance import Provenance

Thing = dict[str, Any]
PIECE_LENGTH = 60_000
"""Length of one piece, in ASCII characters; MISP has room for 65,535 in a value."""


def graph_of(
    graph: ExchangeGraph, uuids: list[str],
    facts: dict[int, list[Observation]], links: dict[tuple[int, str, int], list[Observation]],
    references: list[str],
) -> Thing:  # fmt: skip
    """Clew's own part; entities are referred to by their number in it."""
    numbers: dict[Provenance, int] = {}
    for one in graph.provenance:
        numbers.setdefault(one, len(numbers))
    entered = graph.block.entities["provenance"].to_list()
    entities: list[Thing] = []
    for row, record in enumerate(graph.entities()):
        entity: Thing = {
            "uuid": uuids[row], "type": record.type, "value": record.value,
            "by": numbers[graph.provenance[entered[row]]], **decisions_to_json(graph, row),
        }  # fmt: skip
        if row in graph.merged_into:
            entity["same_as"] = graph.merged_into[row]
        if row in facts:
            entity["properties"] = [
                {**observation_to_json(one), "by": numbers[one.provenance]} for one in facts[row]
            ]
        entities.append(entity)
    part: Thing = {
        "clew": "graph", "version": 1, "title": graph.title,
        "provenance": [provenance_to_json(one) for one in numbers], "entities": entities,
        "links": [
            {"uuid": uuid, "source": source, "type": type_, "target": target, "observations": [
                {**observation_to_json(one), "by": numbers[one.provenance]} for one in seen]}
            for uuid, ((source, type_, target), seen) in zip(references, links.items(), strict=True)
        ],
        "notes": [
            {**note_to_json(one), **({"on": one.entity} if one.entity >= 0 else {})}
            for one in graph.notes
        ],
    }  # fmt: skip
    if -1 in graph.marks:
        part["tlp"], part["pap"] = graph.marks[-1]
    return part


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
