"""A service in a process of its own, and clients that ask it over HTTP as pages do."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import aiohttp

STATUS_OK = 200


@dataclass(slots=True)
class Timings:
    """How long requests of one kind took, in seconds, and which failed."""

    took_s: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def quantile_ms(self, part: float) -> float:
        """The time below which that part of all lies, in milliseconds."""
        ordered = sorted(self.took_s)
        return ordered[min(len(ordered) - 1, int(part * len(ordered)))] * 1e3 if ordered else 0.0


@dataclass(frozen=True, slots=True)
class ServiceProcess:
    """A running service: its process, and where it is entered."""

    process: subprocess.Popen[str]
    address: str

    @property
    def memory_mb(self) -> float:
        """What its process holds in memory, in megabytes."""
        text = Path(f"/proc/{self.process.pid}/statm").read_text("ascii")
        return int(text.split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6

    @property
    def processor_s(self) -> float:
        """Processor time that its process has used, in seconds."""
        text = Path(f"/proc/{self.process.pid}/stat").read_text("ascii").rpartition(")")[2]
        user, system = text.split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")

    def end(self) -> float:
        """Ask it to end; gives how many seconds that took."""
        start = time.perf_counter()
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(60)
        return time.perf_counter() - start


@contextmanager
def service_on(file: Path) -> Iterator[ServiceProcess]:
    """The service on a file, as ``clew open`` starts it."""
    environment = {**os.environ, "CLEW_HOME": str(file.parent / "home"), "CLEW_KEYRING": "no"}
    command = [sys.executable, "-m", "clew.cli.app", "open", str(file), "--no-browser"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        address = next(line for line in process.stdout if line.startswith("http://")).strip()
        yield ServiceProcess(process, address)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait(60)
        process.stdout.close()


class Client:
    """A page's requests; each is timed."""

    def __init__(
        self, session: aiohttp.ClientSession, origin: str, headers: dict[str, str]
    ) -> None:
        self._session, self._origin, self._headers = session, origin, headers

    async def ask(self, timings: Timings, path: str, body: Any = None) -> bytes:
        """What a path answers; a body is posted."""
        start = time.perf_counter()
        method = "GET" if body is None else "POST"
        address, headers = f"{self._origin}/api{path}", self._headers
        async with self._session.request(method, address, json=body, headers=headers) as answer:
            data = await answer.read()
        timings.took_s.append(time.perf_counter() - start)
        if answer.status != STATUS_OK:
            timings.faults.append(f"{path}: {answer.status} {data[:200]!r}")
        return data


async def with_clients(address: str, work: Callable[[Client], Awaitable[None]]) -> None:
    """Enter a service, and do work with it."""
    entry = urlsplit(address)
    origin = f"http://{entry.netloc}"
    async with (
        aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session,
        session.get(address, allow_redirects=False) as entered,
    ):
        cookie = entered.headers["Set-Cookie"].partition(";")[0]
        key = parse_qs(urlsplit(entered.headers["Location"]).fragment).get("key", [""])[0]
        headers = {"Origin": origin, "Cookie": cookie, "clew-key": key}
        await work(Client(session, origin, headers))


async def repeat(until: float, each_s: float, act: Callable[[int], Awaitable[object]]) -> None:
    """Act again and again until a moment of ``time.perf_counter``, at most once every *each_s*."""
    number = 0
    while (start := time.perf_counter()) < until:
        await act(number)
        number += 1
        await asyncio.sleep(max(0.0, each_s - (time.perf_counter() - start)))
