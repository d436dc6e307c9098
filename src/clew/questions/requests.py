"""Requests from loose words: what a command line, a playbook or a page gives, checked by type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

import msgspec

from clew.errors import InvalidValue
from clew.questions.question import BaseRequest

RequestType = TypeVar("RequestType", bound=BaseRequest)


def request_of(name: str, kind: type[RequestType], fields: Mapping[str, Any]) -> RequestType:
    """
    The request that names and values make.

    Args:
        name: What is asked for, for the message.
        kind: The request's type.
        fields: Values by field; texts are read as numbers where a number is needed.

    Raises:
        InvalidValue: A field is missing, unknown, or does not fit.
    """
    try:
        return msgspec.convert(dict(fields), kind, strict=False)
    except msgspec.ValidationError as error:
        raise InvalidValue(f"request of {name}", "", _reason(error)) from error


def decode_request(name: str, kind: type[RequestType], data: bytes) -> RequestType:
    """The request that JSON makes; raises InvalidValue."""
    try:
        return msgspec.json.decode(data or b"{}", type=kind)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise InvalidValue(f"request of {name}", "", _reason(error)) from error


def _reason(error: Exception) -> str:
    return str(error).replace("`", "").replace("$.", "")
