"""Servers of version 2 that answer well, and ones that misbehave."""

from __future__ import annotations

import pytest

from clew.engine.maltego.answered import Answered
from clew.engine.maltego.remote import run_tds, run_trx
from clew.engine.maltego.send import Sender
from clew.errors import (
    BadReply,
    ClewError,
    ContactRefused,
    KeyRefused,
    ProviderDown,
    ProviderLimited,
    RequestRejected,
)
from clew.interop.maltego.message import read_request, write_exception, write_response
from clew.interop.maltego.record import Field, Request, Response, Thing
from clew.transform.provider import Contact
from engine.maltego.loopback import HANG, Heard, answer, asked

DOMAIN = Thing("maltego.DNSName", "example.org", fields=(Field("fqdn", "example.org"),))
QUESTION = Request((), (("language", "de"),), 12, 12)
GOOD = write_response(Response((Thing("maltego.Phrase", "hi"),)))
HTML = "<html><head><title>no</title></head><body><h1>Internal error</h1>boom</body></html>"


async def trx(sender: Sender) -> Answered:
    return await run_trx(sender, "to hi/there", DOMAIN, QUESTION)


async def tds(sender: Sender) -> Answered:
    return await run_tds(sender, "acme.to+hi", DOMAIN, QUESTION, url=f"{sender.server.url}/runner")


def test_a_trx_server_is_asked_as_it_wants() -> None:
    """One entity is posted as text/xml with a length, to the name's own path."""
    answered, (heard,) = asked(lambda _: answer(GOOD, kind="text/html"), trx)
    assert [thing.value for thing in answered.response.things] == ["hi"]
    assert (answered.body, answered.calls) == (GOOD, 1)
    assert (heard.method, heard.path) == ("POST", "/run/to%20hi%2Fthere")
    assert heard.headers["content-type"] == "text/xml; charset=utf-8"
    assert int(heard.headers["content-length"]) == len(heard.body)
    assert "transfer-encoding" not in heard.headers
    request = read_request(heard.body)
    assert [(one.type, one.value) for one in request.things] == [("maltego.DNSName", "example.org")]
    told = (request.settings, request.soft_limit, request.hard_limit)
    assert told == ((("language", "de"),), 12, 12)


def test_a_tds_application_is_asked_with_the_key() -> None:
    """The transform is named in the query; the key goes on the wire only."""
    answered, (heard,) = asked(lambda _: answer(GOOD), tds, "tds", key="k&y")
    assert [thing.value for thing in answered.response.things] == ["hi"]
    assert heard.path == "/runner?Command=_RUN&TransformToRun=acme.to%2Bhi&Key=k%26y&OEM="


def test_an_exception_is_an_answer() -> None:
    """What a transform throws comes as a fatal message."""
    answered, _ = asked(lambda _: answer(write_exception("no key")), trx)
    assert [(one.kind, one.text) for one in answered.response.messages] == [
        ("FatalError", "no key")
    ]  # fmt: skip


STATUSES: list[tuple[bytes, type[ClewError], str]] = [
    (answer(HTML, 200, "text/html"), BadReply, "Internal error boom"),
    (answer("", 200), BadReply, "no answer of a transform"),
    (answer("<MaltegoMessage/>"), BadReply, "no answer of a transform"),
    (answer('<!DOCTYPE x [<!ENTITY a "b">]><MaltegoMessage>&a;</MaltegoMessage>'), BadReply, ""),
    (answer(HTML, 500, "text/html"), ProviderDown, "Internal error boom"),
    (answer("no transform x", 404, "text/plain"), RequestRejected, "no transform x"),
    (answer("bad", 400), RequestRejected, "refused the request: bad"),
    (answer("", 405), RequestRejected, "(405)"),
    (answer("", 401), KeyRefused, "refused the key"),
    (answer("slow", 429, Retry_After="7"), ProviderLimited, "asked too often"),
    (answer("", 302, Location="https://example.org/"), BadReply, "not followed"),
    (answer("x" * 60_000), BadReply, "over 50000 bytes"),
    (HANG, ProviderDown, "did not answer within"),
    (b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\nshort", ProviderDown, "broke off"),
    (b"nonsense\r\n\r\n", ProviderDown, "broke off"),
    (b"", ProviderDown, "broke off"),
]


@pytest.mark.parametrize(("said", "error", "words"), STATUSES)
def test_misbehaviour_is_told_in_our_words(said: bytes, error: type[ClewError], words: str) -> None:
    """Each wrong answer is one of our faults, with the server's own words as plain text."""
    with pytest.raises(error) as caught:
        asked(lambda _: said, trx)
    assert words in str(caught.value)
    assert "<h1>" not in str(caught.value)
    if isinstance(caught.value, ProviderLimited):
        assert caught.value.retry_after_s == 7.0


def test_nothing_leaves_over_the_contact_limit() -> None:
    """A server over the limit is not connected to, though it is on this machine."""
    heard: list[Heard] = []

    def answers(one: Heard) -> bytes:
        heard.append(one)
        return answer(GOOD)

    with pytest.raises(ContactRefused):
        asked(answers, trx, limit=Contact.LOCAL)
    assert heard == []


def test_an_application_at_another_address_is_not_asked() -> None:
    """What discovery named elsewhere stays unasked."""

    async def elsewhere(sender: Sender) -> Answered:
        return await run_tds(sender, "x", DOMAIN, QUESTION, url="https://example.org/run")

    with pytest.raises(ContactRefused, match="names another server"):
        asked(lambda _: answer(GOOD), elsewhere, "tds")
