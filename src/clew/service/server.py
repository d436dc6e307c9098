"""A server that another thread can end."""

from __future__ import annotations

import threading

import uvicorn


class Server(uvicorn.Server):
    """Ends by SIGINT, by SIGTERM, or when an event is set."""

    def __init__(self, config: uvicorn.Config, stop: threading.Event | None) -> None:
        super().__init__(config)
        self._stop = stop

    async def on_tick(self, counter: int) -> bool:
        """Whether to end now; asked ten times a second."""
        return await super().on_tick(counter) or (self._stop is not None and self._stop.is_set())
