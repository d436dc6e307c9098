"""A provider's pace, in a time of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.engine.rate import Pace
from clew.transform.provider import Rate
from engine.virtual_time import run_in_virtual_time

ROUNDING_S = 1e-6
rates = st.builds(Rate, st.integers(1, 5), st.integers(1, 40))
requests = st.lists(st.tuples(st.floats(0, 200), st.floats(0, 9)), min_size=1, max_size=60)
"""When each is wanted, and how long it takes, in seconds."""


def times_of(rate: Rate, wanted: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """When each request started and ended, in the order in which they started."""

    async def main(clock: Callable[[], float]) -> list[tuple[float, float]]:
        pace, found = Pace(rate, clock), []

        async def request(at: float, takes: float) -> None:
            await asyncio.sleep(at)
            async with pace:
                start = clock()
                await asyncio.sleep(takes)
                found.append((start, clock()))

        await asyncio.gather(*(request(*one) for one in wanted))
        return sorted(found)

    return run_in_virtual_time(main)


@given(rates, requests)
def test_no_minute_has_more_than_its_rate(rate: Rate, wanted: list[tuple[float, float]]) -> None:
    """Whenever requests are wanted, all start, and no 60 seconds see more of them than allowed."""
    assert rate.per_minute is not None
    starts = [start for start, _ in times_of(rate, wanted)]
    assert len(starts) == len(wanted)
    for first, last in zip(starts, starts[rate.per_minute :], strict=False):
        assert last - first >= 60 - ROUNDING_S


@given(rates, requests)
def test_no_more_run_at_once_than_its_slots(rate: Rate, wanted: list[tuple[float, float]]) -> None:
    """A request that starts waits for one of the slots that are taken to be free."""
    times = times_of(rate, wanted)
    for at, (start, _) in enumerate(times):
        assert sum(end > start + ROUNDING_S for _, end in times[:at]) < rate.concurrency


@given(st.integers(1, 200), st.sampled_from((0.0, 1.0, 1_000.0)))
def test_a_quarter_goes_at_once_and_then_a_gap_holds(per_minute: int, at: float) -> None:
    """A first look is quick; what follows is spread, so that the end of a minute is not silent."""
    times = times_of(Rate(1_000, per_minute), [(at, 0.0)] * per_minute)
    starts = [start - at for start, _ in times]
    assert starts.count(0.0) == max(1, per_minute // 4)
    gaps = [later - one for one, later in pairwise(starts) if later]
    assert all(gap == pytest.approx(60 / per_minute) for gap in gaps)


@given(st.integers(1, 5), requests)
def test_without_a_rate_only_slots_are_waited_for(
    concurrency: int, wanted: list[tuple[float, float]]
) -> None:
    """Where a slot is free a request starts when it is wanted."""
    free = times_of(Rate(len(wanted)), wanted)
    wished = pytest.approx(sorted(at for at, _ in wanted), abs=ROUNDING_S)
    assert [start for start, _ in free] == wished
    assert len(times_of(Rate(concurrency), wanted)) == len(wanted)


def test_whoever_stops_waiting_frees_the_slot() -> None:
    """A request that fails, or is stopped before its turn, leaves the pace to others."""

    async def main(clock: Callable[[], float]) -> float:
        pace = Pace(Rate(1, 1), clock)
        with pytest.raises(ValueError, match="broken"):
            async with pace:
                raise ValueError("broken")
        stopped = asyncio.create_task(pace.__aenter__())
        await asyncio.sleep(1)
        stopped.cancel()
        with pytest.raises(asyncio.CancelledError):
            await stopped
        async with asyncio.timeout(600), pace:
            return clock()

    assert run_in_virtual_time(main) <= 120 + ROUNDING_S
