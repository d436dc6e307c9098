"""Runs of version 3: what is posted, what a poll answers, and how a run ends, in JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from clew.errors import InvalidValue
from clew.interop.json import decode_json
from clew.interop.maltego.message import ENTITIES_MAX, check_message_size
from clew.interop.maltego.page import FINAL, KINDS, STATES, Poll, merge_polls, read_results
from clew.interop.maltego.record import Edge, Thing, TransformRequest, TransformResponse
from clew.interop.maltego.thing_json import (
    json_bytes,
    json_object,
    objects,
    read_thing,
    text_of,
    write_edge,
    write_thing,
)

__all__ = [
    "FINAL", "INPUT_ID", "STATES", "Poll", "add_run_settings", "ids_of", "merge_polls",
    "read_results", "read_run", "write_results", "write_run", "write_started", "write_summary",
]  # fmt: skip

INPUT_ID = "e1"
"""Id of the first entity of a request that brings none."""
_TYPES = {kind: type_ for type_, kind in KINDS.items()}


def write_run(
    request: TransformRequest, *, transform: str, graph: str = "clew", source: str = "DIRECT"
) -> bytes:
    """
    The body that starts a run.

    Args:
        request: Entities without an id are called e1, e2, ...; the hard limit is sent.
        transform: The id of the transform; goes along as the name of what asks.
        graph: An id for the graph, as the server may log it.
        source: One of SET, MACHINE, DIRECT.
    """
    entities = [
        write_thing(thing, id_, asked=True)
        for thing, id_ in zip(request.things, ids_of(request.things, "e"), strict=True)
    ]
    types: Counter[str] = Counter()
    for thing in request.things:
        types.update((thing.type, *thing.ancestry))
    return json_bytes(
        {
            "input": {
                "metadata": {
                    "entitiesTypesStat": dict(types), "entitiesTotalCount": len(entities),
                    "linksTotalCount": 0, "rootEntitiesCount": len(entities),
                },
                "graph": {"entities": entities, "links": []},
            },
            "transformSettings": [
                {"name": name, "value": value} for name, value in request.settings
            ],
            "limit": request.hard_limit,
            "transformRunExecutionContext": {
                "graphId": graph, "runSource": source, "sourceName": transform,
            },
        }
    )  # fmt: skip


def add_run_settings(data: bytes, settings: Iterable[tuple[str, str]]) -> bytes:
    """A body of ours with more settings at the end, such as those that are written nowhere."""
    body = json_object(decode_json(data))
    more = [{"name": name, "value": value} for name, value in settings]
    return json_bytes({**body, "transformSettings": [*body["transformSettings"], *more]})


def read_run(data: bytes) -> TransformRequest:
    """
    The request that starts a run; links among its entities are not taken up.

    Raises:
        InvalidValue: It is no such body, an entity does not hold, or its counts do not agree.
    """
    check_message_size(data)
    body = json_object(decode_json(data))
    inputs = json_object(body.get("input"))
    graph, metadata = json_object(inputs.get("graph")), json_object(inputs.get("metadata"))
    if not isinstance(graph.get("entities"), list):
        raise InvalidValue("run", "", "it has no input.graph.entities")
    entities = objects(graph["entities"])
    if len(entities) > ENTITIES_MAX:
        reason = f"it has {len(entities)} entities, and {ENTITIES_MAX} are read"
        raise InvalidValue("run", "", reason)
    things = tuple(read_thing(one, []) for one in entities)
    if metadata.get("entitiesTotalCount", len(things)) != len(things):
        raise InvalidValue("run", "", "its metadata and its graph differ in number of entities")
    limit = body.get("limit")
    limit = limit if isinstance(limit, int) and 0 < limit < 1 << 31 else 12
    settings = tuple(
        (text_of(one.get("name")), text_of(one.get("value")))
        for one in objects(body.get("transformSettings"))
    )
    return TransformRequest(things, settings, limit, limit)


def write_results(
    response: TransformResponse, *, run: str, state: str, started: datetime, updated: datetime,
    pointer: int = 0, limit: int = 0, asked: str = INPUT_ID,
) -> bytes:  # fmt: skip
    """
    A page of results of a server.

    Args:
        response: All that the run gave so far; things without an edge are linked from *asked*.
        run: The id of the run.
        state: One of STATES.
        started: When the run began.
        updated: When its state changed last.
        pointer: The first event to send.
        limit: Most events to send; all where it is 0.
        asked: The id of the entity that was asked about.
    """
    events = _events(response, asked)
    pointer = min(max(0, pointer), len(events))
    end = pointer + limit if limit > 0 else len(events)
    return json_bytes(
        {
            "result": {
                "eventPointer": pointer, "eventCount": len(events),
                "atomicEntityCount": len(response.things), "compositeEntityCount": 0,
                "incompleteCompositeEntity": False,
                "events": [
                    {"timestamp": _time(updated), "data": event} for event in events[pointer:end]
                ],
                "runId": run, "state": state, "startTime": _time(started),
                "updateTime": _time(updated),
            },
            "status": {"uiMessages": [], "code": 200},
        }
    )  # fmt: skip


def write_started(*, run: str, started: datetime) -> bytes:
    """The answer to the start of a run (HTTP 201)."""
    return write_results(
        TransformResponse(), run=run, state="INITIALIZED", started=started, updated=started
    )


def write_summary(response: TransformResponse, *, run: str, state: str, duration_ms: int) -> bytes:
    """The answer to the deletion of a run."""
    added = Counter(thing.type for thing in response.things)
    return json_bytes(
        {"entities": {"added": dict(added)}, "runId": run, "state": state,
         "duration": duration_ms, "atomicEntityCount": len(response.things),
         "compositeEntityCount": 0}
    )  # fmt: skip


def ids_of(things: Iterable[Thing], head: str) -> list[str]:
    """An id for each thing: its own, or *head* and its place, and none twice."""
    listed = list(things)
    taken = {thing.id for thing in listed}
    made = []
    for place, thing in enumerate(listed, 1):
        id_ = thing.id or f"{head}{place}"
        while not thing.id and id_ in taken:
            id_ += "x"
        taken.add(id_)
        made.append(id_)
    return made


def _events(response: TransformResponse, asked: str) -> list[dict[str, Any]]:
    ids = ids_of(response.things, "r")
    ends = {end for edge in response.edges for end in (edge.source, edge.target)}
    edges = [
        *response.edges,
        *(Edge(asked, id_, thing.link)
          for thing, id_ in zip(response.things, ids, strict=True) if id_ not in ends),
    ]  # fmt: skip
    events: list[dict[str, Any]] = [
        {"eventType": "ADD", "entity": write_thing(thing, id_, asked=False), "inputType": "ENTITY"}
        for thing, id_ in zip(response.things, ids, strict=True)
    ]
    events += [
        {"eventType": "ADD", "link": write_edge(edge, f"l{place}"), "inputType": "LINK"}
        for place, edge in enumerate(edges, 1)
    ]
    events += [
        {
            "eventType": "ADD",
            "statusMessage": {
                "type": _TYPES.get(one.kind, "INFO"), "state": "INITIALIZED", "text": one.text,
                "code": 0, "progress": 0.0,
            },
            "inputType": "STATUS_MESSAGE",
        }
        for one in response.messages
    ]  # fmt: skip
    return events


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S.%f}"
