"""Rows that are paid for each: no more are asked for than are granted, however a vendor counts."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from clew.engine.budget import Budget, LookupMeter, Meter, Price
from clew.errors import OverBudget
from clew.graph.digest import state_digest
from clew.replicas.behaviour import Misbehaviour
from clew.replicas.scenario import load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.transform.cost import Cost
from engine.test_budget import HISTORY, OWN, bench_on, given, run

pytestmark = pytest.mark.assurance("budget")
PAGE_ROWS = 100


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    with serve_replicas(load_scenario("tendrit"), only=("domaintools",)) as found:
        yield found


@drawn(
    granted=st.integers(0, 250) | st.just(inf),
    counted=st.none() | st.integers(0, 400),
    there=st.integers(0, 400),
    told=st.booleans(),
)
def test_what_is_sold_is_never_over_the_grant(
    granted: float, counted: int | None, there: int, told: bool
) -> None:
    """However few a vendor counts, pages are asked for so small that all they bring is granted."""
    look_up = LookupMeter(Meter(Budget(None, granted)), Price(1, "row", PAGE_ROWS, counted))
    sold, cut = 0, False
    while rows := look_up.rows_granted(PAGE_ROWS):
        look_up.page_rows = rows
        try:
            look_up.count_question()
        except OverBudget:
            cut = True
            break
        assert look_up.credits == sold + rows <= granted
        brought = min(rows, there - sold)
        sold += brought
        assert look_up.settle_rows(brought, there - sold if told else None) == 0
        assert look_up.credits == look_up.meter.credits == sold <= granted
        if sold == there:
            break
    assert sold == there or cut or counted == 0


def test_an_answer_that_nothing_bounds_needs_a_grant_for_all_that_it_can_bring() -> None:
    """Where no page size can be asked for, a count is no bound: the declared most is due."""
    cost = Cost(credits=2, unit="record", per="row", page_rows=PAGE_ROWS)
    assert cost.unbounded
    assert str(cost) == "2 record a row, unbounded: up to 100 rows an answer"
    assert cost.estimate(3) == 200
    look_up = LookupMeter(Meter(Budget(9, 250)), Price.of(cost, quoted=8))
    look_up.count_question()
    assert look_up.credits == 200
    assert look_up.settle_rows(4) == 0
    assert look_up.credits == look_up.meter.credits == 8
    for _ in range(2):
        look_up.count_question()
        look_up.settle_rows(10)
    assert look_up.meter.credits == 48
    short = LookupMeter(Meter(Budget(9, 199)), Price.of(cost, quoted=8))
    with pytest.raises(OverBudget, match="199 credits"):
        short.count_question()


def test_rows_over_those_that_were_asked_for_are_told() -> None:
    """A vendor that does not keep to the size it was asked for is paid, and told."""
    look_up = LookupMeter(Meter(Budget(9, 250)), Price(1, "row", PAGE_ROWS, 4))
    look_up.page_rows = look_up.rows_granted(PAGE_ROWS)
    look_up.count_question()
    assert (look_up.page_rows, look_up.credits) == (4, 4)
    assert look_up.settle_rows(7) == 3
    assert look_up.credits == look_up.meter.credits == 7


def limits(server: ReplicaServer, since: int) -> list[int]:
    """How many rows each question for a history asked for."""
    queries = [parse_qs(urlsplit(one.target).query) for one in server.requests("domaintools")]
    return [int(query["limit"][0]) for query in queries[since:] if "limit" in query]


def test_no_more_rows_are_asked_for_than_are_counted(tmp_path: Path, server: ReplicaServer) -> None:
    """A page is as large as the vendor's count; its reply answers again, and replays."""
    with bench_on(tmp_path, server, OWN[0]) as bench:
        since, sold = len(server.requests("domaintools")), server.sold("domaintools")
        ended = run(bench, HISTORY, Budget(None, 99))
        count = server.sold("domaintools") - sold
        assert limits(server, since) == [count] == [ended.credits]
        assert run(bench, HISTORY, Budget(0, 0)).cached == 1
        assert state_digest(bench.replay_state()) == state_digest(bench.state)


def test_a_limit_of_rows_is_asked_for(tmp_path: Path, server: ReplicaServer) -> None:
    """What a run would leave out of a page is not bought."""
    with bench_on(tmp_path, server, OWN[0]) as bench:
        since = len(server.requests("domaintools"))
        meter = Meter(Budget(None, 99))
        begun = bench.start(bench.plan(HISTORY, given(bench), {}), graph="main", meter=meter)
        ended = bench.work(begun, rows_max=1, meter=meter)
        assert (limits(server, since), ended.credits) == ([1], 1)
        assert "the run takes 1 rows at most" in ended.incomplete[0]
        assert state_digest(bench.replay_state()) == state_digest(bench.state)


