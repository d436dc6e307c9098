"""MISP: a round trip through an event loses nothing, and what MISP changes counts."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given

from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.fidelity import ALL, Fidelity, preserved_content
from clew.interop.misp.read import read_misp
from clew.interop.misp.write import write_misp
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN, exchange_graphs


def whole(graph: ExchangeGraph) -> dict[str, Any]:
    """All of a graph; an observation that is told twice is one."""
    made = preserved_content(graph, Fidelity(ALL))
    return {**made, "links": list(dict.fromkeys(made["links"]))}


@given(exchange_graphs())
def test_nothing_is_lost(graph: ExchangeGraph) -> None:
    """A graph written as an event and read again is the same graph."""
    again, problems = read_misp(write_misp(graph), ORIGIN, catalogue())
    assert problems == []
    assert whole(again) == whole(graph)


@given(exchange_graphs())
def test_pymisp_holds_the_same(graph: ExchangeGraph) -> None:
    """MISP's own library takes what is written, and what it writes reads as the same graph."""
    import pymisp

    written = write_misp(graph)
    event = json.loads(written)["Event"]
    theirs = pymisp.MISPEvent()
    theirs.load(written)
    assert _attributes_of(event["Attribute"]) == sorted(
        (one.uuid, one.type, one.value, one.to_ids, one.category) for one in theirs.attributes
    )
    assert [
        (one["uuid"], one["name"], _attributes_of(one["Attribute"]), _ends(one))
        for one in event["Object"]
    ] == [
        (
            one.uuid, one.name,
            sorted((it.uuid, it.type, it.value, it.to_ids, it.category) for it in one.attributes),
            sorted((it.referenced_uuid, it.relationship_type) for it in one.references),
        )
        for one in theirs.objects
    ]  # fmt: skip
    again, problems = read_misp(theirs.to_json().encode(), ORIGIN, catalogue())
    assert problems == []
    assert whole(again) == whole(graph)


@given(exchange_graphs())
def test_ids_are_the_same_each_time(graph: ExchangeGraph) -> None:
    """The same graph is written as the same bytes, and no id is given twice."""
    written = write_misp(graph)
    assert written == write_misp(graph)
    ids = _ids(json.loads(written))
    assert len(ids) == len(set(ids))


@given(exchange_graphs())
def test_a_larger_part_is_in_pieces(graph: ExchangeGraph) -> None:
    """No value is longer than MISP has room for, and pieces in any order are one part."""
    graph.title = "long title of a case " * 10_000
    event = json.loads(write_misp(graph))
    piece_object = event["Event"]["Object"][-1]
    assert len(piece_object["Attribute"]) > 3
    for piece in piece_object["Attribute"]:
        assert len(piece["value"]) < 65_535
        piece["value"] = piece["value"].strip()
    piece_object["Attribute"].reverse()
    again, problems = read_misp(json.dumps(event).encode(), ORIGIN, catalogue())
    assert problems == []
    assert whole(again) == whole(graph)


def _attributes_of(attributes: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    names = ("uuid", "type", "value", "to_ids", "category")
    return sorted(tuple(one[name] for name in names) for one in attributes)


def _ends(one: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted((it["referenced_uuid"], it["relationship_type"]) for it in one["ObjectReference"])


def _ids(thing: object) -> list[str]:
    if isinstance(thing, dict):
        own = [thing["uuid"]] if "uuid" in thing else []
        return own + [it for value in thing.values() for it in _ids(value)]
    return [it for value in thing for it in _ids(value)] if isinstance(thing, list) else []
