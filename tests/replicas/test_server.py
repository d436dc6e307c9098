"""Replicas start, tell where they are, misbehave on demand, and leave nothing behind."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from typing import Any

import aiohttp
import pytest

from clew.errors import InvalidValue, UnknownName
from clew.replicas.behaviour import KINDS, Misbehaviour, parse_misbehaviour, safe_target
from clew.replicas.rate import RateLimit
from clew.replicas.scenario import load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas

HEADERS = {"Authorization": "bearer replica-key-of-threatgrid"}
WHOAMI = "/v3/session/whoami"


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    with serve_replicas(load_scenario("tendrit"), only=("threatgrid",)) as started:
        yield started


async def ask(url: str, timeout_s: float = 5.0) -> tuple[int, dict[str, str], bytes]:
    timeout = aiohttp.ClientTimeout(total=timeout_s)
    async with (
        aiohttp.ClientSession(timeout=timeout, headers=HEADERS) as session,
        session.get(url, allow_redirects=False) as reply,
    ):
        return reply.status, dict(reply.headers), await reply.read()


def asked(server: ReplicaServer, *wrong: Misbehaviour, timeout_s: float = 5.0) -> Any:
    server.behave("threatgrid", *wrong)
    return asyncio.run(ask(server.urls["threatgrid"] + WHOAMI, timeout_s))


def test_settings_tell_url_and_keys(server: ReplicaServer) -> None:
    """A caller can put the settings of a replica into a client's environment."""
    told = server.settings("threatgrid")
    assert told["CLEW_THREATGRID_URL"] == server.urls["threatgrid"]
    assert told["CLEW_THREATGRID_API_KEY"] == server.credentials["threatgrid"]["api_key"]
    assert told.items() <= server.settings().items()


def test_requests_are_remembered_without_secrets(server: ReplicaServer) -> None:
    """A test can see what was asked, and no key is in it."""
    asyncio.run(ask(f"{server.urls['threatgrid']}{WHOAMI}?api_key=replica-key-of-threatgrid&a=b"))
    last = server.requests("threatgrid")[-1]
    assert (last.method, last.target) == ("GET", "/api/v3/session/whoami?api_key=***&a=b")
    assert "replica-key" not in str(last)


def test_a_target_without_secrets_stays_as_it_came() -> None:
    """Only a target that names a secret is written anew."""
    assert safe_target("/v3/groups?tql=a%20%3D%20%22b%22&x=+") == (
        "/v3/groups?tql=a%20%3D%20%22b%22&x=+"
    )


@pytest.mark.parametrize(
    ("kind", "status"),
    [("limited", 429), ("limited-silent", 429), ("error", 500), ("bad-gateway", 502),
     ("unavailable", 503), ("html", 200), ("redirect", 302), ("redirect-path", 302),
     ("redirect-port", 302), ("deep", 200)],
)  # fmt: skip
def test_each_answer_has_its_status(server: ReplicaServer, kind: str, status: int) -> None:
    """Misbehaviours that answer do so with the status that they name."""
    got, headers, _ = asked(server, Misbehaviour(kind))
    assert got == status
    assert ("Retry-After" in headers) == (kind == "limited")
    assert ("Location" in headers) == kind.startswith("redirect")


@pytest.mark.parametrize(
    ("kind", "error"),
    [("timeout", TimeoutError), ("drip", TimeoutError), ("reset", aiohttp.ClientOSError),
     ("truncated", aiohttp.ClientPayloadError)],
)  # fmt: skip
def test_broken_connections_break(server: ReplicaServer, kind: str, error: type[Exception]) -> None:
    """Misbehaviours below HTTP show to a client as what they are."""
    with pytest.raises(error):
        asked(server, Misbehaviour(kind), timeout_s=0.3)


def test_huge_is_more_than_any_bound(server: ReplicaServer) -> None:
    """A client that stops reading early gets bytes as long as it likes."""

    async def some() -> int:
        size = 0
        async with (
            aiohttp.ClientSession(headers=HEADERS) as session,
            session.get(server.urls["threatgrid"] + WHOAMI) as reply,
        ):
            async for chunk in reply.content.iter_chunked(65_536):
                size += len(chunk)
                if size > 1_000_000:
                    return size
        return size

    server.behave("threatgrid", Misbehaviour("huge"))
    assert asyncio.run(some()) > 1_000_000


def test_wrong_types_are_valid_json_and_seeded(server: ReplicaServer) -> None:
    """The same seed swaps the same kinds; the right answer is another."""
    first = asked(server, Misbehaviour("wrong-types", seed=3))[2]
    assert first == asked(server, Misbehaviour("wrong-types", seed=3))[2]
    assert json.loads(first) != json.loads(asked(server)[2])


def test_times_and_match_bound_it(server: ReplicaServer) -> None:
    """A misbehaviour befalls as many requests as told, and only those that match."""
    server.behave("threatgrid", Misbehaviour("error", times=2), Misbehaviour("html", match="nope"))
    url = server.urls["threatgrid"] + WHOAMI
    assert [asyncio.run(ask(url))[0] for _ in range(3)] == [500, 500, 200]


def test_a_rate_limit_refuses_what_is_over_it() -> None:
    """The third request within the time is told to come back later."""
    rates = {"threatgrid": RateLimit(2, per_s=30)}
    with serve_replicas(load_scenario("tendrit"), only=("threatgrid",), rates=rates) as server:
        url = server.urls["threatgrid"] + WHOAMI
        replies = [asyncio.run(ask(url)) for _ in range(3)]
    assert [reply[0] for reply in replies] == [200, 200, 429]
    assert 1 <= int(replies[2][1]["Retry-After"]) <= 30


def test_stopping_ends_the_thread_though_a_request_hangs() -> None:
    """A server that never answers can still be stopped at once."""

    async def hang(url: str) -> None:
        async with aiohttp.ClientSession(headers=HEADERS) as session:
            with pytest.raises((aiohttp.ClientError, TimeoutError, AssertionError)):
                async with session.get(url) as reply:
                    raise AssertionError(reply.status)

    with serve_replicas(load_scenario("tendrit"), only=("threatgrid",)) as server:
        server.behave("threatgrid", Misbehaviour("timeout"))
        url = server.urls["threatgrid"] + WHOAMI
        thread = threading.Thread(target=lambda: asyncio.run(hang(url)))
        thread.start()
        while not server.requests("threatgrid"):
            thread.join(0.01)
    thread.join(5)
    assert not thread.is_alive()


def test_an_unknown_replica_is_refused() -> None:
    """A name that no replica answers to is told with those that exist."""
    with pytest.raises(UnknownName):
        ReplicaServer(load_scenario("tendrit"), only=("nobody",))


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_written(kind: str) -> None:
    """``provider:kind*times@path`` reads back as said."""
    assert parse_misbehaviour(f"domaintools:{kind}*3@reverse") == (
        "domaintools", Misbehaviour(kind, "reverse", 3),
    )  # fmt: skip
    assert parse_misbehaviour(f"threatgrid:{kind}") == ("threatgrid", Misbehaviour(kind))


@pytest.mark.parametrize("text", ["timeout", ":timeout", "a:", "a:b", "a:timeout*x"])
def test_a_misbehaviour_that_is_none_is_refused(text: str) -> None:
    """What is not written right is told with the right form."""
    with pytest.raises(InvalidValue):
        parse_misbehaviour(text)
