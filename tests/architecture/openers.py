"""Who alone opens connections, listens, or looks names up: one file for each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from architecture.source import Source, uses

_NOBODY: frozenset[str] = frozenset()
OPENERS: Mapping[str, frozenset[str]] = {
    "aiohttp.ClientSession": frozenset({"engine/client.py"}),
    "aiohttp.TCPConnector": frozenset({"engine/connector.py"}),
    "aiohttp.UnixConnector": _NOBODY,
    "aiohttp.request": _NOBODY,
    "aiohttp_socks.ProxyConnector": frozenset({"engine/connector.py"}),
    "asyncio.open_connection": _NOBODY,
    "asyncio.open_unix_connection": _NOBODY,
    "asyncio.start_server": _NOBODY,
    ".create_connection": _NOBODY,
    ".create_datagram_endpoint": _NOBODY,
    "dns": _NOBODY,
    ".getaddrinfo": frozenset({"engine/connector.py"}),
    ".sendto": _NOBODY,
    ".sock_connect": _NOBODY,
    "socket.create_connection": _NOBODY,
    "socket.getaddrinfo": _NOBODY,
    "socket.gethostbyname": _NOBODY,
    "socket.socket": frozenset({"service/serve.py", "service/trx/serve.py"}),
    "xmlrpc": _NOBODY,
}
"""What opens a way out or in, and the files that may use it; servers listen, and ask nobody."""
REPLICAS = "replicas"
"""The room that stands apart: it answers on loopback, as a vendor would."""


def opener_faults(files: Iterable[Source]) -> list[str]:
    """Where a file opens a connection, and is not the one that this is left to."""
    return [
        f"{file.path}:{line}: {name} opens a connection"
        for file in files
        if file.room != REPLICAS
        for name, line in uses(file, OPENERS)
        if file.path not in OPENERS[name]
    ]


def unused_openers(files: Iterable[Source]) -> list[str]:
    """Files that may open something, and do not."""
    used = {(name, file.path) for file in files for name, _ in uses(file, OPENERS)}
    return [
        f"{path} does not use {name}, though the table says so"
        for name, paths in OPENERS.items()
        for path in sorted(paths)
        if (name, path) not in used
    ]
