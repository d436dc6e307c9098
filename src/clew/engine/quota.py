"""What is left of an account's allowance: the vendor's word, and our own count since."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import blake2b

from clew.engine.settings import Asking, Settings
from clew.errors import ClewError
from clew.store.ledger import Ledger
from clew.transform.provider import Contact, Provider

DAYS_TOLD = 30


def known_allowance(settings: Settings, provider: Provider, now: int) -> str:
    """What is known of the configured account, as a sentence; *now* in seconds since 1970."""
    if provider.contact is Contact.LOCAL or not settings.ledger_path.exists():
        return ""
    try:
        account = account_of(settings.asking(provider))
    except ClewError:
        return ""
    with Ledger(settings.ledger_path) as ledger:
        return allowance(ledger, provider, account, now)


def record(settings: Settings, asking: Asking, now: int, *, calls: int, credits_: float) -> None:
    """Add what a run cost to the ledger."""
    if asking.provider.contact is not Contact.LOCAL and calls:
        with Ledger(settings.ledger_path) as ledger:
            account = account_of(asking)
            ledger.spend(asking.provider.name, account, now, calls=calls, credits_=credits_)


def account_of(asking: Asking) -> str:
    """A name for the account that holds no key: digest of where it is and of its public parts."""
    public = {key.name for key in asking.provider.keys if not key.secret}
    parts = [asking.base_url, *(f"{k}={v}" for k, v in sorted(asking.keys.items()) if k in public)]
    return blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()


def allowance(ledger: Ledger, provider: Provider, account: str, now: int) -> str:
    """What is known, as a sentence; empty where nothing is. *now* in seconds since 1970."""
    said = []
    for told in ledger.allowances(provider.name, account):
        when = datetime.fromtimestamp(told.at, UTC)
        used = "?" if told.used is None else str(told.used)
        allowed = "no limit told" if told.allowed is None else f"of {told.allowed}"
        period = f" a {told.period}" if told.period else ""
        said.append(f"{told.unit}: {used} {allowed}{period} (the vendor, {when:%Y-%m-%d %H:%M})")
    calls, credits_ = ledger.spent(provider.name, account, now - DAYS_TOLD * 86_400)
    if calls:
        said.append(f"{calls} calls and {credits_:g} credits by our count in {DAYS_TOLD} days")
    return "; ".join(said)
