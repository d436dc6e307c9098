"""The home's thread: an event loop of its own, in which alone the open investigation is touched."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from types import TracebackType
from typing import Any, Self, TypeVar

from clew.service.gate import Application, Message, Receive, Scope, Send

END_S = 2.0
"""How long the thread is given to end; what it still computes then ends with the process."""
API = "/api/"
T = TypeVar("T")


class HomeThread:
    """An event loop in a thread beside the one that speaks HTTP, while the context lasts."""

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="home", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(END_S)
        if not self._thread.is_alive():
            self._loop.run_until_complete(self._loop.shutdown_default_executor())
            self._loop.close()

    async def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What work comes to that is done in the thread; nobody else waits for it."""
        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(work, self._loop))


class AtHome:
    """An ASGI application whose routes under API run in the home's thread, in their order."""

    def __init__(self, inside: Application, thread: HomeThread) -> None:
        """*inside* is called in both threads: for the page's files in the one that asks."""
        self._inside, self._thread = inside, thread

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, or follow one stream."""
        if scope["type"] != "http":
            await self._follow(scope, receive, send)
        elif scope["path"].startswith(API):
            await self._answer(scope, receive, send)
        else:
            await self._inside(scope, receive, send)

    async def _follow(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Each message goes over by itself."""
        last: list[Message] = []

        async def send_later(message: Message) -> None:
            # Whoever hears of the end goes on at once, so it is told when all is over there.
            if message["type"].startswith("lifespan.shutdown"):
                last.append(message)
            else:
                await send(message)

        here = asyncio.get_running_loop()
        inside = self._inside(scope, _across(here, receive), _across(here, send_later))
        await self._thread.run(_as_coroutine(inside))
        for message in last:
            await send(message)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The whole request goes over at once, and so does the whole answer."""
        body = await _whole_body(receive)
        if body is None:
            return
        for message in await self._thread.run(_messages(self._inside, scope, body)):
            await send(message)


async def _whole_body(receive: Receive) -> bytes | None:
    """All of a request's body; None where the client went away before its end."""
    parts = []
    more = True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return None
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)


async def _messages(inside: Application, scope: Scope, body: bytes) -> list[Message]:
    """What an application sends for a request."""
    sent: list[Message] = []
    requests: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def receive() -> Message:
        return requests.pop() if requests else await asyncio.Future()

    async def send(message: Message) -> None:
        sent.append(message)

    try:
        await inside(scope, receive, send)
    except Exception:
        # The application has answered, and raises it once more for a log that nobody reads.
        if not sent:
            raise
    return sent


def _across(
    loop: asyncio.AbstractEventLoop, act: Callable[..., Awaitable[T]]
) -> Callable[..., Awaitable[T]]:
    """The same act for another thread: it happens in *loop*."""

    async def acted(*args: Any) -> T:
        return await asyncio.wrap_future(
            asyncio.run_coroutine_threadsafe(_as_coroutine(act(*args)), loop)
        )

    return acted


async def _as_coroutine(awaitable: Awaitable[T]) -> T:
    return await awaitable
