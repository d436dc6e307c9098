"""Whether a provider takes the configured keys."""

from __future__ import annotations

import asyncio
import random
import time

from clew.engine.api import TaskApi
from clew.engine.asker import Asker
from clew.engine.bounds import Bounds
from clew.engine.client import Client
from clew.engine.settings import Settings
from clew.store.purchases import Purchase
from clew.store.replies import StoredReply
from clew.store.runs import Exchange
from clew.transform.provider import Provider


def check_keys(settings: Settings, provider: Provider) -> str:
    """What the provider says of the keys; raises ProviderFault where it refuses them."""
    return asyncio.run(_check(settings, provider))


async def _check(settings: Settings, provider: Provider) -> str:
    asking = settings.asking(provider)
    if provider.check is None:
        return f"{provider.label}: keys are configured; the vendor has no question to test them by."
    bounds = Bounds()
    async with Client(bounds, contact_limit=settings.contact_limit) as client:
        asker = Asker(
            asking, client, _NothingKept(), bounds,
            now_s=time.time, clock=time.monotonic, chance=random.random,
        )  # fmt: skip
        said = await provider.check(TaskApi(asker))
    return f"{provider.label}: {said}"


class _NothingKept:
    """No investigation is open, so nothing is kept."""

    def latest_exchange(self, provider: str, fingerprint: str, since_s: int) -> Exchange | None:  # noqa: ARG002
        return None

    def reply(self, digest: str) -> StoredReply | None:  # noqa: ARG002
        return None

    def intend_purchase(self, provider: str, fingerprint: str, now_s: int) -> None:
        """A check buys nothing."""

    def settle_purchase(self, provider: str, fingerprint: str, reply: StoredReply) -> None:
        """A check buys nothing."""

    def forget_purchase(self, provider: str, fingerprint: str) -> None:
        """A check buys nothing."""

    def purchase(self, provider: str, fingerprint: str) -> Purchase | None:  # noqa: ARG002
        return None
