"""Nothing is sent past a budget: not by pages, other attempts, tokens, prices or asking anew."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from clew.engine.bounds import Bounds
from clew.engine.budget import Budget, LookupMeter, Meter, Price
from clew.engine.events import RunEnded
from clew.errors import OverBudget
from clew.graph.digest import state_digest
from clew.model.provenance import Extent
from clew.replicas.behaviour import Misbehaviour
from clew.replicas.scenario import load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.transform.cost import Per
from clew.workbench import Workbench
from engine.listing import Listing, served

pytestmark = pytest.mark.assurance("budget")
NAMES = "defender-ti.name_to_addresses"
WHOIS = "domaintools.domain_whois"
HISTORY = "domaintools.domain_to_registrants"
OWN = ("seasidegames.example", "harborlights.example", "skyline-post.example")
QUICK = Bounds(total_s=5, attempts=3, backoff_s=0.01, wait_s=0.02)


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    with serve_replicas(load_scenario("tendrit"), only=("domaintools",)) as found:
        yield found


def bench_on(path: Path, server: ReplicaServer, *names: str) -> Workbench:
    server.behave("domaintools")
    settings = {**server.settings(), "CLEW_KEYRING": "no", "CLEW_HOME": str(path)}
    bench = Workbench.create(path / "case.clew", settings, bounds=QUICK)
    values = [bench.catalogue.value("domain-name", name) for name in names]
    bench.add(values, graph="main", label="given")
    return bench


def given(bench: Workbench) -> np.ndarray:
    view = bench.view("main")
    return view.entities[view.type_flags("domain-name")]


def run(
    bench: Workbench, transform: str, budget: Budget, *, refresh: bool = False, rows: int = 3
) -> RunEnded:
    """A run of the first *rows* names under a budget."""
    meter = Meter(budget)
    plan = bench.plan(transform, given(bench)[:rows], {}, refresh=refresh, meter=meter)
    begun = bench.start(plan, graph="main", meter=meter)
    return bench.work(begun, refresh=refresh, meter=meter)


def test_pages_are_calls(tmp_path: Path) -> None:
    """A listing that never ends makes as many calls as were allowed; what came stays."""
    with served(Listing()) as listing, listing.bench(tmp_path, "a.example") as bench:
        ended = run(bench, NAMES, Budget(calls=4))
        assert len(listing.heard) == 4
        assert (ended.calls, ended.done, ended.failed, ended.left) == (4, 1, 0, 0)
        told = "a.example: cut at 6 of an unknown total: the run may make 4 calls"
        assert ended.incomplete == (told,)
        assert len(bench.view("main").links) == 6
        assert state_digest(bench.replay_state()) == state_digest(bench.state)


def test_a_cut_run_is_gone_on_with_from_kept_replies(tmp_path: Path) -> None:
    """The plan after a cut knows that there is more to ask; pages that came are not asked again."""
    with served(Listing()) as listing, listing.bench(tmp_path, "a.example") as bench:
        run(bench, NAMES, Budget(calls=3))
        plan = bench.plan(NAMES, given(bench), {})
        assert (plan.cached, plan.calls) == (0, 2)
        ended = run(bench, NAMES, Budget(calls=3))
        assert (ended.calls, ended.cached) == (3, 2)
        assert listing.heard[-1].endswith("$skiptoken=3")


def test_all_look_ups_of_a_run_share_one_budget(tmp_path: Path) -> None:
    """What one look-up's pages use up, the others can't have; each says so."""
    names = ("a.example", "b.example", "c.example")
    with served(Listing()) as listing, listing.bench(tmp_path, *names) as bench:
        ended = run(bench, NAMES, Budget(calls=5))
        assert len(listing.heard) == 5
        assert len(ended.incomplete) == 3
        assert all("the run may make 5 calls" in line for line in ended.incomplete)


def test_a_page_that_comes_again_ends_the_listing(tmp_path: Path) -> None:
    """A next page that was asked for already is not asked for again, and that is a problem."""
    with served(Listing(loops=True)) as listing, listing.bench(tmp_path, "a.example") as bench:
        ended = run(bench, NAMES, Budget(calls=3))
        assert [one.partition(" ")[0] for one in listing.heard] == ["POST", "GET"]
        assert ended.problems == ("a.example: the provider names a page again",)
        assert len(bench.view("main").links) == 2
        assert state_digest(bench.replay_state()) == state_digest(bench.state)


def test_a_token_is_a_call_of_the_plan(tmp_path: Path) -> None:
    """What a run needs at least counts the request for a token."""
    with served(Listing()) as listing, listing.bench(tmp_path, "a.example") as bench:
        with pytest.raises(OverBudget, match="2 calls"):
            run(bench, NAMES, Budget(calls=1))
        assert listing.heard == []


def test_asking_anew_costs_what_it_costs(tmp_path: Path, server: ReplicaServer) -> None:
    """A plan that asks anew counts no kept reply: it says what leaves, and needs its budget."""
    with bench_on(tmp_path, server, OWN[0]) as bench:
        assert run(bench, WHOIS, Budget(1, 1)).credits == 1
        sent = len(server.requests("domaintools"))
        assert bench.plan(WHOIS, given(bench), {}).calls == 0
        anew = bench.plan(WHOIS, given(bench), {}, refresh=True)
        assert (anew.calls, anew.credits, anew.cached) == (1, 1, 0)
        assert anew.leaves == "1 domain names to DomainTools"
        with pytest.raises(OverBudget):
            run(bench, WHOIS, Budget(0, 0), refresh=True, rows=1)
        assert len(server.requests("domaintools")) == sent


def test_the_door_holds_where_the_plan_was_wrong(tmp_path: Path, server: ReplicaServer) -> None:
    """A run whose plan promised kept replies sends nothing when they are not to be used."""
    with bench_on(tmp_path, server, OWN[0]) as bench:
        run(bench, WHOIS, Budget(1, 1))
        sent = len(server.requests("domaintools"))
        meter = Meter(Budget(5, 0))
        begun = bench.start(bench.plan(WHOIS, given(bench)[:1], {}), graph="main", meter=meter)
        ended = bench.work(begun, refresh=True, meter=meter)
        assert (ended.calls, ended.credits) == (0, 0)
        assert "the run may cost 0 credits" in ended.incomplete[0]
        assert len(server.requests("domaintools")) == sent


def test_further_attempts_are_calls(tmp_path: Path, server: ReplicaServer) -> None:
    """A request that fails is sent again only while there is budget; the fault is told too."""
    with bench_on(tmp_path, server, OWN[0]) as bench:
        sent = len(server.requests("domaintools"))
        server.behave("domaintools", Misbehaviour("error"))
        ended = run(bench, WHOIS, Budget(2, 9), rows=1)
        assert len(server.requests("domaintools")) - sent == ended.calls == 2
        assert ended.credits == 0
        assert "the run may make 2 calls, and the last one failed" in ended.incomplete[0]


def test_what_may_have_been_sold_is_paid_for(tmp_path: Path, server: ReplicaServer) -> None:
    """A connection that breaks off after a paid question has used its credit up."""
    with bench_on(tmp_path, server, OWN[0]) as bench:
        sent = len(server.requests("domaintools"))
        server.behave("domaintools", Misbehaviour("reset"))
        ended = run(bench, WHOIS, Budget(9, 1), rows=1)
        assert len(server.requests("domaintools")) - sent == 1
        assert (ended.calls, ended.credits) == (1, 1)
        assert "the run may cost 1 credits, and the last one failed" in ended.incomplete[0]


def test_a_cut_listing_still_gives_what_came(tmp_path: Path, server: ReplicaServer) -> None:
    """A transform that reads all pages before it finds anything finds what the pages held."""
    with bench_on(tmp_path, server, *OWN) as bench:
        ended = run(bench, HISTORY, Budget(2, 9), rows=2)
        assert ended.calls == 2
        with pytest.raises(OverBudget, match="3 calls"):
            run(bench, HISTORY, Budget(2, 9), refresh=True)


def test_prices_are_calls_and_bound_a_purchase(tmp_path: Path, server: ReplicaServer) -> None:
    """Asking for a price is a call; a run that goes on without its price asks for it again."""
    with bench_on(tmp_path, server) as bench:
        email = bench.catalogue.value("email-address", "registrant.one@mail.example")
        bench.add([email], graph="main", label="given")
        rows, transform = bench.view("main").entities, "domaintools.email_to_domains"
        with pytest.raises(OverBudget):
            bench.plan(transform, rows, {}, with_quotes=True, meter=Meter(Budget(0, 9)))
        meter = Meter(Budget(2, 9))
        plan = bench.plan(transform, rows, {}, with_quotes=True, meter=meter)
        assert meter.calls == 1
        begun = bench.start(plan, graph="main", meter=meter)
        sent = len(server.requests("domaintools"))
        stopped = bench.work(begun, meter=Meter(Budget(5, plan.credits - 0.5)))
        assert len(server.requests("domaintools")) == sent
        assert "the run may cost" in stopped.incomplete[0]
        ended = bench.work(bench.start(plan, graph="main"), meter=Meter(Budget(5, plan.credits)))
        assert (ended.done, ended.incomplete) == (1, ())


def test_a_run_that_goes_on_may_spend_what_is_left(tmp_path: Path, server: ReplicaServer) -> None:
    """Without a word of the caller's, a resumed run has what it was granted and did not spend."""
    with bench_on(tmp_path, server, *OWN) as bench:
        plan = bench.plan(WHOIS, given(bench), {})
        begun = bench.start(plan, graph="main", meter=Meter(Budget(None, 3)))
        assert bench.budget_of(begun) == Budget(None, 3.0)
        ended = bench.work(begun, meter=Meter(bench.budget_of(begun)))
        assert (ended.credits, bench.budget_of(begun)) == (3, Budget(None, 0.0))


