"""A service on loopback for tests, and a client that speaks as the page does."""

from __future__ import annotations

import asyncio
import io
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import aiohttp
import msgspec
import polars as pl

from clew.service.library import Library
from clew.service.serve import HOST, serve
from service.background import running


class Page:
    """Calls as the page makes them; each gives status and answer."""

    def __init__(self, port: int, token: str) -> None:
        self.port = port
        self.origin = f"http://{HOST}:{port}"
        self.cookie = self.key = ""
        status, headers, _ = self.raw("GET", f"/enter?token={token}")
        assert status == 303
        self.cookie = headers["Set-Cookie"].partition(";")[0]
        self.key = headers["Location"].removeprefix("/#key=")

    def raw(
        self, method: str, path: str, body: bytes | Iterator[bytes] | None = None, **headers: str
    ) -> tuple[int, HTTPMessage, bytes]:
        """Status, headers and body; a request body in pieces is sent without its length."""

        sent = {"Origin": self.origin, "Cookie": self.cookie, "clew-key": self.key, **headers}
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        connection = HTTPConnection(HOST, self.port, timeout=60)
        with closing(connection):
            named = {name: value for name, value in sent.items() if value}
            connection.request(method, path, body, named)
            answer = connection.getresponse()
            return answer.status, answer.headers, answer.read()

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
                    runs: list[dict[str, Any]] = await asyncio.to_thread(self.get, "/runs?most=100")
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

    def serve_it(ready: Callable[[str], None], stop: threading.Event) -> None:
        library = Library(folder, {"CLEW_HOME": str(folder / "home"), **environment})
        bench = None
        if file is not None:
            bench = library.open(file) if file.exists() else library.begin(file)
        serve(library, bench, ready=ready, stop=stop)

    with running(serve_it) as address:
        entry = urlsplit(address)
        assert entry.port is not None
        yield Page(entry.port, entry.query.removeprefix("token="))
