"""The test kit plays a transform against saved bodies."""

from __future__ import annotations

import pytest

from clew.errors import NotEntitled
from clew.model.interval import Interval
from clew.schema.types import DomainName, IPAddress
from clew.transform.answer import json_answer
from clew.transform.claim import LinkClaim
from clew.transform.contract import Api, transform
from clew.transform.finding import Findings, LinkFinding, Problem, Sighting
from clew.transform.pager import offset_pager
from clew.transform.provider import Provider
from clew.transform.request import Request
from clew.transform.testing import SavedReply, play

EXAMPLE = Provider(
    "example",
    "Example",
    "An imaginary provider.",
    base_url="https://api.example.org",
    read=lambda reply: json_answer("Example", reply),
    pager=offset_pager(("rows",), offset="at", size="n", size_default=2),
)
NAME = DomainName("a.example")


@transform(EXAMPLE, link="resolves-to")
async def name_to_addresses(name: DomainName, api: Api) -> Findings[IPAddress]:
    """Addresses of a name."""
    async for row in api.pages("dns", query=name):
        yield LinkFinding(IPAddress, row["address"], Sighting(row.text("day")))


def row(last: int) -> dict[str, str]:
    return {"address": f"192.0.2.{last}", "day": "2020-01-02"}


def test_pages_are_read_in_turn() -> None:
    """A list of bodies answers one request each, and the requests are told."""
    asked: list[Request] = []
    pages = [{"rows": [row(1), row(2)]}, {"rows": [row(3)]}]
    said = play(name_to_addresses, NAME, {"/dns?query=a.example": pages}, asked=asked)
    seen = Interval.parse("2020-01-02", None)
    assert said == [
        LinkClaim(NAME, "resolves-to", IPAddress(f"192.0.2.{last}"), seen, (), None)
        for last in (1, 2, 3)
    ]
    assert [one.url.partition("?")[2] for one in asked] == [
        "query=a.example", "query=a.example&at=2",
    ]  # fmt: skip


def test_wrong_kinds_come_last_as_problems() -> None:
    """What reading a reply noted is part of what the transform says."""
    said = play(name_to_addresses, NAME, {"dns": {"rows": [{"address": "nope", "day": [1]}]}})
    assert [type(one) for one in said] == [Problem, Problem]


def test_a_status_is_a_fault() -> None:
    """A saved status means what it means in life."""
    with pytest.raises(NotEntitled):
        play(name_to_addresses, NAME, {"dns": SavedReply({"error": "no"}, 403)})


def test_a_request_without_a_reply_fails() -> None:
    """A transform that asks something else is found out."""
    with pytest.raises(AssertionError, match="GET /dns"):
        play(name_to_addresses, NAME, {"whois": {}})
