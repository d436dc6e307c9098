"""Runs that a client of version 3 polls while they go on; bounded in number and age."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

from clew.errors import Refusal
from clew.interop.maltego.record import Message, TransformResponse

RUNS_MAX = 200
"""Most runs that are remembered, going on or ended."""
IDLE_S_MAX = 3_600.0
"""How long a run that nobody asks about is remembered, in seconds."""
ERRORS = frozenset({"PartialError", "FatalError"})


@dataclass(slots=True)
class ClientRun:
    """One run and what came of it."""

    id: str
    transform: str
    asked: str
    """The id of the first entity that was asked about."""
    started: datetime
    updated: datetime
    touched_s: float
    state: str = "RUNNING"
    """One of RUNNING, COMPLETED, FAILED, CANCELED."""
    response: TransformResponse = field(default_factory=TransformResponse)
    task: asyncio.Task[None] | None = None

    @property
    def duration_ms(self) -> int:
        """How long it took so far, as of its last change."""
        return int((self.updated - self.started).total_seconds() * 1000)


@dataclass(slots=True)
class ClientRuns:
    """The runs by id; used from the event loop's thread only."""

    clock: Callable[[], float] = time.monotonic
    """Seconds that only go on."""
    runs_max: int = RUNS_MAX
    _runs: dict[str, ClientRun] = field(default_factory=dict)

    def begin(
        self, transform: str, asked: str, work: Callable[[], Coroutine[Any, Any, TransformResponse]]
    ) -> ClientRun:
        """
        Start a run; raises Refusal where too many go on.

        Args:
            transform: Its id.
            asked: The id of the first entity that it asks about.
            work: Gives what brings the response.
        """
        self._make_room()
        now = datetime.now(UTC)
        run = ClientRun(str(uuid.uuid4()), transform, asked, now, now, self.clock())
        run.task = asyncio.get_running_loop().create_task(_work(run, work))
        self._runs[run.id] = run
        return run

    def get(self, transform: str, run: str) -> ClientRun | None:
        """A run of that transform; None where there is none, or none any more."""
        self._forget_old()
        found = self._runs.get(run)
        if found is None or found.transform != transform:
            return None
        found.touched_s = self.clock()
        return found

    def cancel(self, run: ClientRun) -> None:
        """Stop a run; it can still be asked about."""
        if run.task is not None and not run.task.done():
            what = "Canceled. What had come is in Clew's graph."
            run.response = TransformResponse(messages=(Message("Inform", what),))
            run.state, run.updated = "CANCELED", datetime.now(UTC)
            run.task.cancel()

    def delete(self, run: ClientRun) -> None:
        """Stop a run and forget it."""
        self.cancel(run)
        self._runs.pop(run.id, None)

    async def close(self) -> None:
        """Stop and forget all runs."""
        tasks = [run.task for run in self._runs.values() if run.task is not None]
        for run in list(self._runs.values()):
            self.delete(run)
        await asyncio.gather(*tasks, return_exceptions=True)

    def _make_room(self) -> None:
        self._forget_old()
        if len(self._runs) < self.runs_max:
            return
        ended = [run for run in self._runs.values() if run.state != "RUNNING"]
        if not ended:
            raise Refusal(f"{self.runs_max} runs go on already.", helps="Wait for some to end.")
        self.delete(min(ended, key=lambda one: one.touched_s))

    def _forget_old(self) -> None:
        oldest = self.clock() - IDLE_S_MAX
        for run in [one for one in self._runs.values() if one.touched_s < oldest]:
            self.delete(run)


async def _work(run: ClientRun, work: Callable[[], Coroutine[Any, Any, TransformResponse]]) -> None:
    response = await work()
    failed = not response.things and any(one.kind in ERRORS for one in response.messages)
    if failed:
        messages = [
            replace(one, kind="FatalError") if one.kind in ERRORS else one
            for one in response.messages
        ]
        response = replace(response, messages=tuple(messages))
    run.response, run.state = response, "FAILED" if failed else "COMPLETED"
    run.updated = datetime.now(UTC)
