"""How each kind of misbehaviour is played on the wire."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import socket
import struct
from typing import Any

from aiohttp import web

from clew.replicas.behaviour import (
    Bill,
    Handler,
    Misbehaviour,
    RecordedRequest,
    ReplicaBehaviour,
    safe_headers,
    safe_target,
)

HUGE_BYTES = 100 * 1024 * 1024
CHUNK_BYTES = 64 * 1024
DRIP_S = 0.2
"""Seconds between two bytes of a drip."""
DEPTH = 20_000
JSON = "application/json"
SOLD_AND_LOST = frozenset({"timeout", "reset", "html", "deep", "huge"})
"""Kinds by which an answer is lost that the vendor has worked out, and bills."""
_SWAPS: tuple[Any, ...] = ({"a": 1}, ["x", None], 17, -0.5, "text", True)
"""What stands where another kind is due."""


async def play(
    request: web.Request, handler: Handler, wrong: Misbehaviour, behaviour: ReplicaBehaviour
) -> web.StreamResponse:
    """The answer to a request that goes wrong."""
    match wrong.kind:
        case "timeout":
            await behaviour.stopping.wait()
            return web.Response(status=500)
        case "reset":
            return _reset(request)
        case "limited":
            again = {"Retry-After": str(wrong.retry_after_s)}
            return web.json_response({"message": "slow down"}, status=429, headers=again)
        case "limited-silent":
            return web.json_response({"message": "slow down"}, status=429)
        case "error":
            return web.json_response({"message": "internal error"}, status=500)
        case "bad-gateway":
            return web.Response(status=502)
        case "unavailable":
            page = "<h1>Service unavailable</h1>"
            return web.Response(status=503, text=page, content_type="text/html")
        case "html":
            page = "<html><body>Sign in to the guest network</body></html>"
            return web.Response(text=page, content_type="text/html")
        case "redirect":
            return _redirect("http://192.0.2.1/elsewhere")
        case "redirect-path":
            return _redirect(f"/again{request.path}")
        case "redirect-port":
            return _redirect("http://127.0.0.1:9/elsewhere")
        case "deep":
            return web.Response(body=b'{"a":' * DEPTH + b"1" + b"}" * DEPTH, content_type=JSON)
        case "huge":
            return await _huge(request)
    answer = await handler(request)
    body = answer.body if isinstance(answer, web.Response) else b""
    whole = bytes(body) if isinstance(body, bytes | bytearray) else b""
    if wrong.kind == "wrong-types":
        return web.json_response(_swapped(whole, wrong.seed), status=answer.status)
    if wrong.kind == "drip":
        return await _drip(request, whole or b"{}", behaviour)
    return await _truncated(request, whole or b"{}")


def _redirect(location: str) -> web.Response:
    return web.Response(status=302, headers={"Location": location})


def _reset(request: web.Request) -> web.StreamResponse:
    transport = request.transport
    if transport is not None:
        sock = transport.get_extra_info("socket")
        with contextlib.suppress(OSError, AttributeError):
            # A linger time of 0 makes the kernel send RST instead of FIN.
            sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        transport.abort()
    return web.Response(status=500)


async def _huge(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": JSON})
    chunk = b" " * CHUNK_BYTES
    with contextlib.suppress(ConnectionError):
        await response.prepare(request)
        for _ in range(HUGE_BYTES // CHUNK_BYTES):
            await response.write(chunk)
        await response.write_eof()
    return response


async def _drip(
    request: web.Request, whole: bytes, behaviour: ReplicaBehaviour
) -> web.StreamResponse:
    response = web.StreamResponse(headers={"Content-Type": JSON})
    with contextlib.suppress(ConnectionError):
        await response.prepare(request)
        for at in range(len(whole)):
            await response.write(whole[at : at + 1])
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(behaviour.stopping.wait(), DRIP_S)
                break
    return response


async def _truncated(request: web.Request, whole: bytes) -> web.StreamResponse:
    length = str(len(whole) + 64)
    response = web.StreamResponse(headers={"Content-Type": JSON, "Content-Length": length})
    with contextlib.suppress(ConnectionError):
        await response.prepare(request)
        await response.write(whole[: len(whole) // 2])
        if request.transport is not None:
            request.transport.close()
    return response


def _swapped(body: bytes, seed: int) -> Any:
    try:
        value = json.loads(body or b"{}")
    except ValueError:
        return ["no", {"json": True}]
    return _wrong(value, random.Random(seed))  # noqa: S311


def _wrong(value: Any, chance: random.Random) -> Any:
    """The same shape from afar, with kinds swapped here and there; the outermost kind stays."""
    if isinstance(value, dict):
        return {key: _maybe(below, chance) for key, below in value.items()}
    if isinstance(value, list):
        return [_maybe(below, chance) for below in value]
    return chance.choice(other_kinds(value))


def _maybe(value: Any, chance: random.Random) -> Any:
    nested = isinstance(value, dict | list) and bool(value)
    if chance.random() < (0.15 if nested else 0.5):
        return chance.choice(other_kinds(value))
    return _wrong(value, chance) if nested else value


def other_kinds(value: Any) -> list[Any]:
    """What may stand for a value: one of its own kind would be another answer, and no wrong one."""
    return [one for one in _SWAPS if _kind(one) != _kind(value)]


def _kind(value: Any) -> str:
    """The kind of a JSON value; whole numbers and fractions are one."""
    return "number" if type(value) in (int, float) else type(value).__name__


def _undercounted(value: Any) -> Any:
    """An answer whose numbers are 1 at most."""
    if isinstance(value, dict):
        return {key: _undercounted(below) for key, below in value.items()}
    if isinstance(value, list):
        return [_undercounted(below) for below in value]
    return min(value, 1) if type(value) in (int, float) else value


def middleware(behaviour: ReplicaBehaviour, bill: Bill | None = None) -> Any:
    """The middleware that remembers requests, plays a behaviour, and counts what was sold."""

    @web.middleware
    async def misbehave(request: web.Request, handler: Handler) -> web.StreamResponse:
        behaviour.requests.append(
            RecordedRequest(request.method, safe_target(request.raw_path), safe_headers(request))
        )
        behaviour.received += 1

        wrong = behaviour.next(request.raw_path)

        async def billed(request: web.Request) -> web.StreamResponse:
            answer = await handler(request)
            if bill is not None and answer.status < 400 and isinstance(answer, web.Response):
                units = bill(request, _json(answer))
                behaviour.sold += units
                if wrong is not None and wrong.kind == "undercount" and not units:
                    return web.json_response(_undercounted(_json(answer)))
            return answer

        if wrong is None or wrong.kind == "undercount":
            return await billed(request)
        if wrong.kind in SOLD_AND_LOST:
            await billed(request)
        return await play(request, billed, wrong, behaviour)

    return misbehave


def _json(answer: web.Response) -> Any:
    body = answer.body
    return json.loads(bytes(body)) if isinstance(body, bytes | bytearray) and body else {}
