"""Messages in XML: what was recorded is read, what is written comes back, the rest is refused."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.maltego import message, thing_xml
from clew.interop.maltego.message import (
    read_request,
    read_response,
    write_exception,
    write_request,
    write_response,
)
from clew.interop.maltego.record import (
    Edge,
    EntityField,
    Message,
    Thing,
    TransformRequest,
    TransformResponse,
)
from interop.maltego.answers import DOMAIN, answer
from interop.maltego.spoken import (
    body,
    legal,
    messages,
    questions,
    recorded,
    results,
    sample,
)
from shared import shared_files

REQUESTS = [
    name for name in recorded("trx-remote/*.request.http")
    if not re.search("04-get|06-root|09-mal|10-empty|18-doctype", name)
]  # fmt: skip
RESPONSES = [
    *recorded("trx-remote/*.response.xml"),
    *recorded("trx-local/*.stdout.bin"),
    *recorded("messages/*response.xml"),
    *recorded("messages/exception*.xml"),
]
SILENT = re.compile("0[456]-(un|do|no)|10-no")


@pytest.mark.parametrize("name", REQUESTS)
def test_recorded_requests_are_read(name: str) -> None:
    """Each request that a server of maltego-trx was sent has its entities, settings and limits."""
    got = read_request(body(name))
    assert len(got.things) == (0 if "15-" in name else 2 if "14-" in name else 1)
    if "01-" in name:
        assert got == TransformRequest(
            (Thing("maltego.Domain", "example.org", 87,
                   (EntityField("fqdn", "example.org", "Domain Name"),
                    EntityField("whois-info", "a=b#c\\d é 中 <x> &", "WHOIS Info"))),),
            (("global#api_key", "s3cr3t"), ("language", "de")), 256, 256,
        )  # fmt: skip
    assert read_request(write_request(got)) == got


@pytest.mark.parametrize(
    ("name", "request_"),
    [
        ("client", TransformRequest((Thing("maltego.DNSName", "heron.example.org", 0,
                                  (EntityField("fqdn", "heron.example.org", "DNS Name"),)),),
                           (), 256, 256)),
        ("no-genealogy", TransformRequest((Thing("maltego.Domain", "example.net", 87,
                                        (EntityField("fqdn", "example.net", "Domain Name"),)),),
                                 (("depth", "4"),), 12, 12)),
        ("flat", TransformRequest((Thing("maltego.Domain", "example.org", 1),), (("api", "k"),),
                                  12, 12)),
    ],
)  # fmt: skip
def test_requests_of_other_clients_are_read(name: str, request_: TransformRequest) -> None:
    """Tabs, old names without a genealogy, and one line of XML are all the same request."""
    assert read_request(sample(f"messages/{name}-request.xml")) == request_


def test_published_answers_are_read() -> None:
    """Answers from tests and documentation of three open-source libraries are read whole."""
    for path in shared_files("maltego/samples/transform-xml-public", "[cg]*-[1-5er]*.xml"):
        if "request" not in path.name:
            got = read_response(path.read_bytes())
            assert got.problems == (), path
            assert got.things or got.messages, path


@pytest.mark.parametrize("name", RESPONSES)
def test_recorded_answers_are_read(name: str) -> None:
    """Each recorded answer is read without a problem, and comes back from what is written."""
    data = sample(name)
    if SILENT.search(name):
        with pytest.raises(InvalidValue, match="no message"):
            read_response(data)
        return
    got = read_response(data)
    assert got.problems == ()
    assert got.things or got.messages
    assert read_response(write_response(got)) == got


def test_exceptions_are_fatal_errors() -> None:
    """A transform that failed as a whole gives a fatal error with its code."""
    got = read_response(sample("messages/exception-with-code.xml"))
    assert got == TransformResponse(messages=(Message("FatalError", "the key is spent (quota)"),))
    assert read_response(write_exception("a<b")).messages == (Message("FatalError", "a<b"),)


@pytest.mark.parametrize(
    "name",
    ["trx-remote/18-doctype-entity.request.http", "trx-remote/09-malformed-xml.request.http"],
)
def test_hostile_requests_are_refused(name: str) -> None:
    """A DOCTYPE, and what is no XML, is refused."""
    with pytest.raises(InvalidValue):
        read_request(body(name))


def test_requests_speak_to_old_and_new_servers() -> None:
    """Type and properties are sent under their old names and today's, with weight and limits."""
    asked = Thing("maltego.Domain", "example.org", 0, (EntityField("whois-info", "x"),))
    sent = write_request(TransformRequest((asked,)))
    for piece in (
        b'Type="Domain"', b'<Type Name="maltego.Domain" OldName="Domain"/>',
        b'<Field Name="whois-info">x</Field><Field Name="whois">x</Field>',
        b"<Weight>0</Weight>", b'<Limits SoftLimit="256" HardLimit="256"/>',
    ):  # fmt: skip
        assert piece in sent
    assert read_request(sent).things == (asked,)


