"""Runs of every kind of source, stopped and killed ones too."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from clew.engine.budget import Budget
from clew.engine.events import Event, TaskEnded
from clew.engine.run import summary
from clew.errors import OverBudget
from clew.graph.digest import state_digest
from clew.graph.view import link_observation
from clew.model.change import Mark
from clew.model.marking import PAP
from clew.store.check import check
from effort import times
from engine.answered import MALTEGO, links
from engine.sources import NAMES, Source, source_of


def test_a_run_brings_what_its_source_tells(source: Source) -> None:
    """Each name's links are there, each with the reply that it was read from, as one action."""
    with source.bench() as bench:
        before = links(bench)
        ended = source.run(bench)
        assert (ended.done, ended.failed, ended.left, ended.incomplete) == (3, 0, 0, ())
        assert ended.calls >= 3 * source.calls
        assert links(bench) == source.links(NAMES)
        view = bench.view("main")
        for row in view.observations.tolist():
            told = link_observation(bench.state, row).provenance
            assert (told.transform, told.run) == (source.transform, ended.run)
            assert bench.case.store.reply(told.reply) is not None
        bench.undo()
        assert links(bench) == before
    assert check(source.path).good


@pytest.mark.assurance("vendor-faults")
def test_a_fault_that_passes_is_asked_past(source: Source) -> None:
    """One look-up that fails and may be tried again is tried again, and nothing is missing."""
    with source.bench() as bench:
        source.misbehave("down", 1)
        ended = source.run(bench)
        assert (ended.done, ended.failed, source.heard()) == (3, 0, 4)
        assert links(bench) == source.links(NAMES)


@pytest.mark.assurance("vendor-faults")
def test_a_lasting_fault_fails_every_task_in_words(source: Source) -> None:
    """When nothing is answered, each task says so, and what was there before stays."""
    with source.bench() as bench:
        source.misbehave("garbage", 20)
        ended = source.run(bench)
        assert (ended.done, ended.failed, source.heard()) == (0, 3, 3)
        assert all(len(line) > 20 for line in ended.incomplete)
        assert len(bench.view("main").entities) == 3


@pytest.mark.parametrize("kind", ["replica", "v3"])
def test_a_wrong_key_stops_the_run(tmp_path: Path, kind: str) -> None:
    """After a refused key nothing more is asked, and the key is in no file and no text."""
    with source_of(kind, tmp_path) as source, source.bench(settings=source.wrong_key) as bench:
        ended = source.run(bench)
        assert ended.failed == 3
        assert "wrong-but-secret" not in repr(ended)
        assert source.heard() <= 3
    assert b"wrong-but-secret" not in source.path.read_bytes()


@pytest.mark.assurance("secrets")
def test_no_key_is_in_the_file(source: Source) -> None:
    """Keys, and settings that are keys, are sent and written nowhere."""
    with source.bench() as bench:
        assert source.run(bench).failed == 0
        (run,) = bench.case.store.runs()
        assert all(secret not in run.settings for secret in source.secrets)
    data = source.path.read_bytes()
    assert all(secret.encode() not in data for secret in source.secrets)


@pytest.mark.assurance("budget")
def test_a_budget_is_kept_before_anything_leaves(source: Source) -> None:
    """A run over its budget is refused, and nobody was asked."""
    with source.bench() as bench:
        calls = 3 * source.calls
        with pytest.raises(OverBudget, match=f"{calls} calls"):
            source.run(bench, Budget(calls=calls - 1))
        assert bench.case.store.runs() == []
    assert source.heard() == 0


@pytest.mark.assurance("budget")
def test_nothing_is_sent_past_a_budget(source: Source) -> None:
    """Another attempt is a call: where none is left, its look-up is cut, and says so."""
    with source.bench() as bench:
        calls = 3 * source.calls
        source.misbehave("down", 1)
        ended = source.run(bench, Budget(calls=calls))
        assert ended.calls == calls
        assert source.heard() <= calls
        assert ended.left == 0
        told = f"the run may make {calls} calls"
        assert ended.incomplete
        assert all(told in line for line in ended.incomplete)
        assert state_digest(bench.replay_state()) == state_digest(bench.state)
        again = source.run(bench)
        assert (again.failed, again.incomplete) == (0, ())
        assert links(bench) == source.links(NAMES)


@pytest.mark.assurance("resources")
@pytest.mark.parametrize("kind", MALTEGO)
def test_results_are_bounded(tmp_path: Path, kind: str) -> None:
    """A run that takes fewer results than there are says how many each look-up left."""
    with source_of(kind, tmp_path) as source, source.bench() as bench:
        ended = source.run(bench, rows_max=1)
        found = links(bench)
        assert len(found) == 3
        assert found <= source.links(NAMES)
        assert ended.done == 3
        assert all("cut at 1 of 2" in line for line in ended.incomplete)
        assert state_digest(bench.replay_state()) == state_digest(bench.state)


@pytest.mark.assurance("marks")
def test_marked_entities_are_held_back(source: Source) -> None:
    """What is marked TLP:RED is not sent to a provider whose ceiling is lower."""
    with source.bench() as bench:
        rows = bench.view("main").entities
        bench.decide(Mark(5, entities=bench.state.entities.id(int(rows[0]))), label="red")
        plan = source.plan(bench)
        assert len(plan.lookups) == 2
        assert "TLP:RED" in plan.skipped[0].reason


