"""An event loop whose clock goes on by what is waited for, and by nothing else."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")


class _Selector(selectors.DefaultSelector):
    now_s = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        self.now_s += timeout or 0.0
        return super().select(0)


class _Loop(asyncio.SelectorEventLoop):
    def __init__(self) -> None:
        self._virtual = _Selector()
        super().__init__(self._virtual)

    def time(self) -> float:
        return self._virtual.now_s


def run_in_virtual_time(main: Callable[[Callable[[], float]], Awaitable[T]]) -> T:
    """What ``main(clock)`` gives, at once; the clock is in seconds from 0."""
    loop = _Loop()
    try:
        return loop.run_until_complete(main(loop.time))
    finally:
        loop.close()
