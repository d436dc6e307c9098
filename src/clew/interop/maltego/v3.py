"""Runs of version 3: what is posted, what a poll answers, and how a run ends, in JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import msgspec

from clew.errors import InvalidValue
from clew.interop.json import decode_json
from clew.interop.maltego.message import ENTITIES_MAX, MESSAGE_BYTES_MAX, MESSAGES_MAX, kind_of
from clew.interop.maltego.record import Edge, Message, Request, Response, Thing
from clew.interop.maltego.thing_json import (
    objects,
    read_edge,
    read_thing,
    said,
    text_of,
    write_edge,
    write_thing,
)
from clew.interop.maltego.thing_xml import tell

INPUT_ID = "e1"
"""Id of the first entity of a request that brings none."""
EVENTS_MAX = 300_000
"""Most events of one page that are read."""
STATES = frozenset(
    ("INITIALIZED", "RUNNING", "COMPLETED", "FINISHED", "FAILED", "CANCELED", "PAUSED",
     "TIMED_OUT")
)  # fmt: skip
FINAL = frozenset(("COMPLETED", "FINISHED", "FAILED", "CANCELED", "TIMED_OUT"))
"""States that no run leaves."""

_KINDS = {"INFO": "Inform", "WARNING": "PartialError", "ERROR": "FatalError", "DEBUG": "Debug"}
_TYPES = {kind: type_ for type_, kind in _KINDS.items()}


@dataclass(frozen=True, slots=True)
class Poll:
    """One page of results."""

    response: Response
    state: str
    """One of STATES; what is not known is RUNNING, and a problem."""
    next_pointer: int
    """Where the next page begins. A run is read to its end when its state is final and
    *next_pointer* has reached *total*."""
    total: int = 0
    """Events that the run has so far."""
    run: str = ""
    link_ids: tuple[str, ...] = ()
    """The ids of the response's edges, in their order."""
    removed: tuple[str, ...] = ()
    """Ids of entities and links of earlier pages that were taken back."""
    prompts: tuple[tuple[str, str], ...] = ()
    """Id and text of questions to the user; they wait for an answer."""

    @property
    def ended(self) -> bool:
        """Whether there is nothing more to ask for."""
        return self.state in FINAL and self.next_pointer >= self.total


