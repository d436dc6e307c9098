"""What is left of an account's allowance: the vendor's word, and our own count since."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import blake2b

from clew.engine.settings import ProviderConfig, Settings
from clew.errors import ClewError
from clew.store.ledger import Ledger
from clew.transform.provider import Contact, Provider

SPENT_DAYS = 30
"""How far back our own count of calls and credits goes."""


def known_allowance(settings: Settings, provider: Provider, now: int) -> str:
    """What is known of the configured account, as a sentence; *now* in seconds since 1970."""
    if provider.contact is Contact.LOCAL or not settings.ledger_path.exists():
        return ""
    try:
        account = account_of(settings.config_of(provider))
    except ClewError:
        return ""
    with Ledger(settings.ledger_path) as ledger:
        return allowance(ledger, provider, account, now)


def record(
    settings: Settings, config: ProviderConfig, now: int, *, calls: int, credits_: float
) -> None:
    """Add what a run cost to the ledger."""
    if config.provider.contact is not Contact.LOCAL and calls:
        with Ledger(settings.ledger_path) as ledger:
            account = account_of(config)
            ledger.spend(config.provider.name, account, now, calls=calls, credits_=credits_)


def account_of(config: ProviderConfig) -> str:
    """A name for the account that holds no key: digest of where it is and of its public parts."""
    public = {key.name for key in config.provider.keys if not key.secret}
    parts = [config.base_url, *(f"{k}={v}" for k, v in sorted(config.keys.items()) if k in public)]
    return blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()


def allowance(ledger: Ledger, provider: Provider, account: str, now: int) -> str:
    """What is known, as a sentence; empty where nothing is. *now* in seconds since 1970."""
    parts = []
    for known in ledger.allowances(provider.name, account):
        when = datetime.fromtimestamp(known.at, UTC)
        used = "?" if known.used is None else str(known.used)
        allowed = "no limit told" if known.allowed is None else f"of {known.allowed}"
        period = f" a {known.period}" if known.period else ""
        parts.append(f"{known.unit}: {used} {allowed}{period} (the vendor, {when:%Y-%m-%d %H:%M})")
    calls, credits_ = ledger.spent(provider.name, account, now - SPENT_DAYS * 86_400)
    if calls:
        parts.append(f"{calls} calls and {credits_:g} credits by our count in {SPENT_DAYS} days")
    return "; ".join(parts)
