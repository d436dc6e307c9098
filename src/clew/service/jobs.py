"""Jobs: what goes on whether a page looks on or not, how far each is, and how it is stopped."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Literal, TypeVar

from clew.errors import ClewError, Refusal
from clew.service.events import JobChanged, PageEvent

JOBS_MAX = 16
"""Most jobs that go on at once."""
ENDED_MAX = 200
"""Most jobs that are remembered after their end; the log keeps what each brought."""

JobKind = Literal["run", "playbook-run", "import", "export", "report", "layout", "open"]
T = TypeVar("T")


@dataclass(slots=True)
class Job:
    """One piece of work of this process."""

    id: str
    kind: JobKind
    title: str
    begun_us: int
    """Microseconds since 1970."""
    detail: Any = None
    """What its kind keeps of it beside."""
    done: int = 0
    total: int | None = None
    """Of how many parts; None where that is not known."""
    fault: str = ""
    """Why it did not come to its end."""
    task: asyncio.Task[Any] | None = field(default=None, repr=False)

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return self.task is not None and not self.task.done()

    @property
    def state(self) -> Literal["running", "done", "failed", "stopped"]:
        """How it stands."""
        if self.running:
            return "running"
        if self.task is not None and self.task.cancelled():
            return "stopped"
        return "failed" if self.fault else "done"


class Jobs:
    """All jobs of this process; used from the event loop's thread only."""

    def __init__(self, tell: Callable[[PageEvent], None]) -> None:
        """*tell* takes what pages are told."""
        self._jobs: dict[str, Job] = {}
        self._tell = tell

    def all(self, kind: JobKind | None = None) -> list[Job]:
        """Those of a kind, or all; the latest first."""
        return [job for job in reversed(self._jobs.values()) if kind in (None, job.kind)]

    def get(self, id_: str) -> Job | None:
        """One by its id; None where there is none."""
        return self._jobs.get(id_)

    def begin(
        self,
        kind: JobKind,
        title: str,
        work: Callable[[Job], Awaitable[Any]],
        *,
        id_: str = "",
        detail: Any = None,
    ) -> Job:
        """
        Let work go on; nobody waits for it.

        Args:
            kind: What it is.
            title: What a person reads.
            work: Does it; what it raises is the job's fault.
            id_: Its id; one of its own where empty. A job of that id that ended leaves.
            detail: What its kind keeps of it.

        Raises:
            Refusal: Too many jobs go on already.
        """
        going_on = sum(job.running for job in self._jobs.values())
        if going_on >= JOBS_MAX:
            raise Refusal(
                f"{going_on} jobs go on already, and {JOBS_MAX} are let.",
                helps="Wait for one to end, or stop one.",
            )
        job = Job(id_ or uuid.uuid4().hex, kind, title, time.time_ns() // 1_000, detail)
        self._jobs.pop(job.id, None)
        self._jobs[job.id] = job
        self._forget_old()
        job.task = asyncio.get_running_loop().create_task(self._work(job, work))
        job.task.add_done_callback(lambda _: self._ended(job))
        self._changed(job)
        return job

    async def run(self, kind: JobKind, title: str, work: Callable[[Job], Awaitable[T]]) -> T:
        """
        What work comes to; it goes on where whoever waits for it goes away.

        Raises:
            Refusal: Too many jobs go on already, or this one was stopped.
        """
        job = self.begin(kind, title, work)
        assert job.task is not None, "a job that was begun has a task"
        try:
            result: T = await asyncio.shield(job.task)
        except asyncio.CancelledError:
            if job.task.cancelled():
                raise Refusal(f"{title} was stopped.") from None
            raise
        return result

    def progress(self, job: Job, done: int, total: int | None = None) -> None:
        """A job has come that far."""
        job.done, job.total = done, total if total is not None else job.total
        self._changed(job)

    def stop(self, id_: str) -> bool:
        """Stop one; what it brought stays. Gives whether it was running."""
        job = self._jobs.get(id_)
        if job is None or job.task is None or not job.running:
            return False
        return job.task.cancel()

    async def clear(self) -> None:
        """Stop all, wait for their ends, and forget them."""
        tasks = [job.task for job in self._jobs.values() if job.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._jobs.clear()

    async def _work(self, job: Job, work: Callable[[Job], Awaitable[T]]) -> T:
        try:
            return await work(job)
        except ClewError as error:
            job.fault = str(error)
            raise
        except Exception as error:
            # A fault of ours: the job says so, and whoever waits for it gets it as it is.
            job.fault = f"{type(error).__name__}: {error}. This is a fault of Clew; report it."
            raise

    def _ended(self, job: Job) -> None:
        assert job.task is not None, "a job that ended has a task"
        if not job.task.cancelled():
            # Looked at, so that nobody is warned of a fault that the job itself tells.
            job.task.exception()
        self._changed(job)

    def _changed(self, job: Job) -> None:
        self._tell(
            JobChanged(job.id, job.kind, job.title, job.state, job.done, job.total, job.fault)
        )

    def _forget_old(self) -> None:
        ended = [job.id for job in self._jobs.values() if job.task is not None and not job.running]
        for id_ in ended[:-ENDED_MAX]:
            del self._jobs[id_]
