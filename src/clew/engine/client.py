"""The one place that opens connections: contact class, own hosts, checked addresses, bounds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import aiohttp
from yarl import URL

from clew import __version__
from clew.engine.addresses import address_of, is_loopback, is_own, refusal_of_address
from clew.engine.bounds import Bounds
from clew.engine.connection_faults import CONNECTION_ERRORS, connection_fault
from clew.engine.connector import address_refused, connector_of, refusal_within
from clew.engine.route import Route
from clew.errors import BadReply, ContactRefused
from clew.transform.provider import Contact
from clew.transform.request import Reply, Request
from clew.transform.retry_after import retry_after_s

CHUNK_BYTES = 65_536
OWN_HEADER = "clew-"
"""Head of the names of headers in which our own transports tell how it went; no server may."""
MOVED = "clew-moved"
"""Header of a reply that came from another path than was asked: which, without its query."""
STORED_HEADERS = (MOVED, "clew-cut", "clew-failed", "clew-problems", "clew-exit-code")
"""Those that are kept with a reply."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a provider's requests may reach."""

    provider: str
    """Label for messages."""
    contact: Contact
    origins: frozenset[str]
    """Allowed ``scheme://host:port``: the base URL's own, and the token endpoint's."""
    route: Route
    """How they travel."""

    @classmethod
    def of(
        cls,
        provider: str,
        contact: Contact,
        *base_urls: str,
        route: Route,
        relays: bool = False,
    ) -> Reach:
        """
        The reach of those URLs.

        Our own machine, and an address in the own ranges, is an own server, unless it asks
        others. So is a name where own ranges are set and it is looked up here: then no address
        outside of them is gone to. Where a proxy looks it up, nobody here can say so.
        """
        hosts = [urlsplit(url).hostname or "" for url in base_urls]
        checked = bool(route.own_ranges) and not route.proxy
        own = all(
            is_loopback(it) or is_own(it, route.own_ranges) or (checked and address_of(it) is None)
            for it in hosts
        )
        lower = own and not relays and contact > Contact.OWN_SERVER
        return cls(
            provider,
            Contact.OWN_SERVER if lower else contact,
            frozenset(origin(url) for url in base_urls),
            route,
        )