def test_requests_keep_the_analysts_words() -> None:
    """Note, bookmark, label, icon and overlay are not sent along with a question."""
    secret = Thing(
        "maltego.Domain", "example.org", note="SECRET", bookmark=2, labels=(("a", "SECRET"),),
        link=(EntityField("l", "SECRET"),),
        fields=(EntityField("icon-url", "SECRET"), EntityField("overlay#N#text", "SECRET")),
    )  # fmt: skip
    sent = write_request(TransformRequest((secret,)))
    assert b"SECRET" not in sent
    assert b"bookmark" not in sent


@given(st.lists(questions, max_size=3), st.lists(st.tuples(legal, legal)), st.integers(0, 10**6))
def test_requests_come_back(
    things: list[Thing], settings: list[tuple[str, str]], limit: int
) -> None:
    """What is read is what was asked, whatever the text."""
    request = TransformRequest(tuple(things), tuple(settings), limit, limit + 1)
    assert read_request(write_request(request)) == request


@given(st.lists(results, max_size=3), st.lists(messages, max_size=3))
def test_answers_come_back(things: list[Thing], sent: list[Message]) -> None:
    """What is read is what was answered, whatever the text."""
    response = TransformResponse(tuple(things), (), tuple(sent))
    assert read_response(write_response(response)) == response


@pytest.mark.parametrize(
    ("limit", "shown", "texts"),
    [
        (None, 3, ()),
        (3, 3, ()),
        (2, 2, ("Showing 2 of 3 results (limit 2).",)),
        (0, 0, ("Showing 0 of 3 results (limit 0).",)),
    ],
)
def test_no_cut_is_silent(limit: int | None, shown: int, texts: tuple[str, ...]) -> None:
    """An answer over the limit says how many of how many it has."""
    got = read_response(write_response(TransformResponse((DOMAIN,) * 3), hard_limit=limit))
    assert len(got.things) == shown
    assert got.messages == tuple(Message("Inform", text) for text in texts)


def test_links_between_results_are_counted() -> None:
    """What version 2 has no word for is said in one."""
    things = (Thing("clew.a", "1", id="a"), Thing("clew.a", "2", id="b"))
    edges = (Edge("e1", "a"), Edge("a", "b"))
    got = read_response(write_response(TransformResponse(things, edges)))
    assert [one.text for one in got.messages] == [
        "1 links between results can't be told in this protocol."
    ]


def test_kinds_of_messages_are_known_in_any_case() -> None:
    """The kind is compared without case, and an unknown one informs."""
    elements = "".join(
        f"<UIMessage MessageType='{kind}'>x</UIMessage>" for kind in ("fatalerror", "DEBUG", "odd")
    )
    got = read_response(answer(f"<UIMessages>{elements}</UIMessages>"))
    assert [one.kind for one in got.messages] == ["FatalError", "Debug", "Inform"]


def test_one_bad_entity_spares_the_rest() -> None:
    """An entity without a type is a problem, and so are odd numbers and unknown parts."""
    got = read_response(
        answer(
            "<Entities><Entity><Value>x</Value></Entity>"
            "<Entity Type='a.b'><Weight>much</Weight><Odd/><AdditionalFields>"
            "<Field Name='bookmark#'>9</Field><Field>y</Field></AdditionalFields></Entity>"
            "</Entities><More/>"
        )
    )
    assert got.things == (Thing("a.b", ""),)
    assert len(got.problems) == 6


def test_counts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """More entities, fields, messages or bytes than are read is told or refused."""
    many = TransformResponse((DOMAIN,) * 3, messages=(Message("Inform", "x"),) * 3)
    data, asked = write_response(many), write_request(TransformRequest((DOMAIN,) * 3))
    monkeypatch.setattr(message, "ENTITIES_MAX", 2)
    monkeypatch.setattr(message, "MESSAGES_MAX", 2)
    got = read_response(data)
    assert (len(got.things), len(got.messages), len(got.problems)) == (2, 2, 2)
    with pytest.raises(InvalidValue, match="3 entities"):
        read_request(asked)
    monkeypatch.setattr(thing_xml, "FIELDS_MAX", 1)
    wide = Thing("a.b", "x", fields=(EntityField("a", ""), EntityField("b", "")))
    got = read_response(write_response(TransformResponse((wide, DOMAIN))))
    assert (got.things, len(got.problems)) == ((DOMAIN,), 1)
    monkeypatch.setattr(message, "MESSAGE_BYTES_MAX", 100)
    for read in (read_response, read_request):
        with pytest.raises(InvalidValue, match="bytes"):
            read(data)


@given(st.one_of(st.binary(), st.lists(st.sampled_from(
    [b"<MaltegoMessage>", b"</MaltegoMessage>", b"<Entities>", b"<MaltegoTransformResponseMessage>",
     b"<!DOCTYPE x>", b"&e;", b"\xff", b"<?xml encoding='utf-8'?>", b"&#0;", b"</Entities>"]
)).map(b"".join)))  # fmt: skip
def test_hostile_bytes_never_crash(data: bytes) -> None:
    """Whatever a program wrote, it is an answer or it is refused."""
    for read in (read_response, read_request):
        try:
            read(data)
        except InvalidValue:
            continue
