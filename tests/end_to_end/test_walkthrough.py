"""The walkthrough of both shipped cases, played over HTTP, against what was worked out by hand."""

from __future__ import annotations

import json
import shutil
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from clew.engine.client import Client, origin
from clew.graph.digest import state_digest
from clew.graph.working_set import WorkingSet
from clew.playbook.library import load_playbook
from clew.playbook.result import PlaybookResult
from clew.playbook.run import run_playbook
from clew.replicas.import_facts import import_facts
from clew.replicas.scenario import Scenario, load_scenario
from clew.replicas.server import serve_replicas
from clew.transform.request import Reply, Request
from clew.workbench import Workbench
from corpus.files import corpus
from guard.packets import heard, origins

FACTS = corpus("scenario")


@contextmanager
def played(case: Scenario, folder: Path) -> Iterator[tuple[Workbench, PlaybookResult]]:
    with serve_replicas(case) as server:
        settings = {**server.settings(), "CLEW_KEYRING": "no", "CLEW_HOME": str(folder)}
        bench = Workbench.create(folder / "case.clew", settings)
        done = run_playbook(load_playbook(case.playbook), case.parameters, bench)
    with bench:
        yield bench, done


def values(data: dict[str, Any], step: str) -> list[str]:
    found = next(one for one in data["steps"] if one["id"] == step)
    return sorted(one["value"] for one in found["result"]["values"])


def result(data: dict[str, Any], step: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in data["steps"] if one["id"] == step)["result"]
    return found


@pytest.fixture(scope="module")
def tendrit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Workbench, PlaybookResult]]:
    with played(load_scenario("tendrit"), tmp_path_factory.mktemp("tendrit")) as done:
        yield done


@pytest.fixture(scope="module")
def expected() -> dict[str, Any]:
    found: dict[str, Any] = json.loads((FACTS / "tendrit" / "expected.json").read_text("utf-8"))
    return found


def test_tendrit_counts_and_overlap(
    tendrit: tuple[Workbench, PlaybookResult], expected: dict[str, Any]
) -> None:
    """Both graphs, the merged one, the 39 shared entities and the pruned rest are as expected."""
    data = tendrit[1].as_data()
    for name in ("graph_a", "graph_b", "merged"):
        assert data[name] == expected[name]
    assert data["overlap"]["entities"] == expected["overlap"]["entities"] == 39
    assert data["overlap"]["values"] == expected["overlap"]["values"]
    assert {name: data["prune"][name] for name in expected["prune"]} == expected["prune"]


@pytest.mark.parametrize(
    ("name", "step"),
    [
        ("2_samples_with_runs_since_2013", "samples_with_runs"),
        ("3_dynamic_dns_hosts", "dynamic_hosts"),
        ("3_own_domains", "own_domains"),
        ("4_sinkholes", "sinkholes"),
        ("5_near_addresses", "near_addresses"),
        ("6_historic_domains_of_registrant_one", "historic_domains"),
        ("6_new_domains", "new_domains"),
        ("6_current_domains_of_registrant_one", "current_domains"),
        ("7_missing_own_domains", "missing_domains"),
        ("7_nearest_registrant", "nearest_registrant"),
        ("8_overlapping_registrants", "overlapping"),
        ("8_same_name_registrants", "same_name"),
        ("8_all_domains", "all_domains"),
    ],
)
def test_tendrit_steps(
    tendrit: tuple[Workbench, PlaybookResult], expected: dict[str, Any], name: str, step: str
) -> None:
    """Each step of the walkthrough gives what was worked out from the same rows."""
    assert values(tendrit[1].as_data(), step) == expected["walkthrough"][name]


def test_tendrit_other_steps(
    tendrit: tuple[Workbench, PlaybookResult], expected: dict[str, Any]
) -> None:
    """Steps that give a number, a window or a mapping."""
    data, told = tendrit[1].as_data(), expected["walkthrough"]
    assert result(data, "indicators")["count"] == told["1_indicators"]
    assert values(data, "shared_host") == [told["2_shared_host"]]
    assert told["2_excluded_sample"] not in values(data, "samples_with_runs")
    assert result(data, "near")["window"] == told["5_window"]
    assert result(data, "domains_by_nearest")["pairs"] == told["7_its_domains"]
    assert result(data, "all_addresses")["count"] == told["8_all_addresses"]


