"""The door before every route: Host, Origin, the token, sizes, security headers."""

from __future__ import annotations

import asyncio
import hmac
import re
import secrets
from collections.abc import Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit

import msgspec

from clew.errors import InvalidValue
from clew.service.gate import HEADERS, Application, Receive, Scope, Send

BODY_BYTES_MAX = 8 * 1024 * 1024
"""Longest request body, in bytes."""
BODY_S_MAX = 30.0
"""Longest time that a request's body may take to come, in seconds."""
BASE = "clew.base"
"""Where the scope of a request holds the address that its client knows us by, token included."""

_TOKEN = re.compile(r"[A-Za-z0-9._~-]{16,200}")
_EXPOSED = "maltego-protocol-version, maltego-run-state, maltego-run-duration, v3-page-size"
_ALLOWED = (
    "authorization, content-type, maltego-api-key, maltego-client-capabilities, "
    "maltego-client-identifier, maltego-client-version, maltego-protocol-version"
)


class Door:
    """
    ASGI middleware that lets in who names us as we are called and has the token.

    The token comes as the head of the path, ``/t/<token>/...``, since clients of version 2 send
    no headers of their own, or in the header Authorization or Maltego-Api-Key.
    """

    def __init__(
        self,
        inside: Application,
        *,
        token: str,
        hosts: frozenset[str],
        url: str = "",
        origins: frozenset[str] = frozenset(),
    ) -> None:
        """
        Args:
            inside: The application behind the door.
            token: Who has it may enter (see `checked_token`).
            hosts: Host values that are ours, with port, such as ``127.0.0.1:8600``.
            url: The address that a proxy in front of us has; its host is ours too.
            origins: Web pages whose scripts may ask, such as a client in the browser; none else.
        """
        self._inside, self._token, self._url = inside, token.encode(), url.rstrip("/")
        self._hosts = hosts | ({urlsplit(url).netloc.lower()} if url else set())
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] == "lifespan":
            await self._inside(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 4403})
            return
        headers = _headers(scope)
        host, origin = headers.get("host", "").lower(), headers.get("origin")
        if host not in self._hosts:
            await _refuse(headers, send, 403, "The Host of the request is not this service.")
            return
        if origin is not None and origin not in self._origins:
            await _refuse(headers, send, 403, "Scripts of this Origin may not ask.")
            return
        send = _with_headers(send, origin)
        if origin is not None and "access-control-request-method" in headers:
            await send({"type": "http.response.start", "status": 204, "headers": []})
            await send({"type": "http.response.body", "body": b""})
            return
        path = self._path(scope["path"], headers)
        if path is None:
            what = "The token is missing or wrong; 'clew trx serve' tells the address with it."
            await _refuse(headers, send, 401, what)
            return
        body = await _body(headers, receive)
        if body is None:
            await _refuse(headers, send, 413, f"A request has at most {BODY_BYTES_MAX} bytes.")
            return
        base = f"{self._url or f'http://{host}'}/t/{self._token.decode()}"
        inner = {**scope, "path": path, "raw_path": path.encode(), BASE: base}
        await self._inside(inner, _replayed(body, receive), send)

    def _path(self, path: str, headers: Mapping[str, str]) -> str | None:
        """The path behind the token; None where the token is missing or wrong."""
        if path.startswith("/t/"):
            token, _, rest = path.removeprefix("/t/").partition("/")
            return f"/{rest}" if self._is_token(token) else None
        scheme, _, bearer = headers.get("authorization", "").partition(" ")
        token = (bearer if bearer else scheme).strip()
        known = self._is_token(token) | self._is_token(headers.get("maltego-api-key", ""))
        return path if known else None

    def _is_token(self, text: str) -> bool:
        return hmac.compare_digest(text.encode("utf-8", "replace"), self._token)


def checked_token(token: str | None) -> str:
    """The token, or a new one where there is none; raises InvalidValue for one that is weak."""
    if token is None:
        return secrets.token_urlsafe(24)
    if not _TOKEN.fullmatch(token):
        reason = "it is not 16 to 200 letters, digits, dots, dashes or underscores"
        raise InvalidValue("token", "…", reason, helps="Leave it out, and one is made.")
    return token


def wants_json(headers: Mapping[str, str]) -> bool:
    """Whether a client asks for JSON, as those of version 3 do."""
    return "application/json" in headers.get("accept", "").lower()


def _headers(scope: Scope) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        # A header that is there twice is none that can be trusted.
        twice = key in found and key in ("host", "origin", "authorization", "maltego-api-key")
        found[key] = "\0" if twice else value.decode("latin-1")
    return found


async def _refuse(headers: Mapping[str, str], send: Send, status: int, what: str) -> None:
    kind, body = "text/plain; charset=utf-8", what.encode()
    if wants_json(headers):
        kind, body = "application/json", msgspec.json.encode({"detail": what})
    lines = {**HEADERS, "content-type": kind, "content-length": str(len(body))}
    await send({"type": "http.response.start", "status": status, "headers": _raw(lines)})
    await send({"type": "http.response.body", "body": body})


async def _body(headers: Mapping[str, str], receive: Receive) -> bytes | None:
    """The whole body; None where it is too long or comes too slowly."""
    length = headers.get("content-length", "0")
    if not (length.isascii() and length.isdigit()) or int(length[:18]) > BODY_BYTES_MAX:
        return None
    pieces, taken = [], 0
    try:
        async with asyncio.timeout(BODY_S_MAX):
            while True:
                message = await receive()
                piece = message.get("body", b"")
                taken += len(piece)
                if taken > BODY_BYTES_MAX:
                    return None
                pieces.append(piece)
                if message["type"] != "http.request" or not message.get("more_body", False):
                    return b"".join(pieces)
    except TimeoutError:
        return None


def _replayed(body: bytes, receive: Receive) -> Receive:
    body_sent = False

    async def replayed() -> MutableMapping[str, Any]:
        nonlocal body_sent
        if body_sent:
            return await receive()
        body_sent = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replayed


def _with_headers(send: Send, origin: str | None) -> Send:
    more = dict(HEADERS)
    if origin is not None:
        more |= {
            "access-control-allow-origin": origin, "vary": "Origin",
            "access-control-allow-headers": _ALLOWED,
            "access-control-allow-methods": "GET, POST, DELETE, OPTIONS",
            "access-control-expose-headers": _EXPOSED,
        }  # fmt: skip

    async def sent(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            present = {name.lower() for name, _ in message["headers"]}
            added = [(n, v) for n, v in _raw(more) if n not in present]
            message["headers"] = [*message["headers"], *added]
        await send(message)

    return sent


def _raw(headers: Mapping[str, str]) -> list[tuple[bytes, bytes]]:
    return [(name.encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
