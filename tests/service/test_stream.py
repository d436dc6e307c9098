"""The stream: who listens, who is refused, and that pages which go away are noticed."""

from __future__ import annotations

import asyncio
import gc
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from time import monotonic

import aiohttp
import pytest

from clew.service import serve
from clew.service.case_home import CaseHome
from clew.service.events import LogGrew, RunFailed
from clew.service.home_thread import HomeThread
from clew.service.listeners import EVENTS_MAX, LISTENERS_MAX, Listeners, ListenersFull
from clew.service.serve import HOST
from clew.service.stream import TRY_AGAIN_LATER
from service.page import Page, served

Socket = aiohttp.ClientWebSocketResponse
QUIET = {"CLEW_KEYRING": "no"}
PING_S = 0.25
ASKED_MAX = 2_000
"""Requests after which a page that is gone must have lost its place."""
LONG = "x" * 1_000_000
PENDING_BYTES = 8_000_000
"""More than the kernel keeps of what nobody reads on one connection, in bytes."""


@pytest.fixture
def page(tmp_path: Path) -> Iterator[Page]:
    with served(tmp_path / "a.clew", QUIET) as found:
        found.post("/text", graph="main", text="a.example.org")
        yield found


@asynccontextmanager
async def listening(page: Page, **headers: str) -> AsyncIterator[Socket]:
    headers = {"Origin": page.origin, "Cookie": page.cookie, **headers}
    async with (
        aiohttp.ClientSession() as session,
        session.ws_connect(f"{page.origin}/api/stream", headers=headers) as stream,
    ):
        yield stream


async def works(page: Page) -> bool:
    """Whether a page hears of a change that another one makes."""
    async with listening(page) as stream:
        first = await stream.receive(timeout=10)
        if first.type is aiohttp.WSMsgType.CLOSE:
            return False
        ids = await asyncio.to_thread(page.ids, "main")
        await asyncio.to_thread(page.post, "/label", entities=ids, kind="star")
        second = await stream.receive_json(timeout=10)
        return bool(second["seq"] == first.json()["seq"] + 1)


def test_a_stream_tells_changes_and_refuses_strangers(page: Page) -> None:
    """A second page hears of a change; a foreign Origin or no cookie gets no stream."""

    async def enter(**headers: str) -> None:
        async with listening(page, **headers):
            pass

    assert asyncio.run(works(page))
    for headers in ({"Origin": "http://evil.example"}, {"Cookie": "clew=x"}):
        with pytest.raises(aiohttp.WSServerHandshakeError):
            asyncio.run(enter(**headers))


@pytest.mark.parametrize("polite", [True, False], ids=["closed", "lost"])
def test_a_page_may_be_loaded_again_any_number_of_times(page: Page, polite: bool) -> None:
    """100 pages come and go while nothing changes; the next one hears of a change."""

    async def reload() -> None:
        for _ in range(100):
            async with listening(page) as stream:
                assert (await stream.receive_json(timeout=10))["kind"] == "changed"
                if not polite:
                    transport = stream.get_extra_info("socket")
                    transport.shutdown(2)
        assert await works(page)

    asyncio.run(reload())


def test_a_page_too_many_is_told_why(page: Page) -> None:
    """Past LISTENERS_MAX a stream is closed with a reason; it works when another page has left."""

    async def crowd() -> None:
        pages = [listening(page) for _ in range(LISTENERS_MAX)]
        for one in pages:
            await (await one.__aenter__()).receive_json(timeout=10)
        async with listening(page) as stream:
            refusal = await stream.receive(timeout=10)
            assert refusal.data == TRY_AGAIN_LATER
            assert str(LISTENERS_MAX) in (refusal.extra or "")
        await pages[0].__aexit__(None, None, None)
        for _ in range(1_000):
            if await works(page):
                break
        else:
            raise AssertionError("the place of a page that left stays taken")
        for one in pages[1:]:
            await one.__aexit__(None, None, None)

    asyncio.run(crowd())


@pytest.mark.parametrize("full", [False, True], ids=["nothing to read", "more than it can hold"])
def test_a_page_that_stops_reading_is_let_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, full: bool
) -> None:
    """A socket that stays open and says nothing loses its place; what waits for it is dropped."""
    monkeypatch.setattr(serve, "PING_S", PING_S)
    with served(tmp_path / "a.clew", QUIET) as page, half_dead(page) as socket_:
        (home,) = (one for one in gc.get_objects() if isinstance(one, CaseHome) and one.is_open)
        listeners = home.listeners
        if full:
            for _ in range(2 * PENDING_BYTES // len(LONG)):
                home_loop().call_soon_threadsafe(listeners.tell, RunFailed("r", LONG, ""))
        for _ in range(ASKED_MAX):
            page.get("/jobs")
            if not listeners._queues:
                break
        assert not listeners._queues
        assert socket_.fileno() >= 0
        page.post("/text", graph="main", text="a.example.org")
        assert asyncio.run(works(page))


def home_loop() -> asyncio.AbstractEventLoop:
    """The loop in which the service's home works."""
    (thread,) = (
        one for one in gc.get_objects() if isinstance(one, HomeThread) and one._loop.is_running()
    )
    return thread._loop


@contextmanager
def half_dead(page: Page) -> Iterator[socket.socket]:
    """A stream whose page has read its first event, and reads and says nothing more."""
    with socket.socket() as raw:
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        raw.connect((HOST, page.port))
        lines = (
            "GET /api/stream HTTP/1.1", f"Host: {HOST}:{page.port}", f"Origin: {page.origin}",
            f"Cookie: {page.cookie}", "Upgrade: websocket", "Connection: Upgrade",
            "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
        )  # fmt: skip
        raw.sendall("\r\n".join((*lines, "", "")).encode())
        heard = b""
        while b"changed" not in heard:
            heard += raw.recv(1_000)
        yield raw


def test_open_streams_do_not_keep_the_service(tmp_path: Path) -> None:
    """The service ends within seconds while pages listen, and their streams are closed."""

    async def hold() -> float:
        service = served(tmp_path / "a.clew", QUIET)
        page = await asyncio.to_thread(service.__enter__)
        async with listening(page) as stream:
            await stream.receive_json(timeout=10)
            start = monotonic()
            await asyncio.to_thread(service.__exit__, None, None, None)
            assert (await stream.receive(timeout=10)).type is aiohttp.WSMsgType.CLOSE
            return monotonic() - start

    assert asyncio.run(hold()) < 3


def test_a_slow_page_is_told_to_read_all_anew() -> None:
    """What waits for a page is bounded; past that it hears one event with a number of no entry."""
    listeners = Listeners()
    slow = listeners.listen()
    for seq in range(EVENTS_MAX + 1):
        listeners.tell(LogGrew(seq))
    assert slow.get_nowait() == LogGrew(-1)
    assert slow.empty()


def test_places_are_bounded() -> None:
    """Only LISTENERS_MAX queues are given out; one that is left is free again."""
    listeners = Listeners()
    queues = [listeners.listen() for _ in range(LISTENERS_MAX)]
    with pytest.raises(ListenersFull):
        listeners.listen()
    listeners.leave(queues[0])
    listeners.listen()
