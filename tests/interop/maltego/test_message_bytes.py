"""Bytes of messages: junk around them, and encodings that are told or not."""

from __future__ import annotations

import pytest

from clew.interop.maltego.message import (
    read_response,
    write_response,
)
from clew.interop.maltego.record import (
    TransformResponse,
)
from interop.maltego.answers import DOMAIN, answer
from interop.maltego.spoken import (
    sample,
)


def test_the_message_is_found_in_junk() -> None:
    """The last message counts, and what is around it is told."""
    good = write_response(TransformResponse((DOMAIN,)))
    got = read_response(b"warning: x\n" + answer("") + b"\n" + good + b"\ntrailing")
    assert got.things == (DOMAIN,)
    assert len(got.problems) == 1
    assert "bytes around the message" in got.problems[0]


@pytest.mark.parametrize("declared", ["", "utf-8", "punycode", "no-such"])
def test_cp1252_is_read_and_told(declared: str) -> None:
    """What is no UTF-8 is read as Windows writes it, with a problem."""
    head = f'<?xml version="1.0" encoding="{declared}"?>'.encode() if declared else b""
    entity = "<Entities><Entity Type='a.b'><Value>p\xfcr\u2019</Value></Entity></Entities>"
    got = read_response(head + answer(entity).decode().encode("cp1252"))
    assert got.things[0].value == "p\xfcr\u2019"
    assert any("cp1252" in problem for problem in got.problems)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1", "cp1252"])
def test_declared_encodings_are_obeyed(encoding: str) -> None:
    """A message is decoded as it says, without a problem."""
    text = (
        f'<?xml version="1.0" encoding="{encoding}"?>'
        + answer("<Entities><Entity Type='a.b'><Value>\xfc</Value></Entity></Entities>").decode()
    )
    got = read_response(text.encode(encoding))
    assert (got.things[0].value, got.problems) == ("\xfc", ())


def test_an_entity_with_a_wrong_byte_is_read() -> None:
    """The sample with a byte that is no UTF-8 is read, its old label unwrapped."""
    entity = sample("messages/wrong-byte-entity.xml")
    got = read_response(answer("<Entities>@</Entities>").replace(b"@", entity))
    assert got.things[0].value.startswith("p")
    assert got.things[0].labels == (("Website", "Website"),)
    assert [one.name for one in got.things[0].link] == [
        "maltego.link.color", "maltego.link.style",
    ]  # fmt: skip
