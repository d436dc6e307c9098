"""JSON lines: an entity, a link observation or a property observation a line."""

from __future__ import annotations

from typing import Any

import msgspec

from clew.graph.view import View, link_observation, property_observation
from clew.model.entity import Entity, Link, Observation


def write_jsonl(view: View) -> bytes:
    """All that counts in a graph, with dates and provenance; values as they are."""
    lines: list[dict[str, Any]] = [
        {"clew": "entity", **_entity(one)} for one in view.entity_records()
    ]
    for row in view.observations.tolist():
        told = link_observation(view.state, row)
        assert isinstance(told.subject, Link)
        lines.append(
            {"clew": "link", "source": _entity(told.subject.source), "type": told.subject.type,
             "target": _entity(told.subject.target), **_said(told)}
        )  # fmt: skip
    for row in view.properties.tolist():
        told = property_observation(view.state, row)
        assert isinstance(told.subject, Entity)
        lines.append(
            {"clew": "property", "entity": _entity(told.subject), "name": told.name,
             "value": told.value, **_said(told)}
        )  # fmt: skip
    return b"".join(msgspec.json.encode(line) + b"\n" for line in lines)


def _entity(one: Entity) -> dict[str, str]:
    return {"type": one.type, "value": one.value}


def _said(told: Observation) -> dict[str, Any]:
    origin = told.provenance
    said: dict[str, Any] = {
        "first": str(told.seen.first), "last": str(told.seen.last),
        "collectors": list(told.collectors), "provider": origin.provider,
        "transform": origin.transform, "run": origin.run, "learnt": origin.learnt,
        "reply": origin.reply, "tlp": origin.tlp, "completeness": str(origin.completeness),
    }  # fmt: skip
    if told.detail:
        said["detail"] = msgspec.Raw(told.detail.encode())
    return said