def test_a_look_up_pays_its_price_once() -> None:
    """The price goes with the first question until one is answered, and comes back where due."""
    look_up = LookupMeter(Meter(Budget(4, 2)), Price(2))
    look_up.count_other()
    look_up.count_question()
    with pytest.raises(OverBudget, match="2 credits"):
        look_up.count_question()
    look_up.refund()
    look_up.count_question()
    look_up.answered()
    look_up.count_question()
    assert (look_up.calls, look_up.credits, look_up.meter.calls) == (4, 2, 4)
    with pytest.raises(OverBudget, match="4 calls"):
        look_up.count_other()


def test_an_outcome_tells_whether_the_budget_ended_it(tmp_path: Path) -> None:
    """A task that the budget cut is told apart from one that a limit of rows cut."""
    with served(Listing()) as listing, listing.bench(tmp_path, "a.example") as bench:
        run(bench, NAMES, Budget(calls=3))
        plan = bench.plan(NAMES, given(bench)[:1], {})
        bench.work(bench.start(plan, graph="main"), rows_max=1)
        found = [
            (outcome.completeness.extent, outcome.over_budget)
            for one in bench.case.store.runs()
            for _, outcome in bench.case.store.tasks(one.id)
            if outcome is not None
        ]
        assert found == [(Extent.CUT, True), (Extent.CUT, False)]


