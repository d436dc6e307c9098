"""What servers of version 2 and 3 are asked, what they answer, and ones that misbehave."""

from __future__ import annotations

from typing import Any

import pytest

from clew.engine.maltego.declarations import Protocol, ServerDeclaration
from clew.engine.maltego.question import parameter_name, server_question, signer
from clew.engine.secret_settings import key_name
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
from clew.interop.maltego.record import EntityField, Thing, TransformResponse
from clew.interop.maltego.v3 import read_run
from clew.transform.contract import HIDDEN
from clew.transform.provider import Contact
from engine.maltego.loopback import HANG, Heard, LookUp, answer, looked_up

DOMAIN = Thing("maltego.DNSName", "example.org", fields=(EntityField("fqdn", "example.org"),))
GOOD = write_response(TransformResponse((Thing("maltego.Phrase", "hi"),)))
HTML = "<html><head><title>no</title></head><body><h1>Internal error</h1>boom</body></html>"
SETTINGS = {"language": "de", "limit": 12}


def trx(said: bytes, **more: Any) -> LookUp:
    return looked_up(lambda _: said, "trx", "to hi/there", settings=SETTINGS, **more)


def test_a_trx_server_is_asked_as_it_wants() -> None:
    """One entity is posted as text/xml with a length, to the name's own path."""
    found = trx(answer(GOOD, kind="text/html"))
    (heard,) = found.heard
    assert (found.values, found.body, found.counted) == (["hi"], GOOD, 1)
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
    found = looked_up(
        lambda _: answer(GOOD), "tds", "acme.to+hi", url="/runner", keys={"key": "k&y"}
    )
    (heard,) = found.heard
    assert found.values == ["hi"]
    assert heard.path == "/runner?Command=_RUN&TransformToRun=acme.to%2Bhi&Key=k%26y&OEM="


@pytest.mark.parametrize("protocol", ["trx", "tds", "v3"])
def test_a_secret_setting_is_added_when_a_request_is_signed(protocol: Protocol) -> None:
    """The unsigned request, which is what is kept of it, holds no secret; the signed one does."""
    server = ServerDeclaration("far", "https://example.org/base", protocol)
    settings = {"language": "de", "api.key": HIDDEN, "limit": 12}
    request = server_question(server, "x", "", DOMAIN, settings)
    assert request.url.startswith("/base")
    read = read_run if protocol == "v3" else read_request
    assert read(request.body).settings == (("language", "de"),)
    keys = {"api-key": "s3cr3t", "setting:more": "s&w", "key": "k"}
    signed = signer(protocol, ["api.key"])(request, keys, None)  # type: ignore[arg-type]
    told = dict(read(signed.body).settings)
    assert told == {"language": "de", "api.key": "s3cr3t", "more": "s&w"}
    assert read(signed.body).things == read(request.body).things


def test_a_setting_that_is_called_as_ours_has_another_name() -> None:
    """Our limit is a parameter; a server's own setting of that name is sent under it."""
    name = parameter_name("limit")
    server = ServerDeclaration("far", "https://example.org", "trx")
    request = server_question(server, "x", "", DOMAIN, {name: "7", "limit": 12})
    told = read_request(request.body)
    assert (told.settings, told.hard_limit) == ((("limit", "7"),), 12)
    assert (parameter_name("other"), key_name("global#x.API_key")) == ("other", "global-x-api-key")


def test_an_exception_is_an_answer() -> None:
    """What a transform throws comes as a fatal message."""
    found = trx(answer(write_exception("no key")))
    assert [(one.kind, one.text) for one in found.answer.response.messages] == [
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
        trx(said)
    assert words in str(caught.value)
    assert "<h1>" not in str(caught.value)
    if isinstance(caught.value, ProviderLimited):
        assert caught.value.retry_after_s == 7.0


def test_a_server_can_t_speak_for_our_transports() -> None:
    """Headers in which our own transports tell how it went are not taken from a server."""
    found = trx(answer(GOOD, Clew_Cut="no more", Clew_Exit_Code="3"))
    assert (found.values, found.answer.cut, found.problems) == (["hi"], "", [])


def test_nothing_leaves_over_the_contact_limit() -> None:
    """A server over the limit is not connected to, though it is on this machine."""
    heard: list[Heard] = []
    with pytest.raises(ContactRefused):
        trx(answer(GOOD), limit=Contact.LOCAL, heard=heard)
    assert heard == []


@pytest.mark.parametrize("protocol", ["trx", "tds", "v3"])
def test_questions_are_kept_apart(protocol: Protocol) -> None:
    """Value, properties, settings and limit make another question; secrets do not."""
    server = ServerDeclaration("far", "https://example.org", protocol)

    def of(thing: Thing, **settings: Any) -> str:
        request = server_question(server, "x", "", thing, {"limit": 12, **settings})
        return request.at(server.url).fingerprint(server.url)

    more = Thing(DOMAIN.type, DOMAIN.value, fields=(*DOMAIN.fields, EntityField("country", "DE")))
    prints = [of(DOMAIN), of(more), of(DOMAIN, language="de"), of(DOMAIN, limit=13)]
    assert len({*prints}) == 4
    assert of(DOMAIN, token=HIDDEN) == of(DOMAIN)
