"""Serving transforms to Maltego's clients until stopped."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

import uvicorn

from clew.errors import InvalidValue, Refusal
from clew.service.gate import Application
from clew.service.server import Server
from clew.service.trx.app import application
from clew.service.trx.gate import Door
from clew.service.trx.run import Setup

HOST = "127.0.0.1"
CONNECTIONS_MAX = 200
"""Requests at the same time; what is over is told to come later."""


def serve(
    setup: Setup,
    *,
    token: str,
    ready: Callable[[str], None],
    host: str = HOST,
    port: int = 0,
    url: str = "",
    origins: frozenset[str] = frozenset(),
    stop: threading.Event | None = None,
) -> None:
    """
    Serve until SIGINT, SIGTERM or *stop*.

    Args:
        setup: What is served from; closed by the caller.
        token: Who has it may enter.
        ready: Called once with the address that clients are given, token included.
        host: Address to listen on.
        port: Where to listen; any free port where 0.
        url: Address of a proxy in front, which does TLS.
        origins: Web pages whose scripts may ask.
        stop: Ends the service when it is set, from any thread.

    Raises:
        InvalidValue: *host* is no address, or *url* none that clients can ask.
        Refusal: It can't listen there.
    """
    check_url(url)
    listening = listen(host, port, named=bool(url))
    number = listening.getsockname()[1]
    app = behind_door(setup, token=token, host=host, port=number, url=url, origins=origins)
    ready(f"{url.rstrip('/') or f'http://{_shown(host)}:{number}'}/t/{token}")
    # No log of addresses, which hold the token.
    config = uvicorn.Config(
        app, log_level="error", access_log=False, server_header=False, lifespan="on", ws="none",
        limit_concurrency=CONNECTIONS_MAX, timeout_graceful_shutdown=3, proxy_headers=False,
    )  # fmt: skip
    Server(config, stop).run(sockets=[listening])


def behind_door(
    setup: Setup,
    *,
    token: str,
    port: int,
    host: str = HOST,
    url: str = "",
    origins: frozenset[str] = frozenset(),
) -> Application:
    """The application behind its door."""
    hosts = {f"{HOST}:{port}", f"localhost:{port}", f"{_shown(host)}:{port}"}
    return Door(application(setup), token=token, hosts=frozenset(hosts), url=url, origins=origins)


def listen(host: str, port: int, *, named: bool = False) -> socket.socket:
    """A listening socket; *named* says that clients are told of another address than this."""
    try:
        address = ip_address(host)
    except ValueError as error:
        raise InvalidValue("host", host, "it is no IP address") from error
    if address.is_unspecified and not named:
        raise Refusal(
            "All addresses of this machine are no name that clients could use.",
            helps="Give --host one address, or --url the name that clients know.",
        )
    family = socket.AF_INET6 if address.version == 6 else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        raise Refusal(
            f"{host}, port {port}, can't be used: {error.strerror}.", helps="Choose another --port."
        ) from error
    listening.listen(128)
    return listening


def check_url(url: str) -> None:
    """Raises InvalidValue for what is no address of a web server."""
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.netloc)
    except ValueError:
        fine = False
    if url and not (fine and not parts.query and not parts.fragment and "@" not in parts.netloc):
        raise InvalidValue("address", url, "it is not like https://clew.example.org")


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host
