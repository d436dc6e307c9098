"""Asking providers on the command line: plans, runs, what is left and what was cut."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clew.engine.budget import Budget, Meter
from clew.graph.entities import pack_ids
from clew.replicas.scenario import load_scenario
from clew.replicas.server import parse_misbehaviour, serve_replicas
from clew.workbench import Workbench
from cli.command import Clew
from cli.investigation import make_investigation

LOCAL = "local.name_to_registered_domain"
NAMES = "passivetotal.name_to_addresses"
PAID = "domaintools.email_to_domains"


@pytest.fixture(scope="module")
def replicas() -> Iterator[dict[str, str]]:
    """Settings of a case's replicas."""
    with serve_replicas(load_scenario("tendrit")) as server:
        yield {**server.settings(), "CLEW_KEYRING": "no"}


@pytest.fixture
def clew(tmp_path: Path, replicas: dict[str, str]) -> Clew:
    """A folder with an investigation; keys for the replicas are set."""
    make_investigation(tmp_path / "a.clew")
    return Clew(tmp_path, replicas)


def test_a_plan_says_who_is_asked_and_what_leaves(clew: Clew) -> None:
    """Inputs, calls, contact class and what is held back with its reason; nobody is asked."""
    before = (clew.folder / "a.clew").read_bytes()
    shown = clew("plan", "a.clew", LOCAL).stdout
    assert "asks      4 of 4 inputs, 0 from kept replies" in shown
    assert "costs     0 calls, 0 credits" in shown
    assert "contact class" in shown
    held = clew("plan", "a.clew", "passivetotal.address_to_names", "192.0.2.2").stdout
    assert "held back 192.0.2[.]2: " in held
    assert "sinkhole" in held
    through = clew(
        "plan", "a.clew", "passivetotal.address_to_names", "192.0.2.2", "--through", "sinkhole"
    ).stdout
    assert "held back" not in through
    assert (clew.folder / "a.clew").read_bytes() == before


def test_a_paid_plan_quotes_the_price(clew: Clew) -> None:
    """Each input that costs has its own line, and the account's allowance stands above."""
    clew("add", "a.clew", "admin@seasidegames.example")
    shown = clew("plan", "a.clew", PAID).stdout
    assert "quote     admin[@]seasidegames[.]example: " in shown
    assert "report" in shown


def test_what_no_price_would_let_run_is_refused_unasked(tmp_path: Path) -> None:
    """Without a grant for one unit, or for its calls, no count is asked for and nothing leaves."""
    with serve_replicas(load_scenario("tendrit"), only=("domaintools",)) as server:
        clew = Clew(tmp_path, {**server.settings(), "CLEW_KEYRING": "no"})
        clew("new", "a.clew")
        clew("add", "a.clew", "seasidegames.example")
        history = ("run", "a.clew", "domaintools.domain_to_registrants")
        refused = clew(*history, "--credits", "0", code=4)
        assert "would cost at least 1 credits (1 whois record a row)" in refused.stderr
        clew(*history, "--credits", "9", "--calls", "1", code=4)
        assert (server.received("domaintools"), server.sold("domaintools")) == (0, 0)
        clew(*history, "--credits", "9", "--calls", "2")
        assert server.received("domaintools") == 2


def test_a_run_says_what_it_did(clew: Clew) -> None:
    """The plan first, then counts; on a terminal progress is drawn on standard error alone."""
    ended = clew("run", "a.clew", LOCAL, terminal=True)
    assert "asks      4 of 4 inputs" in ended.stdout
    assert "4 done, 0 failed, 0 left; 0 calls" in ended.stdout
    assert "4/4" in ended.stderr
    assert "4/4" not in ended.stdout


def test_an_unfinished_run_is_resumed(clew: Clew) -> None:
    """--resume goes on with what a run left, within the credits it had; then nothing is left."""
    clew("add", "a.clew", "laton.dyn1.example")
    user = {"CLEW_HOME": str(clew.home), **clew.settings}
    with Workbench.open(clew.folder / "a.clew", user) as bench:
        named = bench.catalogue.value("domain-name", "laton.dyn1.example")
        rows = bench.state.entities.find(pack_ids(named.id))
        meter = Meter(Budget(None, 5))
        bench.start(bench.plan(NAMES, rows, {}, meter=meter), graph="main", meter=meter)
    shown = clew("run", "a.clew", "--resume").stdout
    assert "1 done, 0 failed, 0 left; 1 calls" in shown
    assert clew("explain", "a.clew", "laton.dyn1.example", "--json").json["links"]
    assert clew("run", "a.clew", "--resume", "--json").json == []


def test_a_provider_that_is_down_fails_its_tasks(tmp_path: Path) -> None:
    """A reply that is no JSON fails the task with its reason, and the file keeps what it held."""
    with serve_replicas(load_scenario("tendrit")) as server:
        server.behave(*parse_misbehaviour("passivetotal:html"))
        clew = Clew(tmp_path, {**server.settings(), "CLEW_KEYRING": "no"})
        make_investigation(tmp_path / "a.clew")
        before = clew("show", "a.clew", "--json").json["links"]
        ended = clew("run", "a.clew", NAMES, "a.example", "--credits", "5", code=3)
        assert "1 failed" in ended.stdout
        assert "no JSON" in ended.stdout
        assert clew("show", "a.clew", "--json").json["links"] == before


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (("run", "a.clew"), 2, "--resume"),
        (("run", "a.clew", "no.such"), 2, "no.such"),
        (("run", "a.clew", NAMES, "a.example"), 4, "credit"),
        (("run", "a.clew", LOCAL, "nobody.example"), 2, "nobody"),
        (("run", "a.clew", LOCAL, "--from", "zzz"), 2, "zzz"),
        (("run", "a.clew", LOCAL, "--with", "colour"), 2, "name=value"),
        (("run", "a.clew", LOCAL, "--with", "colour=red"), 2, "colour"),
        (("plan", "a.clew", LOCAL, "???"), 2, "???"),
    ],
)
def test_wrong_words_ask_nobody(clew: Clew, words: tuple[str, ...], code: int, part: str) -> None:
    """What is missing, unknown or not paid for is named; no run is begun."""
    ended = clew(*words, code=code)
    assert part in ended.stderr
    with Workbench.open(clew.folder / "a.clew", clew.settings, readonly=True) as bench:
        assert bench.case.store.runs() == []


def test_a_saved_reply_is_about_one_entity(clew: Clew) -> None:
    """Two values, or none, can't be what one reply answers."""
    (clew.folder / "saved.json").write_text("{}")
    for values in ((), ("a.example", "b.example")):
        ended = clew("run", "a.clew", NAMES, *values, "--reply", "saved.json", code=2)
        assert "about one entity" in ended.stderr
