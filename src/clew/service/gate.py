"""The gate before every route: Host, Origin, the cookie and the key, sizes, times, headers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qs

import msgspec

from clew.service.passes import Pass
from clew.service.refusal_page import HTML, is_navigation, refusal_page

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

BODY_BYTES_MAX = 8 * 1024 * 1024
"""Longest request body, in bytes."""
UPLOAD_BYTES_MAX = 64 * 1024 * 1024
"""Longest body that is a file, in bytes."""
PIECE_S = 20.0
"""How long the next piece of a body is waited for, in seconds."""
BODY_S = 300.0
"""How long all of a body is waited for, in seconds."""
UPLOADS = frozenset(("/api/import/preview",))
"""Routes whose body is a file's bytes; all others take JSON."""
JSON = "application/json"
BYTES = "application/octet-stream"
"""No form of another page can send this type; it is asked about first (CORS), and refused."""
ENTER = "/enter"
KEY = "clew-key"
"""The header with the page's second secret, which comes with no request by itself."""
NEW_ADDRESS = "Run 'clew open' for a new address."
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


class BodyRefused(Exception):
    """A request whose body is too long, or does not come."""

    def __init__(self, status: int, what: str) -> None:
        super().__init__(what)
        self.status = status


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
            await self._enter(scope, headers, send)
            return
        if not self._knows(headers):
            what = "This browser has no pass to this service, or the service was started anew."
            await _refuse(scope, send, 401, what, NEW_ADDRESS)
            return
        if scope["type"] == "websocket":
            await self._inside(scope, receive, send)
            return
        if scope["method"] not in ("GET", "HEAD") and not self._passes.opens(headers.get(KEY, "")):
            what = f"A change needs the page's key, in the header {KEY}."
            await _refuse(scope, send, 401, what, NEW_ADDRESS)
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
        try:
            await self._inside(scope, _bounded(receive, bytes_max), _with_headers(send))
        except BodyRefused as refusal:
            await _refuse(scope, send, refusal.status, str(refusal))

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
        site = headers.get("sec-fetch-site", "same-origin")
        if site not in ("same-origin", "none") and scope["path"] != ENTER:
            # Another port of this machine is the same site, and as foreign as any other page.
            return "The request comes from another page.", "Open the page by its address."
        return None

    def _knows(self, headers: dict[str, str]) -> bool:
        return self._passes.knows(_cookie(headers, self._passes.cookie))

    async def _enter(self, scope: Scope, headers: dict[str, str], send: Send) -> None:
        token = parse_qs(scope["query_string"].decode("ascii", "replace")).get("token", [""])[0]
        session = self._passes.redeem(token) if scope["method"] == "GET" else None
        lines = {**HEADERS, "location": "/"}
        if session is not None:
            lines["location"] = f"/#key={self._passes.key}"
            cookie = f"{self._passes.cookie}={session}; Path=/; HttpOnly; SameSite=Strict"
            lines["set-cookie"] = cookie
        elif not self._knows(headers):
            await _refuse(scope, send, 401, "This address was used or is too old.", NEW_ADDRESS)
            return
        # An address that was used leads whoever was let in by it to the page again.
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


def _cookie(headers: dict[str, str], name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
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
    """The same until the body is too long, or too long on its way; then it raises BodyRefused."""
    taken, whole, until = 0, False, 0.0

    async def bounded() -> Message:
        nonlocal taken, whole, until
        if whole:
            return await receive()
        loop = asyncio.get_running_loop()
        until = until or loop.time() + BODY_S
        try:
            async with asyncio.timeout_at(min(until, loop.time() + PIECE_S)):
                message = await receive()
        except TimeoutError:
            raise BodyRefused(408, "The request did not come to its end in time.") from None
        taken += len(message.get("body", b""))
        whole = not message.get("more_body", False)
        if taken > bytes_max:
            raise BodyRefused(413, f"The request has over {bytes_max} bytes.")
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
