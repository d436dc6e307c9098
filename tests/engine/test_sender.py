"""Redirects: followed at the own host, and told where they lead to another path."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

import pytest

from clew.engine import sender as module
from clew.engine.bounds import Bounds
from clew.engine.budget import LookupMeter
from clew.engine.client import MOVED, Client
from clew.engine.sender import Sender
from clew.engine.settings import ProviderConfig
from clew.errors import BadReply
from clew.model.marking import Marking
from clew.transform.provider import Provider
from clew.transform.request import Reply, Request

BASE = "https://api.example.org"
ASKED = f"{BASE}/v1/names?query=a"


class Script:
    """A transport that redirects as it is told, and answers what is asked else."""

    def __init__(self, redirects: Mapping[str, str]) -> None:
        self.redirects = redirects

    async def send(
        self,
        asked: Request,
        signed: Request,
        reach: object,
        *,
        count: Callable[[], None],
        count_other: Callable[[], None],
    ) -> Reply:
        count()
        where = self.redirects.get(signed.url)
        if where is None:
            return Reply(asked, 404, {}, b"")
        return Reply(asked, 302, {"location": where}, b"")


def sent(monkeypatch: pytest.MonkeyPatch, redirects: Mapping[str, str]) -> tuple[Reply, int]:
    """The reply to ASKED, and how many requests that took."""
    monkeypatch.setattr(module, "transport_of", lambda *_, **__: Script(redirects))
    config = ProviderConfig(Provider("x", "X", "", base_url=BASE), BASE, "", Marking(), {})
    sender = Sender(
        config, Client(Bounds()), Bounds(),
        now_s=lambda: datetime(2020, 1, 1, tzinfo=UTC).timestamp(), clock=lambda: 0.0,
        chance=lambda: 0.5,
    )  # fmt: skip
    meter = LookupMeter()
    return asyncio.run(sender.send(Request("GET", ASKED), meter)), meter.calls


@pytest.mark.parametrize(
    ("where", "moved"),
    [
        ("/v1/names/?query=a", ""),
        (f"{BASE}:443/v1/names/", ""),
        ("/v2/names?query=a", "/v2/names"),
        ("other", "/v1/other"),
        ("/", "/"),
        ("/" + "x" * 9_000, "/" + "x" * 199),
    ],
)
def test_another_path_is_told(monkeypatch: pytest.MonkeyPatch, where: str, moved: str) -> None:
    """A slash more is the same place; any other path is kept with the reply, without its query."""
    reply, calls = sent(monkeypatch, {ASKED: where})
    assert (reply.status, reply.headers.get(MOVED, ""), calls) == (404, moved, 2)


def test_there_and_back_is_no_other_path(monkeypatch: pytest.MonkeyPatch) -> None:
    """What counts is where the answer came from."""
    away = f"{BASE}/login"
    reply, calls = sent(monkeypatch, {ASKED: "/login", away: "/v1/names"})
    assert (MOVED in reply.headers, calls) == (False, 3)


@pytest.mark.parametrize("where", ["https://other.example.net/", "http://[", "https://x:y/"])
def test_another_host_is_not_followed(monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """Another host, or no address at all, ends the question."""
    with pytest.raises(BadReply, match="redirects to another host"):
        sent(monkeypatch, {ASKED: where})
