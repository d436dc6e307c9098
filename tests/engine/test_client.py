"""The one place that opens connections: by which way, to which addresses, with which waits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import trustme

from clew.engine.client import Reach
from clew.engine.route import DIRECT, Route, read_ranges
from clew.errors import ContactRefused
from clew.transform.provider import Contact
from engine.proxies import (
    EXPIRED,
    HOST,
    LOGIN,
    ConnectProxy,
    SocksProxy,
    answering,
    asked,
    bundle,
    certified,
    listening,
)

AUTHORITY = trustme.CA()
OWN = Route(own_ranges=read_ranges(("10.20.0.0/16",)))
LOGGED_IN = "anna:pass%20word%3Ax@"


@pytest.mark.parametrize(
    ("proxy", "scheme", "login"),
    [
        (ConnectProxy, "http", ""),
        (lambda to: ConnectProxy(to, login=LOGIN), "http", LOGGED_IN),
        (
            lambda to: ConnectProxy(to, login=("anna", "gr\u00fc\u00df")),
            "http",
            "anna:gr%C3%BC%C3%9F@",
        ),
        (SocksProxy, "socks5", ""),
        (lambda to: SocksProxy(to, login=LOGIN), "socks5", LOGGED_IN),
    ],
)
def test_a_proxy_passes_a_question_on(
    proxy: Callable[[int], ConnectProxy | SocksProxy], scheme: str, login: str, tmp_path: Path
) -> None:
    """It gets the name, looks it up itself, and the certificate is the provider's own."""

    async def go() -> None:
        async with listening(answering(b'{"a": 1}'), certified(AUTHORITY, HOST)) as port:
            passing = proxy(port)
            async with listening(passing) as at:
                route = Route(f"{scheme}://{login}127.0.0.1:{at}", bundle(AUTHORITY, tmp_path))
                reply = await asked(f"https://{HOST}/", route)
            assert reply.body == b'{"a": 1}'
            assert [HOST in one for one in passing.heard] == [True]

    asyncio.run(go())


def test_a_proxy_may_have_a_certificate_too(tmp_path: Path) -> None:
    """The way to the proxy itself is TLS, of the same authorities."""

    async def go() -> None:
        async with listening(answering(), certified(AUTHORITY, HOST)) as port:
            passing = ConnectProxy(port)
            async with listening(passing, certified(AUTHORITY, "127.0.0.1")) as at:
                route = Route(f"https://127.0.0.1:{at}", bundle(AUTHORITY, tmp_path))
                assert (await asked(f"https://{HOST}/", route)).status == 200

    asyncio.run(go())


def test_what_is_on_this_machine_goes_by_no_proxy() -> None:
    """A proxy would take the loopback for its own."""

    async def go() -> None:
        async with listening(answering()) as port:
            reply = await asked(f"http://127.0.0.1:{port}/", Route("http://proxy.example.org:1"))
            assert reply.status == 200

    asyncio.run(go())


def test_a_wait_until_a_date_is_told_in_seconds() -> None:
    """By the engine's own clock; whoever reads the reply needs none."""
    until = (EXPIRED + timedelta(seconds=90)).strftime("%a, %d %b %Y %H:%M:%S GMT")

    async def go(header: str) -> str:
        async with listening(answering(headers=f"Retry-After: {header}\r\n")) as port:
            reply = await asked(f"http://127.0.0.1:{port}/", DIRECT, now=EXPIRED)
            return reply.headers["retry-after"]

    assert asyncio.run(go(until)) == "90"
    assert asyncio.run(go("7")) == "7"
    assert asyncio.run(go("soon")) == ""


@pytest.mark.assurance("ssrf")
@pytest.mark.parametrize(
    ("host", "route", "address", "says"),
    [
        (HOST, DIRECT, "10.20.0.1", "10.20.0.1 is no address of a provider on the internet"),
        (HOST, DIRECT, "64:ff9b::a14:1", "which stands for 10.20.0.1"),
        (HOST, OWN, "192.168.0.1", "192.168.0.1 is in none of its own_ranges"),
        (HOST, OWN, "127.0.0.1", "127.0.0.1 is in none of its own_ranges"),
        (HOST, OWN, "1.1.1.1", "1.1.1.1 is in none of its own_ranges"),
        ("10.30.0.1", OWN, "", "10.30.0.1 is in none of its own_ranges"),
        ("10.20.0.1", DIRECT, "", "10.20.0.1 is no address of a provider"),
        ("[2002:a14:1::]", DIRECT, "", "which stands for 10.20.0.1"),
        ("10.20.0.1", Route("http://proxy.example.org:1"), "", "10.20.0.1 is no address"),
    ],
)
def test_an_address_that_is_not_its_own_is_refused(
    host: str, route: Route, address: str, says: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Named or looked up, with a proxy or without: the message says which, and what helps."""
    monkeypatch.setattr(asyncio.BaseEventLoop, "getaddrinfo", looked_up(address))
    with pytest.raises(ContactRefused) as caught:
        asyncio.run(asked(f"https://{host}/", route))
    assert says in caught.value.what
    assert caught.value.what.startswith("Example was not asked:")
    assert "own_ranges" in caught.value.helps


def looked_up(address: str) -> Callable[..., object]:
    """A look-up that finds one address."""

    async def find(_: object, host: str, port: int, **__: object) -> object:
        import socket

        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    return find


@pytest.mark.parametrize(
    ("url", "route", "relays", "contact"),
    [
        ("https://tip.example.org", OWN, False, Contact.OWN_SERVER),
        ("https://tip.example.org", OWN, True, Contact.THIRD_PARTY),
        ("https://10.20.3.4", OWN, False, Contact.OWN_SERVER),
        ("https://10.20.3.4", Route("http://p.example.org:1", own_ranges=OWN.own_ranges), False,
         Contact.OWN_SERVER),
        ("https://tip.example.org", Route("http://p.example.org:1", own_ranges=OWN.own_ranges),
         False, Contact.THIRD_PARTY),
        ("https://tip.example.org", DIRECT, False, Contact.THIRD_PARTY),
        ("http://127.0.0.1:1", DIRECT, False, Contact.OWN_SERVER),
    ],
)  # fmt: skip
def test_an_own_server_is_one_whose_address_is_held_to_be(
    url: str, route: Route, relays: bool, contact: Contact
) -> None:
    """A name counts as one only where its address is looked at here; one that asks others never."""
    reach = Reach.of("Example", Contact.THIRD_PARTY, url, route=route, relays=relays)
    assert reach.contact is contact


def test_one_foreign_address_makes_it_no_own_server() -> None:
    """All that is asked, the place where keys are traded too, is in the own ranges."""
    urls = ("https://10.20.3.4", "https://10.40.3.4")
    reach = Reach.of("Example", Contact.THIRD_PARTY, *urls, route=OWN)
    assert reach.contact is Contact.THIRD_PARTY
