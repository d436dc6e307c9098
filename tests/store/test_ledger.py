"""The ledger of quota."""

from __future__ import annotations

from pathlib import Path

from clew.store.ledger import DAY_S, Ledger, VendorAllowance


def test_spending_adds_up_across_openings(tmp_path: Path) -> None:
    """What was spent stays known after the program ends, by account and day."""
    path = tmp_path / "home" / "quota.db"
    with Ledger(path) as ledger:
        ledger.spend("v", "a", 5 * DAY_S, calls=2, credits_=1)
        ledger.spend("v", "b", 5 * DAY_S, calls=9, credits_=9)
    with Ledger(path) as ledger:
        ledger.spend("v", "a", 7 * DAY_S + 3, calls=3, credits_=0.5)
        assert ledger.spent("v", "a", 0) == (5, 1.5)
        assert ledger.spent("v", "a", 6 * DAY_S) == (3, 0.5)
        assert ledger.spent("v", "c", 0) == (0, 0.0)


def test_the_vendors_latest_word_counts(tmp_path: Path) -> None:
    """A newer word of the same unit replaces the older one."""
    with Ledger(tmp_path / "q.db") as ledger:
        ledger.record_allowance("v", "a", VendorAllowance("queries", "month", 1, 10, 100))
        ledger.record_allowance("v", "a", VendorAllowance("queries", "month", 2, 10, 200))
        assert ledger.allowances("v", "a") == [VendorAllowance("queries", "month", 2, 10, 200)]
