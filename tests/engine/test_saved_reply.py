"""Answers from a reply that someone saved."""

from __future__ import annotations

import asyncio
import json

import pytest

from clew.engine.budget import LookupMeter
from clew.engine.saved_reply import BASE_URL, SavedReplyRequester
from clew.engine.session import ProviderAnswer
from clew.errors import BadReply, KeyRefused
from clew.store.replies import StoredReply
from clew.transform.provider import Provider
from clew.transform.request import Reply, Request
from clew.transform.row import Row


def read(reply: Reply) -> Row:
    """A vendor that says in its body that it refuses a key."""
    row = json.loads(reply.body)
    if "refused" in row:
        raise KeyRefused("Vendor", row["refused"])
    return Row(row)


VENDOR = Provider("vendor", "Vendor", "For tests.", base_url="https://vendor.example", read=read)
FIRST = Request("GET", f"{BASE_URL}/one")


def asked(requester: SavedReplyRequester, meter: LookupMeter) -> ProviderAnswer:
    """What a request is answered with."""
    return asyncio.run(requester.ask(FIRST, meter=meter))


def test_the_saved_body_is_the_answer() -> None:
    """It is read as the vendor's reply would be, kept byte for byte, and nothing is counted."""
    body, meter = b'{"names": ["a.example"]}', LookupMeter()
    requester = SavedReplyRequester(VENDOR, body)
    answer = asked(requester, meter)
    assert answer.row.texts("names") == ("a.example",)
    assert answer.reply == StoredReply.of(body, "application/json")
    assert (answer.exchange.digest, answer.exchange.provider) == (answer.reply.digest, "vendor")
    assert (answer.fresh, meter.calls) == (False, 0)


def test_there_is_no_second_answer() -> None:
    """One reply was saved: whoever asks again hears so, whether the first was good or not."""
    for body in (b"{}", b'{"refused": "no such key"}'):
        requester = SavedReplyRequester(VENDOR, body)
        if b"refused" in body:
            with pytest.raises(KeyRefused, match="no such key"):
                asked(requester, LookupMeter())
        else:
            asked(requester, LookupMeter())
        with pytest.raises(BadReply, match="one reply was saved"):
            asked(requester, LookupMeter())


def test_no_request_can_reach_the_vendor() -> None:
    """Requests are built on an address that is none, and a page that is named stays as it is."""
    requester = SavedReplyRequester(VENDOR, b"{}")
    assert requester.config.base_url == BASE_URL
    assert requester.config.keys == {}
    assert BASE_URL.endswith(".invalid")
    following = Request("GET", "https://vendor.example/two")
    assert requester.own(following) is following
