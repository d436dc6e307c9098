"""Sending to a transform server: whom it may reach, and what a status means."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urljoin

from clew.engine.budget import LookupMeter
from clew.engine.client import Client, Reach, origin
from clew.engine.maltego.declared import Server
from clew.errors import (
    BadReply,
    ContactRefused,
    KeyRefused,
    ProviderDown,
    ProviderLimited,
    RequestRejected,
)
from clew.interop.maltego.markup import plain
from clew.transform.request import Reply, Request

SHOWN_LENGTH_MAX = 500
"""Most of a server's own words that an error repeats, in code points."""
RETRY_AFTER_S_MAX = 86_400.0
"""Longest wait that a server's word is taken for, in seconds."""
XML = "text/xml; charset=utf-8"
"""What is sent to servers of version 2: a form's type makes some of them lose the body."""


@dataclass(slots=True)
class Sender:
    """Asks one server, and counts how often."""

    client: Client
    server: Server
    key: str = field(default="", repr=False)
    """The key of its account; empty where there is none."""
    meter: LookupMeter = field(default_factory=LookupMeter)
    """Counts each request before it is sent."""

    @property
    def calls(self) -> int:
        """Requests that were sent."""
        return self.meter.calls

    @property
    def reach(self) -> Reach:
        """Its own address at the declared contact class, on this machine too: it may ask others."""
        return Reach(self.server.name, self.server.contact, frozenset((origin(self.server.url),)))

    async def send(
        self, request: Request, *, sign: Callable[[Request], Request] | None = None
    ) -> Reply:
        """
        The reply to one request, with its status looked at; nothing is sent twice.

        Raises:
            ContactRefused: It would leave the contact class or the declared address.
            OverBudget: The run may spend no more.
            ProviderFault: The server did not answer as needed.
        """
        signed = sign(request) if sign is not None else request
        reply = await self.client.send(request, signed, self.reach, count=self.meter.count_question)
        return good(self.server.name, reply)

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


def good(name: str, reply: Reply) -> Reply:
    """A reply that is an answer; raises the ProviderFault that another status means."""
    status = reply.status
    if 200 <= status < 300:
        return reply
    words = said(reply)
    if 300 <= status < 400:
        raise BadReply(
            name, "sends on to another address, which is not followed", status=status,
            helps="Declare the address where it answers.",
        )  # fmt: skip
    match status:
        case 401 | 403 | 407:
            raise KeyRefused(name, f"refused the key{words}", status=status)
        case 404:
            raise RequestRejected(
                name, f"knows no such transform{words}", status=status,
                helps="See what it has: clew maltego discover NAME.",
            )  # fmt: skip
        case 429:
            raise ProviderLimited(
                name, f"was asked too often{words}", status=status,
                retry_after_s=_retry_after_s(reply), helps="Wait, then ask again.",
            )  # fmt: skip
        case _ if status >= 500:
            raise ProviderDown(
                name, f"failed{words}", status=status, helps="Try again later, or tell its owner."
            )
        case _:
            raise RequestRejected(name, f"refused the request{words}", status=status)


def said(reply: Reply) -> str:
    """What a reply says in words, for the end of a sentence; empty where it says nothing."""
    text = reply.text[: 100 * SHOWN_LENGTH_MAX]
    words = " ".join(plain(text).split())
    return f": {words[:SHOWN_LENGTH_MAX]}" if words else ""


def _retry_after_s(reply: Reply) -> float | None:
    told = reply.headers.get("retry-after", "").strip()
    if not (told.isascii() and told.isdigit() and len(told) < 9):
        return None
    return min(float(told), RETRY_AFTER_S_MAX)
