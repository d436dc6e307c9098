"""Readers of replies: what a status code and a JSON body mean, shared by most vendors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from clew.errors import (
    BadReply,
    ClewError,
    KeyRefused,
    NotEntitled,
    ProviderDown,
    ProviderLimited,
    RequestRejected,
    quote_value,
)
from clew.transform.request import Reply
from clew.transform.row import Row

JSON_DEPTH_MAX = 60
"""Deepest nesting that is read."""


def parse_json(provider: str, reply: Reply) -> Any:
    """
    The JSON value of a reply's body.

    Raises:
        BadReply: It is no JSON (HTML of a proxy, a truncated body), or nested too deep.
    """
    try:
        value = msgspec.json.decode(reply.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        kind = reply.media_type or "no content type"
        raise BadReply(
            provider,
            f"answered {len(reply.body)} bytes of {kind} that are no JSON: {error}",
            status=reply.status,
            helps="A proxy may stand in between, or the answer was cut off on its way.",
        ) from error
    if _too_deep(value, JSON_DEPTH_MAX):
        raise BadReply(
            provider, f"answered JSON nested over {JSON_DEPTH_MAX} deep", status=reply.status
        )
    return value


def json_answer(
    provider: str,
    reply: Reply,
    *,
    no_data: tuple[int, ...] = (204, 404),
    message: Callable[[Row], str] = lambda row: row.text("message") or row.text("error"),
) -> Row:
    """
    The JSON object of a reply, or the error that its status means.

    Args:
        provider: Label for messages.
        reply: The reply.
        no_data: Status codes that mean "nothing known": they give an empty Row.
        message: Picks the vendor's own words out of an error's body.

    Returns:
        The object; a bare JSON array comes as the member ``items``.

    Raises:
        ProviderFault: By status; 2xx with no JSON object is BadReply.
    """
    if reply.status in no_data:
        return Row({})
    if not 200 <= reply.status < 300:
        raise status_fault(provider, reply, message=message)
    value = parse_json(provider, reply)
    if isinstance(value, list):
        return Row({"items": value})
    if not isinstance(value, dict):
        raise BadReply(
            provider, f"answered {type(value).__name__}, not an object", status=reply.status
        )
    return Row(value)


def status_fault(
    provider: str,
    reply: Reply,
    *,
    message: Callable[[Row], str] = lambda row: row.text("message") or row.text("error"),
) -> ClewError:
    """The error that a status outside of 200 to 299 means."""
    status, words = reply.status, _vendor_words(reply, message)
    match status:
        case 401 | 407:
            return KeyRefused(provider, f"refused the key{words}", status=status)
        case 402:
            return ProviderLimited(
                provider, f"says the quota is used up{words}", status=402, quota=True
            )
        case 403:
            return NotEntitled(provider, f"does not allow this{words}", status=status)
        case 429:
            wait_s = asked_wait_s(reply)
            return ProviderLimited(
                provider,
                f"asks to slow down{words}",
                status=429,
                retry_after_s=wait_s,
                helps="" if wait_s is None else f"It asks to wait for {wait_s:g} s.",
            )
        case _ if 300 <= status < 400:
            return BadReply(provider, "sent a redirect that was not followed", status=status)
        case _ if status >= 500 or status == 408:
            return ProviderDown(
                provider, f"failed{words}", status=status, retry_after_s=asked_wait_s(reply)
            )
        case _:
            return RequestRejected(provider, f"rejected the request{words}", status=status)


def asked_wait_s(reply: Reply) -> float | None:
    """Seconds that a reply asks to wait; the engine's client has turned a date into seconds."""
    seconds = reply.headers.get("retry-after", "").strip()
    return float(seconds) if seconds.isascii() and seconds.isdigit() and len(seconds) < 9 else None


def _vendor_words(reply: Reply, message: Callable[[Row], str]) -> str:
    try:
        value = msgspec.json.decode(reply.body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return ""
    text = message(Row(value)) if isinstance(value, dict) else ""
    return f": {quote_value(text)}" if text else ""


def _too_deep(value: Any, depth_max: int) -> bool:
    level = [value]
    for _ in range(depth_max):
        below: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                below.extend(child for child in item.values() if isinstance(child, dict | list))
            elif isinstance(item, list):
                below.extend(child for child in item if isinstance(child, dict | list))
        if not below:
            return False
        level = below
    return True
