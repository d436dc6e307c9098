"""What opens the connections of one route: checked addresses, own certificates, SOCKS."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections.abc import Sequence
from urllib.parse import unquote, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from clew.engine.addresses import Network, is_loopback, refusal_of_address
from clew.engine.route import Route
from clew.errors import ContactRefused

CONNECTIONS_MAX = 64
"""Connections of one route at a time."""


def connector_of(route: Route, *, loopback: bool) -> aiohttp.BaseConnector:
    """
    The connector of a route.

    Args:
        route: The way.
        loopback: Whether it is for this machine's own addresses.
    """
    trusted = ssl.create_default_context()
    if route.ca_bundle:
        trusted.load_verify_locations(cafile=route.ca_bundle)
    if route.proxy.startswith("socks5"):
        from aiohttp_socks import ProxyConnector, ProxyType

        parts = urlsplit(route.proxy)
        return ProxyConnector(
            host=parts.hostname or "", port=parts.port or 1080, proxy_type=ProxyType.SOCKS5,
            username=unquote(parts.username) if parts.username is not None else None,
            password=unquote(parts.password or "") if parts.username is not None else None,
            rdns=True, ssl=trusted, limit=CONNECTIONS_MAX,
        )  # fmt: skip
    proxy = urlsplit(route.proxy).hostname or ""
    resolver = CheckedResolver(route.own_ranges, proxy=proxy, loopback=loopback)
    return aiohttp.TCPConnector(
        limit=CONNECTIONS_MAX, resolver=resolver, use_dns_cache=False, ssl=trusted
    )


class CheckedResolver(AbstractResolver):
    """Resolves once, and hands on only addresses that a provider can have."""

    def __init__(self, own: Sequence[Network], *, proxy: str, loopback: bool) -> None:
        self._own = own
        self._proxy = proxy
        self._loopback = loopback

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002
    ) -> list[ResolveResult]:
        """The addresses of a name; OSError where one of them is refused."""
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        results: list[ResolveResult] = []
        for found_family, _, proto, _, address in found:
            text = str(address[0])
            refused = self._refusal(host, text)
            if refused:
                # The connector passes only OSError on from a resolver.
                raise OSError(refused) from ContactRefused(refused)
            results.append(
                ResolveResult(
                    hostname=host, host=text, port=port, family=found_family, proto=proto,
                    flags=socket.AI_NUMERICHOST,
                )
            )  # fmt: skip
        return results

    async def close(self) -> None:
        """Nothing is kept."""

    def _refusal(self, host: str, address: str) -> str:
        if self._proxy:
            # The user named it, and a company's proxy is in the company's network.
            return "" if host == self._proxy else f"{host} is for the proxy to look up"
        loopback = self._loopback and is_loopback(host)
        return refusal_of_address(address, loopback=loopback, own=self._own)


def address_refused(provider: str, reason: str) -> ContactRefused:
    """The error for an address that a provider can't have; *reason* names it."""
    return ContactRefused(
        f"{provider} was not asked: {reason}.",
        helps="Check its configured address; for an own instance in your network set the "
        "provider's own_ranges (clew settings).",
    )


def refusal_within(provider: str, error: BaseException | None) -> ContactRefused | None:
    """The refusal of an address that a connection's error came from; None where there is none."""
    for _ in range(5):
        if error is None:
            return None
        if isinstance(error, ContactRefused):
            return address_refused(provider, error.what)
        error = error.__cause__ or getattr(error, "os_error", None)
    return None
