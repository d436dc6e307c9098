"""JSON that was written by anyone: bounded, in whatever encoding, with the place of a fault."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import msgspec

from clew.errors import InvalidValue

JSON_BYTES_MAX = 512 * 1024 * 1024
"""Largest JSON file that is read."""


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """
    Without the collector of cycles: a bundle is a tree of some millions of small objects, which
    it would walk again and again (measured: a third of the time of reading 60 MB).
    """
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def decode_json(data: bytes) -> Any:
    """
    The value of a JSON text in UTF-8 or UTF-16.

    Raises:
        InvalidValue: It is too large, damaged (with the byte), or nested too deeply.
    """
    if len(data) > JSON_BYTES_MAX:
        raise InvalidValue("JSON", "", f"it has {len(data)} bytes, and {JSON_BYTES_MAX} are read")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError as error:
            raise InvalidValue("JSON", "", f"it is no UTF-16: {error}") from error
    data = data.removeprefix(b"\xef\xbb\xbf")
    try:
        return msgspec.json.decode(data)
    except msgspec.DecodeError as error:
        return _lenient(data, error)
    except RecursionError as error:
        raise InvalidValue("JSON", "", "it is nested too deeply") from error
    except UnicodeDecodeError as error:
        raise InvalidValue("JSON", "", f"it is no UTF-8: {error}") from error


def _lenient(data: bytes, first: Exception) -> Any:
    """A second try: wrong bytes and lone surrogates become marks; all else must hold."""
    import json

    try:
        told = json.loads(data.decode("utf-8", "replace"), parse_constant=_no_number)
        # Surrogates that stand alone are no text; they are written as marks.
        text = json.dumps(told, ensure_ascii=False)
        return msgspec.json.decode(text.encode("utf-8", "replace"))
    except (ValueError, msgspec.DecodeError, RecursionError, OverflowError):
        raise InvalidValue("JSON", "", str(first)) from first


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is no number of JSON")
