"""Misbehaviour on demand: which requests of a replica go wrong, how, and how often."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, quote

from aiohttp import web

from clew.errors import InvalidValue

KINDS = {
    "timeout": "never answers",
    "reset": "breaks the connection off (TCP reset)",
    "limited": "429 with Retry-After",
    "limited-silent": "429 without Retry-After",
    "error": "500 with an error in JSON",
    "bad-gateway": "502 with an empty body",
    "unavailable": "503 with an HTML page",
    "html": "200 with an HTML page where JSON is due",
    "wrong-types": "valid JSON with values of other kinds of JSON here and there",
    "undercount": "counts and quotes that are free say that there is one of each at most",
    "truncated": "half of the body that Content-Length promises",
    "huge": "100 MB of JSON white space",
    "drip": "the body a byte at a time",
    "redirect": "302 to another host",
    "redirect-path": "302 to itself under another path of its own host, for ever",
    "redirect-port": "302 to another port of loopback",
    "deep": "JSON nested 20,000 deep",
}
REQUESTS_MAX = 10_000
"""Most requests that are remembered; older ones are forgotten."""
TIMES_MAX = 1 << 30
SECRET_HEADERS = frozenset({"authorization", "proxy-authorization", "cookie"})
SECRET_PARAMETERS = frozenset({"api_key", "apikey", "api_username", "signature", "token", "key"})
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
Bill = Callable[[web.Request, Any], int]
"""Paid units of a request, from it and its answer as JSON."""


@dataclass(slots=True)
class Misbehaviour:
    """What goes wrong, with which requests, and how often."""

    kind: str
    """One of KINDS."""
    match: str = ""
    """Part of the request target; empty matches all."""
    times: int = TIMES_MAX
    """How many requests it befalls."""
    retry_after_s: int = 1
    seed: int = 7
    """Chooses what *wrong-types* swaps."""

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise InvalidValue("misbehaviour", self.kind, f"it is none of {', '.join(KINDS)}")


class RecordedRequest(NamedTuple):
    """A request that came, without secrets."""

    method: str
    target: str
    headers: dict[str, str]


@dataclass(slots=True)
class ReplicaBehaviour:
    """The misbehaviours that a replica is told; the first that fits is played."""

    misbehaviours: list[Misbehaviour] = field(default_factory=list)
    requests: deque[RecordedRequest] = field(default_factory=lambda: deque(maxlen=REQUESTS_MAX))
    received: int = 0
    """How many requests came in all."""
    sold: int = 0
    """Paid units of what was worked out, whether or not the answer arrived."""
    stopping: asyncio.Event = field(default_factory=asyncio.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def tell(self, misbehaviours: list[Misbehaviour]) -> None:
        """Replace what is told."""
        with self.lock:
            self.misbehaviours = misbehaviours

    def next(self, target: str) -> Misbehaviour | None:
        """The one for this request, counted."""
        with self.lock:
            for one in self.misbehaviours:
                if one.times > 0 and one.match in target:
                    one.times -= 1
                    return one
        return None


def parse_misbehaviour(text: str) -> tuple[str, Misbehaviour]:
    """
    Provider and misbehaviour, from ``provider:kind``, ``provider:kind*3`` or
    ``provider:kind@path``, or both (``domaintools:html*2@reverse-whois``).
    """
    provider, colon, rest = text.partition(":")
    if not colon or not provider:
        raise InvalidValue(
            "misbehaviour", text, "it is not written provider:kind",
            helps=f"Kinds: {', '.join(KINDS)}.",
        )  # fmt: skip
    rest, _, match = rest.partition("@")
    kind, star, times = rest.partition("*")
    if star and not (times.isdecimal() and len(times) < 10):
        raise InvalidValue("misbehaviour", text, "the times after * are no number")
    return provider, Misbehaviour(kind, match, int(times) if star else TIMES_MAX)


def safe_target(target: str) -> str:
    """The request target with the values of secret parameters starred."""
    path, mark, query = target.partition("?")
    names = {name.lower() for name, _ in parse_qsl(query, keep_blank_values=True)}
    if not names & SECRET_PARAMETERS:
        return target
    query = "&".join(
        f"{quote(name)}={'***' if name.lower() in SECRET_PARAMETERS else quote(value, safe='')}"
        for name, value in parse_qsl(query, keep_blank_values=True)
    )
    return f"{path}{mark}{query}"


def safe_headers(request: web.Request) -> dict[str, str]:
    """The headers by lower-case name, those with secrets starred."""
    return {
        name.lower(): "***" if name.lower() in SECRET_HEADERS else value
        for name, value in request.headers.items()
    }
