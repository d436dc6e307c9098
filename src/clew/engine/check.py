"""Whether a provider takes the configured keys."""

from __future__ import annotations

import asyncio
import random
import time

from clew.engine.api import TaskApi
from clew.engine.client import Client
from clew.engine.quota import account_meter, account_of, allowance
from clew.engine.session import ProviderSession
from clew.engine.settings import Settings
from clew.model.journal import Exchange
from clew.store.ledger import Ledger, VendorAllowance
from clew.store.purchases import Purchase
from clew.store.replies import StoredReply
from clew.transform.provider import Provider


def check_keys(settings: Settings, provider: Provider) -> str:
    """
    What the provider says of the keys, and what is left of the account's allowance.

    The allowance is kept in the ledger. Raises ProviderFault where the keys are refused.
    """
    owner, allowances = asyncio.run(_check(settings, provider))
    account = account_of(settings.config_of(provider))
    with Ledger(settings.ledger_path) as ledger:
        for one in allowances:
            ledger.record_allowance(provider.name, account, one)
        left = allowance(
            ledger, provider, account, int(time.time()),
            ceilings=settings.spending_ceilings(provider),
        )  # fmt: skip
    return f"{provider.label}: {owner}" + (f"; {left}" if left else "")


async def _check(settings: Settings, provider: Provider) -> tuple[str, list[VendorAllowance]]:
    config = settings.config_of(provider)
    if provider.check is None:
        return "keys are configured; the vendor has no question to test them by", []
    bounds = settings.bounds()
    async with Client(bounds, contact_limit=settings.contact_limit) as client:
        with account_meter(settings, config, time.time) as counting:
            requester = ProviderSession(
                config, client, _NoReplies(), bounds,
                now_s=time.time, clock=time.monotonic, chance=random.random, account=counting,
            )  # fmt: skip
            owner = await provider.check(TaskApi(requester))
            allowances = (
                await provider.account(TaskApi(requester)) if provider.account is not None else ()
            )
    now = int(time.time())
    return owner, [
        VendorAllowance(one.unit, one.period, one.used, one.limit, now) for one in allowances
    ]


class _NoReplies:
    """No investigation is open, so nothing is kept."""

    def latest_exchange(self, provider: str, fingerprint: str, since_s: int) -> Exchange | None:  # noqa: ARG002
        return None

    def reply(self, digest: str) -> StoredReply | None:  # noqa: ARG002
        return None

    def intend_purchase(self, provider: str, fingerprint: str, now_s: int) -> None:
        """A check buys nothing."""

    def settle_purchase(
        self, provider: str, fingerprint: str, reply: StoredReply, now_s: int
    ) -> None:
        """A check buys nothing."""

    def forget_purchase(self, provider: str, fingerprint: str, now_s: int) -> None:
        """A check buys nothing."""

    def purchase(self, provider: str, fingerprint: str) -> Purchase | None:  # noqa: ARG002
        return None