def test_a_run_with_a_limit_of_rows_replays(tmp_path: Path) -> None:
    """What a limit left out of a page stays out when the run is derived anew."""
    with served(Listing()) as listing, listing.bench(tmp_path, "a.example") as bench:
        begun = bench.start(bench.plan(NAMES, given(bench), {}), graph="main")
        bench.work(begun, rows_max=3)
        assert len(bench.view("main").links) == 3
        assert state_digest(bench.replay_state()) == state_digest(bench.state)


@pytest.mark.parametrize(("per", "paid"), [("report", 2), ("call", 4), ("page", 6)])
def test_a_price_is_per_something(per: Per, paid: float) -> None:
    """Two questions, the first of two pages: one report, two calls, three pages."""
    look_up = LookupMeter(Meter(), Price(2, per))
    for further in (False, True, False):
        look_up.further_page = further
        look_up.count_question()
        look_up.answered()
    assert (look_up.calls, look_up.credits) == (3, paid)


def test_a_run_of_a_strangers_file_has_no_grant(tmp_path: Path, server: ReplicaServer) -> None:
    """A queued run that this user granted nothing is refused before anything leaves."""
    with bench_on(tmp_path, server, *OWN) as bench:
        queued = bench.start(bench.plan(WHOIS, given(bench), {}), graph="main")
        received, meter = server.received("domaintools"), Meter(bench.budget_of(queued))
        assert meter.budget == Budget(None, 0.0)
        with pytest.raises(OverBudget, match="would cost about 3 credits"):
            bench.admit_rest(queued, meter)
        assert server.received("domaintools") == received
