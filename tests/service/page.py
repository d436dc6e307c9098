"""A service on loopback for tests, and a client that speaks as the page does."""

from __future__ import annotations

import asyncio
import io
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import msgspec
import polars as pl
import uvicorn

from clew.service.desk import Desk
from clew.service.gate import Pass
from clew.service.serve import HOST, gated, listen
from clew.service.shelf import Shelf


class Page:
    """Calls as the page makes them; each gives status and answer."""

    def __init__(self, port: int, token: str) -> None:
        self.origin = f"http://{HOST}:{port}"
        self.cookie = ""
        status, headers, _ = self.raw("GET", f"/enter?token={token}")
        assert status == 303
        self.cookie = headers["Set-Cookie"].partition(";")[0]

    def raw(self, method: str, path: str, body: bytes | None = None, **headers: str):
        """Status, headers and body."""

        async def call() -> tuple[int, Mapping[str, str], bytes]:
            told = {"Origin": self.origin, "Cookie": self.cookie, **headers}
            if body is not None:
                told.setdefault("Content-Type", "application/json")
            told = {name: value for name, value in told.items() if value}
            async with (
                aiohttp.ClientSession() as session,
                session.request(
                    method, self.origin + path, data=body, headers=told, allow_redirects=False
                ) as answer,
            ):
                return answer.status, answer.headers.copy(), await answer.read()

        return asyncio.run(call())

    def get(self, path: str) -> Any:
        """A JSON answer that is there."""
        status, _, body = self.raw("GET", f"/api{path}")
        assert status == 200, body
        return msgspec.json.decode(body)

    def table(self, path: str) -> pl.DataFrame:
        """An Arrow answer that is there."""
        status, _, body = self.raw("GET", f"/api{path}")
        assert status == 200, body
        return pl.read_ipc_stream(io.BytesIO(body))

    def post(self, path: str, **body: Any) -> Any:
        """The answer to a change that is taken."""
        status, answer = self.tried(path, **body)
        assert status == 200, answer
        return answer

    def tried(self, path: str, **body: Any) -> tuple[int, Any]:
        """Status and answer to a change."""
        status, _, answer = self.raw("POST", f"/api{path}", msgspec.json.encode(body))
        return status, msgspec.json.decode(answer)

    def ids(self, graph: str, type_: str | None = None) -> list[str]:
        """Ids of a graph's entities."""
        table = self.table(f"/graph/entities?graph={quote(graph)}")
        return table.filter(pl.col("type") == type_ if type_ else pl.lit(True))["id"].to_list()

    def finished(self) -> list[dict[str, Any]]:
        """All runs, when none is going on any more."""

        async def wait() -> list[dict[str, Any]]:
            told = {"Origin": self.origin, "Cookie": self.cookie}
            async with (
                aiohttp.ClientSession() as session,
                session.ws_connect(f"{self.origin}/api/stream", headers=told) as stream,
            ):
                for _ in range(10_000):
                    await stream.receive_json(timeout=60)
                    runs: list[dict[str, Any]] = await asyncio.to_thread(self.get, "/runs")
                    if not any(run["running"] for run in runs):
                        return runs
            raise AssertionError("the runs do not end")

        return asyncio.run(wait())


@contextmanager
def served(
    file: Path | None, environment: Mapping[str, str], *, folder: Path = Path()
) -> Iterator[Page]:
    """The service on a file, new or not, or on none, until the context ends."""
    folder = file.parent if file is not None else folder
    passes = Pass(time.monotonic)
    socket = listen(0)
    port = socket.getsockname()[1]
    server: uvicorn.Server | None = None
    started = threading.Event()

    def serve() -> None:
        nonlocal server
        shelf = Shelf(folder, {"CLEW_HOME": str(folder / "home"), **environment})
        bench = None
        if file is not None:
            bench = shelf.open(file) if file.exists() else shelf.begin(file)
        app = gated(Desk(shelf, bench), passes, port=port)
        config = uvicorn.Config(
            app, log_level="error", access_log=False, lifespan="on", ws="websockets-sansio"
        )
        server = uvicorn.Server(config)
        started.set()
        server.run(sockets=[socket])

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        assert started.wait(30)
        yield Page(port, passes.issue())
    finally:
        if server is not None:
            server.should_exit = True
        thread.join(30)
        socket.close()
