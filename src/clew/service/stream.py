"""The stream: one WebSocket a page, over which it hears what changed."""

from __future__ import annotations

import asyncio

import msgspec
from fastapi import APIRouter, WebSocket, WebSocketDisconnect

from clew.service.case_home import CaseHome
from clew.service.events import LogGrew, PageEvent
from clew.service.listeners import ListenersFull

TRY_AGAIN_LATER = 1013
"""Close code of a stream that has no room now (the WebSocket close code registry)."""
_encode = msgspec.json.Encoder().encode


def stream(home: CaseHome) -> APIRouter:
    """The route of the stream."""
    routes = APIRouter()

    @routes.websocket("/stream")
    async def stream(socket: WebSocket) -> None:
        await socket.accept()
        try:
            queue = home.listeners.listen()
        except ListenersFull as full:
            # After the handshake, since no page can read why a handshake was refused.
            await socket.close(TRY_AGAIN_LATER, reason=str(full))
            return
        queue.put_nowait(LogGrew(home.seq))
        try:
            await _until_gone(socket, queue)
        finally:
            home.listeners.leave(queue)

    return routes


async def _until_gone(socket: WebSocket, queue: asyncio.Queue[PageEvent]) -> None:
    """Send events until the page or the service closes the socket, whichever is first."""
    # Sending alone never hears of a page that went away while nothing changed.
    both = [asyncio.ensure_future(_send(socket, queue)), asyncio.ensure_future(_closed(socket))]
    try:
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for one in both:
            one.cancel()
        ends = await asyncio.gather(*both, return_exceptions=True)
    for end in ends:
        if isinstance(end, Exception) and not isinstance(end, WebSocketDisconnect):
            raise end


async def _send(socket: WebSocket, queue: asyncio.Queue[PageEvent]) -> None:
    while True:
        await socket.send_text(_encode(await queue.get()).decode())


async def _closed(socket: WebSocket) -> None:
    """Return when the socket is closed; what a page sends is dropped."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        continue
