"""The count of what is sent with one account, kept for all processes, and its spending ceilings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from clew.errors import OverBudget
from clew.store.ledger import Ledger, SpendingCeiling

PERIODS: tuple[Literal["day", "month"], ...] = ("day", "month")
UNITS: tuple[Literal["calls", "credits"], ...] = ("calls", "credits")


@dataclass(frozen=True, slots=True)
class AccountMeter:
    """Counts requests with one account in the ledger just before they are sent."""

    ledger: Ledger
    provider: str
    label: str
    """Of the provider, for messages."""
    account: str
    ceilings: Sequence[SpendingCeiling]
    now_s: Callable[[], float]

    def count(self, price: float) -> int:
        """
        Count a request that is about to be sent, whatever other processes send meanwhile.

        Returns:
            When it was counted, in seconds since 1970: what settles it belongs to the same day.

        Raises:
            OverBudget: A ceiling of the day or month would be passed; nothing is counted.
            FileFault: The ledger can't be written.
        """
        at = int(self.now_s())
        passed = self.ledger.spend_within(
            self.provider, self.account, at, calls=1, credits_=price, ceilings=self.ceilings
        )
        if passed is not None:
            reason = (
                f"{self.label} may be asked for {passed.most:g} {passed.unit} a {passed.period}"
            )
            raise OverBudget(
                f"{reason}, and that is used up.",
                reason=reason,
                helps=f"Wait for the next {passed.period} (UTC), or raise "
                f"{ceiling_setting(self.provider, passed.unit, passed.period)} (clew settings).",
            )
        return at

    def settle(self, change: float, at: int) -> None:
        """Credits that the request counted at that moment cost more (above 0) or less."""
        self.ledger.spend(self.provider, self.account, at, calls=0, credits_=change)


def ceiling_setting(provider: str, unit: str, period: str) -> str:
    """The setting of a ceiling, such as ``providers.domaintools.credits_per_day``."""
    return f"providers.{provider}.{unit}_per_{period}"
