"""Serving an investigation on loopback until it is stopped."""

from __future__ import annotations

import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from clew.errors import Refusal
from clew.service.app import application
from clew.service.case_home import CaseHome
from clew.service.connections import ClientConnection, StreamConnection
from clew.service.gate import Application, Gate
from clew.service.home_thread import AtHome, HomeThread
from clew.service.library import Library
from clew.service.passes import Pass
from clew.service.server import Server
from clew.workbench import Workbench

HOST = "127.0.0.1"
KEEP_ALIVE_S = 5
"""How long a connection may be idle between requests, in seconds."""
PING_S = 20.0
"""How often a stream's page is asked whether it is there, and how long it has to answer."""


def serve(
    library: Library,
    bench: Workbench | None,
    *,
    port: int = 0,
    ready: Callable[[str], None],
    page: Path | None = None,
    stop: threading.Event | None = None,
) -> None:
    """
    Serve until SIGINT, SIGTERM or *stop*; closes the workbench and the library.

    Args:
        library: What can be opened.
        bench: The open investigation, or none: the page starts with what can be opened.
        port: Where to listen on loopback; any free port where 0.
        ready: Called with the address that opens the page, once.
        page: Folder of the built page; the shipped one where None.
        stop: Ends the service when it is set, from any thread.
    """
    listening = listen(port)
    number = listening.getsockname()[1]
    passes = Pass(time.monotonic)
    home = CaseHome(library, bench)
    with _private_files(), HomeThread() as thread:
        app = AtHome(application(home, page=page), thread)
        config = uvicorn.Config(
            behind_gate(app, passes, port=number), http=ClientConnection, ws=StreamConnection,
            ws_max_size=65_536, ws_ping_interval=PING_S, ws_ping_timeout=PING_S, lifespan="on",
            log_level="critical", access_log=False, server_header=False,
            timeout_keep_alive=KEEP_ALIVE_S, timeout_graceful_shutdown=1,
        )  # fmt: skip
        ready(f"http://{HOST}:{number}/enter?token={passes.issue()}")
        Server(config, stop, at_end=home.kill_workers).run(sockets=[listening])


@contextmanager
def _private_files() -> Iterator[None]:
    """What is written meanwhile concerns nobody else of this machine."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def behind_gate(app: Application, passes: Pass, *, port: int) -> Application:
    """An application behind the gate."""
    return Gate(app, passes, hosts=frozenset({f"{HOST}:{port}", f"localhost:{port}"}))


def listen(port: int) -> socket.socket:
    """A listening socket on loopback; raises Refusal where the port can't be had."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
    except OSError as error:
        listening.close()
        raise Refusal(
            f"Port {port} on loopback can't be used: {error.strerror}.",
            helps="Choose another --port, or none.",
        ) from error
    listening.listen(128)
    return listening
