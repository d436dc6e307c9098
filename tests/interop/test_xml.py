"""XML of strangers: DOCTYPE refused in every form, bounds on depth, versions read."""

from __future__ import annotations

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from clew.errors import InvalidValue
from clew.interop.xml import child, children, legal, local, parse_xml, text_of

DOCTYPES = (
    "<!DOCTYPE a><a/>",
    '<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>',
    '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>',
    '<!DOCTYPE a [<!ENTITY % x SYSTEM "http://192.0.2.1/x"> %x;]><a/>',
    '<?xml version="1.0"?>\n<!doctype a><a/>',
    '<?xml version="1.1"?><!-- x --><!DOCTYPE a [<!ELEMENT a ANY>]><a/>',
)


@pytest.mark.assurance("xxe")
@pytest.mark.parametrize("text", DOCTYPES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-7"])
def test_a_doctype_is_refused(text: str, encoding: str) -> None:
    """No DOCTYPE is read, in whatever encoding it comes."""
    with pytest.raises(InvalidValue):
        parse_xml(text.encode(encoding))


@pytest.mark.assurance("resources")
def test_deep_nesting_is_refused() -> None:
    """100,000 levels are refused, not a crash."""
    with pytest.raises(InvalidValue):
        parse_xml(b"<a>" * 100_000 + b"</a>" * 100_000)


def test_version_1_1_is_read() -> None:
    """A text of XML 1.1 is read; references that only it allows are let go."""
    root = parse_xml(b'<?xml version="1.1" encoding="UTF-8" standalone="no"?><a>x&#1;y&#xe9;</a>')
    assert root.text == "xyé"


def test_a_fault_has_its_line() -> None:
    """What is no XML is refused with its line."""
    with pytest.raises(InvalidValue, match="line 2"):
        parse_xml(b"<a>\n<b></a>")


def test_names_without_namespaces() -> None:
    """Elements are found by their names, whatever their namespace."""
    root = parse_xml(b'<x:a xmlns:x="urn:x"><x:b>1</x:b><b> 2 <c>3</c></b></x:a>')
    assert local(root) == "a"
    assert [text_of(one) for one in children(root, "b")] == ["1", "2 3"]
    assert child(root, "z") is None
    assert child(None, "z") is None


@given(st.text())
def test_legal_text_can_be_written(text: str) -> None:
    """Any text, made legal, is what an element can hold."""
    element = etree.Element("a")
    element.text = legal(text)
    assert legal(legal(text)) == legal(text)


@pytest.mark.assurance("malformed-files")
@given(st.binary(max_size=200))
def test_nothing_breaks_it(data: bytes) -> None:
    """Any bytes are XML, or are refused in words."""
    with contextlib.suppress(InvalidValue):
        parse_xml(data)
