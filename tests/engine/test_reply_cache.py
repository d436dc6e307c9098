"""Kept replies that answer again, and failed ones that do not."""

from __future__ import annotations

from engine.answered import links
from engine.sources import NAMES, Source


def test_a_kept_reply_answers_again(source: Source) -> None:
    """The same question is not sent twice while a reply is fresh, and its answer counts once."""
    with source.bench() as bench:
        first = source.run(bench)
        sent, observations = source.heard(), len(bench.view("main").observations)
        assert sent == 3
        plan = source.plan(bench)
        assert (plan.calls, plan.cached) == (0, 3)
        again = source.run(bench)
        assert (first.cached, again.calls, again.cached) == (0, 0, 3)
        assert len(bench.view("main").observations) == observations
        assert source.heard() == sent
        assert source.plan(bench, refresh=True).calls == 3 * source.calls
        assert source.run(bench, refresh=True).calls >= 3 * source.calls
        assert source.heard() == 2 * sent
        assert links(bench) == source.links(NAMES)


def test_a_failed_answer_is_not_kept_for_another_time(source: Source) -> None:
    """What failed is asked again by the next run, and not answered by what failed."""
    with source.bench() as bench:
        source.misbehave("garbage", 3)
        assert source.run(bench).failed == 3
        assert source.plan(bench).cached == 0
        assert source.run(bench).done == 3
        assert links(bench) == source.links(NAMES)
