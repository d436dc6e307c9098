"""The home's thread: what it computes keeps nobody else waiting, and its faults are answers."""

from __future__ import annotations

import asyncio
import errno
import threading
from typing import Any

import apsw
import msgspec
import pytest
from fastapi import FastAPI

from clew.errors import DamagedFile, InvalidValue
from clew.service.faults import add_faults
from clew.service.home_thread import AtHome, HomeThread

pytestmark = pytest.mark.assurance("sentences", "door")


def application(error: Exception | None = None) -> FastAPI:
    """Routes that fail, that wait for nobody, and that wait until an event is set."""
    app = FastAPI()
    add_faults(app)
    app.state.go = threading.Event()
    app.state.began = threading.Event()

    @app.get("/api/fail")
    async def fail() -> None:
        assert error is not None
        raise error

    @app.get("/api/thread")
    async def name() -> str:
        return threading.current_thread().name

    @app.get("/api/compute")
    async def compute() -> str:
        app.state.began.set()
        app.state.go.wait(60)
        return "computed"

    @app.get("/page")
    async def page() -> str:
        return threading.current_thread().name

    return app


async def answer(inside: AtHome, path: str, *, gone: bool = False) -> tuple[int, Any]:
    """Status and body of a GET; 0 where nothing was sent."""
    sent: list[Any] = []
    scope = {
        "type": "http", "method": "GET", "path": path, "raw_path": path.encode(), "headers": [],
        "query_string": b"", "root_path": "", "scheme": "http", "http_version": "1.1",
    }  # fmt: skip

    async def receive() -> Any:
        return {"type": "http.disconnect"} if gone else {"type": "http.request", "body": b""}

    async def send(message: Any) -> None:
        sent.append(message)

    await inside(scope, receive, send)
    body = b"".join(one.get("body", b"") for one in sent)
    return (sent[0]["status"], msgspec.json.decode(body)) if sent else (0, None)


def test_the_page_is_served_while_the_home_computes() -> None:
    """A route that computes for long waits alone: the page's files come meanwhile."""
    app = application()

    async def both() -> tuple[Any, Any]:
        heavy = asyncio.create_task(answer(inside, "/api/compute"))
        await asyncio.to_thread(app.state.began.wait, 60)
        page = await answer(inside, "/page")
        app.state.go.set()
        return page, await heavy

    with HomeThread() as thread:
        inside = AtHome(app, thread)
        page, heavy = asyncio.run(both())
        assert page[1] != "home"
        assert heavy == (200, "computed")
        assert asyncio.run(answer(inside, "/api/thread")) == (200, "home")
        assert asyncio.run(answer(inside, "/api/thread", gone=True)) == (0, None)


FAULTS = (
    (OSError(errno.ENOSPC, "No space left on device"), 507, "No space left"),
    (PermissionError(errno.EACCES, "Permission denied", "/x/y"), 409, "/x/y: it can't be used"),
    (UnicodeDecodeError("utf-8", b"\xff", 0, 1, "invalid start byte"), 409, "can't be read"),
    (UnicodeEncodeError("utf-8", "\udcff", 0, 1, "surrogates not allowed"), 409, "can't be read"),
    (apsw.FullError("database or disk is full"), 507, "the disk is full"),
    (apsw.BusyError("database is locked"), 409, "another process holds it"),
    (apsw.CorruptError("malformed"), 409, "SQLite says: malformed"),
    (BrokenPipeError(errno.EPIPE, "Broken pipe"), 409, "Broken pipe"),
    (DamagedFile("a.clew", "a row is wrong"), 409, "a row is wrong"),
    (InvalidValue("name", "x", "it is short"), 422, "it is short"),
    (RuntimeError("made up"), 500, "This is a fault of Clew: RuntimeError."),
    (RecursionError(), 500, "This is a fault of Clew: RecursionError."),
)


@pytest.mark.parametrize(("error", "status", "text"), FAULTS, ids=lambda one: type(one).__name__)
def test_every_fault_is_an_answer_of_one_shape(error: Exception, status: int, text: str) -> None:
    """Errors of the system, of SQLite, of texts, ours and unforeseen ones: words, no trace."""
    with HomeThread() as thread:
        found = asyncio.run(answer(AtHome(application(error), thread), "/api/fail"))
    assert found[0] == status
    assert set(found[1]) == {"what", "subject", "helps"}
    assert text in found[1]["what"]
    assert "Traceback" not in str(found[1])
