"""Planning and running: foreseen, bounded, repeated for nothing, done from a saved reply."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from clew.engine.budget import Budget, Meter
from clew.errors import OverBudget
from clew.replicas.scenario import load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.workbench import Workbench

NAMES, BOUGHT = "passivetotal.name_to_addresses", "domaintools.email_to_domains"


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    with serve_replicas(load_scenario("tendrit"), only=("passivetotal", "domaintools")) as found:
        yield found


@pytest.fixture
def bench(tmp_path: Path, server: ReplicaServer) -> Iterator[Workbench]:
    settings = {**server.settings(), "CLEW_KEYRING": "no", "CLEW_HOME": str(tmp_path)}
    with Workbench.create(tmp_path / "a.clew", settings) as made:
        given = [
            made.catalogue.value("domain-name", "firehappy.dyn3.example"),
            made.catalogue.value("email-address", "registrant.one@mail.example"),
        ]
        made.add(given, graph="main", label="given")
        yield made


def test_a_run_is_planned_done_and_then_free(bench: Workbench) -> None:
    """What is not taken is said; the same question again is answered by what is stored."""
    rows = bench.view("main").entities
    made = bench.plan(NAMES, rows, {})
    assert len(made.lookups) == 1
    assert [one.value for one in made.skipped] == ["registrant.one@mail.example"]
    assert bench.work(bench.start(made, graph="main")).done == 1
    assert bench.view("main").link_records()
    again = bench.run(NAMES, rows, graph="main", settings={})
    assert (again.cached, again.calls) == (1, 0)
    anew = bench.plan(NAMES, rows, {}, refresh=True)
    ended = bench.work(bench.start(anew, graph="main"), refresh=True)
    assert (ended.cached, ended.calls) == (0, 1)
    assert bench.forecast_lookup(NAMES).calls == 1
    assert NAMES in {one.id for one in bench.pivot_transforms()}


def test_what_is_bought_is_quoted_first(bench: Workbench) -> None:
    """A price is asked for, and a run over the budget is not begun."""
    rows = bench.view("main").entities
    made = bench.plan(BOUGHT, rows, {}, with_quotes=True)
    (lookup,) = made.lookups
    assert lookup.value == "registrant.one@mail.example"
    with pytest.raises(OverBudget):
        bench.start(made, graph="main", meter=Meter(Budget(None, 0.0)))
    assert bench.case.store.runs() == []
    run = bench.start(made, graph="main", meter=Meter(Budget(None, 3.0)))
    assert bench.budget_of(run) == Budget(None, 3.0)
    assert bench.credits_left(run) == 1.0


def test_a_saved_reply_is_read_in_place_of_asking(bench: Workbench) -> None:
    """A reply that was saved elsewhere gives the same links as if it had been asked for."""
    row = {"recordType": "A", "resolve": "192.0.2.7", "firstSeen": "2013-01-02 00:00:00"}
    made = bench.plan(NAMES, bench.view("main").entities, {})
    run = bench.start(made, graph="saved")
    ended = bench.work_saved(run, json.dumps({"results": [row], "totalRecords": 1}).encode())
    assert ended.done == 1
    assert {one.target.value for one in bench.view("saved").link_records()} == {"192.0.2.7"}
