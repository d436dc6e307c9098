"""A server on this machine that answers as a test says, byte for byte."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any, TypeVar

from clew.engine.bounds import Bounds
from clew.engine.client import Client
from clew.engine.maltego.declared import Protocol, Server
from clew.engine.maltego.send import Sender
from clew.transform.provider import Contact

TIGHT = Bounds(connect_s=2, total_s=1.0, reply_bytes=50_000)
HANG = b"hang"
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
    act: Callable[[Sender], Coroutine[Any, Any, T]],
    protocol: Protocol = "trx",
    *,
    path: str = "",
    key: str = "",
    limit: Contact = Contact.THIRD_PARTY,
) -> tuple[T, list[Heard]]:
    """What asking a server that answers so comes to, and what it heard."""

    async def go() -> tuple[T, list[Heard]]:
        async with listening(answers) as loopback, Client(TIGHT, contact_limit=limit) as client:
            server = Server(
                "made-up",
                f"{loopback.url}{path}",
                protocol,
                Contact.OWN_SERVER,
                enabled=True,
            )
            return await act(Sender(client, server, key)), loopback.heard

    return asyncio.run(go())
