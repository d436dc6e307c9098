"""How a question goes out: signed, paced, with its token, and after redirects of the own host."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from urllib.parse import urljoin, urlsplit

from clew.engine.account import AccountMeter
from clew.engine.bounds import Bounds
from clew.engine.budget import LookupMeter
from clew.engine.client import MOVED, Client, origin
from clew.engine.rate import Pace
from clew.engine.settings import ProviderConfig
from clew.engine.transport import transport_of
from clew.errors import BadReply, KeyRefused
from clew.model.journal import Exchange
from clew.transform.request import Reply, Request

PATH_LENGTH_MAX = 200
"""Most of another path that is kept, in code points."""


class Sender:
    """Sends the questions of one provider's session; each is counted before it leaves."""

    def __init__(
        self,
        config: ProviderConfig,
        client: Client,
        bounds: Bounds,
        *,
        now_s: Callable[[], float],
        clock: Callable[[], float],
        chance: Callable[[], float],
        account: AccountMeter | None = None,
    ) -> None:
        self._config = config
        self._client = client
        self._bounds = bounds
        self._now_s = now_s
        self._account = account
        self._transport = transport_of(config, client, bounds, chance=chance)
        self._pace = Pace(config.provider.rate, clock)
        self._token: tuple[str, float] | None = None
        self._token_lock = asyncio.Lock()

    async def send(self, request: Request, meter: LookupMeter) -> Reply:
        """
        The reply to an unsigned question; one that came from another path says so (moved_to).

        Raises:
            OverBudget: It may not be sent.
            ProviderFault: It can't be sent, leads elsewhere, or brought no whole reply.
        """
        keys = dict(self._config.keys)
        if self._config.provider.token is not None:
            keys["token"] = await self._current_token(meter)
        count_other = partial(meter.count_other, self._account)
        at, count = request, partial(meter.count_question, self._account)
        for _ in range(self._bounds.redirects + 1):
            now = datetime.fromtimestamp(self._now_s(), UTC)
            signed = self._config.provider.sign(at, keys, now)
            async with self._pace:
                reply = await self._transport.send(
                    request,
                    signed,
                    self._config.reach,
                    count=count,
                    count_other=count_other,
                )
            if reply.status not in (301, 302, 303, 307, 308) or "location" not in reply.headers:
                return _with_place(reply, request, at)
            target = self._own_target(at, reply)
            at, count = Request(at.method, target, at.headers, at.body), count_other
        raise BadReply(
            self._config.provider.label, f"redirects more than {self._bounds.redirects} times"
        )

    def _own_target(self, at: Request, reply: Reply) -> str:
        """Where a redirect leads; raises BadReply where that is another host, or no URL."""
        try:
            target = urljoin(at.url, reply.headers["location"])
            host = origin(target)
        except ValueError:
            target, host = "", "which is no address"
        if host != origin(at.url):
            raise BadReply(
                self._config.provider.label,
                f"redirects to another host, {host}",
                status=reply.status,
                helps="It was not followed. Check the configured address.",
            )
        return target

    async def _current_token(self, meter: LookupMeter) -> str:
        exchange = self._config.provider.token
        assert exchange is not None, "the provider trades its keys for a token"
        async with self._token_lock:
            if self._token is not None and self._token[1] > self._now_s():
                return self._token[0]
            request = exchange.request(self._config.keys, self._config.token_url)
            reply = await self._client.send(
                request,
                request,
                self._config.reach,
                count=partial(meter.count_other, self._account),
            )
            if reply.status in (400, 401, 403):
                raise KeyRefused(
                    self._config.provider.label, "refused the keys for a token", status=reply.status
                )
            token, life_s = exchange.read(self._config.provider.read(reply))
            if not token:
                raise BadReply(self._config.provider.label, "gave no token", status=reply.status)
            self._token = (token, self._now_s() + max(30, life_s - 60))
            return token

    def drop_token(self) -> bool:
        """Forget the token, as it was refused; gives whether there was one."""
        known, self._token = self._token, None
        return known is not None


def _with_place(reply: Reply, asked: Request, at: Request) -> Reply:
    """The reply, with the path that it came from where that is not the one that was asked for."""
    path = urlsplit(at.url).path
    # One more slash at the end is the same place.
    if path.rstrip("/") == urlsplit(asked.url).path.rstrip("/"):
        return reply
    return replace(reply, headers={**reply.headers, MOVED: path[:PATH_LENGTH_MAX]})


def moved_to(exchange: Exchange) -> str:
    """The other path that a kept reply came from; empty where it is what was asked for."""
    return str(json.loads(exchange.headers).get(MOVED, ""))
