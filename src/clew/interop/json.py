"""JSON that was written by anyone: bounded, in whatever encoding, with the place of a fault."""

from __future__ import annotations

import math
from typing import Any

import msgspec

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ImportProblem

WHOLE_DIGITS_MAX = 18
"""Longest whole number that is read as one, in digits; a longer one stays a text."""
JSON_BYTES_MAX = 512 * 1024 * 1024
"""Largest JSON file that is read."""
LINE_SHOWN_BYTES = 100
"""How much of a line that does not hold a problem quotes."""


def decode_json(data: bytes) -> Any:
    """
    The value of a JSON text in UTF-8 or UTF-16.

    Raises:
        InvalidValue: It is too large, damaged (with the byte), or nested too deeply.
    """
    if len(data) > JSON_BYTES_MAX:
        raise InvalidValue("JSON", "", f"it has {len(data)} bytes, and {JSON_BYTES_MAX} are read")
    data = as_utf8(data)
    try:
        return msgspec.json.decode(data)
    except msgspec.DecodeError as error:
        return _lenient(data, error)
    except RecursionError as error:
        raise InvalidValue("JSON", "", "it is nested too deeply") from error
    except UnicodeDecodeError as error:
        return _lenient(data, error)


def decode_documents(data: bytes) -> tuple[list[tuple[str, Any]], list[ImportProblem]]:
    """
    The values of a text that is one JSON document, or has one a line, with their places.

    The place of the only document of a text is empty. A line that does not hold is a problem.

    Raises:
        InvalidValue: As ``decode_json``; of lines the first does not hold either.
    """
    try:
        return [("", decode_json(data))], []
    except InvalidValue:
        lines = [(number, line) for number, line in enumerate(as_utf8(data).split(b"\n"), 1)
                 if line.strip()]  # fmt: skip
        if len(lines) < 2:
            raise
        found: list[tuple[str, Any]] = []
        problems: list[ImportProblem] = []
        for number, line in lines:
            try:
                found.append((f"line {number}", decode_json(line)))
            except InvalidValue as error:
                if not found:
                    raise
                text = line[:LINE_SHOWN_BYTES].decode(errors="replace")
                problems.append(ImportProblem(f"line {number}", text, error.reason))
        return found, problems


def as_utf8(data: bytes) -> bytes:
    """A text in UTF-8 without a mark, from UTF-8 or marked UTF-16; raises InvalidValue."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16").encode()
        except UnicodeError as error:
            raise InvalidValue("text", "", f"it is no UTF-16: {error}") from error
    return data.removeprefix(b"\xef\xbb\xbf")


def _lenient(data: bytes, first: Exception) -> Any:
    """
    A second try: wrong bytes and lone surrogates become marks, numbers out of range texts.

    All else must hold; one bad value does not take a whole file with it.
    """
    import json

    try:
        value = json.loads(
            data.decode("utf-8", "replace"), parse_constant=str, parse_int=_whole,
            parse_float=_number,
        )  # fmt: skip
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        return msgspec.json.decode(text.encode("utf-8", "replace"))
    except (ValueError, msgspec.DecodeError, RecursionError, OverflowError):
        raise InvalidValue("JSON", "", str(first)) from first


def _whole(text: str) -> int | str:
    return int(text) if len(text) <= WHOLE_DIGITS_MAX else text


def _number(text: str) -> float | str:
    number = float(text)
    return number if abs(number) < math.inf else text
