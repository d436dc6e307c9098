"""What a sniff looks at: a bounded beginning, and the names in an archive."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.interop.sample import HEAD_BYTES, MEMBERS_MAX, FileSample
from interop.archives import zipped


@given(st.binary())
def test_any_bytes_have_a_sample(data: bytes) -> None:
    """A sample is made of anything, and asking it never fails."""
    sample = FileSample.of(data)
    assert len(sample.raw) <= HEAD_BYTES
    assert isinstance(sample.record, dict)
    assert isinstance(sample.xml_root, str)
    assert isinstance(sample.lines, list)


def test_marks_blanks_and_wide_letters_are_undone() -> None:
    """The head is UTF-8 without a mark, whatever the file's encoding."""
    heads = {FileSample.of(text).head for text in (
        b'{"a": 1}', b'\xef\xbb\xbf  \n{"a": 1}', '{"a": 1}'.encode("utf-16"),
        b"\xfe\xff" + '{"a": 1}'.encode("utf-16-be"),
    )}  # fmt: skip
    assert heads == {b'{"a": 1}'}
    assert FileSample.of(b"\xff\xfe\x00\xd8\x00\x00").head == b""


def test_lines_are_whole() -> None:
    """A line that the head cuts is not among the lines."""
    assert FileSample.of(b"a\r\n\r\nb\n c").lines == [b"a", b"b", b" c"]
    long = b"first\n" + b"x" * HEAD_BYTES
    assert FileSample.of(long).lines == [b"first"]
    assert FileSample.of(long).cut


def test_the_first_object_is_the_record() -> None:
    """The record is the object of the first line, or of the whole text."""
    assert FileSample.of(b'{"a": 1}\n{"b": 2}').record == {"a": 1}
    assert FileSample.of(b'{\n"a": 1\n}').record == {"a": 1}
    assert FileSample.of(b"[1]").record == {}
    assert FileSample.of(b'{"a":').record == {}


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("<ioc/>", "ioc"), ("<?xml version='1.0'?>\n<a:IOC x='1'>", "ioc"),
        ("<!-- a comment with <brackets> & -- signs -->\n<ioc>", "ioc"),
        ("<?xml version='1.0'?><!-- one --><?style <x>?>\n<!-- <two> --><ioc>", "ioc"),
        ("<!DOCTYPE html><html>", "html"),
        ("<!DOCTYPE x [<!ENTITY a '<b>'> <!-- ] -->]><gexf>", "gexf"),
        ("<!-- no end <ioc>", ""), ("a < b <ioc>", ""), ("", ""),
    ],
)  # fmt: skip
def test_the_root_is_the_first_element(text: str, root: str) -> None:
    """What looks like an element in a comment, an instruction or a DOCTYPE is none."""
    assert FileSample.of(text.encode()).xml_root == root


def test_keys_are_told_from_values() -> None:
    """A word counts where it names a member, not where it is a value or stands in one."""
    assert FileSample.of(b'{"x": {"rrname" : 1}}').has_key("rrtype", "rrname")
    assert not FileSample.of(b'{"relation": "rrname"}').has_key("rrname")
    assert not FileSample.of(rb'{"text": "{\"rrname\": 1}"}').has_key("rrname")


def test_the_root_of_xml_is_found() -> None:
    """Declarations, comments and prefixes are passed over."""
    assert FileSample.of(b"<?xml version='1.0'?><!-- x --><stix:STIX_Package a='b'>").xml_root == (
        "stix_package"
    )
    assert FileSample.of(b"no <b>markup</b>").xml_root == ""


def test_json_is_told_from_text_in_brackets() -> None:
    """Objects and arrays begin so; labels in brackets do not."""
    assert all(FileSample.of(text).is_json for text in (b'{"a":1}', b"[1]", b"[]", b'[\n {"a":1}]'))
    assert not any(FileSample.of(text).is_json for text in (b"[Domain Name] A", b"{x}", b"a"))


def test_members_are_found_at_both_ends() -> None:
    """Names stand in the headers and in the directory; a cut archive has some of them."""
    data = zipped("a/b.txt", "c.txt", content=b"x" * 50_000)
    assert FileSample.of(data).members == ("a/b.txt", "c.txt")
    assert FileSample.of(data[:40_000]).members == ("a/b.txt",)
    many = zipped(*(f"{at:05}" for at in range(MEMBERS_MAX + 5)))
    assert len(FileSample.of(many).members) == MEMBERS_MAX
    assert len(many) > HEAD_BYTES
    assert FileSample.of(b"text PK\x03\x04").members == ()
