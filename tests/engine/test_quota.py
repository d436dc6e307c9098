"""What is told of an account's allowance."""

from __future__ import annotations

from pathlib import Path

from clew.engine.quota import account_of, allowance
from clew.engine.settings import ProviderConfig
from clew.model.marking import UNMARKED
from clew.store.ledger import DAY_S, Ledger, VendorAllowance
from clew.transform.provider import Key, Provider

VENDOR = Provider(
    "v", "Vendor", "For tests.", keys=(Key("user", "user", secret=False), Key("key", "key"))
)


def config(user: str, key: str) -> ProviderConfig:
    return ProviderConfig(VENDOR, "https://v.example", "", UNMARKED, {"user": user, "key": key})


def test_an_account_is_named_without_its_key() -> None:
    """The same user is the same account whatever the key; another user is another one."""
    assert account_of(config("a", "one")) == account_of(config("a", "two"))
    assert account_of(config("a", "one")) != account_of(config("b", "one"))


def test_the_vendors_word_and_our_count(tmp_path: Path) -> None:
    """Both are told, each as what it is; nothing known is nothing said."""
    with Ledger(tmp_path / "q.db") as ledger:
        assert allowance(ledger, VENDOR, "a", 100 * DAY_S) == ""
        ledger.record_allowance("v", "a", VendorAllowance("queries", "month", 12, 500, 0))
        ledger.spend("v", "a", 99 * DAY_S, calls=3, credits_=3)
        said = allowance(ledger, VENDOR, "a", 100 * DAY_S)
    assert "queries: 12 of 500 a month (the vendor, 1970-01-01 00:00)" in said
    assert "3 calls and 3 credits by our count" in said
