"""Serving an investigation on loopback until it is stopped."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from pathlib import Path

import uvicorn

from clew.errors import Refusal
from clew.service.app import application
from clew.service.case_home import CaseHome
from clew.service.gate import Application, Gate, Pass
from clew.service.library import Library
from clew.service.server import Server
from clew.workbench import Workbench

HOST = "127.0.0.1"


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
    app = behind_gate(home, passes, port=number, page=page)
    config = uvicorn.Config(
        app, log_level="error", access_log=False, server_header=False, ws_max_size=65_536,
        timeout_graceful_shutdown=3, lifespan="on", ws="websockets-sansio",
    )  # fmt: skip
    ready(f"http://{HOST}:{number}/enter?token={passes.issue()}")
    Server(config, stop).run(sockets=[listening])


def behind_gate(
    home: CaseHome, passes: Pass, *, port: int, page: Path | None = None
) -> Application:
    """The application behind its gate."""
    hosts = frozenset({f"{HOST}:{port}", f"localhost:{port}"})
    return Gate(application(home, page=page), passes, hosts=hosts)


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
