"""The one place that opens connections: contact class, own hosts, checked addresses, bounds."""

from __future__ import annotations

import asyncio
import ipaddress
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from clew import __version__
from clew.engine.bounds import Bounds
from clew.errors import BadReply, ContactRefused, ProviderDown
from clew.transform.provider import Contact
from clew.transform.request import Reply, Request

CHUNK_BYTES = 65_536
OWN_HEADER = "clew-"
"""Head of the names of headers in which our own transports tell how it went; no server may."""
STORED_HEADERS = ("clew-cut", "clew-failed", "clew-problems", "clew-exit-code")
"""Those that are kept with a reply."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a provider's requests may reach."""

    provider: str
    """Label for messages."""
    contact: Contact
    origins: frozenset[str]
    """Allowed ``scheme://host:port``: the base URL's own, and the token endpoint's."""

    @classmethod
    def of(cls, provider: str, contact: Contact, *base_urls: str, relays: bool = False) -> Reach:
        """The reach of those URLs; our own machine is an own server, unless it asks others."""
        own = all(is_loopback(urlsplit(url).hostname or "") for url in base_urls) and not relays
        return cls(
            provider,
            Contact.OWN_SERVER if own and contact > Contact.OWN_SERVER else contact,
            frozenset(origin(url) for url in base_urls),
        )


def origin(url: str) -> str:
    """``scheme://host:port`` of a URL, with the port always told."""
    parts = urlsplit(url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    return f"{parts.scheme}://{(parts.hostname or '').lower()}:{port}"


def is_loopback(host: str) -> bool:
    """True for this machine's own loopback names and addresses."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


class Client:
    """Sends one request at a time for whoever asks, and follows nothing by itself."""

    def __init__(self, bounds: Bounds, *, contact_limit: Contact = Contact.THIRD_PARTY) -> None:
        self._bounds = bounds
        self.contact_limit = contact_limit
        """The highest class that may be asked."""
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                limit=64, resolver=_CheckedResolver(), use_dns_cache=False
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(
                total=self._bounds.total_s, connect=self._bounds.connect_s
            ),
            headers={"User-Agent": f"clew/{__version__}"},
            trust_env=False,
            max_line_size=16_384,
            max_field_size=16_384,
        )
        # The library sends a GET again by itself when a connection breaks, which would repeat a
        # purchase; it has no public switch for it. Whether to repeat is engine/retry.py's to say.
        self._session._retry_connection = False
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._session is not None:
            await self._session.close()

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
            ProviderDown: No connection, a reset, a time-out or a reply cut short.
            BadReply: The reply is over our bounds.
        """
        self._check(signed, reach)
        assert self._session is not None, "the client is open"
        count()
        try:
            async with self._session.request(
                signed.method,
                URL(signed.url, encoded=True),
                headers=dict(signed.headers),
                data=signed.body or None,
                allow_redirects=False,
            ) as response:
                headers = {
                    name.lower(): value
                    for name, value in response.headers.items()
                    if not name.lower().startswith(OWN_HEADER)
                }
                body = await self._body(response, reach)
                return Reply(asked, response.status, headers, body)
        except TimeoutError as error:
            raise ProviderDown(
                reach.provider,
                f"did not answer within {self._bounds.total_s:g} s",
                helps="Try again later, or ask for less.",
            ) from error
        except (aiohttp.ClientError, OSError, asyncio.IncompleteReadError, ValueError) as error:
            refused = _refusal_within(error)
            if refused is not None:
                raise refused from None
            raise ProviderDown(
                reach.provider,
                f"broke off: {type(error).__name__}",
                helps="Try again later.",
                sent=not isinstance(error, aiohttp.ClientConnectorError),
            ) from error

    def _check(self, request: Request, reach: Reach) -> None:
        check_contact(reach, self.contact_limit)
        target = origin(request.url)
        if target not in reach.origins:
            raise ContactRefused(f"{reach.provider} may not be asked at {target}.")
        scheme, host = urlsplit(request.url).scheme, request.host
        if scheme != "https" and not (scheme == "http" and is_loopback(host)):
            raise ContactRefused(f"{reach.provider} is asked by https only.")
        refused = _refused_address(host, loopback=is_loopback(host))
        if refused is not None:
            raise refused

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


class _CheckedResolver(AbstractResolver):
    """Resolves once, and hands on only addresses that a provider can have."""

    async def resolve(
        self,
        host: str,
        port: int = 0,
        family: socket.AddressFamily = socket.AF_INET,  # noqa: ARG002
    ) -> list[ResolveResult]:
        loop = asyncio.get_running_loop()
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        results: list[ResolveResult] = []
        for found_family, _, proto, _, address in found:
            text = str(address[0])
            refused = _refused_address(text, loopback=is_loopback(host))
            if refused is not None:
                # The connector passes only OSError on from a resolver.
                raise OSError(str(refused)) from refused
            results.append(
                ResolveResult(
                    hostname=host, host=text, port=port, family=found_family, proto=proto,
                    flags=socket.AI_NUMERICHOST,
                )
            )  # fmt: skip
        return results

    async def close(self) -> None:
        """Nothing is held."""


def _refused_address(text: str, *, loopback: bool) -> ContactRefused | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    if (address.is_loopback and loopback) or (address.is_global and not address.is_multicast):
        return None
    return ContactRefused(f"{text} is no address of a provider on the internet.")


def _refusal_within(error: BaseException | None) -> ContactRefused | None:
    for _ in range(5):
        if error is None or isinstance(error, ContactRefused):
            return error
        error = error.__cause__ or getattr(error, "os_error", None)
    return None


def safe_headers(headers: Mapping[str, str]) -> dict[str, str]:
    """The reply's headers that its reader needs, and that may be kept."""
    names = ("content-type", "retry-after", *STORED_HEADERS)
    return {name: headers[name] for name in names if headers.get(name)}
