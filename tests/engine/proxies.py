"""Servers and proxies on this machine's loopback, each with the fault that a test wants."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import socket
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import trustme

from clew.engine.addresses import is_loopback
from clew.engine.bounds import Bounds
from clew.engine.client import Client, Reach
from clew.engine.route import Route
from clew.transform.provider import Contact
from clew.transform.request import Reply, Request

HOST = "api.example.org"
LOGIN = "anna", "pass word:x"
QUICK = Bounds(connect_s=0.3, total_s=0.4)
Serve = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@contextlib.asynccontextmanager
async def listening(serve: Serve, tls: ssl.SSLContext | None = None) -> AsyncIterator[int]:
    """A server, as its port; ended with all its connections."""
    tasks: set[asyncio.Task[None]] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        ends = (ConnectionError, asyncio.IncompleteReadError, ssl.SSLError, asyncio.CancelledError)
        with contextlib.suppress(*ends):
            await serve(reader, writer)
        writer.close()
        with contextlib.suppress(*ends):
            await writer.wait_closed()

    server = await asyncio.start_server(handle, "127.0.0.1", 0, ssl=tls)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def answering(answer: bytes = b"{}", headers: str = "") -> Serve:
    """Answers each request with a body."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(answer)}\r\n{headers}\r\n"
        writer.write(head.encode() + answer)
        await writer.drain()

    return serve


async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Speaks HTTP without TLS, and complains of what is none."""
    await reader.read(1)
    writer.write(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    await writer.drain()


async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Takes all, and says nothing."""
    await reader.read()


def certified(authority: trustme.CA, *names: str, until: datetime | None = None) -> ssl.SSLContext:
    """A server's side of TLS with a certificate."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names, not_after=until).configure_cert(context)
    return context


async def outdated(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Refuses the version of TLS that it is greeted with (RFC 5246, 7.2: protocol_version)."""
    await reader.read(1)
    writer.write(bytes([21, 3, 1, 0, 2, 2, 70]))
    await writer.drain()
    await reader.read()


EXPIRED = datetime(2020, 1, 1, tzinfo=UTC)


def bundle(authority: trustme.CA, folder: Path) -> str:
    """The authority as a file."""
    path = folder / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


class ConnectProxy:
    """An HTTP proxy that takes each CONNECT for one server of this machine."""

    def __init__(self, to: int, *, status: int = 200, login: tuple[str, str] | None = None) -> None:
        self.to = to
        self.status = status
        self.login = login
        self.heard: list[str] = []

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        self.heard.append(head.splitlines()[0])
        status = self.status
        if self.login is not None:
            wanted = base64.b64encode(":".join(self.login).encode()).decode()
            status = 200 if f"proxy-authorization: basic {wanted}".lower() in head.lower() else 407
        writer.write(f"HTTP/1.1 {status} Said\r\n\r\n".encode())
        await writer.drain()
        if status == 200:
            await relay(reader, writer, self.to)


class SocksProxy:
    """A SOCKS5 proxy (RFC 1928, 1929) that takes each name for one server of this machine."""

    def __init__(self, to: int, *, code: int = 0, login: tuple[str, str] | None = None) -> None:
        self.to = to
        self.code = code
        self.login = login
        self.heard: list[str] = []

    async def __call__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        methods = await reader.readexactly((await reader.readexactly(2))[1])
        method = 2 if self.login is not None else 0
        if method not in methods:
            writer.write(b"\x05\xff")
            return
        writer.write(bytes([5, method]))
        if self.login is not None:
            name = await reader.readexactly((await reader.readexactly(2))[1])
            word = await reader.readexactly((await reader.readexactly(1))[0])
            good = (name.decode(), word.decode()) == self.login
            writer.write(bytes([1, 0 if good else 1]))
            if not good:
                return
        kind = (await reader.readexactly(4))[3]
        assert kind == 3, "the name comes as a name, so that the proxy looks it up"
        self.heard.append((await reader.readexactly((await reader.readexactly(1))[0])).decode())
        await reader.readexactly(2)
        writer.write(bytes([5, self.code, 0, 1, 0, 0, 0, 0, 0, 0]))
        await writer.drain()
        if self.code == 0:
            await relay(reader, writer, self.to)


async def relay(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, to: int) -> None:
    """Passes bytes between a connection and a server of this machine."""
    far_reader, far_writer = await asyncio.open_connection("127.0.0.1", to)

    async def copy(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await source.read(65_536):
                sink.write(data)
                await sink.drain()
        sink.close()

    try:
        await asyncio.gather(copy(reader, far_writer), copy(far_reader, writer))
    finally:
        far_writer.close()
        with contextlib.suppress(ConnectionError, asyncio.CancelledError):
            await far_writer.wait_closed()


def free_port() -> int:
    """A port on which nobody listens."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


async def asked(
    url: str,
    route: Route,
    *,
    bounds: Bounds = QUICK,
    now: datetime = EXPIRED,
    contact: Contact = Contact.THIRD_PARTY,
) -> Reply:
    """The reply to one question at an address, by a route."""
    request = Request("GET", url)
    reach = Reach.of("Example", contact, url, route=route)
    assert is_loopback(request.host) or url.startswith("https:")
    async with Client(bounds, clock=lambda: now) as client:
        return await client.send(request, request, reach, count=lambda: None)
