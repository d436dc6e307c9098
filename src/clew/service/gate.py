"""The gate before every route: Host, Origin, the one-time token, the cookie, sizes, headers."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

import msgspec

from clew.service.refusal_page import HTML, is_navigation, refusal_page

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

TOKEN_LIFE_S = 60.0
"""How long a token in a URL is good for, in seconds."""
BODY_BYTES_MAX = 8 * 1024 * 1024
"""Longest request body, in bytes."""
UPLOAD_BYTES_MAX = 64 * 1024 * 1024
"""Longest body that is a file, in bytes."""
UPLOADS = frozenset(("/api/import/preview",))
"""Routes whose body is a file's bytes; all others take JSON."""
JSON = "application/json"
BYTES = "application/octet-stream"
"""No form of another page can send this type; it is asked about first (CORS), and refused."""
COOKIE = "clew"
ENTER = "/enter"
POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: "
    "blob:; connect-src 'self'; worker-src 'self' blob:; object-src 'none'; base-uri 'none'; "
    "form-action 'none'; frame-ancestors 'none'"
)
"""Inline *style attributes* are React's and the renderer's; no inline script is ever allowed."""
HEADERS = {
    "content-security-policy": POLICY,
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
}


@dataclass(slots=True)
class Pass:
    """Who may enter: tokens that die after one use or TOKEN_LIFE_S, and the sessions they gave."""

    clock: Callable[[], float]
    """Seconds that only go on."""
    _tokens: dict[str, float] = field(default_factory=dict)
    _sessions: set[str] = field(default_factory=set)

    def issue(self) -> str:
        """A new token for one use."""
        token = secrets.token_urlsafe(32)
        self._tokens[token] = self.clock() + TOKEN_LIFE_S
        return token

    def redeem(self, token: str) -> str | None:
        """The session that a token gives, once; None where it is unknown, used or too old."""
        dies = self._tokens.pop(token, None)
        if dies is None or self.clock() > dies:
            return None
        session = secrets.token_urlsafe(32)
        self._sessions.add(session)
        return session

    def knows(self, session: str) -> bool:
        """Whether a session was given out."""
        text = session.encode()
        return any(hmac.compare_digest(text, known.encode()) for known in self._sessions)


class Gate:
    """ASGI middleware that lets only our own page in."""

    def __init__(self, inside: Application, passes: Pass, *, hosts: frozenset[str]) -> None:
        """
        Args:
            inside: The application behind the gate.
            passes: Who may enter.
            hosts: Host values that are ours, with port, such as ``127.0.0.1:8600``.
        """
        self._inside, self._passes, self._hosts = inside, passes, hosts
        self._origins = frozenset(f"http://{host}" for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] not in ("http", "websocket"):
            await self._inside(scope, receive, send)
            return
        headers = _headers(scope)
        if fault := self._foreign(scope, headers):
            await _refuse(scope, send, 403, *fault)
            return
        if scope["type"] == "http" and scope["path"] == ENTER:
            await self._enter(scope, send)
            return
        if not self._passes.knows(_cookie(headers)):
            helps = "Run 'clew open' for a new address."
            await _refuse(scope, send, 401, "This page's pass is missing or was used up.", helps)
            return
        if scope["type"] == "websocket":
            await self._inside(scope, receive, send)
            return
        is_file = scope["path"] in UPLOADS
        bytes_max = UPLOAD_BYTES_MAX if is_file else BODY_BYTES_MAX
        if scope["method"] not in ("GET", "HEAD"):
            kind = headers.get("content-type", "").partition(";")[0].strip().lower()
            wanted = BYTES if is_file else JSON
            if kind != wanted:
                what = "A file" if is_file else "A change"
                await _refuse(scope, send, 415, f"{what} is sent as {wanted}.")
                return
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > bytes_max:
            helps = "Use 'clew import' for a larger one." if is_file else ""
            what = "file" if is_file else "request"
            await _refuse(scope, send, 413, f"A {what} has at most {bytes_max} bytes.", helps)
            return
        await self._inside(scope, _bounded(receive, bytes_max), _with_headers(send))

    def _foreign(self, scope: Scope, headers: dict[str, str]) -> tuple[str, str] | None:
        """Why a request is not of this service's page, and what helps; None where it is."""
        host = headers.get("host", "")
        if host not in self._hosts:
            helps = "Use the address that 'clew open' printed."
            return "The Host of the request is not this service.", helps
        origin = headers.get("origin")
        needs = scope["type"] == "websocket" or scope["method"] not in ("GET", "HEAD")
        if (origin is None and needs) or (origin is not None and origin not in self._origins):
            helps = f"Send 'Origin: http://{host}', as the page does."
            return "The Origin of the request is not this service's page.", helps
        if headers.get("sec-fetch-site", "same-origin") == "cross-site" and scope["path"] != ENTER:
            return "The request comes from another site.", "Open the page by its address."
        return None

    async def _enter(self, scope: Scope, send: Send) -> None:
        token = parse_qs(scope["query_string"].decode("ascii", "replace")).get("token", [""])[0]
        session = self._passes.redeem(token) if scope["method"] == "GET" else None
        if session is None:
            helps = "Run 'clew open' for a new address."
            await _refuse(scope, send, 401, "This address was used or is too old.", helps)
            return
        cookie = f"{COOKIE}={session}; Path=/; HttpOnly; SameSite=Strict"
        lines = {**HEADERS, "location": "/", "set-cookie": cookie}
        await send({"type": "http.response.start", "status": 303, "headers": _raw(lines)})
        await send({"type": "http.response.body", "body": b""})


def problem(what: str, helps: str = "", subject: str = "") -> dict[str, str]:
    """The one shape of an error: what happened, to what, what helps."""
    return {"what": what, "subject": subject, "helps": helps}


def _headers(scope: Scope) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        # A header that is there twice is none that can be trusted.
        found[key] = "\0" if key in found and key in ("host", "origin") else value.decode("latin-1")
    return found


def _cookie(headers: dict[str, str]) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found is not None else ""


async def _refuse(scope: Scope, send: Send, status: int, what: str, helps: str = "") -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 4403, "reason": what})
        return
    kind, body = JSON, msgspec.json.encode(problem(what, helps))
    if is_navigation(scope["method"], _headers(scope)):
        kind, body = HTML, refusal_page(what, helps)
    lines = {**HEADERS, "content-type": kind}
    await send({"type": "http.response.start", "status": status, "headers": _raw(lines)})
    await send({"type": "http.response.body", "body": body})


def _bounded(receive: Receive, bytes_max: int) -> Receive:
    taken = 0

    async def bounded() -> MutableMapping[str, Any]:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > bytes_max:
            return {"type": "http.disconnect"}
        return message

    return bounded


def _with_headers(send: Send) -> Send:
    async def sent(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message["headers"]}
            more = [(n, v) for n, v in _raw(HEADERS) if n not in present]
            message["headers"] = [*message["headers"], *more]
        await send(message)

    return sent


def _raw(headers: dict[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