@pytest.mark.assurance("no-outside-packet")
def test_only_the_client_sends_and_only_to_providers(tmp_path: Path) -> None:
    """A whole playbook opens connections from the engine's client alone, to its providers."""
    case, senders = load_scenario("tendrit"), set[str]()
    with serve_replicas(case) as server, heard("socket.connect") as made:
        settings = {**server.settings(), "CLEW_KEYRING": "no", "CLEW_HOME": str(tmp_path)}
        with (
            Workbench.create(tmp_path / "case.clew", settings) as bench,
            pytest.MonkeyPatch.context() as patch,
        ):
            patch.setattr(Client, "send", noting(Client.send, senders))
            run_playbook(load_playbook(case.playbook), case.parameters, bench)
        assert senders == origins(made) <= set(server.origins.values())


def noting(send: Callable[..., Awaitable[Reply]], found: set[str]) -> Callable[..., object]:
    """The client's own sending, with the origins that it was given."""

    async def call(
        client: Client, asked: Request, signed: Request, *args: Any, **parts: Any
    ) -> Reply:
        found.add(origin(signed.url))
        return await send(client, asked, signed, *args, **parts)

    return call


def test_every_claim_names_its_origin(tendrit: tuple[Workbench, PlaybookResult]) -> None:
    """Each claim of a provider has transform, run, input and a reply that the file keeps."""
    bench = tendrit[0]
    for record in bench.state.provenances.records:
        if record.provider in ("analyst", "local"):
            continue
        assert record.transform.startswith(f"{record.provider}.")
        assert len(record.input) == 16
        assert bench.case.store.reply(record.reply) is not None


def test_replay_without_replicas(tendrit: tuple[Workbench, PlaybookResult]) -> None:
    """With the replicas gone, the kept replies give the same graph."""
    bench = tendrit[0]
    assert state_digest(bench.replay_state()) == state_digest(bench.state)


def test_undoing_everything(tmp_path: Path) -> None:
    """Undone step by step nothing is left; redone, the digest is the same."""
    with played(load_scenario("tendrit"), tmp_path) as (bench, _):
        full = state_digest(bench.state)
        while bench.undo():
            pass
        assert state_digest(bench.state) == state_digest(WorkingSet())
        while bench.redo():
            pass
        assert state_digest(bench.state) == full


def test_pitty_tiger_facts(tmp_path: Path) -> None:
    """The real case gives the facts that its report states."""
    told = json.loads((FACTS / "pitty-tiger" / "expected.json").read_text("utf-8"))
    with played(load_scenario("pitty-tiger"), tmp_path) as (_, done):
        data = done.as_data()
    for name in ("reverse_whois", "overlap_of_the_two_domains", "distinct", "timeframe_2013"):
        assert data[name] == told[name]
    assert data["registered_domains"]["aniu.skypetm.com.tw"] == ["skypetm.com.tw"]


def test_a_changed_case_gives_changed_answers(tmp_path: Path) -> None:
    """The answers are computed: without one shared address the overlap is one less."""
    facts = tmp_path / "facts"
    shutil.copytree(FACTS / "tendrit", facts)
    hosting = facts / "hosting_history.csv"
    hosting.chmod(0o644)
    facts.chmod(0o755)
    lines = hosting.read_text("utf-8").splitlines(keepends=True)
    hosting.write_text("".join(line for line in lines if "192.0.2.10," not in line), "utf-8")
    with played(import_facts(facts, tmp_path / "case"), tmp_path) as (_, done):
        data = done.as_data()
    assert data["overlap"]["entities"] == 38
    assert {"type": "ip-address", "value": "192.0.2.10"} not in data["overlap"]["values"]
