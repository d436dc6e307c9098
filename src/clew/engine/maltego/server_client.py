"""Asking a transform server what it has: at its own address, with its status looked at."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urljoin

from clew.engine.account import AccountMeter
from clew.engine.client import Client, Reach, origin
from clew.engine.maltego.declarations import ServerDeclaration
from clew.engine.maltego.status import check_status
from clew.engine.maltego.transforms import provider_name, provider_of
from clew.engine.route import Route
from clew.engine.settings import Settings
from clew.errors import ContactRefused
from clew.transform.request import Reply, Request


@dataclass(slots=True)
class ServerClient:
    """Asks one server, and counts how often."""

    client: Client
    server: ServerDeclaration
    route: Route
    """The way to it."""
    key: str = field(default="", repr=False)
    """The key of its account; empty where there is none."""
    account: AccountMeter | None = None
    """Counts what is sent with its account, for all processes."""
    calls: int = 0

    @property
    def reach(self) -> Reach:
        """Its own address at the declared contact class, on this machine too: it may ask others."""
        return Reach.of(
            self.server.name, self.server.contact, self.server.url,
            route=self.route, relays=True,
        )  # fmt: skip

    async def get(self, url: str, **headers: str) -> Reply:
        """
        The reply to one request; nothing is sent twice.

        Raises:
            ContactRefused: It would leave the contact class or the declared address.
            ProviderFault: The server did not answer as needed.
        """
        request = Request("GET", url, headers)
        signed = request
        if self.key and self.server.protocol == "v3":
            signed = request.with_headers(Maltego_Api_Key=self.key)
        reply = await self.client.send(request, signed, self.reach, count=self._count)
        check_status(self.server.name, reply)
        return reply

    def own(self, url: str) -> str:
        """
        An address that the server named, where it is its own.

        Raises:
            ContactRefused: It is another server's.
        """
        whole = urljoin(f"{self.server.url.rstrip('/')}/", url.strip())
        if origin(whole) != origin(self.server.url):
            raise ContactRefused(
                f"{self.server.name} names another server, {origin(whole)}.",
                helps="Declare that one by itself to ask it.",
            )
        return whole

    def _count(self) -> None:
        if self.account is not None:
            self.account.count(0.0)
        self.calls += 1


def key_of(settings: Settings, server: ServerDeclaration) -> str:
    """The key of an account at a server; empty where none is configured."""
    return settings.secrets.keys(provider_of(server)).get("key", "")


def route_of(settings: Settings, server: ServerDeclaration) -> Route:
    """The way to a server; raises InvalidValue where what is set can't be."""
    if settings.fault is not None:
        raise settings.fault
    return settings.route(provider_name(server))
