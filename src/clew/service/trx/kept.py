"""Runs of version 3 that go on while their client polls; bounded in number and age."""

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
"""Most runs that are kept, going on or ended."""
IDLE_S_MAX = 3_600.0
"""How long a run that nobody asks about is kept, in seconds."""
ERRORS = frozenset({"PartialError", "FatalError"})


@dataclass(slots=True)
class KeptRun:
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
class KeptRuns:
    """The runs by id; used from the event loop's thread only."""

    clock: Callable[[], float] = time.monotonic
    """Seconds that only go on."""
    runs_max: int = RUNS_MAX
    _runs: dict[str, KeptRun] = field(default_factory=dict)

    def begin(
        self, transform: str, asked: str, work: Callable[[], Coroutine[Any, Any, TransformResponse]]
    ) -> KeptRun:
        """
        Start a run; raises Refusal where too many go on.

        Args:
            transform: Its id.
            asked: The id of the first entity that it asks about.
            work: Gives what brings the response.
        """
        self._make_room()
        now = datetime.now(UTC)
        kept = KeptRun(str(uuid.uuid4()), transform, asked, now, now, self.clock())
        kept.task = asyncio.get_running_loop().create_task(_work(kept, work))
        self._runs[kept.id] = kept
        return kept

    def get(self, transform: str, run: str) -> KeptRun | None:
        """A run of that transform; None where there is none, or none any more."""
        self._forget_old()
        kept = self._runs.get(run)
        if kept is None or kept.transform != transform:
            return None
        kept.touched_s = self.clock()
        return kept

    def cancel(self, kept: KeptRun) -> None:
        """Stop a run; it can still be asked about."""
        if kept.task is not None and not kept.task.done():
            what = "Canceled. What had come is in Clew's graph."
            kept.response = TransformResponse(messages=(Message("Inform", what),))
            kept.state, kept.updated = "CANCELED", datetime.now(UTC)
            kept.task.cancel()

    def delete(self, kept: KeptRun) -> None:
        """Stop a run and forget it."""
        self.cancel(kept)
        self._runs.pop(kept.id, None)

    async def close(self) -> None:
        """Stop and forget all runs."""
        tasks = [kept.task for kept in self._runs.values() if kept.task is not None]
        for kept in list(self._runs.values()):
            self.delete(kept)
        await asyncio.gather(*tasks, return_exceptions=True)

    def _make_room(self) -> None:
        self._forget_old()
        if len(self._runs) < self.runs_max:
            return
        ended = [kept for kept in self._runs.values() if kept.state != "RUNNING"]
        if not ended:
            raise Refusal(f"{self.runs_max} runs go on already.", helps="Wait for some to end.")
        self.delete(min(ended, key=lambda kept: kept.touched_s))

    def _forget_old(self) -> None:
        oldest = self.clock() - IDLE_S_MAX
        for kept in [one for one in self._runs.values() if one.touched_s < oldest]:
            self.delete(kept)


async def _work(kept: KeptRun, work: Callable[[], Coroutine[Any, Any, TransformResponse]]) -> None:
    told = await work()
    failed = not told.things and any(one.kind in ERRORS for one in told.messages)
    if failed:
        messages = [
            replace(one, kind="FatalError") if one.kind in ERRORS else one for one in told.messages
        ]
        told = replace(told, messages=tuple(messages))
    kept.response, kept.state = told, "FAILED" if failed else "COMPLETED"
    kept.updated = datetime.now(UTC)
