"""Ceilings of an account's day and month hold for all processes, however the clock goes."""

from __future__ import annotations

import shutil
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from clew.engine.account import AccountMeter
from clew.engine.budget import Budget, LookupMeter, Meter, Price
from clew.engine.secrets import Secrets
from clew.engine.settings import Settings
from clew.errors import InvalidValue, OverBudget
from clew.providers.domaintools import PROVIDER
from clew.replicas.scenario import load_scenario
from clew.replicas.server import serve_replicas
from clew.store.ledger import DAY_S, Ledger, SpendingCeiling
from clew.workbench import Workbench

pytestmark = pytest.mark.assurance("budget-clocks")
CEILINGS = (
    SpendingCeiling("credits", "day", 5), SpendingCeiling("credits", "month", 12),
    SpendingCeiling("calls", "day", 6), SpendingCeiling("calls", "month", 20),
)  # fmt: skip
START = int(datetime(2026, 12, 30, 22, tzinfo=UTC).timestamp())


def period_of(ceiling: SpendingCeiling, at: int) -> str:
    when = datetime.fromtimestamp(at, UTC)
    return f"{when:%Y-%m-%d}" if ceiling.period == "day" else f"{when:%Y-%m}"


class BudgetUnderClocks(RuleBasedStateMachine):
    """Two processes ask with one account while the clock of their machine goes as it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp())
        self.ledgers = [Ledger(self.folder / "quota.db") for _ in range(2)]
        self.now = START
        self.sent: list[tuple[int, float]] = []
        self.asking = [self.process(ledger) for ledger in self.ledgers]

    def process(self, ledger: Ledger) -> tuple[Meter, AccountMeter]:
        account = AccountMeter(ledger, "v", "Vendor", "a", CEILINGS, lambda: float(self.now))
        return Meter(Budget(1_000, 1_000)), account

    def teardown(self) -> None:
        for ledger in self.ledgers:
            ledger.__exit__(None, None, None)
        shutil.rmtree(self.folder)

    @rule(seconds=st.integers(-2 * DAY_S, 2 * DAY_S) | st.integers(0, 40 * DAY_S))
    def clock(self, seconds: int) -> None:
        self.now += seconds

    @rule(process=st.integers(0, 1), price=st.integers(0, 3), end=st.integers(-DAY_S, DAY_S),
          sold=st.booleans())  # fmt: skip
    def ask(self, process: int, price: int, end: int, sold: bool) -> None:
        """A question, during which the day may turn; one that sold nothing is taken back."""
        meter, account = self.asking[process]
        look_up, at = LookupMeter(meter, Price(price, "page")), self.now
        before = meter.calls, meter.credits
        try:
            look_up.count_question(account)
        except OverBudget:
            assert (meter.calls, meter.credits) == before
            assert any(self.used(one, at, price) > one.most for one in CEILINGS)
            return
        self.now += end
        if not sold:
            look_up.refund()
        self.sent.append((at, float(price if sold else 0)))

    def used(self, ceiling: SpendingCeiling, at: int, price: float = -1.0) -> float:
        """What was sent in its period, with one more request of that price where one is named."""
        period = period_of(ceiling, at)
        inside = [paid for when, paid in self.sent if period_of(ceiling, when) == period]
        more = [price] if price >= 0 else []
        whole = inside + more
        if ceiling.unit == "calls":
            return float(len(whole))
        return sum(whole) if not more or price else 0.0

    @invariant()
    def within_ceilings(self) -> None:
        for when, _ in [*self.sent, (self.now, 0.0)]:
            for one in CEILINGS:
                used = self.used(one, when)
                assert used <= one.most
                assert self.ledgers[0].used("v", "a", when, one) == used


BudgetUnderClocks.TestCase.settings = settings(stateful_step_count=40, deadline=None)
TestBudgetUnderClocks = BudgetUnderClocks.TestCase


def test_the_day_turns_in_the_middle_of_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each day has its own ceiling; what was refused before midnight says so."""
    hours = iter(range(10_000))
    case = load_scenario("tendrit")
    names = sorted({row.name for row in case.resolutions})[:12]
    with serve_replicas(case, only=("passivetotal",)) as server:
        environment = {
            **server.settings(), "CLEW_KEYRING": "no", "CLEW_HOME": str(tmp_path),
            "CLEW_PASSIVETOTAL_CREDITS_PER_DAY": "2",
        }  # fmt: skip
        with Workbench.create(tmp_path / "case.clew", environment) as bench:
            given = [bench.catalogue.value("domain-name", name) for name in names]
            bench.add(given, graph="main", label="given")
            made = bench.plan("passivetotal.name_to_addresses", bench.view().entities, {})
            begun = bench.start(made, graph="main", meter=Meter(Budget(None, 99)))
            with monkeypatch.context() as patch:
                patch.setattr("time.time", lambda: START + 3_600.0 * next(hours))
                ended = bench.work(begun, meter=Meter(Budget(None, 99)))
            sold = server.sold("passivetotal")
        with Ledger(tmp_path / "quota.db") as ledger:
            rows: list[Any] = ledger._connection.execute(
                "SELECT day, credits FROM spent"
            ).fetchall()
    assert sum(credits_ for _, credits_ in rows) == ended.credits == sold
    assert len(rows) > 1
    assert all(credits_ <= 2 for _, credits_ in rows)
    assert len(ended.incomplete) == len(names) - sold
    assert all("PassiveTotal (RiskIQ) may be asked for 2 credits a day" in one
               for one in ended.incomplete)  # fmt: skip


def test_processes_that_count_at_once_share_a_ceiling(tmp_path: Path) -> None:
    """Of many that ask at the same moment as many are let through as there is room for."""
    ceilings = (SpendingCeiling("credits", "day", 50),)
    passed: list[int] = []

    def ask() -> None:
        with Ledger(tmp_path / "quota.db") as ledger:
            account = AccountMeter(ledger, "v", "Vendor", "a", ceilings, lambda: START)
            for _ in range(20):
                try:
                    passed.append(account.count(1.0))
                except OverBudget:
                    return

    Ledger(tmp_path / "quota.db").__exit__(None, None, None)
    threads = [Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(passed) == 50


@pytest.mark.parametrize("text", ["many", "-1", "nan", "inf"])
def test_a_ceiling_is_a_number(text: str, tmp_path: Path) -> None:
    """One that is none is refused, rather than taken for no ceiling."""
    name = "CLEW_DOMAINTOOLS_CREDITS_PER_MONTH"
    environment = {name: text, "CLEW_HOME": str(tmp_path)}
    known = Settings(environment, Secrets(environment, tmp_path / "keys", keyring=False))
    with pytest.raises(InvalidValue, match="no number from 0 on"):
        known.spending_ceilings(PROVIDER)


def test_a_refused_request_says_what_helps(tmp_path: Path) -> None:
    """The message names the ceiling, its period and the setting."""
    with Ledger(tmp_path / "quota.db") as ledger:
        none = (SpendingCeiling("calls", "month", 0),)
        account = AccountMeter(ledger, "some-vendor", "Vendor", "a", none, lambda: START)
        with pytest.raises(OverBudget) as refused:
            account.count(0.0)
    assert str(refused.value) == (
        "Vendor may be asked for 0 calls a month, and that is used up. Wait for the next month "
        "(UTC), or raise providers.some-vendor.calls_per_month (clew settings)."
    )
