"""Runs of every kind of source: such as misbehave, and in processes that are killed."""

from __future__ import annotations

import asyncio
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from clew.engine.bounds import Bounds
from clew.engine.budget import Budget
from clew.engine.events import Event, RunEnded, TaskEnded
from clew.engine.maltego.declarations import (
    Declarations,
    declarations_path,
    load_declarations,
    save_declarations,
)
from clew.engine.run import summary
from clew.errors import ContactRefused, OverBudget, UnknownName
from clew.graph.digest import state_digest
from clew.graph.view import link_observation
from clew.model.change import Mark
from clew.replicas.behaviour import KINDS, Misbehaviour
from clew.replicas.scenario import Scenario, load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.store.check import check
from clew.workbench import Workbench
from effort import times
from engine.sources import KINDS as SOURCES
from engine.sources import NAMES, TIGHT, Source, source_of

ASKS = {
    "threatconnect": ("threatconnect.indicator_to_incidents", "domain-name"),
    "threatgrid": ("threatgrid.file_to_activity", "file"),
    "passivetotal": ("passivetotal.name_to_addresses", "domain-name"),
    "defender-ti": ("defender-ti.name_to_addresses", "domain-name"),
    "domaintools": ("domaintools.domain_to_registrants", "domain-name"),
}
FILES = (
    "b17f2d7e00f731650833898ebed14268",
    "f0111cd4ea5469fb81e27e168c29fc60",
    "3c67c02162c9ac3367fcc51cc7ad4ceb",
)
OWN = ("seasidegames.example", "harborlights.example", "skyline-post.example")


@pytest.fixture(scope="module")
def case() -> Scenario:
    return load_scenario("tendrit")


@pytest.fixture
def server(case: Scenario) -> Iterator[ReplicaServer]:
    with serve_replicas(case) as found:
        yield found


def bench_on(path: Path, server: ReplicaServer, bounds: Bounds = TIGHT) -> Workbench:
    settings = {**server.settings(), "CLEW_KEYRING": "no", "CLEW_HOME": str(path)}
    return Workbench.create(path / "case.clew", settings, bounds=bounds)


def given(bench: Workbench, provider: str) -> np.ndarray:
    texts = {"threatgrid": FILES, "domaintools": OWN}.get(provider, NAMES)
    kind = ASKS[provider][1]
    bench.add([bench.catalogue.value(kind, text) for text in texts], graph="main", label="given")
    return bench.view("main").entities


def asked(bench: Workbench, provider: str) -> RunEnded:
    plan = bench.plan(ASKS[provider][0], given(bench, provider), {})
    return bench.work(bench.start(plan, graph="main"))


def test_a_run_keeps_its_window(tmp_path: Path, server: ReplicaServer) -> None:
    """A window as a parameter is kept with the run and read again by its workers."""
    with bench_on(tmp_path, server) as bench:
        inputs = given(bench, "passivetotal")
        plan = bench.plan(ASKS["passivetotal"][0], inputs, {"window": "2013-01-01..2013-12-31"})
        run = bench.start(plan, graph="main")
        assert run.settings == '{"window":"2013-01-01..2013-12-31"}'
        ended = bench.work(run)
        assert (ended.failed, ended.left, ended.problems) == (0, 0, ())


@pytest.mark.parametrize("provider", sorted(ASKS))
@pytest.mark.parametrize("kind", KINDS)
def test_misbehaviour_is_told_and_the_rest_stays(
    tmp_path: Path, server: ReplicaServer, provider: str, kind: str
) -> None:
    """One request that goes wrong marks its task; the others are recorded, the file is whole."""
    with bench_on(tmp_path, server) as bench:
        server.behave(provider, Misbehaviour(kind, times=2 if provider != "defender-ti" else 4))
        ended = asked(bench, provider)
        assert ended.left == 0
        assert ended.done + ended.failed == 3
        told = (*ended.incomplete, *ended.problems)
        recovered = ended.failed == 0
        assert told or recovered
        assert all(len(line) > 20 for line in told)
        before = state_digest(bench.state)
    assert check(tmp_path / "case.clew").good
    with Workbench.open(tmp_path / "case.clew", {"CLEW_KEYRING": "no"}) as again:
        assert state_digest(again.state) == before


MALTEGO = [kind for kind in SOURCES if kind != "replica"]
LASTING = [(kind, 0) for kind in KINDS] + [("wrong-types", 1), ("wrong-types", 2)]


@pytest.mark.parametrize("provider", sorted(ASKS))
@pytest.mark.parametrize(("kind", "seed"), LASTING)
def test_a_provider_that_keeps_misbehaving_is_told(
    tmp_path: Path, server: ReplicaServer, provider: str, kind: str, seed: int
) -> None:
    """No kind of misbehaviour passes for an answer: the run says what was wrong."""
    with bench_on(tmp_path, server) as bench:
        server.behave(provider, Misbehaviour(kind, seed=seed))
        ended = asked(bench, provider)
        assert ended.left == 0
        assert ended.incomplete or ended.problems
        assert len(bench.view("main").entities) >= 3


def test_secrets_are_in_no_file(tmp_path: Path, server: ReplicaServer) -> None:
    """After good runs of all providers no key is in the file."""
    with bench_on(tmp_path, server) as bench:
        for provider in ASKS:
            asked(bench, provider)
    data = (tmp_path / "case.clew").read_bytes()
    for keys in server.credentials.values():
        for value in keys.values():
            assert value.encode() not in data


