"""A page of results of version 3, as a client polls it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from clew.errors import InvalidValue
from clew.interop.json import decode_json
from clew.interop.maltego.message import ENTITIES_MAX, MESSAGES_MAX, check_message_size, kind_of
from clew.interop.maltego.record import Edge, Message, Thing, TransformResponse
from clew.interop.maltego.thing_json import json_object, objects, read_edge, read_thing, text_of
from clew.interop.maltego.thing_xml import tell

EVENTS_MAX = 300_000
"""Most events of one page that are read."""
STATES = frozenset(
    ("INITIALIZED", "RUNNING", "COMPLETED", "FINISHED", "FAILED", "CANCELED", "PAUSED",
     "TIMED_OUT")
)  # fmt: skip
FINAL = frozenset(("COMPLETED", "FINISHED", "FAILED", "CANCELED", "TIMED_OUT"))
"""States that no run leaves."""

KINDS = {"INFO": "Inform", "WARNING": "PartialError", "ERROR": "FatalError", "DEBUG": "Debug"}
"""Kinds of messages to the user, by the type of a status."""


@dataclass(frozen=True, slots=True)
class Poll:
    """One page of results."""

    response: TransformResponse
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


def read_results(data: object) -> Poll:
    """
    A page of results: the answer to a start and to each poll.

    Args:
        data: The body as bytes, or its JSON value.

    Raises:
        InvalidValue: It is no page; where the server says why, that is the reason.
    """
    if isinstance(data, bytes):
        check_message_size(data)
        data = decode_json(data)
    body = json_object(data)
    result = json_object(body.get("result"))
    if not isinstance(result.get("events"), list):
        raise InvalidValue("results", "", _detail(body))
    events = objects(result["events"])
    problems: list[str] = []
    if len(events) > EVENTS_MAX:
        tell(problems, f"{len(events) - EVENTS_MAX} of {len(events)} events were left out")
    page = _Page(problems)
    for event in events[:EVENTS_MAX]:
        page.take(json_object(event.get("data")))
    for one in objects(json_object(body.get("status")).get("uiMessages")):
        kind = text_of(one.get("type") or one.get("messageType"))
        page.messages.append(Message(kind_of(kind), text_of(one.get("text"))))
    state = text_of(result.get("state"))
    if state not in STATES:
        tell(problems, f"the state {state[:40]!r} is not known")
        state = "RUNNING"
    pointer = result.get("eventPointer")
    pointer = pointer if isinstance(pointer, int) and pointer >= 0 else 0
    reached, total = pointer + len(result["events"]), result.get("eventCount")
    response = TransformResponse(
        tuple(page.things.values()), tuple(page.edges.values()), tuple(page.messages),
        tuple(problems),
    )  # fmt: skip
    return Poll(
        response, state, reached, total if isinstance(total, int) else reached,
        text_of(result.get("runId")), tuple(page.edges), tuple(page.removed),
        tuple(page.prompts),
    )  # fmt: skip


def merge_polls(polls: Iterable[Poll]) -> TransformResponse:
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
    return TransformResponse(
        tuple(things.values()), tuple(edges.values()), tuple(messages), tuple(problems)
    )


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
                    self._thing(json_object(data.get("entity")), data.get("eventType") == "DELETE")
                case "LINK":
                    self._edge(json_object(data.get("link")), data.get("eventType") == "DELETE")
                case "STATUS_MESSAGE":
                    self._message(json_object(data.get("statusMessage")))
                case "CHOICE_PROMPT" | "MULTI_CHOICE_PROMPT" | "INPUT_PROMPT":
                    self.prompts.append((text_of(data.get("id")), text_of(data.get("message"))))
                case _:
                    tell(self.problems, f"an event of the kind {kind[:40]!r} was left out")
        except InvalidValue as error:
            tell(self.problems, f"an {kind.lower()} was left out: {error.reason}")

    def _thing(self, value: dict[str, Any], gone: bool) -> None:
        id_ = text_of(value.get("id"))
        if gone:
            self.things.pop(id_, None)
            self.removed[id_] = None
        elif len(self.things) < ENTITIES_MAX or id_ in self.things:
            thing = read_thing(value, self.problems)
            self.things[thing.id or f"\0{len(self.things)}"] = thing
        else:
            tell(self.problems, f"entities over {ENTITIES_MAX} were left out")

    def _edge(self, value: dict[str, Any], gone: bool) -> None:
        id_ = text_of(value.get("id"))
        if gone:
            self.edges.pop(id_, None)
            self.removed[id_] = None
        else:
            self.edges[id_ or f"\0{len(self.edges)}"] = read_edge(value, self.problems)

    def _message(self, value: dict[str, Any]) -> None:
        if len(self.messages) >= MESSAGES_MAX:
            tell(self.problems, f"messages over {MESSAGES_MAX} were left out")
            return
        kind = KINDS.get(text_of(value.get("type")).upper(), "Inform")
        self.messages.append(Message(kind, text_of(value.get("text"))))


def _detail(body: dict[str, Any]) -> str:
    detail = body.get("detail")
    if isinstance(detail, str) and detail:
        return detail[:500]
    texts = [text_of(one.get("msg")) for one in objects(detail)]
    return ", ".join(texts)[:500] or "it has no result with events"
