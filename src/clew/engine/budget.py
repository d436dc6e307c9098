"""What may be spent, and the count of what is sent: every request is counted before it leaves."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from clew.engine.account import AccountMeter
from clew.engine.plan import Plan
from clew.errors import OverBudget
from clew.transform.cost import Cost, Per

GRANT = (
    "Raise the budget (--credits and --calls of a command, credits_max in Python and over HTTP, "
    "stop in a playbook), or choose fewer entities."
)
PRICE = "Nothing was asked; a plan alone tells the price."


@dataclass(frozen=True, slots=True)
class Budget:
    """The most that may be spent; None is no bound of the caller's."""

    calls: int | None = None
    credits: float | None = None


@dataclass(slots=True)
class Meter:
    """
    What was sent under one budget, of all that is done under it: one run, or several.

    Whatever a request is for, it is counted: a first page or a further one, another attempt, a
    redirect, a token, a price. ``engine/client.py`` counts just before it sends.
    """

    budget: Budget = Budget()
    calls: int = 0
    """Requests that were sent."""
    credits: float = 0.0
    """Paid units that they may have cost."""
    prices: dict[tuple[str, str], float] = field(default_factory=dict)
    """What a vendor quoted, by transform and value; other look-ups cost what is declared."""

    def admit(self, plan: Plan) -> None:
        """Let a plan begin, with its quoted prices; raises OverBudget where it needs more."""
        needs, left = plan.calls, self.budget.calls
        if left is not None and self.calls + needs > left:
            spent = f" and {self.calls} were made" if self.calls else ""
            raise _over(
                f"{plan.transform.id} would make {needs} calls, and the budget is {left}{spent}"
            )
        cost, most = plan.credits, self.budget.credits
        if most is not None and self.credits + cost > most:
            spent = f" and {self.credits:g} were spent" if self.credits else ""
            raise _over(
                f"{plan.transform.id} would cost {cost:g} credits, and the budget is "
                f"{most:g}{spent}"
            )
        for value, quote in plan.quotes.items():
            self.prices[plan.transform.id, str(value)] = quote.credits

    def admit_quotes(self, plan: Plan, quotes: int) -> None:
        """Raises OverBudget where no price that so many requests bring would let a plan begin."""
        needs, left = quotes + plan.calls, self.budget.calls
        if left is not None and self.calls + needs > left:
            raise _over(
                f"{plan.transform.id} would make {needs} calls, {quotes} of them for its price, "
                f"and the budget is {left}"
            )
        least, most = plan.credits_least, self.budget.credits
        if most is not None and self.credits + least > most:
            spent = f" and {self.credits:g} were spent" if self.credits else ""
            raise _over(
                f"{plan.transform.id} would cost at least {least:g} credits "
                f"({plan.transform.cost}), and the budget is {most:g}{spent}",
                helps=f"{PRICE} {GRANT}",
            )

    def require(self, price: float = 0.0, *, calls: int = 1) -> None:
        """Raises OverBudget where so many more requests, of that price in all, may not be sent."""
        if self.budget.calls is not None and self.calls + calls > self.budget.calls:
            raise _over(f"the run may make {self.budget.calls} calls")
        if self.budget.credits is not None and self.credits + price > self.budget.credits:
            raise _over(f"the run may cost {self.budget.credits:g} credits")

    def require_credits(self, transform: str, wanted: float, cost: Cost) -> None:
        """Raises OverBudget where not one unit of what a run that goes on wants may be spent."""
        most = self.budget.credits
        if most is not None and self.credits + cost.credits > most:
            raise _over(
                f"going on with {transform} would cost about {wanted:g} credits ({cost}), and the "
                f"budget is {most:g}"
            )

    def count(self, price: float = 0.0) -> None:
        """Count a request that is about to be sent; raises OverBudget, and then it is not sent."""
        self.require(price)
        self.calls += 1
        self.credits += price


@dataclass(frozen=True, slots=True)
class Price:
    """What a look-up costs: so much per call, page, row or report."""

    credits: float = 0.0
    per: Per = "report"
    page_rows: int = 0
    """Most rows of one answer, where each is paid for."""
    rows: int | None = None
    """How many rows there are, where the vendor counted them."""

    @classmethod
    def of(cls, cost: Cost, quoted: float | None = None) -> Price:
        """What is declared, or what the vendor quoted for the whole look-up."""
        if cost.per != "row":
            return cls(float(cost.credits) if quoted is None else quoted, cost.per)
        rows = None if quoted is None or not cost.credits else round(quoted / cost.credits)
        return cls(float(cost.credits), "row", cost.page_rows, rows)