def test_a_purchase_is_never_repeated_blindly(tmp_path: Path, server: ReplicaServer) -> None:
    """A purchase whose answer was lost is refused until allowed; a kept one is used again."""
    transform = "domaintools.email_to_domains"
    with bench_on(tmp_path, server) as bench:
        email = bench.catalogue.value("email-address", "registrant.one@mail.example")
        bench.add([email], graph="main", label="given")
        rows = bench.view("main").entities
        plan = bench.plan(transform, rows, {}, with_quotes=True)
        server.behave("domaintools", Misbehaviour("reset", match="reverse-whois", times=1))
        assert plan.quotes[email].expected == 6
        lost = bench.work(bench.start(plan, graph="main"))
        assert lost.failed == 1
        refused = bench.work(bench.start(plan, graph="main"))
        assert "may have sold this already" in refused.incomplete[0]
        bought = bench.work(bench.start(plan, graph="main"), buy_again=True)
        assert bought.done == 1
        sent = len(server.requests("domaintools"))
        bench.work(bench.start(plan, graph="main"), refresh=True)
        assert len(server.requests("domaintools")) == sent


def test_a_retired_service_is_not_asked(tmp_path: Path) -> None:
    """Without a replica's address PassiveTotal is refused, and its successor named."""
    settings = {"CLEW_KEYRING": "no", "CLEW_HOME": str(tmp_path)}
    with Workbench.create(tmp_path / "case.clew", settings) as bench:
        plan = bench.plan(ASKS["passivetotal"][0], given(bench, "passivetotal"), {})
        run = bench.start(plan, graph="main")
        with pytest.raises(ContactRefused, match="defender-ti"):
            bench.work(run)


@pytest.fixture(params=SOURCES)
def source(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Source]:
    """Each kind of source in turn: what holds of one holds of all."""
    with source_of(request.param, tmp_path) as found:
        yield found


def links(bench: Workbench) -> set[str]:
    return {str(link) for link in bench.view("main").link_records()}


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


def test_a_fault_that_passes_is_asked_past(source: Source) -> None:
    """One look-up that fails and may be tried again is tried again, and nothing is missing."""
    with source.bench() as bench:
        source.misbehave("down", 1)
        ended = source.run(bench)
        assert (ended.done, ended.failed, source.heard()) == (3, 0, 4)
        assert links(bench) == source.links(NAMES)


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


def test_no_key_is_in_the_file(source: Source) -> None:
    """Keys, and settings that are keys, are sent and written nowhere."""
    with source.bench() as bench:
        assert source.run(bench).failed == 0
        (run,) = bench.case.store.runs()
        assert all(secret not in run.settings for secret in source.secrets)
    data = source.path.read_bytes()
    assert all(secret.encode() not in data for secret in source.secrets)


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


def test_a_budget_is_kept_before_anything_leaves(source: Source) -> None:
    """A run over its budget is refused, and nobody was asked."""
    with source.bench() as bench:
        calls = 3 * source.calls
        with pytest.raises(OverBudget, match=f"{calls} calls"):
            source.run(bench, Budget(calls=calls - 1))
        assert bench.case.store.runs() == []
    assert source.heard() == 0


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


def test_marked_entities_are_held_back(source: Source) -> None:
    """What is marked TLP:RED is not sent to a provider whose ceiling is lower."""
    with source.bench() as bench:
        rows = bench.view("main").entities
        bench.decide(Mark(5, entities=bench.state.entities.id(int(rows[0]))), label="red")
        plan = source.plan(bench)
        assert len(plan.lookups) == 2
        assert "TLP:RED" in plan.skipped[0].reason


def test_the_contact_limit_holds_back_everything(source: Source) -> None:
    """Under a limit that is lower than its class nobody is asked."""
    with source.bench(settings={"CLEW_CONTACT_LIMIT": "0"}) as bench:
        plan = source.plan(bench)
        assert (plan.lookups, len(plan.skipped), plan.calls) == ((), 3, 0)
    assert source.heard() == 0


def test_the_log_is_what_the_replies_say(source: Source) -> None:
    """Derived anew from the kept replies the state is the same, and nobody is asked."""
    with source.bench() as bench:
        source.run(bench)
        sent = source.heard()
        assert state_digest(bench.replay_state()) == state_digest(bench.state)
        assert source.heard() == sent


@pytest.mark.parametrize("kind", MALTEGO)
def test_replies_outlive_their_declaration(tmp_path: Path, kind: str) -> None:
    """What a user declared anew or removed is not asked; what it once said is read all the same."""
    with source_of(kind, tmp_path) as source, source.bench() as bench:
        source.run(bench)
        declared = load_declarations(declarations_path(source.settings))
        (one,) = declared.all().values()
        changed = {"parameters": "other.py"} if kind == "program" else {"url": "https://x.example"}
        for now in (declared.changed(one.name, replace(one, **changed)), Declarations()):  # type: ignore[arg-type]
            save_declarations(declarations_path(source.settings), now)
            assert state_digest(bench.replay_state()) == state_digest(bench.state)
        with pytest.raises(UnknownName):
            source.plan(bench)


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
