"""Who listens to the stream: one queue a page, and what a page that is too slow is told."""

from __future__ import annotations

import asyncio

from clew.errors import Refusal
from clew.service.events import LogGrew, PageEvent

LISTENERS_MAX = 32
"""Most pages that listen at once."""
EVENTS_MAX = 1_000
"""Most events that wait for one slow page; then it is told to read all anew."""


class ListenersFull(Refusal):
    """No more pages can listen."""


class Listeners:
    """The queues of all pages; used from the event loop's thread only."""

    def __init__(self) -> None:
        self._queues: set[asyncio.Queue[PageEvent]] = set()

    def listen(self) -> asyncio.Queue[PageEvent]:
        """A queue that gets every event from now on; raises ListenersFull past LISTENERS_MAX."""
        if len(self._queues) >= LISTENERS_MAX:
            raise ListenersFull(
                f"At most {LISTENERS_MAX} pages are told of changes at once.",
                helps="Close one, and load this one again.",
            )
        queue: asyncio.Queue[PageEvent] = asyncio.Queue(EVENTS_MAX)
        self._queues.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[PageEvent]) -> None:
        """End listening."""
        self._queues.discard(queue)

    def tell(self, event: PageEvent) -> None:
        """Tell all pages."""
        for queue in self._queues:
            slow = queue.full()
            while slow and not queue.empty():
                queue.get_nowait()
            # A number that no page has makes it read all anew.
            queue.put_nowait(LogGrew(-1) if slow else event)
