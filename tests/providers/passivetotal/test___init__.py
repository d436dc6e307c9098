"""The PassiveTotal provider: its key, its quota, its account."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import pytest

from clew.errors import BadReply, ProviderFault, ProviderLimited
from clew.providers.passivetotal import PROVIDER, account, read
from clew.replicas.scenario import load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.transform.provider import Account
from clew.transform.request import Reply, Request
from replica_client import api_of, checked


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    with serve_replicas(load_scenario("tendrit"), only=("passivetotal",)) as found:
        yield found


def test_the_key_is_tried_and_the_account_told(server: ReplicaServer) -> None:
    """A question that costs nothing tries the key; both quotas are told."""

    async def accounts() -> tuple[Account, ...]:
        return await account(api_of(server, PROVIDER))

    assert checked(server, PROVIDER) == "the key is taken"
    assert asyncio.run(accounts()) == (
        Account(0, 10_000, "queries of the user", "monthly"),
        Account(0, 10_000, "queries of the organization", "monthly"),
    )


@pytest.mark.parametrize(
    ("status", "body", "fault"),
    [
        (402, b'{"message":"Quota exceeded"}', ProviderLimited),
        (403, b'{"message":"your quota is used up"}', ProviderLimited),
        (500, b"{}", ProviderFault),
        (200, b"<html>", BadReply),
    ],
)
def test_a_used_up_quota_is_known_by_its_words(
    status: int, body: bytes, fault: type[ProviderFault]
) -> None:
    """Its codes differ; another try within the run is useless then."""
    reply = Reply(Request("GET", "https://api.example/v2/x"), status, {}, body)
    with pytest.raises(fault) as raised:
        read(reply)
    assert getattr(raised.value, "quota", False) == (b"uota" in body)
