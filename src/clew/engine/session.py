"""Asking one provider: cache, single flight, retry, purchases."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from clew.engine.account import AccountMeter
from clew.engine.bounds import Bounds
from clew.engine.budget import LookupMeter
from clew.engine.client import Client, safe_headers
from clew.engine.page_size import page_sizes, with_rows
from clew.engine.reply_cache import ReplyCache
from clew.engine.retry import wait_before_retry_s
from clew.engine.sender import Sender, moved_to
from clew.engine.settings import ProviderConfig
from clew.errors import (
    BadReply,
    ClewError,
    KeyRefused,
    NotEntitled,
    OverBudget,
    ProviderDown,
    ProviderFault,
    ProviderLimited,
    Refusal,
    RequestRejected,
    TooMuch,
)
from clew.model.journal import Exchange
from clew.store.replies import StoredReply
from clew.transform.cost import Cost
from clew.transform.request import Reply, Request
from clew.transform.row import Row


@dataclass(frozen=True, slots=True)
class ProviderAnswer:
    """An answer as read, with what replay and provenance need."""

    row: Row
    exchange: Exchange
    reply: StoredReply
    fresh: bool
    """False where it came from the cache or from another task's request."""

    @property
    def moved_to(self) -> str:
        """The other path that it came from, by a redirect; empty where it is what was asked for."""
        return moved_to(self.exchange)