def write_run(
    request: Request, *, transform: str, graph: str = "clew", source: str = "DIRECT"
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
    return msgspec.json.encode(
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


def read_run(data: bytes) -> Request:
    """
    The request that starts a run; links among its entities are not taken up.

    Raises:
        InvalidValue: It is no such body, an entity does not hold, or its counts do not agree.
    """
    _bounded(data)
    body = said(decode_json(data))
    asked = said(body.get("input"))
    graph, metadata = said(asked.get("graph")), said(asked.get("metadata"))
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
    return Request(things, settings, limit, limit)


def read_results(data: object) -> Poll:
    """
    A page of results: the answer to a start and to each poll.

    Args:
        data: The body as bytes, or its JSON value.

    Raises:
        InvalidValue: It is no page; where the server says why, that is the reason.
    """
    if isinstance(data, bytes):
        _bounded(data)
        data = decode_json(data)
    body = said(data)
    result = said(body.get("result"))
    if not isinstance(result.get("events"), list):
        raise InvalidValue("results", "", _detail(body))
    events = objects(result["events"])
    problems: list[str] = []
    if len(events) > EVENTS_MAX:
        tell(problems, f"{len(events) - EVENTS_MAX} of {len(events)} events were left out")
    page = _Page(problems)
    for event in events[:EVENTS_MAX]:
        page.take(said(event.get("data")))
    for one in objects(said(body.get("status")).get("uiMessages")):
        kind = text_of(one.get("type") or one.get("messageType"))
        page.messages.append(Message(kind_of(kind), text_of(one.get("text"))))
    state = text_of(result.get("state"))
    if state not in STATES:
        tell(problems, f"the state {state[:40]!r} is not known")
        state = "RUNNING"
    pointer = result.get("eventPointer")
    pointer = pointer if isinstance(pointer, int) and pointer >= 0 else 0
    reached, total = pointer + len(result["events"]), result.get("eventCount")
    response = Response(
        tuple(page.things.values()), tuple(page.edges.values()), tuple(page.messages),
        tuple(problems),
    )  # fmt: skip
    return Poll(
        response, state, reached, total if isinstance(total, int) else reached,
        text_of(result.get("runId")), tuple(page.edges), tuple(page.removed),
        tuple(page.prompts),
    )  # fmt: skip


def joined(polls: Iterable[Poll]) -> Response:
    """One response of the pages of a run in their order: updated and taken back as they tell."""
    things: dict[str, Thing] = {}
    edges: dict[str, Edge] = {}
    messages: list[Message] = []
    problems: list[str] = []
    for poll in polls:
        for id_ in poll.removed:
            things.pop(id_, None)
            edges.pop(id_, None)
        things.update((thing.id, thing) for thing in poll.response.things)
        edges.update(zip(poll.link_ids, poll.response.edges, strict=True))
        messages.extend(poll.response.messages)
        problems.extend(poll.response.problems)
    return Response(tuple(things.values()), tuple(edges.values()), tuple(messages), tuple(problems))


def write_results(
    response: Response, *, run: str, state: str, started: datetime, updated: datetime,
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
    return msgspec.json.encode(
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
        Response(), run=run, state="INITIALIZED", started=started, updated=started
    )


def write_summary(response: Response, *, run: str, state: str, duration_ms: int) -> bytes:
    """The answer to the deletion of a run."""
    added = Counter(thing.type for thing in response.things)
    return msgspec.json.encode(
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


class _Page:
    """What the events of one page come to."""

    def __init__(self, problems: list[str]) -> None:
        self.problems = problems
        self.things: dict[str, Thing] = {}
        self.edges: dict[str, Edge] = {}
        self.removed: dict[str, None] = {}
        self.messages: list[Message] = []
        self.prompts: list[tuple[str, str]] = []

    def take(self, data: dict[str, Any]) -> None:
        """Take up one event; one that does not hold is a problem."""
        kind = text_of(data.get("inputType"))
        try:
            match kind:
                case "ENTITY":
                    self._thing(said(data.get("entity")), data.get("eventType") == "DELETE")
                case "LINK":
                    self._edge(said(data.get("link")), data.get("eventType") == "DELETE")
                case "STATUS_MESSAGE":
                    self._message(said(data.get("statusMessage")))
                case "CHOICE_PROMPT" | "MULTI_CHOICE_PROMPT" | "INPUT_PROMPT":
                    self.prompts.append((text_of(data.get("id")), text_of(data.get("message"))))
                case _:
                    tell(self.problems, f"an event of the kind {kind[:40]!r} was left out")
        except InvalidValue as error:
            tell(self.problems, f"an {kind.lower()} was left out: {error.reason}")

    def _thing(self, told: dict[str, Any], gone: bool) -> None:
        id_ = text_of(told.get("id"))
        if gone:
            self.things.pop(id_, None)
            self.removed[id_] = None
        elif len(self.things) < ENTITIES_MAX or id_ in self.things:
            thing = read_thing(told, self.problems)
            self.things[thing.id or f"\0{len(self.things)}"] = thing
        else:
            tell(self.problems, f"entities over {ENTITIES_MAX} were left out")

    def _edge(self, told: dict[str, Any], gone: bool) -> None:
        id_ = text_of(told.get("id"))
        if gone:
            self.edges.pop(id_, None)
            self.removed[id_] = None
        else:
            self.edges[id_ or f"\0{len(self.edges)}"] = read_edge(told, self.problems)

    def _message(self, told: dict[str, Any]) -> None:
        if len(self.messages) >= MESSAGES_MAX:
            tell(self.problems, f"messages over {MESSAGES_MAX} were left out")
            return
        kind = _KINDS.get(text_of(told.get("type")).upper(), "Inform")
        self.messages.append(Message(kind, text_of(told.get("text"))))


def _events(response: Response, asked: str) -> list[dict[str, Any]]:
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


def _detail(body: dict[str, Any]) -> str:
    detail = body.get("detail")
    if isinstance(detail, str) and detail:
        return detail[:500]
    told = [text_of(one.get("msg")) for one in objects(detail)]
    return ", ".join(told)[:500] or "it has no result with events"


def _time(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S.%f}"


def _bounded(data: bytes) -> None:
    if len(data) > MESSAGE_BYTES_MAX:
        reason = f"it has {len(data)} bytes, and {MESSAGE_BYTES_MAX} are read"
        raise InvalidValue("Maltego message", "", reason)
