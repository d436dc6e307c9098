"""What is left of an account's allowance: the vendor's word, and our own count since."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from hashlib import blake2b
from urllib.parse import urlsplit

from clew.engine.account import AccountMeter
from clew.engine.settings import ProviderConfig, Settings
from clew.errors import ClewError
from clew.store.ledger import Ledger, SpendingCeiling
from clew.transform.provider import Contact, Provider

SPENT_DAYS = 30
"""How far back our own count of calls and credits goes."""


def known_allowance(settings: Settings, provider: Provider, now: int) -> str:
    """What is known of the configured account, as a sentence; *now* in seconds since 1970."""
    if provider.contact is Contact.LOCAL:
        return ""
    try:
        ceilings = settings.spending_ceilings(provider)
        if not (ceilings or settings.ledger_path.exists()):
            return ""
        account = account_of(settings.config_of(provider))
    except ClewError:
        return ""
    with Ledger(settings.ledger_path) as ledger:
        return allowance(ledger, provider, account, now, ceilings=ceilings)


@contextmanager
def account_meter(
    settings: Settings, config: ProviderConfig, now_s: Callable[[], float]
) -> Iterator[AccountMeter | None]:
    """Counts what is sent with an account while the block lasts; None where nobody is asked."""
    provider = config.provider
    if provider.contact is Contact.LOCAL:
        yield None
        return
    ceilings = settings.spending_ceilings(provider)
    with Ledger(settings.ledger_path) as ledger:
        yield AccountMeter(
            ledger, provider.name, provider.label, account_of(config), ceilings, now_s
        )


def grant(settings: Settings, run: str, credits_: float | None) -> None:
    """Note what a run may spend, in the user's ledger: a file from elsewhere brings no grant."""
    if credits_:
        with Ledger(settings.ledger_path) as ledger:
            ledger.grant(run, credits_)


def grant_of(settings: Settings, run: str) -> float:
    """What this user granted a run; 0 where nothing was."""
    if not settings.ledger_path.exists():
        return 0.0
    with Ledger(settings.ledger_path) as ledger:
        return ledger.granted(run)


def account_of(config: ProviderConfig) -> str:
    """A name for the account that holds no key: digest of where it is and of its public parts."""
    public = {key.name for key in config.provider.keys if not key.secret}
    # However the same address is written, it is one account.
    base = urlsplit(config.base_url.rstrip("/"))
    url = base._replace(scheme=base.scheme.lower(), netloc=base.netloc.lower()).geturl()
    parts = [url, *(f"{k}={v}" for k, v in sorted(config.keys.items()) if k in public)]
    return blake2b("\0".join(parts).encode(), digest_size=8).hexdigest()


def allowance(
    ledger: Ledger,
    provider: Provider,
    account: str,
    now: int,
    *,
    ceilings: Sequence[SpendingCeiling] = (),
) -> str:
    """What is known, as a sentence; empty where nothing is. *now* in seconds since 1970."""
    parts = []
    for known in ledger.allowances(provider.name, account):
        when = datetime.fromtimestamp(known.at, UTC)
        used = "?" if known.used is None else str(known.used)
        allowed = "no limit told" if known.allowed is None else f"of {known.allowed}"
        period = f" a {known.period}" if known.period else ""
        parts.append(f"{known.unit}: {used} {allowed}{period} (the vendor, {when:%Y-%m-%d %H:%M})")
    for ceiling in ceilings:
        used_so_far = ledger.used(provider.name, account, now, ceiling)
        parts.append(
            f"{ceiling.unit}: {used_so_far:g} of {ceiling.most:g} this {ceiling.period} (your "
            "ceiling)"
        )
    calls, credits_ = ledger.spent(provider.name, account, now - SPENT_DAYS * 86_400)
    if calls:
        parts.append(f"{calls} calls and {credits_:g} credits by our count in {SPENT_DAYS} days")
    return "; ".join(parts)
