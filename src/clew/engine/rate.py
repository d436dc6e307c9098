"""A provider's pace: how many at once, how many a minute."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from clew.transform.provider import Rate


class Pace:
    """Lets requests start no faster than the provider's rate."""

    def __init__(self, rate: Rate, clock: Callable[[], float]) -> None:
        self._slots = asyncio.Semaphore(rate.concurrency)
        self._gap_s = 60.0 / rate.per_minute if rate.per_minute else 0.0
        self._burst = max(1, (rate.per_minute or 0) // 4)
        self._clock = clock
        self._next = 0.0

    async def __aenter__(self) -> None:
        await self._slots.acquire()
        if not self._gap_s:
            return
        now = self._clock()
        # A quarter of a minute's allowance may go at once; after that the gap holds.
        self._next = max(self._next, now - self._gap_s * self._burst) + self._gap_s
        if self._next > now:
            await asyncio.sleep(self._next - now)

    async def __aexit__(self, *error: object) -> None:
        self._slots.release()