@pytest.mark.parametrize("credits_", [1, 2, 99])
def test_a_vendor_that_counts_too_few_sells_no_more_than_is_granted(
    tmp_path: Path, server: ReplicaServer, credits_: int
) -> None:
    """Its listing goes on in pages that are granted, and is cut where the grant ends."""
    with bench_on(tmp_path, server, OWN[0]) as bench:
        sold, meter = server.sold("domaintools"), Meter(Budget(None, credits_))
        server.behave("domaintools", Misbehaviour("undercount"))
        plan = bench.plan(HISTORY, given(bench), {}, with_quotes=True, meter=meter)
        assert plan.credits == 1
        ended = bench.work(bench.start(plan, graph="main", meter=meter), meter=meter)
        brought = server.sold("domaintools") - sold
        assert brought == ended.credits == meter.credits <= credits_
        assert (brought < 2) == bool(ended.incomplete)
        assert state_digest(bench.replay_state()) == state_digest(bench.state)


@pytest.mark.parametrize(
    ("kind", "told"),
    [("redirect-path", "from another path"), ("wrong-types", "is a list, not object")],
)
def test_a_count_that_can_not_be_relied_on_is_none(
    tmp_path: Path, server: ReplicaServer, kind: str, told: str
) -> None:
    """What is no answer to the question is no count of nothing: the price is asked for again."""
    with bench_on(tmp_path, server, OWN[0]) as bench:
        wrong = Misbehaviour(kind, match="mode=count", times=1, seed=1)
        server.behave("domaintools", wrong)
        meter = Meter(Budget(None, 99))
        plan = bench.plan(HISTORY, given(bench), {}, with_quotes=True, meter=meter)
        assert plan.quotes == {}
        assert told in plan.quote_fault
        ended = bench.work(bench.start(plan, graph="main", meter=meter), meter=meter)
        assert (ended.incomplete, ended.problems) == ((), ())
        assert ended.credits == 2


def test_what_costs_for_certain_is_refused_unasked(tmp_path: Path, server: ReplicaServer) -> None:
    """No vendor hears of a value whose look-up no answer could let begin."""
    with bench_on(tmp_path, server, *OWN) as bench:
        email = bench.catalogue.value("email-address", "registrant.one@mail.example")
        bench.add([email], graph="main", label="given")
        view = bench.view("main")
        emails = view.entities[view.type_flags("email-address")]
        heard = server.received("domaintools")
        for transform, rows, budget, told in (
            (HISTORY, given(bench), Budget(None, 0), "would cost at least 1 credits"),
            (HISTORY, given(bench), Budget(5, 99), "would make 6 calls, 3 of them for its price"),
            ("domaintools.email_to_domains", emails, Budget(None, 0.5), "at least 1 credits"),
        ):
            with pytest.raises(OverBudget, match=told):
                bench.plan(transform, rows, {}, with_quotes=True, meter=Meter(budget))
            queued = bench.start(bench.plan(transform, rows, {}), graph="main")
            ended = bench.work(queued, meter=Meter(Budget(1, budget.credits)))
            assert (ended.calls, len(ended.incomplete)) == (0, len(rows))
        assert server.received("domaintools") == heard


def test_a_history_that_is_paid_by_the_record_is_counted_first(
    tmp_path: Path, server: ReplicaServer
) -> None:
    """The plan asks the vendor's free count; what is told, sold and recorded are one number."""
    with bench_on(tmp_path, server, *OWN) as bench:
        sold, meter = server.sold("domaintools"), Meter(Budget(None, 99))
        plan = bench.plan(HISTORY, given(bench), {}, with_quotes=True, meter=meter)
        assert server.sold("domaintools") == sold
        assert plan.credits == sum(quote.credits for quote in plan.quotes.values()) > 3
        ended = bench.work(bench.start(plan, graph="main", meter=meter), meter=meter)
        assert ended.credits == plan.credits == server.sold("domaintools") - sold
        again = bench.plan(HISTORY, given(bench), {}, with_quotes=True, refresh=True)
        with pytest.raises(OverBudget, match=f"would cost {plan.credits:g} credits"):
            bench.start(again, graph="main", meter=Meter(Budget(None, plan.credits - 1)))


def test_kept_replies_need_no_price(tmp_path: Path, server: ReplicaServer) -> None:
    """A run that kept replies answer asks for no count, so nothing leaves."""
    with bench_on(tmp_path, server, OWN[0]) as bench:
        run(bench, HISTORY, Budget(None, 99))
        received = server.received("domaintools")
        ended = run(bench, HISTORY, Budget(0, 0))
        assert (ended.done, ended.calls, ended.incomplete) == (1, 0, ())
        assert server.received("domaintools") == received


def test_a_price_that_is_not_told_stops_no_plan(tmp_path: Path, server: ReplicaServer) -> None:
    """A vendor that does not count is told in the plan; its look-ups fail one by one, unpaid."""
    with bench_on(tmp_path, server, *OWN) as bench:
        sold = server.sold("domaintools")
        server.behave("domaintools", Misbehaviour("bad-gateway"))
        meter = Meter(Budget(None, 99))
        plan = bench.plan(HISTORY, given(bench), {}, with_quotes=True, meter=meter)
        assert plan.quote_fault == "DomainTools failed (502)."
        ended = bench.work(bench.start(plan, graph="main", meter=meter), meter=meter)
        assert (ended.failed, ended.credits, server.sold("domaintools") - sold) == (3, 0, 0)
        assert meter.credits == 0
