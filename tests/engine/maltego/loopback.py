"""A server on this machine that answers as a test says, byte for byte."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, TypeVar

from clew.engine.bounds import Bounds
from clew.engine.client import Client
from clew.engine.maltego.answer import MaltegoAnswer
from clew.engine.maltego.declarations import ListedTransform, Protocol, ServerDeclaration
from clew.engine.maltego.polling import PolledRuns
from clew.engine.maltego.server_client import ServerClient
from clew.engine.maltego.transforms import server_transform
from clew.engine.route import Route
from clew.engine.settings import ProviderConfig
from clew.engine.transport import transport_of
from clew.errors import OverBudget
from clew.schema.registry import catalogue
from clew.schema.types import DomainName
from clew.transform.provider import Contact

TIGHT = Bounds(connect_s=2, total_s=1.0, reply_bytes=50_000)
HANG = b"hang"
NAME = DomainName("example.org")
T = TypeVar("T")


@dataclass(frozen=True)
class Heard:
    """A request as it came."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


Answers = Callable[[Heard], bytes]


@dataclass
class Loopback:
    """Where it listens, and what it heard."""

    port: int = 0
    heard: list[Heard] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


def answer(body: bytes | str, status: int = 200, kind: str = "text/xml", **headers: str) -> bytes:
    """A whole response."""
    data = body.encode() if isinstance(body, str) else body
    told = {"Content-Type": kind, "Content-Length": str(len(data)), "Connection": "close"}
    told |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    return f"HTTP/1.1 {status} Said\r\n{lines}\r\n".encode() + data


@contextlib.asynccontextmanager
async def listening(answers: Answers) -> AsyncIterator[Loopback]:
    """A server while the block runs."""
    loopback = Loopback()
    serving: list[tuple[asyncio.Task[None], asyncio.StreamWriter]] = []

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        serving.append((asyncio.create_task(serve(reader, writer)), writer))

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            first, *lines = head.strip().split("\r\n")
            method, path, _ = first.split(" ")
            headers = {n.lower(): v.strip() for n, _, v in (it.partition(":") for it in lines)}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            heard = Heard(method, path, headers, body)
            loopback.heard.append(heard)
            said = answers(heard)
            if said == HANG:
                # Until the client had enough: the task is cancelled at the end.
                await asyncio.Event().wait()
            else:
                writer.write(said)
                await writer.drain()
            writer.close()

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    loopback.port = server.sockets[0].getsockname()[1]
    try:
        yield loopback
    finally:
        server.close()
        for task, writer in serving:
            task.cancel()
            writer.close()
        await asyncio.gather(*(task for task, _ in serving), return_exceptions=True)
        for _, writer in serving:
            with contextlib.suppress(OSError, asyncio.CancelledError):
                await writer.wait_closed()
        await server.wait_closed()


def asked(
    answers: Answers,
    act: Callable[[ServerClient], Coroutine[Any, Any, T]],
    protocol: Protocol = "trx",
    *,
    path: str = "",
    key: str = "",
    limit: Contact = Contact.THIRD_PARTY,
) -> tuple[T, list[Heard]]:
    """What asking a server that answers so comes to, and what it heard."""

    async def go() -> tuple[T, list[Heard]]:
        async with listening(answers) as loopback, Client(TIGHT, contact_limit=limit) as client:
            server = declared(loopback, protocol, path)
            return await act(ServerClient(client, server, Route(), key)), loopback.heard

    return asyncio.run(go())


@dataclass(frozen=True)
class LookUp:
    """What one look-up came to."""

    answer: MaltegoAnswer
    problems: list[str]
    heard: list[Heard]
    counted: int
    body: bytes

    @property
    def values(self) -> list[str]:
        return [thing.value for thing in self.answer.response.things]


def looked_up(
    answers: Answers,
    protocol: Protocol,
    name: str,
    *,
    path: str = "",
    url: str = "",
    keys: dict[str, str] | None = None,
    settings: dict[str, Any] | None = None,
    bounds: Bounds = TIGHT,
    limit: Contact = Contact.THIRD_PARTY,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    calls_max: int = 1_000,
    heard: list[Heard] | None = None,
) -> LookUp:
    """One look-up at a server that answers so, about example.org, by its own transport."""
    counted = 0

    def count() -> None:
        nonlocal counted
        if counted == calls_max:
            raise OverBudget("No more.", reason=f"the run may make {calls_max} calls")
        counted += 1

    async def go() -> LookUp:
        async with listening(answers) as loopback, Client(bounds, contact_limit=limit) as client:
            if heard is not None:
                loopback.heard = heard
            server = declared(loopback, protocol, path)
            known = ListedTransform(name, url=f"{loopback.url}{url}" if url else "")
            transform = server_transform(server, known, catalogue())
            provider, checked = transform.provider, transform.settings(settings or {})
            assert transform.question is not None
            config = ProviderConfig(provider, server.url, "", provider.ceiling, keys or {})
            request = transform.question(NAME, {}, checked).at(server.url)
            signed = provider.sign(request, config.keys, datetime.fromtimestamp(0, UTC))
            transport = transport_of(config, client, bounds, chance=lambda: 0.5)
            if isinstance(transport, PolledRuns):
                transport = PolledRuns(client, bounds, chance=lambda: 0.5, sleep=sleep)
            reply = await transport.send(
                request, signed, config.reach, count=count, count_other=count
            )
            row = provider.read(reply)
            return LookUp(row["answer"], row.problems, loopback.heard, counted, reply.body)

    return asyncio.run(go())


def declared(loopback: Loopback, protocol: Protocol, path: str = "") -> ServerDeclaration:
    """A declaration of that server."""
    url = f"{loopback.url}{path}"
    return ServerDeclaration("made-up", url, protocol, Contact.OWN_SERVER, enabled=True)
