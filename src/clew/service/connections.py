"""Connections that a client may not hold open without asking or hearing anything."""

from __future__ import annotations

import asyncio

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

HEAD_S = 10.0
"""How long a client has for the head of a request, in seconds."""


class ClientConnection(H11Protocol):
    """One client's connection; it is closed where no whole head of a request comes in time."""

    _head: asyncio.TimerHandle | None = None
    _is_stream = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request."""
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """Read on; what comes between two requests is the head of the next one."""
        was_idle = self._is_idle
        super().data_received(data)
        if self._is_stream or not self._is_idle:
            self._stop_waiting()
        elif was_idle and self._head is None:
            self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def handle_websocket_upgrade(self, event: h11.Request) -> None:
        """From here on the stream asks by itself whether its page is there."""
        self._is_stream = True
        super().handle_websocket_upgrade(event)

    @property
    def _is_idle(self) -> bool:
        """Whether no request is being answered."""
        return self.cycle is None or self.cycle.response_complete

    def _await_head(self) -> None:
        self._head = self.loop.call_later(HEAD_S, self.transport.abort)

    def _stop_waiting(self) -> None:
        if self._head is not None:
            self._head.cancel()
            self._head = None


class StreamConnection(WebSocketsSansIOProtocol):
    """A page's stream; one that does not say in time that it is there is cut off."""

    def keepalive_timeout(self) -> None:
        """Cut it off: to close it would wait until the page has read what is left for it."""
        super().keepalive_timeout()
        self.transport.abort()
