"""Runs that are remembered for polling: bounded in number and age, cancelled and forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import pytest

from clew.errors import Refusal
from clew.interop.maltego.record import Message, Thing, TransformResponse
from clew.service.trx.client_runs import IDLE_S_MAX, ClientRun, ClientRuns

FOUND = TransformResponse(
    (Thing("maltego.Domain", "example.org"),), (), (Message("PartialError", "cut"),)
)


def given(response: TransformResponse) -> Callable[[], Coroutine[Any, Any, TransformResponse]]:
    async def work() -> TransformResponse:
        return response

    return work


def task_of(run: ClientRun) -> asyncio.Task[None]:
    assert run.task is not None
    return run.task


async def never() -> TransformResponse:
    await asyncio.Event().wait()
    raise AssertionError("nobody sets it")


@pytest.mark.parametrize(
    ("response", "state", "kind"),
    [
        (FOUND, "COMPLETED", "PartialError"),
        (TransformResponse(messages=(Message("PartialError", "no key"),)), "FAILED", "FatalError"),
        (TransformResponse(messages=(Message("Inform", "nothing"),)), "COMPLETED", "Inform"),
    ],
)
def test_a_run_ends_as_its_answer_says(response: TransformResponse, state: str, kind: str) -> None:
    """A run failed where it brought nothing but errors; what came in part is completed."""

    async def play() -> None:
        runs = ClientRuns()
        run = runs.begin("a.b", "e1", given(response))
        await task_of(run)
        assert run.state == state
        assert [one.kind for one in run.response.messages] == [kind]

    asyncio.run(play())


def test_a_cancelled_run_stops_and_can_be_asked_about() -> None:
    """Cancelling ends the work at once; deleting forgets it."""

    async def play() -> None:
        runs = ClientRuns()
        run = runs.begin("a.b", "e1", never)
        await asyncio.sleep(0)
        runs.cancel(run)
        with pytest.raises(asyncio.CancelledError):
            await task_of(run)
        assert runs.get("a.b", run.id) is run
        assert run.state == "CANCELED"
        runs.delete(run)
        assert runs.get("a.b", run.id) is None

    asyncio.run(play())


def test_runs_are_bounded_in_number() -> None:
    """The run that was asked about longest ago makes room; runs that go on do not."""

    async def play() -> None:
        now = 0.0
        runs = ClientRuns(lambda: now, runs_max=2)
        first = runs.begin("a.b", "e1", given(FOUND))
        await task_of(first)
        now = 1.0
        second = runs.begin("a.b", "e1", never)
        third = runs.begin("a.b", "e1", never)
        assert runs.get("a.b", first.id) is None
        assert runs.get("a.b", second.id) is second
        with pytest.raises(Refusal):
            runs.begin("a.b", "e1", never)
        await runs.close()
        assert task_of(second).cancelled()
        assert task_of(third).cancelled()

    asyncio.run(play())


def test_runs_are_bounded_in_age() -> None:
    """A run that nobody asks about is stopped and forgotten; one that is polled stays."""

    async def play() -> None:
        now = 0.0
        runs = ClientRuns(lambda: now)
        polled, left = runs.begin("a.b", "e1", never), runs.begin("a.b", "e1", never)
        for _ in range(3):
            now += IDLE_S_MAX * 0.6
            assert runs.get("a.b", polled.id) is polled
        assert runs.get("a.b", left.id) is None
        await runs.close()

    asyncio.run(play())
