"""Misbehaviour on demand: what real services do on bad days, as a middleware of every replica."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import socket
import struct
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

from clew.errors import InvalidValue

KINDS = (
    "timeout", "reset", "limited", "limited-silent", "error", "unavailable", "html", "wrong-types",
    "truncated", "huge", "drip", "redirect", "deep",
)  # fmt: skip
HUGE_BYTES = 100 * 1024 * 1024
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(slots=True)
class Misbehaviour:
    """What goes wrong, with which requests, and how often."""

    kind: str
    match: str = ""
    """Part of the request's path; empty matches all."""
    times: int = 1 << 30
    retry_after_s: int = 1

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise InvalidValue("misbehaviour", self.kind, f"it is none of {', '.join(KINDS)}")


@dataclass(slots=True)
class Behaviour:
    """The misbehaviours that a replica is told; the first that fits is played."""

    told: list[Misbehaviour] = field(default_factory=list)
    requests: list[tuple[str, str]] = field(default_factory=list)
    """Method and target of the latest requests."""
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    def next(self, target: str) -> Misbehaviour | None:
        """The one for this request, counted."""
        for one in self.told:
            if one.times > 0 and one.match in target:
                one.times -= 1
                return one
        return None


def middleware(behaviour: Behaviour) -> Any:
    """The middleware that plays a behaviour."""

    @web.middleware
    async def misbehave(request: web.Request, handler: Handler) -> web.StreamResponse:
        if len(behaviour.requests) < 100_000:
            behaviour.requests.append((request.method, request.raw_path))
        wrong = behaviour.next(request.raw_path)
        if wrong is None:
            return await handler(request)
        return await _play(request, handler, wrong, behaviour)

    return misbehave


async def _play(
    request: web.Request, handler: Handler, wrong: Misbehaviour, behaviour: Behaviour
) -> web.StreamResponse:
    match wrong.kind:
        case "timeout":
            await behaviour.stopping.wait()
            return web.Response(status=500)
        case "reset":
            return _reset(request)
        case "limited":
            return web.Response(
                status=429, headers={"Retry-After": str(wrong.retry_after_s)}, text="{}"
            )
        case "limited-silent":
            return web.Response(status=429, text="{}")
        case "error":
            return web.json_response({"message": "internal error"}, status=500)
        case "unavailable":
            return web.Response(status=503, text="<h1>Service unavailable</h1>")
        case "html":
            page = "<html><body>Sign in to the guest network</body></html>"
            return web.Response(text=page, content_type="text/html")
        case "redirect":
            return web.Response(status=302, headers={"Location": "http://192.0.2.1/elsewhere"})
        case "deep":
            return web.Response(body=b'{"a":' * 20_000, content_type="application/json")
        case "huge":
            return await _stream(request, b" " * 65_536, HUGE_BYTES // 65_536)
    answer = await handler(request)
    body = answer.body if isinstance(answer, web.Response) else b""
    whole = bytes(body) if isinstance(body, bytes | bytearray) else b"{}"
    if wrong.kind == "wrong-types":
        return web.json_response(_wrong(json.loads(whole or b"{}"), random.Random(7)))  # noqa: S311
    if wrong.kind == "drip":
        return await _drip(request, whole, behaviour)
    return await _truncated(request, whole)


def _reset(request: web.Request) -> web.StreamResponse:
    transport = request.transport
    if transport is not None:
        sock = transport.get_extra_info("socket")
        with contextlib.suppress(OSError, AttributeError):
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response(status=500)


async def _stream(request: web.Request, chunk: bytes, times: int) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    with contextlib.suppress(ConnectionError, OSError):
        for _ in range(times):
            await response.write(chunk)
        await response.write_eof()
    return response


async def _drip(request: web.Request, whole: bytes, behaviour: Behaviour) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": "application/json"})
    await response.prepare(request)
    with contextlib.suppress(ConnectionError, OSError):
        for at in range(len(whole)):
            await response.write(whole[at : at + 1])
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(behaviour.stopping.wait(), 0.2)
                break
    return response


async def _truncated(request: web.Request, whole: bytes) -> web.StreamResponse:
    response = web.StreamResponse(
        headers={"Content-Type": "application/json", "Content-Length": str(len(whole) + 64)}
    )
    await response.prepare(request)
    await response.write(whole[: len(whole) // 2])
    if request.transport is not None:
        request.transport.close()
    return response


def _wrong(value: Any, chance: random.Random) -> Any:
    """The same shape from afar, with kinds swapped here and there."""
    if isinstance(value, dict):
        return {key: _wrong(below, chance) for key, below in value.items()}
    if isinstance(value, list) and value and chance.random() < 0.7:
        return [_wrong(below, chance) for below in value]
    swapped = ({"a": 1}, ["x", None], 17, "text", None, True)
    return chance.choice(swapped) if chance.random() < 0.6 else value
