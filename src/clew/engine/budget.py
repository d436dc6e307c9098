"""What may be spent, and the count of what is sent: every request is counted before it leaves."""

from __future__ import annotations

from dataclasses import dataclass, field

from clew.engine.plan import Plan
from clew.errors import OverBudget


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
    prices: dict[str, float] = field(default_factory=dict)
    """What a vendor quoted for a look-up, by value; others cost what their transform declares."""

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
        self.prices.update({str(value): quote.credits for value, quote in plan.quotes.items()})

    def require(self, price: float = 0.0) -> None:
        """Raises OverBudget where one more request of that price may not be sent."""
        if self.budget.calls is not None and self.calls + 1 > self.budget.calls:
            raise _over(f"the run may make {self.budget.calls} calls")
        if self.budget.credits is not None and self.credits + price > self.budget.credits:
            raise _over(f"the run may cost {self.budget.credits:g} credits")

    def count(self, price: float = 0.0) -> None:
        """Count a request that is about to be sent; raises OverBudget, and then it is not sent."""
        self.require(price)
        self.calls += 1
        self.credits += price


@dataclass(slots=True)
class LookupMeter:
    """The part of one look-up in a meter: its requests, and its price, which is paid once."""

    meter: Meter = field(default_factory=Meter)
    price: float = 0.0
    calls: int = 0
    credits: float = 0.0
    _settled: bool = False
    _at_stake: float = 0.0

    @property
    def due(self) -> float:
        """What the next question costs: the whole price until one was answered, then nothing."""
        return 0.0 if self._settled else self.price

    def require(self) -> None:
        """Raises OverBudget where the next question may not be sent."""
        self.meter.require(self.due)

    def count_question(self) -> None:
        """Count a question that is about to be sent; raises OverBudget."""
        self._at_stake = self.due
        self._count(self._at_stake)

    def count_other(self) -> None:
        """Count a request that costs a call only (a token, a redirect); raises OverBudget."""
        self._count(0.0)

    def answered(self) -> None:
        """The price is paid; further pages and questions belong to the same look-up."""
        self._settled = True

    def refund(self) -> None:
        """The last question cost nothing: it never left, or the vendor says it sold nothing."""
        self.meter.credits -= self._at_stake
        self.credits -= self._at_stake
        self._at_stake = 0.0

    def _count(self, price: float) -> None:
        self.meter.count(price)
        self.calls += 1
        self.credits += price


def _over(reason: str) -> OverBudget:
    return OverBudget(
        f"{reason[0].upper()}{reason[1:]}." if reason.startswith("the ") else f"{reason}.",
        reason=reason,
        helps="Raise the budget (--calls, --credits), or choose fewer entities.",
    )
