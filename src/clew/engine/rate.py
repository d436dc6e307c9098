"""A provider's pace: how many at once, how many a minute."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Callable

from clew.transform.provider import Rate

MINUTE_S = 60.0


class Pace:
    """Lets no more requests start in any minute, and run at once, than the provider's rate."""

    def __init__(self, rate: Rate, clock: Callable[[], float]) -> None:
        self._slots = asyncio.Semaphore(rate.concurrency)
        self._gap_s = MINUTE_S / rate.per_minute if rate.per_minute else 0.0
        self._burst = max(1, (rate.per_minute or 0) // 4)
        self._clock = clock
        self._next = -math.inf
        self._starts: deque[float] = deque(maxlen=rate.per_minute or 0)
        """When the latest started or will, as many as a minute may have."""

    async def __aenter__(self) -> None:
        await self._slots.acquire()
        try:
            await self._wait()
        except BaseException:
            self._slots.release()
            raise

    async def __aexit__(self, *error: object) -> None:
        self._slots.release()

    async def _wait(self) -> None:
        if not self._gap_s:
            return
        now = self._clock()
        # A quarter of a minute's allowance may go at once; after that the gap holds.
        self._next = max(self._next, now - self._gap_s * self._burst) + self._gap_s
        start = max(self._next, now)
        if len(self._starts) == self._starts.maxlen:
            start = max(start, self._starts[0] + MINUTE_S)
        self._starts.append(start)
        if start > now:
            await asyncio.sleep(start - now)