def origin(url: str) -> str:
    """``scheme://host:port`` of a URL, with the port always told."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"{parts.scheme}://{(parts.hostname or '').lower()}:{port}"


class Client:
    """Sends one request at a time for whoever asks, and follows nothing by itself."""

    def __init__(
        self,
        bounds: Bounds,
        *,
        contact_limit: Contact = Contact.THIRD_PARTY,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        """
        Args:
            bounds: Times and sizes.
            contact_limit: The highest class that may be asked.
            clock: Tells the moment, for waits that are told as a date.
        """
        self._bounds = bounds
        self.contact_limit = contact_limit
        self._clock = clock
        self._sessions: dict[tuple[Route, bool], aiohttp.ClientSession] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for session in self._sessions.values():
            await session.close()
        self._sessions.clear()

    async def send(
        self, asked: Request, signed: Request, reach: Reach, *, count: Callable[[], None]
    ) -> Reply:
        """
        The reply to a signed request, whole; redirects come back as they are.

        Args:
            asked: As it was before signing; the reply remembers this one.
            signed: As it goes on the wire.
            reach: Whom the provider may reach.
            count: Counts the request as one that is about to be sent (engine/budget.py).

        Raises:
            ContactRefused: It would leave the contact class or the provider's own hosts.
            OverBudget: *count* refuses it; nothing was sent.
            ProviderDown: No connection, a reset, a time-out or a reply cut short, with its reason.
            BadReply: The reply is over our bounds.
        """
        self._check(signed, reach)
        route = reach.route
        if is_loopback(asked.host):
            # A proxy is for other machines, and would take this for its own.
            route = Route(ca_bundle=route.ca_bundle)
        session = self._session(route, loopback=is_loopback(asked.host))
        proxy, proxy_headers = _http_proxy(route)
        count()
        try:
            async with session.request(
                signed.method,
                URL(signed.url, encoded=True),
                headers=dict(signed.headers),
                data=signed.body or None,
                allow_redirects=False,
                proxy=proxy,
                proxy_headers=proxy_headers,
            ) as response:
                headers = {
                    name.lower(): value
                    for name, value in response.headers.items()
                    if not name.lower().startswith(OWN_HEADER)
                }
                if "retry-after" in headers:
                    wait_s = retry_after_s(headers["retry-after"], now=self._clock())
                    headers["retry-after"] = "" if wait_s is None else str(ceil(wait_s))
                body = await self._body(response, reach)
                return Reply(asked, response.status, headers, body)
        except CONNECTION_ERRORS as error:
            refused = refusal_within(reach.provider, error)
            if refused is not None:
                raise refused from None
            raise connection_fault(
                error, provider=reach.provider, host=signed.host, route=route, bounds=self._bounds
            ) from error

    def _session(self, route: Route, *, loopback: bool) -> aiohttp.ClientSession:
        session = self._sessions.get((route, loopback))
        if session is None:
            session = aiohttp.ClientSession(
                connector=connector_of(route, loopback=loopback),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(
                    total=self._bounds.total_s, connect=self._bounds.connect_s
                ),
                headers={"User-Agent": f"clew/{__version__}"},
                trust_env=False,
                max_line_size=16_384,
                max_field_size=16_384,
            )
            # The library sends a GET again by itself when a connection breaks, which would repeat
            # a purchase; it has no public switch for it. That is engine/retry.py's to say.
            session._retry_connection = False
            self._sessions[route, loopback] = session
        return session

    def _check(self, request: Request, reach: Reach) -> None:
        check_contact(reach, self.contact_limit)
        target = origin(request.url)
        if target not in reach.origins:
            raise ContactRefused(f"{reach.provider} may not be asked at {target}.")
        scheme, host = urlsplit(request.url).scheme, request.host
        if scheme != "https" and not (scheme == "http" and is_loopback(host)):
            raise ContactRefused(f"{reach.provider} is asked by https only.")
        # A name is looked at when it is resolved; by a proxy, which has rules of its own, never.
        refused = refusal_of_address(host, loopback=is_loopback(host), own=reach.route.own_ranges)
        if refused:
            raise address_refused(reach.provider, refused)

    async def _body(self, response: aiohttp.ClientResponse, reach: Reach) -> bytes:
        parts: list[bytes] = []
        size = 0
        async for chunk in response.content.iter_chunked(CHUNK_BYTES):
            size += len(chunk)
            if size > self._bounds.reply_bytes:
                response.close()
                raise BadReply(
                    reach.provider,
                    f"sent a reply of over {self._bounds.reply_bytes} bytes",
                    status=response.status,
                    helps="Narrow the request.",
                )
            parts.append(chunk)
        return b"".join(parts)


def check_contact(reach: Reach, limit: Contact) -> None:
    """Raises ContactRefused where a provider's contact class is over the limit."""
    if reach.contact > limit:
        raise ContactRefused(
            f"{reach.provider} has contact class {reach.contact.value}, and the limit is "
            f"{limit.value}.",
            helps="Raise the contact limit to ask it.",
        )


def _http_proxy(route: Route) -> tuple[URL | None, Mapping[str, str] | None]:
    """The proxy of a request, and the header of its login; SOCKS is the connector's affair."""
    if not route.proxy.startswith("http"):
        return None, None
    url = URL(route.proxy)
    if url.user is None:
        return url, None
    login = aiohttp.encode_basic_auth(url.user, url.password or "", encoding="utf-8")
    return url.with_user(None), {"Proxy-Authorization": login}


def safe_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The reply's headers that its reader needs, and that may be kept."""
    names = ("content-type", "retry-after", *STORED_HEADERS)
    return {name: headers[name] for name in names if headers.get(name)}
