"""What a run that goes on may still spend."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clew.engine.budget import Budget, Meter
from clew.errors import OverBudget
from clew.replicas.scenario import load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.workbench import Workbench

FREE, PAID = "threatconnect.name_to_addresses", "domaintools.domain_whois"


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    with serve_replicas(load_scenario("tendrit"), only=("threatconnect", "domaintools")) as found:
        yield found


@pytest.fixture
def bench(tmp_path: Path, server: ReplicaServer) -> Iterator[Workbench]:
    settings = {**server.settings(), "CLEW_KEYRING": "no", "CLEW_HOME": str(tmp_path)}
    with Workbench.create(tmp_path / "a.clew", settings) as made:
        names = ("firehappy.dyn3.example", "example.org", "example.net")
        given = [made.catalogue.value("domain-name", name) for name in names]
        made.add(given, graph="main", label="given")
        yield made


@pytest.mark.parametrize(("transform", "each"), [(FREE, 0), (PAID, 1)])
def test_what_is_left_is_paid_for_and_no_more(
    bench: Workbench, transform: str, each: float
) -> None:
    """Look-ups that are left cost what their transform declares, and need a grant for one."""
    plan = bench.plan(transform, bench.view("main").entities, {})
    look_ups = len(plan.lookups)
    meter = Meter(Budget(None, look_ups * each))
    run = bench.start(plan, graph="main", meter=meter)
    left = bench.credits_left(run)
    assert left == look_ups * each
    assert bench.budget_of(run).credits == left
    bench.admit_rest(run, Meter(Budget(None, left)))
    if left:
        with pytest.raises(OverBudget, match=transform):
            bench.admit_rest(run, Meter(Budget(None, 0)))
    bench.work(run, meter=meter)
    assert bench.credits_left(run) == 0
    assert bench.budget_of(run).credits == 0
    bench.admit_rest(run, Meter(Budget(None, 0)))
