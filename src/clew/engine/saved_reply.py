"""Answers from a reply that someone saved, as if the provider had just given it."""

from __future__ import annotations

import time

from clew.engine.bounds import Bounds
from clew.engine.budget import LookupMeter
from clew.engine.session import ProviderAnswer
from clew.engine.settings import ProviderConfig
from clew.errors import BadReply
from clew.model.journal import Exchange
from clew.store.replies import StoredReply
from clew.transform.cost import Cost
from clew.transform.provider import Provider
from clew.transform.request import Reply, Request

BASE_URL = "https://saved.invalid"
"""What requests are built on; nothing is sent."""


class SavedReplyRequester:
    """Answers the first request of a task with one saved body; there is no second page."""

    def __init__(self, provider: Provider, body: bytes) -> None:
        self.config = ProviderConfig(provider, BASE_URL, "", provider.ceiling, {})
        self.bounds = Bounds()
        self._body: bytes | None = body

    async def ask(
        self,
        request: Request,
        *,
        meter: LookupMeter,  # noqa: ARG002
        purchase: bool = False,  # noqa: ARG002
    ) -> ProviderAnswer:
        """The saved answer; raises BadReply where it was given already, or is not the vendor's."""
        provider = self.config.provider
        body, self._body = self._body, None
        if body is None:
            raise BadReply(provider.label, "would have been asked again, and one reply was saved")
        stored = StoredReply.of(body, "application/json")
        reply = Reply(request, 200, {"content-type": "application/json"}, body)
        exchange = Exchange(
            provider.name, request.fingerprint(BASE_URL), stored.digest, 200, int(time.time())
        )
        return ProviderAnswer(provider.read(reply), exchange, stored, fresh=False)

    async def sized(
        self,
        request: Request,
        cost: Cost,  # noqa: ARG002
        rows_max: int,  # noqa: ARG002
        *,
        meter: LookupMeter,  # noqa: ARG002
    ) -> Request:
        """The page as it was saved, of whatever size."""
        return request

    def own(self, request: Request) -> Request:
        """A next page as it was named; it is never asked for."""
        return request
