"""JSON of no known kind as texts: its strings, decoded, each with its place."""

from __future__ import annotations

import re
from typing import Any

from clew.errors import InvalidValue
from clew.interop.json import as_utf8, decode_documents

STRINGS_MAX = 5_000_000
"""Most strings of one file that are read."""
_HEAD_BYTES = 4_096
_BEGIN = re.compile(rb'\s*[\[{]\s*["\[{\]}0-9-]')
_ID = re.compile(r"_?(?:id|guid|uuid)|.*_id")
_LINE_ENDS = re.compile(r"[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


def json_strings(data: bytes) -> list[tuple[str, str]] | None:
    """
    The strings of JSON or of lines of JSON with their places (``results[0].url``), in their order.

    An id that is only put together from two strings of its record says nothing, and is left out.
    None where it is no JSON.
    """
    try:
        if not _BEGIN.match(as_utf8(data[:_HEAD_BYTES])):
            return None
        documents, _ = decode_documents(data)
    except InvalidValue:
        return None
    found: list[tuple[str, str]] = []
    for place, document in documents:
        for path, text in _strings(document, STRINGS_MAX - len(found)):
            found.append((", ".join(part for part in (place, path) if part) or "value", text))
    return found


def _strings(document: Any, most: int) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    waiting = [("", document)]
    while waiting and len(found) < most:
        path, value = waiting.pop()
        if isinstance(value, str):
            # A string is one line, so that no value goes on in the next.
            found.append((path, _LINE_ENDS.sub(" ", value)))
        elif isinstance(value, list):
            waiting += reversed([(f"{path}[{at}]", one) for at, one in enumerate(value)])
        elif isinstance(value, dict):
            dot = "." if path else ""
            waiting += reversed(
                [(f"{path}{dot}{name}", one) for name, one in value.items()
                 if not (_ID.fullmatch(name) and _is_composed(one, value))]
            )  # fmt: skip
    return found


def _is_composed(id_: object, record: dict[str, Any]) -> bool:
    """Whether an id is two strings of its record, one behind the other."""
    if not isinstance(id_, str):
        return False
    inside = [one.values() if isinstance(one, dict) else (one,) for one in record.values()]
    texts = {one for values in inside for one in values if isinstance(one, str) and one}
    return any(id_[len(one) :] in texts for one in texts if id_.startswith(one) and one != id_)