@pytest.mark.assurance("marks")
def test_what_is_marked_after_the_plan_is_not_sent(source: Source) -> None:
    """A run that goes on asks nothing that was marked meanwhile, and says why."""
    with source.bench() as bench:
        started = bench.start(source.plan(bench), graph="main")
        for row in bench.view("main").entities:
            id_ = bench.state.entities.id(int(row))
            bench.decide(Mark(5, entities=id_), label="red")
        ended = bench.work(started)
        assert (ended.calls, source.heard(), ended.failed) == (0, 0, 3)
        assert all("not asked: it is marked TLP:RED" in one for one in ended.incomplete)


@pytest.mark.assurance("marks")
def test_what_was_learnt_takes_the_markings_of_what_was_asked(source: Source) -> None:
    """TLP and PAP of an input are in the log with the run, and on what it brought."""
    with source.bench() as bench:
        rows = bench.view("main").entities
        for row in rows:
            id_ = bench.state.entities.id(int(row))
            bench.decide(Mark(2, int(PAP.AMBER), id_), label="mark")
        started = bench.start(source.plan(bench), graph="main")
        bench.work(started)
        tasks = [task for task, _ in bench.case.store.tasks(started.id)]
        assert {(task.tlp, task.pap) for task in tasks} == {(2, int(PAP.AMBER))}
        learnt = [one for one in bench.state.provenances.records if one.run == started.id]
        assert learnt
        assert {(one.tlp, one.pap) for one in learnt} == {(2, int(PAP.AMBER))}
        assert state_digest(bench.replay_state()) == state_digest(bench.state)


@pytest.mark.assurance("class-gate")
def test_the_contact_limit_holds_back_everything(source: Source) -> None:
    """Under a limit that is lower than its class nobody is asked."""
    with source.bench(settings={"CLEW_CONTACT_LIMIT": "0"}) as bench:
        plan = source.plan(bench)
        assert (plan.lookups, len(plan.skipped), plan.calls) == ((), 3, 0)
    assert source.heard() == 0


@pytest.mark.assurance("resumed-runs")
def test_a_stopped_run_goes_on(source: Source) -> None:
    """What was finished is recorded, the rest stays queued, and goes on where it was left."""
    with source.bench(names=source.more_names) as bench:
        started = bench.start(source.plan(bench), graph="main")
        events: list[Event] = []

        async def stopped() -> None:
            task = asyncio.create_task(bench.work_on(started))

            def stop(event: Event) -> None:
                events.append(event)
                if len(events) == 2:
                    task.cancel()

            bench.tell = stop
            with pytest.raises(asyncio.CancelledError):
                await task

        asyncio.run(stopped())
        assert all(isinstance(one, TaskEnded) for one in events)
        left = summary(bench.case, started).left
        assert 0 < left <= len(set(source.more_names)) - 2
        ended = bench.work(started)
        assert (ended.left, ended.failed) == (0, 0)
        assert links(bench) == source.links(source.more_names)


CHILD = """
import os, sys
from clew.engine.bounds import Bounds
from clew.engine.budget import Budget, Meter
from clew.workbench import Workbench
path = sys.argv[1]
bounds = Bounds(batch_tasks=1)
def tell(event):
    if type(event).__name__ == "TaskEnded":
        sys.stdout.write(event.value + "\\n")
        sys.stdout.flush()
with Workbench.open(path, os.environ, bounds=bounds, tell=tell) as bench:
    for run in bench.case.store.runs(status="queued"):
        bench.work(run)
sys.stdout.write("finished\\n")
sys.stdout.flush()
"""


@pytest.mark.assurance("kill", "resumed-runs")
def test_killed_at_any_moment_nothing_is_lost_or_doubled(source: Source) -> None:
    """Killed at random moments: what was acknowledged is there, and the end is the same."""
    chance = random.Random(50)
    names = [*dict.fromkeys(source.more_names)]
    source.bench(names=names).case.close()
    environment = {**os.environ, **source.settings}
    for _ in range(times(2, deep=40)):
        with source.bench() as bench:
            if not bench.case.store.runs(status="queued"):
                bench.start(source.plan(bench, refresh=True), graph="main")
            run = bench.case.store.runs(status="queued")[-1]
        child = subprocess.Popen(
            [sys.executable, "-c", CHILD, str(source.path)],
            env=environment, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert child.stdout is not None
        acknowledged = []
        for _ in range(chance.randrange(0, len(names))):
            line = child.stdout.readline().strip()
            if line in ("", "finished"):
                break
            acknowledged.append(line)
        child.send_signal(signal.SIGKILL)
        child.wait()
        child.stdout.close()
        assert check(source.path).good
        with source.bench() as bench:
            done = {t.value for t, outcome in bench.case.store.tasks(run.id) if outcome}
            assert set(acknowledged) <= done
    with source.bench() as bench:
        for run in bench.case.store.runs(status="queued"):
            assert bench.work(run).left == 0
        inputs = [
            (record.run, record.input) for record in bench.state.provenances.records
            if record.transform == source.transform
        ]  # fmt: skip
        assert len(inputs) == len(set(inputs))
        assert links(bench) == source.links(names)
        assert state_digest(bench.replay_state()) == state_digest(bench.state)
