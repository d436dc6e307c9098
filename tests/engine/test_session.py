"""Sessions with providers that misbehave, sell once, or are retired."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from clew.engine.bounds import Bounds
from clew.engine.events import RunEnded
from clew.errors import ContactRefused
from clew.graph.digest import state_digest
from clew.replicas.behaviour import KINDS, Misbehaviour
from clew.replicas.scenario import Scenario, load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.store.check import check
from clew.workbench import Workbench
from engine.sources import NAMES, TIGHT

ASKS = {
    "threatconnect": ("threatconnect.indicator_to_incidents", "domain-name"),
    "threatgrid": ("threatgrid.file_to_activity", "file"),
    "passivetotal": ("passivetotal.name_to_addresses", "domain-name"),
    "defender-ti": ("defender-ti.name_to_addresses", "domain-name"),
    "domaintools": ("domaintools.domain_to_registrants", "domain-name"),
}
PATHS = {"threatgrid": "search", "domaintools": "sort=", "defender-ti": "passiveDns"}
"""Part of the question that counts, where others are asked before it."""
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


@pytest.mark.assurance("vendor-faults")
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


@pytest.mark.assurance("vendor-faults")
@pytest.mark.parametrize("provider", sorted(ASKS))
def test_an_answer_from_another_path_is_asked_again(
    tmp_path: Path, server: ReplicaServer, provider: str
) -> None:
    """What a redirect to another path leads to is cut, not kept for an answer, and planned anew."""
    with bench_on(tmp_path, server) as bench:
        server.behave(
            provider, Misbehaviour("redirect-path", match=PATHS.get(provider, ""), times=1)
        )
        (told,) = asked(bench, provider).incomplete
        assert "the provider answered from another path than was asked" in told
        rows = bench.view("main").entities
        assert bench.plan(ASKS[provider][0], given(bench, provider), {}).calls > 0
        again = asked(bench, provider)
        assert (again.incomplete, again.problems) == ((), ())
        assert len(bench.view("main").entities) >= len(rows)


LASTING = [(kind, 0) for kind in KINDS] + [("wrong-types", 1), ("wrong-types", 2)]


@pytest.mark.assurance("vendor-faults")
@pytest.mark.parametrize("provider", sorted(ASKS))
@pytest.mark.parametrize(("kind", "seed"), LASTING)
def test_a_provider_that_keeps_misbehaving_is_told(
    tmp_path: Path, server: ReplicaServer, provider: str, kind: str, seed: int
) -> None:
    """No kind of misbehaviour passes for an answer: the run says what was wrong, or has it all."""
    with bench_on(tmp_path, server) as bench:
        server.behave(provider, Misbehaviour(kind, seed=seed))
        ended = asked(bench, provider)
        assert ended.left == 0
        assert len(bench.view("main").entities) >= 3
        found = set(map(str, bench.view("main").link_records()))
        if not (ended.incomplete or ended.problems):
            server.behave(provider)
            rows = given(bench, provider)
            plan = bench.plan(ASKS[provider][0], rows, {}, refresh=True)
            bench.work(bench.start(plan, graph="main"), refresh=True)
            assert set(map(str, bench.view("main").link_records())) == found


@pytest.mark.assurance("secrets")
def test_secrets_are_in_no_file(tmp_path: Path, server: ReplicaServer) -> None:
    """After good runs of all providers no key is in the file."""
    with bench_on(tmp_path, server) as bench:
        for provider in ASKS:
            asked(bench, provider)
    data = (tmp_path / "case.clew").read_bytes()
    for keys in server.credentials.values():
        for value in keys.values():
            assert value.encode() not in data


@pytest.mark.assurance("budget")
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
