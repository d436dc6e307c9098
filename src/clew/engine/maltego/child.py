"""A child process with its own group: what it writes is bounded, and it ends when it is told."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
from collections.abc import Mapping, Sequence
from typing import Any, cast

ALLOWED = ("PATH", "HOME", "LANG", "SYSTEMROOT")
"""Variables that a program gets to see; keys and tokens are in others."""
ALWAYS = {"PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}
"""What it gets besides, so that Python writes UTF-8."""


class Child(asyncio.SubprocessProtocol):
    """A running program, and what it wrote so far."""

    def __init__(self, stdout_bytes: int, stderr_bytes: int) -> None:
        self.answer = bytearray()
        """Its standard output."""
        self.log = bytearray()
        """The end of its standard error."""
        self.dropped = 0
        """Bytes of the log that were let go."""
        self.over = False
        """Whether it wrote more than it may."""
        self.late = False
        """Whether its time was up."""
        self._stdout_bytes, self._stderr_bytes = stdout_bytes, stderr_bytes
        self._transport: asyncio.SubprocessTransport | None = None
        self._pid = 0
        loop = asyncio.get_running_loop()
        self._exited: asyncio.Future[None] = loop.create_future()
        self._closed: asyncio.Future[None] = loop.create_future()
        self._enough: asyncio.Future[None] = loop.create_future()

    @property
    def code(self) -> int | None:
        """Its exit code, negative for a signal; None while it runs."""
        return self._transport.get_returncode() if self._transport is not None else None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """It was started."""
        self._transport = cast(asyncio.SubprocessTransport, transport)
        self._pid = self._transport.get_pid()

    def pipe_data_received(self, fd: int, data: bytes) -> None:
        """It wrote something."""
        if fd == 2:
            self._logged(data)
            return
        self.answer += data[: self._stdout_bytes - len(self.answer) + 1]
        if len(self.answer) > self._stdout_bytes and not self._enough.done():
            self.over = True
            self._enough.set_result(None)

    def process_exited(self) -> None:
        """It ended; what it started may go on."""
        if not self._exited.done():
            self._exited.set_result(None)

    def connection_lost(self, error: Exception | None) -> None:  # noqa: ARG002
        """It ended, and all pipes to it are closed."""
        if not self._closed.done():
            self._closed.set_result(None)

    async def ended_within(self, seconds: float) -> None:
        """Wait until it ended, wrote too much, or its time is up; sets *late* then."""
        done, _ = await asyncio.wait(
            {self._exited, self._enough}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
        )
        self.late = not done

    async def stop(self, grace_s: float) -> None:
        """
        End it and all of its group, and let go of its pipes.

        A program that ended by itself may have left others that hold the pipes: they get the
        same grace time. One that left the group keeps running, and is not waited for.
        """
        try:
            if not self._exited.done():
                self._signal(signal.SIGTERM)
                await asyncio.wait({self._exited}, timeout=grace_s)
            if not self._enough.done():
                await asyncio.wait({self._closed}, timeout=grace_s)
            self._kill()
            await asyncio.wait({self._closed}, timeout=grace_s)
        finally:
            self._kill()
            if self._transport is not None:
                self._transport.close()

    def _kill(self) -> None:
        if hasattr(signal, "SIGKILL"):
            self._signal(signal.SIGKILL)
        elif self._transport is not None and not self._exited.done():
            self._transport.kill()
        # The number may be another's from now on.
        self._pid = 0

    def _signal(self, number: int) -> None:
        if not self._pid:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self._pid, number)
            elif self._transport is not None and not self._exited.done():
                self._transport.terminate()

    def _logged(self, data: bytes) -> None:
        self.log += data
        spare = len(self.log) - self._stderr_bytes
        if spare > 0:
            self.dropped += spare
            del self.log[:spare]


async def start(
    command: Sequence[str],
    folder: str,
    environment: Mapping[str, str],
    *,
    stdout_bytes: int,
    stderr_bytes: int,
    memory_bytes: int = 0,
) -> Child:
    """
    Start a program in a group of its own.

    Args:
        command: The program and its arguments; no shell reads them.
        folder: Where it runs.
        environment: All that it gets.
        stdout_bytes: Most that it may write as its answer.
        stderr_bytes: How much of its log is kept.
        memory_bytes: Its address space at most, where the system can bound it; 0 is no bound.

    Raises:
        OSError: There is no such program or folder, or it may not be started.
        ValueError: An argument can't be one.
    """
    loop = asyncio.get_running_loop()
    made: Any = await loop.subprocess_exec(
        lambda: Child(stdout_bytes, stderr_bytes),
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        cwd=folder,
        env=dict(environment),
        start_new_session=True,
    )
    transport, child = made
    if memory_bytes:
        _bound_memory(transport.get_pid(), memory_bytes)
    return cast(Child, child)


def environment_of(environment: Mapping[str, str]) -> dict[str, str]:
    """What of an environment a program gets to see."""
    allowed = {name: environment[name] for name in ALLOWED if name in environment}
    return {**allowed, **ALWAYS}


def _bound_memory(pid: int, memory_bytes: int) -> None:
    try:
        import resource

        resource.prlimit(pid, resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    except (ImportError, AttributeError, OSError, ValueError):
        # Not every system can bound another process; then time and output are the bounds.
        return
