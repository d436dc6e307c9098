"""Jobs: each has a state, can be stopped, is told of, and there are not too many."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from clew.errors import InvalidValue, Refusal
from clew.service.events import JobChanged, PageEvent
from clew.service.jobs import ENDED_MAX, JOBS_MAX, Job, Jobs

Act = Callable[[Jobs], Awaitable[None]]


def told(act: Act) -> list[JobChanged]:
    """What pages hear while *act* is done with jobs."""
    events: list[PageEvent] = []

    async def go() -> None:
        await act(Jobs(events.append))

    asyncio.run(go())
    return [one for one in events if isinstance(one, JobChanged)]


async def for_ever(_: Job) -> None:
    await asyncio.Event().wait()


def test_a_job_is_told_from_begin_to_end() -> None:
    """Pages hear that it began, how far it came, and how it ended."""

    async def act(jobs: Jobs) -> None:
        async def work(job: Job) -> str:
            jobs.progress(job, 1, 2)
            return "made"

        assert await jobs.run("export", "Export main", work) == "made"

    assert [(one.state, one.done, one.total) for one in told(act)] == [
        ("running", 0, None), ("running", 1, 2), ("done", 1, 2),
    ]  # fmt: skip


def test_a_fault_is_the_job_s_and_the_caller_s() -> None:
    """Whoever waits gets the fault as it is; without anybody the job keeps it, in words."""

    async def act(jobs: Jobs) -> None:
        async def work(_: Job) -> None:
            raise InvalidValue("file", "x", "it is none")

        with pytest.raises(InvalidValue):
            await jobs.run("import", "Read x", work)

        async def odd(_: Job) -> None:
            raise ZeroDivisionError("nothing")

        job = jobs.begin("report", "Report", odd)
        assert job.task is not None
        await asyncio.wait([job.task])

    events = [one for one in told(act) if one.state != "running"]
    assert [one.state for one in events] == ["failed", "failed"]
    assert "it is none" in events[0].fault
    assert "fault of Clew" in events[1].fault


def test_a_stopped_job_says_so() -> None:
    """Stopping ends the work; who waited hears that it was stopped, and it is stopped once."""

    async def act(jobs: Jobs) -> None:
        waiting = asyncio.ensure_future(jobs.run("layout", "Lay out main", for_ever))
        await asyncio.sleep(0)
        (job,) = jobs.all("layout")
        assert (job.running, jobs.stop(job.id)) == (True, True)
        with pytest.raises(Refusal, match="Lay out main was stopped"):
            await waiting
        assert (job.state, jobs.stop(job.id), jobs.stop("nothing")) == ("stopped", False, False)

    assert told(act)[-1].state == "stopped"


def test_work_goes_on_when_nobody_waits_any_more() -> None:
    """A page that goes away while its work goes on does not end it."""

    async def act(jobs: Jobs) -> None:
        go_on = asyncio.Event()

        async def work(_: Job) -> None:
            await go_on.wait()

        waiting = asyncio.ensure_future(jobs.run("import", "Read x", work))
        await asyncio.sleep(0)
        (job,) = jobs.all()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert job.running
        go_on.set()
        assert job.task is not None
        await job.task
        assert job.state == "done"

    told(act)


def test_jobs_are_bounded() -> None:
    """One too many is refused with how many there are; ended ones are forgotten, oldest first."""

    async def act(jobs: Jobs) -> None:
        for number in range(JOBS_MAX):
            jobs.begin("run", f"run {number}", for_ever, id_=f"r{number}")
        with pytest.raises(Refusal, match=f"{JOBS_MAX} jobs go on already"):
            jobs.begin("run", "one more", for_ever)
        await jobs.clear()
        assert jobs.all() == []

        async def nothing(_: Job) -> None:
            """Ends at once."""

        for number in range(ENDED_MAX + 5):
            await jobs.run("export", f"export {number}", nothing)
        assert len(jobs.all()) <= ENDED_MAX + 1
        assert jobs.all()[0].title == f"export {ENDED_MAX + 4}"

    told(act)


def test_a_run_that_goes_on_is_one_job() -> None:
    """A job of an id that ended is replaced by the one that goes on."""

    async def act(jobs: Jobs) -> None:
        async def nothing(_: Job) -> None:
            """Ends at once."""

        for _ in range(2):
            job = jobs.begin("run", "run", nothing, id_="r")
            assert job.task is not None
            await job.task
        assert [one.id for one in jobs.all()] == ["r"]
        assert jobs.get("r") is job

    told(act)
