"""The DomainTools provider: two ways of signing, one code of three meanings."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from clew.errors import BadReply, KeyRefused, ProviderFault, ProviderLimited, TooMuch
from clew.providers.domaintools import PROVIDER, account, read, sign
from clew.replicas.scenario import load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.transform.provider import Account
from clew.transform.request import Reply, Request
from replica_client import api_of, checked

ASKED = Request("GET", "https://api.example/v1/account?x=1")


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    with serve_replicas(load_scenario("tendrit"), only=("domaintools",)) as found:
        yield found


def test_a_request_is_signed_or_carries_the_key() -> None:
    """The signature is over user, time and path without the query; both ways are accepted."""
    now = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)
    signed = sign(ASKED, {"username": "u", "key": "k"}, now).url
    assert "timestamp=2020-01-02T03%3A04%3A05Z" in signed
    assert "signature=" in signed
    plain = sign(ASKED, {"key": "k", "signing": "header"}, now)
    assert (plain.url, list(plain.headers.values())) == (ASKED.url, ["k"])


def test_whose_key_it_is(server: ReplicaServer) -> None:
    """The account is named, and each product with what was used of it."""

    async def accounts() -> tuple[Account, ...]:
        return await account(api_of(server, PROVIDER))

    keys = server.credentials["domaintools"]
    assert checked(server, PROVIDER) == "replica_user"
    assert checked(server, PROVIDER, **keys, signing="header") == "replica_user"
    assert asyncio.run(accounts()) == (Account(0, 500, "reverse-whois", "month"),)


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (503, b'{"error":{"message":"The size of this report exceeds the maximum"}}', TooMuch),
        (503, b'{"error":{"message":"Rate limit reached"}}', ProviderLimited),
        (503, b"{}", ProviderFault),
        (403, b'{"error":{"message":"The credentials you entered"}}', KeyRefused),
        (200, b'{"answer":{}}', BadReply),
    ],
)
def test_only_its_words_tell_what_a_code_means(
    status: int, body: bytes, fault: type[ProviderFault]
) -> None:
    """A report that is too large, a pace that is too quick, and a service that is down."""
    with pytest.raises(fault):
        read(Reply(ASKED, status, {}, body))
