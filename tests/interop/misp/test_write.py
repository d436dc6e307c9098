"""MISP: a round trip through an event loses nothing, and what MISP changes counts."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given

from clew.interop.carried import Carried
from clew.interop.misp.read import read_misp
from clew.interop.misp.write import write_misp
from clew.interop.parts import ALL, Carries, content
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN, carried_graphs


def whole(carried: Carried) -> dict[str, Any]:
    """All of a graph; an observation that is told twice is one."""
    made = content(carried, Carries(ALL))
    return {**made, "links": list(dict.fromkeys(made["links"]))}


@given(carried_graphs())
def test_nothing_is_lost(carried: Carried) -> None:
    """A graph written as an event and read again is the same graph."""
    again, problems = read_misp(write_misp(carried), ORIGIN, catalogue())
    assert problems == []
    assert whole(again) == whole(carried)


@given(carried_graphs())
def test_pymisp_holds_the_same(carried: Carried) -> None:
    """MISP's own library takes what is written, and what it writes reads as the same graph."""
    import pymisp

    written = write_misp(carried)
    event = json.loads(written)["Event"]
    held = pymisp.MISPEvent()
    held.load(written)
    assert _said(event["Attribute"]) == sorted(
        (one.uuid, one.type, one.value, one.to_ids, one.category) for one in held.attributes
    )
    assert [
        (one["uuid"], one["name"], _said(one["Attribute"]), _ends(one)) for one in event["Object"]
    ] == [
        (
            one.uuid, one.name,
            sorted((it.uuid, it.type, it.value, it.to_ids, it.category) for it in one.attributes),
            sorted((it.referenced_uuid, it.relationship_type) for it in one.references),
        )
        for one in held.objects
    ]  # fmt: skip
    again, problems = read_misp(held.to_json().encode(), ORIGIN, catalogue())
    assert problems == []
    assert whole(again) == whole(carried)


@given(carried_graphs())
def test_ids_are_the_same_each_time(carried: Carried) -> None:
    """The same graph is written as the same bytes, and no id is given twice."""
    written = write_misp(carried)
    assert written == write_misp(carried)
    ids = _ids(json.loads(written))
    assert len(ids) == len(set(ids))


@given(carried_graphs())
def test_a_larger_part_is_in_pieces(carried: Carried) -> None:
    """No value is longer than MISP has room for, and pieces in any order are one part."""
    carried.title = "long title of a case " * 10_000
    event = json.loads(write_misp(carried))
    graph = event["Event"]["Object"][-1]
    assert len(graph["Attribute"]) > 3
    for piece in graph["Attribute"]:
        assert len(piece["value"]) < 65_535
        piece["value"] = piece["value"].strip()
    graph["Attribute"].reverse()
    again, problems = read_misp(json.dumps(event).encode(), ORIGIN, catalogue())
    assert problems == []
    assert whole(again) == whole(carried)


def _said(attributes: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    names = ("uuid", "type", "value", "to_ids", "category")
    return sorted(tuple(one[name] for name in names) for one in attributes)


def _ends(one: dict[str, Any]) -> list[tuple[str, str]]:
    return sorted((it["referenced_uuid"], it["relationship_type"]) for it in one["ObjectReference"])


def _ids(thing: object) -> list[str]:
    if isinstance(thing, dict):
        own = [thing["uuid"]] if "uuid" in thing else []
        return own + [it for value in thing.values() for it in _ids(value)]
    return [it for value in thing for it in _ids(value)] if isinstance(thing, list) else []
