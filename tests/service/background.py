"""A service of the product in a thread of its own, started and ended as a caller does it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import Protocol

END_S = 10.0
"""Longest time that a service takes to end; open pages and runs are no reason for more."""


class Service(Protocol):
    """Serves until it is stopped, and says once where."""

    def __call__(self, ready: Callable[[str], None], stop: threading.Event) -> None: ...


@contextmanager
def running(service: Service) -> Iterator[str]:
    """The address that a service gave; what it fails with fails the test."""
    addresses: queue.Queue[str] = queue.Queue()
    ended: Future[None] = Future()
    stop = threading.Event()

    def work() -> None:
        try:
            service(addresses.put, stop)
            ended.set_result(None)
        except BaseException as error:
            ended.set_exception(error)
        finally:
            addresses.put("")

    threading.Thread(target=work, daemon=True).start()
    if address := addresses.get():
        try:
            yield address
        finally:
            stop.set()
            ended.result(END_S)
    else:
        ended.result()
