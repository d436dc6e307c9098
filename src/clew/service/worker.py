"""Workers: heavy work in processes of their own, bounded in size and time, and ended for good."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import signal
import sys
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, TypeVar

from clew.errors import ClewError, Refusal

WORKERS_MAX = 2
"""Most workers at once; more work waits its turn."""
MESSAGE_BYTES_MAX = 512 * 1024 * 1024
"""Most that is handed to a worker, and that it hands back, in bytes."""
LENGTH_BYTES = 8
T = TypeVar("T")


class Workers:
    """Calls functions in processes beside; a process that is done waits for the next call."""

    def __init__(self, environment: Mapping[str, str], *, workers_max: int = WORKERS_MAX) -> None:
        """*environment* is where the user's own types are; keys are not handed on."""
        self._environment = {
            name: environment[name]
            for name in ("CLEW_HOME", "XDG_CONFIG_HOME", "HOME", "PATH", "SYSTEMROOT")
            if name in environment
        }
        self._idle: list[asyncio.subprocess.Process] = []
        self._pids: set[int] = set()
        self._turns = asyncio.Semaphore(workers_max)

    async def call(self, function: Callable[..., T], *args: Any, seconds: float) -> T:
        """
        What a function gives, called in another process.

        When this is cancelled or the time is up, the process is killed.

        Args:
            function: Of a module; it and its arguments are handed over.
            args: Its arguments.
            seconds: Longest time that it may take.

        Raises:
            Refusal: It is too large, took too long, or used up its process.
            ClewError: What the function raised.
        """
        message = pickle.dumps((function, args))
        _check_size(len(message), "what it needs")
        async with self._turns:
            process = self._idle.pop() if self._idle else await self._start()
            try:
                async with asyncio.timeout(seconds):
                    answer = await _exchange(process, message)
            except TimeoutError:
                await self._end(process)
                raise Refusal(
                    f"It took over {seconds:g} s and was ended.", helps="Choose less at once."
                ) from None
            except BaseException:
                await self._end(process)
                raise
            self._idle.append(process)
        failed, result = await asyncio.to_thread(pickle.loads, answer)
        if failed:
            raise result
        return result  # type: ignore[no-any-return]

    async def close(self) -> None:
        """End all that wait."""
        idle, self._idle = self._idle, []
        for process in idle:
            await self._end(process)

    def kill(self) -> None:
        """End all at once, from any thread, without waiting for them."""
        for pid in tuple(self._pids):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    async def _end(self, process: asyncio.subprocess.Process) -> None:
        await _kill(process)
        self._pids.discard(process.pid)

    async def _start(self) -> asyncio.subprocess.Process:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "clew.service.worker",
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            env={**self._environment, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,
        )  # fmt: skip
        self._pids.add(process.pid)
        return process


async def _exchange(process: asyncio.subprocess.Process, message: bytes) -> bytes:
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        process.stdin.write(len(message).to_bytes(LENGTH_BYTES) + message)
        await process.stdin.drain()
        size = int.from_bytes(await process.stdout.readexactly(LENGTH_BYTES))
        _check_size(size, "its result")
        return await process.stdout.readexactly(size)
    except (OSError, asyncio.IncompleteReadError) as error:
        code = await process.wait()
        raise Refusal(
            f"Its process ended by itself, with code {code}.",
            helps="It may have used all memory; choose less at once.",
        ) from error


async def _kill(process: asyncio.subprocess.Process) -> None:
    with contextlib.suppress(ProcessLookupError):
        process.kill()
    # Closing its input first keeps a pipe that is half written from being waited for.
    if process.stdin is not None:
        process.stdin.close()
    await process.wait()


def _check_size(size: int, what: str) -> None:
    if size > MESSAGE_BYTES_MAX:
        raise Refusal(
            f"It is too large: {what} has {size} bytes, and {MESSAGE_BYTES_MAX} are let.",
            helps="Choose less at once, or use the command line.",
        )


def main() -> None:
    """A worker's own life: calls come on standard input until it is closed."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    # What a library prints must not be taken for an answer.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    serve_calls(sys.stdin.buffer, answers)


def serve_calls(calls: BinaryIO, answers: BinaryIO) -> None:
    """Answer calls, each with its length before it, until there are no more."""
    while size := calls.read(LENGTH_BYTES):
        answer = _answer(calls.read(int.from_bytes(size)))
        answers.write(len(answer).to_bytes(LENGTH_BYTES) + answer)
        answers.flush()


def _answer(message: bytes) -> bytes:
    try:
        function, args = pickle.loads(message)  # noqa: S301  # from the service itself
        return pickle.dumps((False, function(*args)))
    except ClewError as error:
        return pickle.dumps((True, error))
    except Exception as error:
        # Whatever it is, it is told as a fault of ours, and the worker goes on.
        return pickle.dumps((True, RuntimeError(f"{type(error).__name__}: {error}")))


if __name__ == "__main__":
    # The module is imported under its own name, so that what it pickles is the same in both.
    from clew.service.worker import main as work

    work()