class ProviderSession:
    """One provider's service, shared by all tasks of a run."""

    def __init__(
        self,
        config: ProviderConfig,
        client: Client,
        cache: ReplyCache,
        bounds: Bounds,
        *,
        now_s: Callable[[], float],
        clock: Callable[[], float],
        chance: Callable[[], float],
        account: AccountMeter | None = None,
        refresh: bool = False,
        buy_again: bool = False,
    ) -> None:
        self.config = config
        self.now_s = now_s
        self.bounds = bounds
        self._sender = Sender(
            config, client, bounds, now_s=now_s, clock=clock, chance=chance, account=account
        )
        self._cache = cache
        self._chance = chance
        self._refresh = refresh
        self._buy_again = buy_again
        self._flying: dict[str, asyncio.Future[ProviderAnswer]] = {}

    async def ask(
        self, request: Request, *, meter: LookupMeter, purchase: bool = False
    ) -> ProviderAnswer:
        """
        The answer to an unsigned request: kept, under way already, or asked now.

        Args:
            request: The question.
            meter: Counts what is sent for it.
            purchase: Whether it is sent once only, and its answer kept for good.

        Raises:
            OverBudget: It would have to be sent, and the run may spend no more.
            ProviderFault: The provider did not answer as needed.
            Refusal: A rule of ours forbids it, such as a purchase that may have been made.
        """
        provider = self.config.provider
        fingerprint = request.fingerprint(self.config.base_url)
        if purchase and (bought := self._bought(request, fingerprint)):
            return bought
        if not self._refresh and (known := self._cached(request, fingerprint)):
            return known
        if (flying := self._flying.get(fingerprint)) is not None:
            answer = await asyncio.shield(flying)
            return ProviderAnswer(answer.row, answer.exchange, answer.reply, fresh=False)
        future: asyncio.Future[ProviderAnswer] = asyncio.get_running_loop().create_future()
        self._flying[fingerprint] = future
        intended = False
        try:
            # A price that can't be told leaves no note of a purchase that may have been made.
            await meter.find_price()
            if purchase:
                intended = True
                self._cache.intend_purchase(provider.name, fingerprint, int(self.now_s()))
            answer = await self._ask_now(request, fingerprint, meter, purchase=purchase)
        except BaseException as error:
            if intended and isinstance(error, _NOTHING_SOLD):
                self._cache.forget_purchase(provider.name, fingerprint, int(self.now_s()))
            future.set_exception(error)
            future.exception()
            raise
        else:
            if purchase:
                self._cache.settle_purchase(
                    provider.name, fingerprint, answer.reply, int(self.now_s())
                )
            future.set_result(answer)
            return answer
        finally:
            del self._flying[fingerprint]

    async def sized(
        self, request: Request, cost: Cost, rows_max: int, *, meter: LookupMeter
    ) -> Request | None:
        """A page as one is kept, or of as many rows as are counted and may be paid for."""
        for one in () if self._refresh else page_sizes(request, cost):
            if self._cached(one, one.fingerprint(self.config.base_url)) is not None:
                return one
        await meter.find_price()
        meter.page_rows = meter.rows_granted(rows_max)
        return with_rows(request, cost, meter.page_rows) if meter.page_rows else None

    def own(self, request: Request) -> Request:
        """A next page as it was named; raises BadReply where it is not below the base URL."""
        if not request.url.startswith(f"{self.config.base_url.rstrip('/')}/"):
            raise BadReply(self.config.provider.label, "names a next page on another host or path")
        return request

    def _cached(self, request: Request, fingerprint: str) -> ProviderAnswer | None:
        provider = self.config.provider
        since = int(self.now_s()) - provider.fresh_s
        exchange = self._cache.latest_exchange(provider.name, fingerprint, since)
        known = self._from_cache(request, exchange) if exchange is not None else None
        # What another path answered may be no answer to the question; it is asked again.
        if known is None or known.moved_to or not provider.reusable(known.row):
            return None
        return known

    def _bought(self, request: Request, fingerprint: str) -> ProviderAnswer | None:
        provider = self.config.provider
        note = self._cache.purchase(provider.name, fingerprint)
        if note is None:
            return None
        if note.digest:
            return self._from_cache(
                request,
                Exchange(provider.name, fingerprint, note.digest, 200, note.at),
            )
        if self._buy_again:
            return None
        at = datetime.fromtimestamp(note.at, UTC)
        raise Refusal(
            f"{provider.label} may have sold this already on {at:%Y-%m-%d %H:%M} UTC, "
            "and no reply was kept.",
            helps="Check the account's usage; run again with --buy-again to pay once more.",
        )

    def _from_cache(self, request: Request, exchange: Exchange) -> ProviderAnswer | None:
        reply = self._cache.reply(exchange.digest)
        if reply is None:
            return None
        return ProviderAnswer(
            read_stored(self.config, request, exchange, reply), exchange, reply, False
        )

    async def _ask_now(
        self, request: Request, fingerprint: str, meter: LookupMeter, *, purchase: bool
    ) -> ProviderAnswer:
        attempt = 0
        # Looked at here too, so that what may not be sent does not wait for its turn.
        meter.require()
        while True:
            attempt += 1
            try:
                reply = await self._sender.send(request, meter)
                row = self.config.provider.read(reply)
            except OverBudget:
                raise
            except ClewError as fault:
                if _costs_nothing(fault):
                    meter.refund()
                refused = isinstance(fault, KeyRefused) and attempt == 1
                if refused and self._sender.drop_token():
                    continue
                wait_s = wait_before_retry_s(
                    fault, attempt, purchase=purchase, bounds=self.bounds, chance=self._chance()
                )
                if wait_s is None:
                    raise
                _require_after(meter, fault)
                await asyncio.sleep(wait_s)
                continue
            meter.answered()
            stored = StoredReply.of(reply.body, reply.media_type)
            exchange = Exchange(
                self.config.provider.name,
                fingerprint,
                stored.digest,
                reply.status,
                int(self.now_s()),
                json.dumps(safe_headers(reply.headers), sort_keys=True),
            )
            return ProviderAnswer(row, exchange, stored, fresh=True)


_NOTHING_SOLD = (KeyRefused, NotEntitled, ProviderLimited, RequestRejected, TooMuch, OverBudget)
"""Faults by which a vendor says that it did not sell; after any other it may have."""


def _costs_nothing(fault: ClewError) -> bool:
    """Whether a question that ended so is no paid look-up: refused, failed, or never sent."""
    if isinstance(fault, ProviderDown) and not fault.sent:
        return True
    return isinstance(fault, ProviderFault) and (fault.status or 0) >= 400


def _require_after(meter: LookupMeter, fault: ClewError) -> None:
    """Raises OverBudget, which tells the fault, where a question may not be sent again."""
    try:
        meter.require()
    except OverBudget as stop:
        raise OverBudget(
            f"{fault.what} {stop.what}",
            reason=f"{stop.reason}, and the last one failed: {fault.what.rstrip('.')}",
            helps=stop.helps,
        ) from fault


def read_stored(
    config: ProviderConfig, request: Request, exchange: Exchange, reply: StoredReply
) -> Row:
    """The answer that a kept reply holds."""
    headers = {"content-type": reply.media_type, **json.loads(exchange.headers)}
    return config.provider.read(Reply(request, exchange.status, headers, reply.body))
