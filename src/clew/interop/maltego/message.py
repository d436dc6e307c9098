"""Messages in XML, as local transforms and version 2 exchange them."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from clew.errors import InvalidValue
from clew.interop.maltego.markup import plain
from clew.interop.maltego.message_bytes import message_in
from clew.interop.maltego.record import (
    EntityField,
    Message,
    Thing,
    TransformRequest,
    TransformResponse,
)
from clew.interop.maltego.thing_xml import (
    FIELDS_MAX,
    add_child,
    bytes_of,
    content,
    number,
    read_thing,
    tell,
    write_field,
    write_thing,
)
from clew.interop.xml import Element, child, children, local, parse_xml

ENTITIES_MAX = 100_000
"""Most entities of one message that are read."""
MESSAGES_MAX = 10_000
"""Most words to the user of one message that are read."""
MESSAGE_BYTES_MAX = 64 * 1024 * 1024
"""Largest message that is read."""
LIMIT = 256
"""How many results a request asks for that does not say it."""

KINDS = {kind.lower(): kind for kind in ("FatalError", "PartialError", "Inform", "Debug")}
"""Kinds of messages to the user, by their name in lower case."""


def read_request(data: bytes) -> TransformRequest:
    """
    The request that a client posts.

    Weight, limits, genealogy and settings may be missing; limits are then `LIMIT`.

    Raises:
        InvalidValue: It is no request, holds an entity without a type, or is too large.
    """
    check_message_size(data)
    message = _inside(parse_xml(data), "MaltegoTransformRequestMessage")
    entities = _children(message, "Entities", "Entity")
    if len(entities) > ENTITIES_MAX:
        reason = f"it has {len(entities)} entities, and {ENTITIES_MAX} are read"
        raise InvalidValue("Maltego request", "", reason)
    settings = _children(message, "TransformFields", "Field")
    if len(settings) > FIELDS_MAX:
        reason = f"it has {len(settings)} settings, and {FIELDS_MAX} are read"
        raise InvalidValue("Maltego request", "", reason)
    limits = child(message, "Limits")
    return TransformRequest(
        tuple(read_thing(one, [], asked=True) for one in entities),
        tuple((one.get("Name", ""), content(one)) for one in settings),
        _limit(limits, "SoftLimit", LIMIT),
        _limit(limits, "HardLimit", LIMIT),
    )  # fmt: skip


def write_request(request: TransformRequest) -> bytes:
    """
    A request as servers of all ages read it; maltego-trx reads the first entity only.

    Notes, bookmarks, labels, icons and overlays of an entity are not sent.
    """
    root = etree.Element("MaltegoMessage")
    message = add_child(root, "MaltegoTransformRequestMessage")
    entities = add_child(message, "Entities")
    for thing in request.things:
        write_thing(entities, thing, asked=True)
    if request.settings:
        fields = add_child(message, "TransformFields")
        for name, value in request.settings:
            write_field(fields, EntityField(name, value))
    add_child(
        message, "Limits", SoftLimit=str(request.soft_limit), HardLimit=str(request.hard_limit)
    )
    return bytes_of(root)


def add_settings(data: bytes, settings: Iterable[tuple[str, str]]) -> bytes:
    """A request of ours with more settings at the end, such as those that are written nowhere."""
    root = parse_xml(data)
    message = _inside(root, "MaltegoTransformRequestMessage")
    fields = child(message, "TransformFields")
    if fields is None:
        fields = add_child(message, "TransformFields")
        limits = child(message, "Limits")
        assert limits is not None, "a request of ours has limits"
        limits.addprevious(fields)
    for name, value in settings:
        write_field(fields, EntityField(name, value))
    return bytes_of(root)


def read_response(data: bytes) -> TransformResponse:
    """
    What a transform answered: the last message in what it wrote.

    Text around the message is left out. An entity that does not hold is a problem, and so is
    each part that was not understood. An exception is a fatal error among the messages.

    Raises:
        InvalidValue: There is no message in it, it is no answer, no XML, or too large.
    """
    check_message_size(data)
    problems: list[str] = []
    root = parse_xml(message_in(data, problems))
    thrown = child(root, "MaltegoTransformExceptionMessage")
    if thrown is not None:
        return TransformResponse(messages=_exceptions(thrown), problems=tuple(problems))
    message = _inside(root, "MaltegoTransformResponseMessage")
    entities = _children(message, "Entities", "Entity")
    if len(entities) > ENTITIES_MAX:
        tell(problems, f"{len(entities) - ENTITIES_MAX} of {len(entities)} entities were left out")
    things: list[Thing] = []
    for place, one in enumerate(entities[:ENTITIES_MAX], 1):
        try:
            things.append(read_thing(one, problems))
        except InvalidValue as error:
            tell(problems, f"entity {place} was left out: {error.reason}")
    elements = _children(message, "UIMessages", "UIMessage")
    if len(elements) > MESSAGES_MAX:
        tell(problems, f"{len(elements) - MESSAGES_MAX} of {len(elements)} messages were left out")
    messages = tuple(
        Message(kind_of(one.get("MessageType", "")), content(one))
        for one in elements[:MESSAGES_MAX]
    )
    for one in message:
        if local(one) not in ("Entities", "UIMessages"):
            tell(problems, f"{local(one)[:80]} was left out")
    return TransformResponse(tuple(things), (), messages, tuple(problems))


def write_response(response: TransformResponse, *, hard_limit: int | None = None) -> bytes:
    """
    An answer in XML, with at most *hard_limit* entities and a message that says what was cut.

    Problems are not written: they are of who read the answer. Version 2 links each result with
    what was asked, so links between two results become a message that counts them.
    """
    root = etree.Element("MaltegoMessage")
    message = add_child(root, "MaltegoTransformResponseMessage")
    total = len(response.things)
    shown = total if hard_limit is None else min(total, max(0, hard_limit))
    entities = add_child(message, "Entities")
    for thing in response.things[:shown]:
        write_thing(entities, thing, asked=False)
    messages = list(response.messages)
    if shown < total:
        messages.append(Message("Inform", f"Showing {shown} of {total} results (limit {shown})."))
    ids = {thing.id for thing in response.things if thing.id}
    between = sum(edge.source in ids and edge.target in ids for edge in response.edges)
    if between:
        messages.append(
            Message("Inform", f"{between} links between results can't be told in this protocol.")
        )
    listed = add_child(message, "UIMessages")
    for one in messages:
        add_child(listed, "UIMessage", one.text, MessageType=one.kind)
    return bytes_of(root)


def write_exception(text: str) -> bytes:
    """The message of a transform that failed as a whole."""
    root = etree.Element("MaltegoMessage")
    message = add_child(root, "MaltegoTransformExceptionMessage")
    add_child(add_child(message, "Exceptions"), "Exception", text)
    return bytes_of(root)


def kind_of(text: str) -> str:
    """The kind of a message to the user, whatever its case; Inform where it is not known."""
    return KINDS.get(text.strip().lower(), "Inform")


def check_message_size(data: bytes) -> None:
    """Raises InvalidValue where a message is larger than is read."""
    if len(data) > MESSAGE_BYTES_MAX:
        reason = f"it has {len(data)} bytes, and {MESSAGE_BYTES_MAX} are read"
        raise InvalidValue("Maltego message", "", reason)


def _exceptions(message: Element) -> tuple[Message, ...]:
    messages = []
    for one in _children(message, "Exceptions", "Exception")[:MESSAGES_MAX]:
        code = one.get("code", "")
        messages.append(Message("FatalError", f"{content(one)} ({code})" if code else content(one)))
    return tuple(messages) or (Message("FatalError", "The transform failed without a reason."),)


def _inside(root: Element, kind: str) -> Element:
    message = child(root, kind) if local(root) == "MaltegoMessage" else None
    if message is None:
        found = next((local(one) for one in root), "") or plain(local(root))
        raise InvalidValue("Maltego message", found, f"it holds no {kind}")
    return message


def _children(message: Element, group: str, name: str) -> list[Element]:
    parent = child(message, group)
    return [] if parent is None else children(parent, name)


def _limit(limits: Element | None, name: str, fallback: int) -> int:
    limit = number(limits.get(name, "")) if limits is not None else None
    return fallback if limit is None or limit < 0 else limit
