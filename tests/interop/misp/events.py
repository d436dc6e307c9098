"""Events from loose attributes and objects, and what is read of them."""

from __future__ import annotations

import json
from typing import Any

from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.misp.event_reader import ORIGINAL_PROPERTY
from clew.interop.misp.read import read_misp
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN

MD5, SHA256 = "ab" * 16, "cd" * 32


def read(whole: object) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """What is read of JSON."""
    return read_misp(json.dumps(whole).encode(), ORIGIN, catalogue())


def event(*attributes: Any, **more: Any) -> dict[str, Any]:
    """An event with attributes as type and value, or as they are."""
    listed = [
        {"type": it[0], "value": it[1], "uuid": str(at)} if isinstance(it, tuple) else it
        for at, it in enumerate(attributes)
    ]
    return {"Event": {"info": "Sand", "Orgc": {"name": "A Lab"}, "Attribute": listed, **more}}


def thing(name: str, *attributes: tuple[str, str, str], **more: Any) -> dict[str, Any]:
    """An object with attributes as relation, type and value."""
    listed = [
        {"object_relation": it[0], "type": it[1], "value": it[2], "uuid": f"{name} {it[0]}"}
        for it in attributes
    ]
    return {"name": name, "uuid": name, "Attribute": listed, **more}


def links(graph: ExchangeGraph) -> list[str]:
    """All links without those from the incident to its indicators."""
    texts = [f"{it.subject} @{it.seen}".removesuffix(" @unknown") for _, _, it in graph.links()]
    return sorted(it for it in texts if "-has-indicator->" not in it)


def facts(graph: ExchangeGraph, value: str) -> dict[str, str]:
    """The properties of an entity, without the original."""
    records = graph.entities()
    return {
        it.name: it.value for row, it in graph.properties()
        if records[row].value == value and it.name != ORIGINAL_PROPERTY
    }  # fmt: skip
