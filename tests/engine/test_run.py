"""Runs against replicas that misbehave, and processes that are killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from clew.engine.bounds import Bounds
from clew.engine.budget import Budget, Meter
from clew.engine.events import RunEnded
from clew.errors import ContactRefused, OverBudget
from clew.graph.digest import state_digest
from clew.model.change import Mark
from clew.replicas.behaviour import KINDS, Misbehaviour
from clew.replicas.scenario import Scenario, load_scenario
from clew.replicas.server import ReplicaServer, running
from clew.store.check import check
from clew.workbench import Workbench
from effort import times

TIGHT = Bounds(
    connect_s=2, total_s=0.7, reply_bytes=300_000, attempts=2, backoff_s=0.01, wait_s=0.02,
    batch_tasks=1,
)  # fmt: skip
ASKS = {
    "threatconnect": ("threatconnect.indicator_to_incidents", "domain-name"),
    "threatgrid": ("threatgrid.file_to_activity", "file"),
    "passivetotal": ("passivetotal.name_to_addresses", "domain-name"),
    "defender-ti": ("defender-ti.name_to_addresses", "domain-name"),
    "domaintools": ("domaintools.domain_to_registrants", "domain-name"),
}
NAMES = ("laton.dyn1.example", "geoinfo.dyn1.example", "www.seasidegames.example")
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
    with running(case) as found:
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


def test_a_lasting_fault_fails_every_task_in_words(tmp_path: Path, server: ReplicaServer) -> None:
    """When nothing is answered, each task says so, and what was there before stays."""
    with bench_on(tmp_path, server) as bench:
        server.behave("passivetotal", Misbehaviour("html"))
        ended = asked(bench, "passivetotal")
        assert (ended.done, ended.failed) == (0, 3)
        assert all("no JSON" in line for line in ended.incomplete)
        assert len(bench.view("main").entities) == 3


def test_a_wrong_key_stops_the_run(tmp_path: Path, server: ReplicaServer) -> None:
    """After a refused key nothing more is asked, and the key is in no file and no text."""
    settings = {**server.settings(), "CLEW_KEYRING": "no", "CLEW_HOME": str(tmp_path)}
    settings["CLEW_PASSIVETOTAL_KEY"] = "wrong-but-secret"
    with Workbench.create(tmp_path / "case.clew", settings, bounds=TIGHT) as bench:
        ended = asked(bench, "passivetotal")
        assert ended.failed == 3
        assert "wrong-but-secret" not in repr(ended)
    assert len(server.requests("passivetotal")) <= 3
    assert b"wrong-but-secret" not in (tmp_path / "case.clew").read_bytes()


def test_secrets_are_in_no_file(tmp_path: Path, server: ReplicaServer) -> None:
    """After good runs of all providers no key is in the file."""
    with bench_on(tmp_path, server) as bench:
        for provider in ASKS:
            asked(bench, provider)
    data = (tmp_path / "case.clew").read_bytes()
    for keys in server.credentials.values():
        for value in keys.values():
            assert value.encode() not in data


def test_a_kept_reply_answers_again(tmp_path: Path, server: ReplicaServer) -> None:
    """The same question is not sent twice while a reply is fresh, and its answer counts once."""
    with bench_on(tmp_path, server) as bench:
        first = asked(bench, "passivetotal")
        sent = len(server.requests("passivetotal"))
        plan = bench.plan(ASKS["passivetotal"][0], bench.view("main").entities[:0], {})
        assert plan.calls == 0
        observations = len(bench.view("main").observations)
        again = asked(bench, "passivetotal")
        assert len(bench.view("main").observations) == observations
        assert (first.calls, again.calls) == (3, 0)
        assert again.cached >= 3
        assert len(server.requests("passivetotal")) == sent


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


def test_a_budget_is_kept_before_anything_leaves(tmp_path: Path, server: ReplicaServer) -> None:
    """A run over its budget is refused, and nothing was asked."""
    with bench_on(tmp_path, server) as bench:
        plan = bench.plan(ASKS["passivetotal"][0], given(bench, "passivetotal"), {})
        with pytest.raises(OverBudget, match="3 calls"):
            bench.start(plan, graph="main", meter=Meter(Budget(calls=2)))
    assert server.requests("passivetotal") == []


def test_marked_entities_are_held_back(tmp_path: Path, server: ReplicaServer) -> None:
    """What is marked TLP:RED is not sent to a provider whose ceiling is lower."""
    with bench_on(tmp_path, server) as bench:
        rows = given(bench, "passivetotal")
        bench.decide(Mark(5, entities=bench.state.entities.id(int(rows[0]))), label="red")
        plan = bench.plan(ASKS["passivetotal"][0], rows, {})
        assert len(plan.asks) == 2
        assert "TLP:RED" in plan.held[0].reason


def test_a_retired_service_is_not_asked(tmp_path: Path) -> None:
    """Without a replica's address PassiveTotal is refused, and its successor named."""
    settings = {"CLEW_KEYRING": "no", "CLEW_HOME": str(tmp_path)}
    with Workbench.create(tmp_path / "case.clew", settings) as bench:
        plan = bench.plan(ASKS["passivetotal"][0], given(bench, "passivetotal"), {})
        run = bench.start(plan, graph="main")
        with pytest.raises(ContactRefused, match="defender-ti"):
            bench.work(run)


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


def test_killed_at_any_moment_nothing_is_lost_or_doubled(tmp_path: Path, case: Scenario) -> None:
    """Killed at random moments: what was acknowledged is there, and the end is the same."""
    chance = random.Random(50)
    names = [row.name for row in case.resolutions] + [row.domain for row in case.hostings]
    with running(case) as server:
        settings = {**server.settings(), "CLEW_KEYRING": "no", "CLEW_HOME": str(tmp_path)}
        path = tmp_path / "case.clew"
        with Workbench.create(path, settings) as bench:
            values = [bench.catalogue.value("domain-name", name) for name in dict.fromkeys(names)]
            bench.add(values, graph="main", label="given")
            rows = bench.view("main").entities
        environment = {**os.environ, **settings}
        for _ in range(times(4, deep=50)):
            with Workbench.open(path, settings) as bench:
                if not bench.case.store.runs(status="queued"):
                    plan = bench.plan("passivetotal.name_to_addresses", rows, {})
                    bench.start(plan, graph="main")
                run = bench.case.store.runs(status="queued")[-1]
            child = subprocess.Popen(
                [sys.executable, "-c", CHILD, str(path)],
                env=environment, stdout=subprocess.PIPE, text=True,
            )  # fmt: skip
            assert child.stdout is not None
            acknowledged = []
            for _ in range(chance.randrange(0, len(rows))):
                line = child.stdout.readline().strip()
                if line in ("", "finished"):
                    break
                acknowledged.append(line)
            child.send_signal(signal.SIGKILL)
            child.wait()
            child.stdout.close()
            assert check(path).good
            with Workbench.open(path, settings) as bench:
                done = {t.value for t, outcome in bench.case.store.tasks(run.id) if outcome}
                assert set(acknowledged) <= done
        with Workbench.open(path, settings) as bench:
            for run in bench.case.store.runs(status="queued"):
                assert bench.work(run).left == 0
            inputs = [
                (record.run, record.input) for record in bench.state.provenances.records
                if record.provider == "passivetotal"
            ]  # fmt: skip
            assert len(inputs) == len(set(inputs))
            seen = {str(link) for link in bench.view("main").link_records()}
            assert seen == {
                f"{row.name} -resolves-to-> {row.value}"
                for row in case.resolutions if row.type == "A"
            }  # fmt: skip
