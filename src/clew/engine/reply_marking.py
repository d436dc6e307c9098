"""The marking that stands in a provider's reply: in members, attributes, tags, titles and prose."""

from __future__ import annotations

import html
from collections.abc import Iterator
from typing import Any

import msgspec

from clew.interop.texts import field_name
from clew.model.marking import Marking, strictest
from clew.model.marking_text import (
    MARKING_NAMES,
    NOT_UNDERSTOOD,
    MarkingMention,
    is_marking_tag,
    marking_mentions,
    may_mention,
    read_marking,
    scheme_of,
)

TAG_LENGTH_MAX = 64
"""Longest text that is a tag as a whole, in code points."""
_NAMING = ("type", "name", "key", "label", "attribute", "field")
"""Members of an attribute that say what it is; what it says stands in one of the next."""
_SAYING = ("value", "values", "text", "data", "content")
Member = tuple[str, Any]


def reply_marking(body: bytes) -> tuple[Marking, str]:
    """
    The strictest marking that stands in a reply.

    Args:
        body: As it came: JSON, or any text such as XML.

    Returns:
        The marking, unmarked where none stands there, and the words that say it; with why, where
        they are not understood and so count as the strictest.
    """
    found = list(_mentions(body))
    marking = strictest(one.marking for one in found)
    decisive = [one for one in found if one.fault] or [
        one for one in found if one.marking.tlp == marking.tlp or one.marking.pap == marking.pap
    ]
    if not decisive:
        return marking, ""
    first = decisive[0]
    return marking, f"{first.words}: {first.fault}" if first.fault else first.words


def _mentions(body: bytes) -> Iterator[MarkingMention]:
    try:
        answer = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        yield from marking_mentions(html.unescape(body.decode("utf-8", "replace")))
        return
    # Foreign data says how deep it goes, so what is left to look at is a list, not a call.
    left: list[Member] = [("", answer)]
    while left:
        name, value = left.pop()
        if isinstance(value, dict):
            yield from _attribute(value)
            left += value.items()
        elif isinstance(value, list):
            left += ((name, one) for one in value)
        elif (plain := field_name(name)) in MARKING_NAMES:
            yield from _whole(plain, value)
        elif isinstance(value, str):
            yield from _text(value)


def _attribute(members: dict[str, Any]) -> Iterator[MarkingMention]:
    """Of an attribute whose type or name is that of a marking: what its value says."""
    for naming in _NAMING:
        kind = members.get(naming)
        plain = field_name(kind) if isinstance(kind, str) else ""
        if plain in MARKING_NAMES:
            for saying in _SAYING:
                values = members.get(saying)
                for one in values if isinstance(values, list) else (values,):
                    yield from _whole(plain, one)


def _whole(name: str, value: object) -> Iterator[MarkingMention]:
    """What the whole of a field says that is named for a marking."""
    if isinstance(value, dict | list):
        return
    marking, fault = read_marking(value, scheme=scheme_of(name))
    if marking.tlp or marking.pap:
        yield MarkingMention(marking, f"{name}: {value}"[:TAG_LENGTH_MAX], fault)


def _text(text: str) -> Iterator[MarkingMention]:
    if not may_mention(text):
        return
    if len(text) <= TAG_LENGTH_MAX and is_marking_tag(text):
        marking, fault = read_marking(text)
        yield MarkingMention(marking, text.strip(), fault)
    else:
        yield from marking_mentions(text)


def over_default(marking: Marking, default: Marking) -> Marking:
    """
    What a reply's marking says beside what counts for all that carries none.

    One row of many may say TLP:CLEAR: that makes no other looser than the default.
    """
    return Marking(
        marking.tlp if marking.tlp >= default.tlp else type(marking.tlp).UNMARKED,
        marking.pap if marking.pap >= default.pap else type(marking.pap).UNMARKED,
    )


def told_marking(marking: Marking, words: str) -> str:
    """The problem of a task whose reply is marked."""
    if words.endswith(NOT_UNDERSTOOD):
        return f"the reply says {words}"
    return f"the reply says {words}: what it brought counts as {marking}"
