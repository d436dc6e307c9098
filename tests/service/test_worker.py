"""Workers: bounded, killed when they take too long, and no fault of theirs is ours."""

from __future__ import annotations

import asyncio
import io
import os
import pickle
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

import pytest

from clew.errors import InvalidValue, Refusal
from clew.service import worker
from clew.service.worker import LENGTH_BYTES, WORKERS_MAX, Workers, serve_calls

T = TypeVar("T")


def with_workers(act: Callable[[Workers], Awaitable[T]]) -> T:
    async def go() -> T:
        workers = Workers({"HOME": "/", "PATH": os.environ["PATH"], "CLEW_VENDOR_KEY": "s3cr3t"})
        try:
            return await act(workers)
        finally:
            await workers.close()

    return asyncio.run(go())


def test_a_call_is_answered_by_another_process() -> None:
    """What a function gives comes back, and one process answers several calls in turn."""

    async def act(workers: Workers) -> None:
        first = await workers.call(os.getpid, seconds=60)
        assert first != os.getpid()
        assert await workers.call(os.getpid, seconds=60) == first
        assert await workers.call(sorted, [3, 1, 2], seconds=60) == [1, 2, 3]

    with_workers(act)


def test_its_faults_come_as_they_are() -> None:
    """An error of ours keeps its parts; a fault of a function is told; the process goes on."""

    async def act(workers: Workers) -> None:
        with pytest.raises(InvalidValue) as caught:
            await workers.call(refuse, "odd", seconds=60)
        assert (caught.value.kind, caught.value.reason) == ("thing", "it is odd")
        with pytest.raises(RuntimeError, match="ZeroDivisionError"):
            await workers.call(divmod, 1, 0, seconds=60)
        assert await workers.call(abs, -1, seconds=60) == 1

    with_workers(act)


def test_what_takes_too_long_is_killed() -> None:
    """A call over its time ends with its process, and the next one has another."""

    async def act(workers: Workers) -> None:
        first = await workers.call(os.getpid, seconds=60)
        begun = time.monotonic()
        with pytest.raises(Refusal, match=r"took over 0\.3 s"):
            await workers.call(time.sleep, 60, seconds=0.3)
        assert time.monotonic() - begun < 20
        with pytest.raises(ProcessLookupError):
            os.kill(first, 0)
        assert await workers.call(abs, -1, seconds=60) == 1

    with_workers(act)


def test_a_process_that_dies_is_told() -> None:
    """What ends its own process is refused with the code, and nothing waits for ever."""

    async def act(workers: Workers) -> None:
        with pytest.raises(Refusal, match="ended by itself, with code 7"):
            await workers.call(os._exit, 7, seconds=60)

    with_workers(act)


def test_stopping_kills_it() -> None:
    """A call that is cancelled leaves no process at work."""

    async def act(workers: Workers) -> None:
        first = await workers.call(os.getpid, seconds=60)
        task = asyncio.ensure_future(workers.call(time.sleep, 60, seconds=60))
        await asyncio.sleep(0.05)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        with pytest.raises(ProcessLookupError):
            os.kill(first, 0)

    with_workers(act)


def test_what_is_too_large_is_refused_with_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways: what is handed over, and what would come back."""
    monkeypatch.setattr(worker, "MESSAGE_BYTES_MAX", 10_000)

    async def act(workers: Workers) -> None:
        with pytest.raises(Refusal, match="it needs has 20"):
            await workers.call(len, bytes(20_000), seconds=60)
        with pytest.raises(Refusal, match="its result has 20"):
            await workers.call(bytes, 20_000, seconds=60)
        assert await workers.call(abs, -1, seconds=60) == 1

    with_workers(act)


def test_no_more_than_a_few_work_at_once() -> None:
    """More calls wait their turn; all are answered."""

    async def act(workers: Workers) -> set[int]:
        calls = [workers.call(os.getpid, seconds=60) for _ in range(3 * WORKERS_MAX)]
        return set(await asyncio.gather(*calls))

    assert len(with_workers(act)) <= WORKERS_MAX


def test_keys_are_not_handed_on() -> None:
    """A worker sees where the user's types are, and no key."""

    async def act(workers: Workers) -> str | None:
        return await workers.call(os.getenv, "CLEW_VENDOR_KEY", seconds=60)

    assert with_workers(act) is None


def test_calls_are_answered_in_order_until_they_end() -> None:
    """Each answer has its length before it; a fault is one, and what is no call is told too."""
    messages = [pickle.dumps(one) for one in ((abs, (-1,)), (refuse, ("odd",)), (divmod, (1, 0)))]
    calls = b"".join(len(one).to_bytes(LENGTH_BYTES) + one for one in (*messages, b"no call"))
    answers = io.BytesIO()
    serve_calls(io.BytesIO(calls), answers)
    answers.seek(0)
    found = []
    while size := answers.read(LENGTH_BYTES):
        found.append(pickle.loads(answers.read(int.from_bytes(size))))
    assert [failed for failed, _ in found] == [False, True, True, True]
    assert found[0][1] == 1
    assert isinstance(found[1][1], InvalidValue)
    assert "ZeroDivisionError" in str(found[2][1])
    assert "UnpicklingError" in str(found[3][1])


def refuse(text: str) -> None:
    raise InvalidValue("thing", text, "it is odd")
