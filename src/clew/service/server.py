"""A server that another thread can end, and that a signal ends within END_S whatever goes on."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from types import FrameType

import uvicorn

END_S = 2.5
"""Seconds from a signal to the end: what was acknowledged is on disk, so nothing else can wait."""


class Server(uvicorn.Server):
    """Ends by SIGINT, by SIGTERM, or when an event is set."""

    def __init__(
        self,
        config: uvicorn.Config,
        stop: threading.Event | None,
        *,
        at_end: Callable[[], None] = lambda: None,
    ) -> None:
        """*at_end* is called, in any thread, where the process is ended in the midst of work."""
        super().__init__(config)
        self._stop = stop
        self._at_end = at_end

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Begin to end, and see to it that it comes to an end."""
        super().handle_exit(sig, frame)

        def end() -> None:
            self._at_end()
            os._exit(128 + sig)

        timer = threading.Timer(END_S, end)
        timer.daemon = True
        timer.start()

    async def on_tick(self, counter: int) -> bool:
        """Whether to end now; asked ten times a second."""
        return await super().on_tick(counter) or (self._stop is not None and self._stop.is_set())