Pricing = Callable[["LookupMeter"], Awaitable[Price]]
"""Finds out a look-up's price; what it asks for that is counted by the look-up's meter too."""


@dataclass(slots=True)
class LookupMeter:
    """The part of one look-up in a meter: its requests, and what they may have cost."""

    meter: Meter = field(default_factory=Meter)
    price: Price = Price()
    pricing: Pricing | None = None
    """Asked once, when the first question is about to be sent; then *price* is what it said."""
    page_rows: int | None = None
    """Most rows that the next question asks for; None where it can't bound them."""
    further_page: bool = False
    """Whether the next question is a further page of the listing that is being read."""
    calls: int = 0
    credits: float = 0.0
    _settled: bool = False
    _at_stake: float = 0.0
    _paid_at: tuple[AccountMeter, int] | None = None
    """The account that what is at stake was counted with, and when."""

    @property
    def due(self) -> float:
        """What the next question may cost: of paid rows as many as its answer can bring."""
        price = self.price
        match price.per:
            case "report":
                return 0.0 if self._settled else price.credits
            case "call":
                return 0.0 if self._settled and self.further_page else price.credits
            case "page":
                return price.credits
            case "row":
                rows = price.page_rows if self.page_rows is None else self.page_rows
                return price.credits * rows

    def rows_granted(self, wanted: int) -> int:
        """
        How many rows to ask for, of *wanted* at most, where each is paid for.

        As many as the vendor counts, and as may be paid for; at least one, which is refused when
        it is about to be sent. 0 where the vendor counted none.
        """
        price, most = self.price, self.meter.budget.credits
        if price.rows == 0:
            return 0
        rows = min(wanted, price.page_rows, price.page_rows if price.rows is None else price.rows)
        if most is not None and price.credits:
            rows = int(min(rows, (most - self.meter.credits) / price.credits))
        return max(1, rows)

    async def find_price(self) -> None:
        """Ask for the price where that is still to be done; raises what asking raises."""
        if self.pricing is not None:
            pricing, self.pricing = self.pricing, None
            self.price = await pricing(self)

    def require(self) -> None:
        """Raises OverBudget where the next question may not be sent."""
        self.meter.require(self.due)

    def count_question(self, account: AccountMeter | None = None) -> None:
        """Count a question that is about to be sent; raises OverBudget."""
        at_stake = self.due
        self._count(at_stake, account)
        self._at_stake = at_stake

    def count_other(self, account: AccountMeter | None = None) -> None:
        """Count a request that costs a call only (a token, a redirect); raises OverBudget."""
        paid_at, self._paid_at = self._paid_at, None
        self._count(0.0, account)
        self._paid_at = paid_at

    def count_asked(self, other: LookupMeter) -> None:
        """Tell what another meter under the same budget sent for this look-up as its own."""
        self.calls += other.calls
        self.credits += other.credits

    def answered(self) -> None:
        """The question was answered: what is paid once for several is paid."""
        self._settled = True

    def refund(self) -> None:
        """The last question cost nothing: it never left, or the vendor says it sold nothing."""
        self._settle(0.0)

    def settle_rows(self, rows: int, left: int | None = None) -> int:
        """
        A page brought so many rows: where each is paid for, only those are.

        Args:
            rows: How many came.
            left: How many are still to come, where the listing tells.

        Returns:
            How many came over those that were asked for; they are paid all the same.
        """
        price = self.price
        if price.per != "row":
            return 0
        over = rows - round(self._at_stake / price.credits) if price.credits else 0
        self._settle(rows * price.credits)
        if left is None and price.rows is not None:
            left = price.rows - rows
        # What goes on after all that was counted has rows that nobody counted.
        self.price = Price(price.credits, "row", price.page_rows, left if (left or 0) > 0 else None)
        return max(0, over)

    def _settle(self, paid: float) -> None:
        """What was counted for the last question becomes what it cost."""
        change = paid - self._at_stake
        if change:
            self.meter.credits += change
            self.credits += change
            if self._paid_at is not None:
                account, at = self._paid_at
                account.settle(change, at)
        self._at_stake = 0.0

    def _count(self, price: float, account: AccountMeter | None) -> None:
        self.meter.require(price)
        at = account.count(price) if account is not None else 0
        self._paid_at = (account, at) if account is not None else None
        self.meter.count(price)
        self.calls += 1
        self.credits += price


def _over(reason: str, *, helps: str = GRANT) -> OverBudget:
    return OverBudget(
        f"{reason[0].upper()}{reason[1:]}."
        if reason.startswith(("the ", "going "))
        else f"{reason}.",
        reason=reason,
        helps=helps,
    )
