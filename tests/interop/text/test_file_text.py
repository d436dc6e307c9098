"""Files as text, by their content."""

from __future__ import annotations

import io

import pytest

from clew.errors import InvalidValue
from clew.interop.text.extract import extract
from clew.interop.text.file_text import text_of
from clew.schema.registry import catalogue

KINDS = catalogue()


def values(data: bytes) -> set[str]:
    return {one.value for one in extract(text_of(data), KINDS)}


def test_html_is_its_text_and_its_links() -> None:
    """Scripts and styles are let go, links count, words of two cells stay apart."""
    page = b"""<html><body><script>var a = "http://script.example/x"</script><p>a.example[.]org</p>
    <a href="https://b.example/y">here</a><table><tr><td>192.0.2.1</td><td>192.0.2.2</td></tr></table>"""
    assert values(page) == {"a.example.org", "https://b.example/y", "192.0.2.1", "192.0.2.2"}


def test_a_mail_is_its_head_and_its_texts() -> None:
    """Head, plain part and a base64 HTML part."""
    mail = (
        b"From: x@mail.example\r\nSubject: see c.example[.]org\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/html\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        b"PGEgaHJlZj0iaHR0cDovL2QuZXhhbXBsZS9xIj54PC9hPg==\r\n"
    )
    assert values(mail) == {"x@mail.example", "c.example.org", "http://d.example/q"}


@pytest.mark.assurance("malformed-files")
@pytest.mark.parametrize(
    "field",
    [
        b'From: =?uosition: attachment; filename="egg.doc"',
        b"To: a: b@c.example",
        b'Content-Type: text/plain; charset="=?',
        b"Content-Disposition: ;;;=*",
        b"Subject: =?utf-8?B?\xff?=",
    ],
)
def test_a_field_that_can_not_be_decoded_is_text(field: bytes) -> None:
    """A mail's head is read whatever is in one field, and so is the text below it."""
    head = b"Received: from a.example\r\nDate: Tue, 19 Apr 2016 11:22:33 +0000\r\n"
    mail = head + b"Message-ID: <1@heron.example>\r\n" + field + b"\r\n\r\nsee b.example[.]org\r\n"
    assert {"heron.example", "b.example.org"} <= values(mail)


def test_a_mails_id_is_no_address() -> None:
    """Ids of mails name a host and nobody's mailbox."""
    mail = (
        b"From: x@mail.example\r\nMessage-ID: <a.b.1@mx.example>\r\n"
        b"References: <2@one.example>\r\n <3@two.example>\r\nIn-Reply-To: <3@two.example>\r\n"
        b"MIME-Version: 1.0\r\n\r\nHello\r\n"
    )
    assert values(mail) == {"x@mail.example", "mx.example", "one.example", "two.example"}


def test_a_pdf_is_its_text() -> None:
    """A page that was written with a value is read back."""
    from reportlab.pdfgen.canvas import Canvas

    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 700, "the server evil.example[.]org answered")
    canvas.save()
    assert values(out.getvalue()) == {"evil.example.org"}


def test_a_pdf_with_an_unknown_filter_is_refused_in_words() -> None:
    """What its reader has no errors of its own for is one all the same."""
    from reportlab.pdfgen.canvas import Canvas

    sink = io.BytesIO()
    canvas = Canvas(sink)
    canvas.drawString(10, 10, "a.example.org")
    canvas.save()
    made = sink.getvalue()
    assert b"/FlateDecode" in made
    with pytest.raises(InvalidValue, match="PDF"):
        text_of(made.replace(b"/FlateDecode", b"/FlaurlteDec"))


@pytest.mark.parametrize("data", [b"%PDF-1.7\nrubbish", b"%PDF-", b"%PDF-1.4" + b"<<" * 10_000])
def test_a_broken_pdf_is_refused_in_words(data: bytes) -> None:
    """No crash, one clear error."""
    with pytest.raises(InvalidValue, match="PDF"):
        text_of(data)


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfea\x00", b"\x93a.example\x94", b"<html" * 5_000,
     b"<a>" * 20_000, b"From: \xff\nTo: x\n\n" + b"\xff" * 100,
     b"<!DOCTYPE html [<!ENTITY x 'y'>]><p>&x;</p>"],
)  # fmt: skip
def test_any_bytes_are_some_text(data: bytes) -> None:
    """Broken encodings, deep markup and entities end in a text, never in a crash."""
    assert isinstance(text_of(data), str)


@pytest.mark.parametrize(
    "data", [b"\x00\xff\xfe", b"\x89PNG\r\n\x1a\n\x00\x00", bytes(range(256)) * 9]
)
def test_binary_is_no_text(data: bytes) -> None:
    """Bytes that no text has are refused, not searched."""
    with pytest.raises(InvalidValue, match="binary"):
        text_of(data)
