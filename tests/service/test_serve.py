"""Whatever clients do or leave: others are answered, and a signal ends the service in time."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic
from urllib.parse import urlsplit

import pytest

from clew.service import connections, gate
from service.page import Page, served

pytestmark = pytest.mark.assurance("door")
QUIET = {"CLEW_KEYRING": "no"}
END_S = 3.0
"""Within what a signal ends the service, whatever goes on."""


@contextmanager
def started(file: Path) -> Iterator[tuple[subprocess.Popen[str], Page]]:
    """The service as a person starts it, in a process of its own."""
    environment = {**os.environ, **QUIET, "CLEW_HOME": str(file.parent / "home")}
    command = [sys.executable, "-m", "clew.cli.app", "open", str(file), "--no-browser"]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, env=environment, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            assert process.stdout is not None
            address = next(line for line in process.stdout if line.startswith("http://"))
            entry = urlsplit(address.strip())
            assert entry.port is not None
            yield process, Page(entry.port, entry.query.removeprefix("token="))
        finally:
            process.kill()


def connected(page: Page, sent: bytes) -> socket.socket:
    """A client that sends that, and then nothing."""
    client = socket.create_connection(("127.0.0.1", page.port), timeout=30)
    client.sendall(sent)
    return client


def half_head(page: Page) -> socket.socket:
    return connected(page, b"GET /api/case HTTP/1.1\r\nHost: ")


def nothing_at_all(page: Page) -> socket.socket:
    return connected(page, b"")


def half_body(page: Page) -> socket.socket:
    head = (
        f"POST /api/commands/undo HTTP/1.1\r\nHost: 127.0.0.1:{page.port}\r\n"
        f"Origin: {page.origin}\r\nCookie: {page.cookie}\r\nclew-key: {page.key}\r\n"
        "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    )
    return connected(page, head.encode())


def unread_answers(page: Page) -> socket.socket:
    """Asks for much, over and over, and reads none of it."""
    ask = (
        f"GET /api/openapi.json HTTP/1.1\r\nHost: 127.0.0.1:{page.port}\r\nCookie: {page.cookie}"
        "\r\n\r\n"
    )
    return connected(page, ask.encode() * 100)


def idle_after_an_answer(page: Page) -> socket.socket:
    client = connected(page, f"GET /enter HTTP/1.1\r\nHost: 127.0.0.1:{page.port}\r\n\r\n".encode())
    assert client.recv(20).startswith(b"HTTP/1.1 401")
    return client


def half_second_head(page: Page) -> socket.socket:
    client = idle_after_an_answer(page)
    client.sendall(b"GET /api/case HTTP")
    return client


Client = Callable[[Page], socket.socket]
HALF_OPEN: tuple[Client, ...] = (
    nothing_at_all, half_head, half_body, idle_after_an_answer, half_second_head,
)  # fmt: skip


@pytest.mark.parametrize("client", HALF_OPEN)
def test_a_half_open_connection_is_dropped(
    client: Client, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A client that stops in the midst is hung up on when its time is over, and no one else is."""
    monkeypatch.setattr(connections, "HEAD_S", 0.2)
    monkeypatch.setattr(gate, "PIECE_S", 0.2)
    with served(tmp_path / "a.clew", QUIET) as page, client(page) as half:
        while half.recv(10_000):
            continue
        assert page.get("/case")["seq"] == 1


@pytest.mark.parametrize("client", [*HALF_OPEN, unread_answers])
def test_no_client_keeps_the_service_from_ending(client: Client, tmp_path: Path) -> None:
    """SIGTERM ends it in time with ten such clients, and what they see is no trace."""
    with started(tmp_path / "a.clew") as (process, page), ExitStack() as clients:
        for _ in range(10):
            clients.enter_context(client(page))
        page.post("/text", graph="main", text="a.example.org")
        start = monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(30)
        assert monotonic() - start < END_S
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()


def test_heavy_work_keeps_the_service_neither_from_answering_nor_from_ending(
    tmp_path: Path,
) -> None:
    """While the home computes for long the door still answers, and SIGTERM is obeyed in time."""
    names = "\n".join(f"h{number}.example.org" for number in range(150_000))
    with started(tmp_path / "a.clew") as (process, page):
        body = f'{{"graph": "main", "text": {names!r}}}'.replace("'", '"').encode()
        head = (
            f"POST /api/commands/add-text HTTP/1.1\r\nHost: 127.0.0.1:{page.port}\r\n"
            f"Origin: {page.origin}\r\nCookie: {page.cookie}\r\nclew-key: {page.key}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        with connected(page, head.encode() + body):
            assert page.raw("GET", "/", Accept="text/html")[0] in (200, 503)
            start = monotonic()
            process.send_signal(signal.SIGTERM)
            process.wait(30)
            assert monotonic() - start < END_S


def test_what_the_service_writes_is_its_users_alone(tmp_path: Path) -> None:
    """Every file that a service made is closed to others, what it remembers too."""
    with started(tmp_path / "a.clew") as (process, page):
        page.post("/text", graph="main", text="a.example.org\nb.example.org")
        page.post("/library/new", name="second")
        process.send_signal(signal.SIGTERM)
        process.wait(30)
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    found = {path: stat.S_IMODE(path.stat().st_mode) for path in files}
    assert {path.name for path in found} >= {"a.clew", "second.clew"}
    assert [f"{path} {mode:o}" for path, mode in found.items() if mode != 0o600] == []
