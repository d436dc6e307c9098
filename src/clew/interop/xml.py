"""XML that was written by anyone: no DOCTYPE, no outside fetch, bounded in size and depth."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from io import BytesIO
from typing import Any, TypeAlias

from lxml import etree

from clew.errors import InvalidValue

XML_BYTES_MAX = 512 * 1024 * 1024
"""Largest XML file that is read."""

_DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,200}\?>")
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PLACE = re.compile(r"(?:, line \d+, column \d+)|(?:\(<string>, line \d+\))")
_REFERENCE = re.compile(rb"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,10}));")

_SAFE: dict[str, Any] = {
    "resolve_entities": False, "no_network": True, "load_dtd": False, "dtd_validation": False,
    "remove_comments": True, "remove_pis": True,
    # True lifts libxml2's own limit on depth and size; ours come before and after.
    "huge_tree": False,
}  # fmt: skip
Element: TypeAlias = Any
"""An element of lxml, which comes without types."""


def parse_xml(data: bytes) -> Element:
    """
    The root of an XML 1.0 or 1.1 text.

    References to control characters, which XML 1.1 allows and no parser here reads, are let go.

    Raises:
        InvalidValue: It is no XML, has a DOCTYPE, is too large or nested too deeply; with the line.
    """
    try:
        root = etree.fromstring(clean_xml(data), etree.XMLParser(**_SAFE))
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InvalidValue("XML", "", _reason(error)) from error
    if root.getroottree().docinfo.doctype:
        raise InvalidValue("XML", "", "a DOCTYPE is refused")
    return root


def clean_xml(data: bytes) -> bytes:
    """
    An XML text as the parsers here read it: in UTF-8 where it was UTF-16, as XML 1.0.

    Raises:
        InvalidValue: It is too large or has a DOCTYPE.
    """
    if len(data) > XML_BYTES_MAX:
        raise InvalidValue("XML", "", f"it has {len(data)} bytes, and {XML_BYTES_MAX} are read")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError as error:
            raise InvalidValue("XML", "", f"it is no UTF-16: {error}") from error
        data = _DECLARATION.sub(b"", data)
    data = data.removeprefix(b"\xef\xbb\xbf").lstrip()
    refused = _DOCTYPE.search(data)
    if refused:
        line = data.count(b"\n", 0, refused.start()) + 1
        raise InvalidValue("XML", "", f"line {line}: a DOCTYPE is refused")
    declaration = _DECLARATION.match(data)
    if declaration and b"1.1" in declaration[0]:
        head = declaration[0].replace(b"1.1", b"1.0", 1)
        data = head + data[declaration.end() :]
    return _REFERENCE.sub(_legal, data)


def xml_events(
    data: bytes, names: Sequence[str], *, starts: bool = True
) -> Iterator[tuple[str, Element]]:
    """
    The beginnings (``start``) and ends (``end``) of elements of those names, as they come.

    What was read stays until the caller clears it; nothing else of the text is kept.

    Args:
        data: As clean_xml gives it.
        names: Of elements, whatever their namespace.
        starts: Whether beginnings are wanted too.

    Raises:
        InvalidValue: As parse_xml, at the place where it does not hold.
    """
    events = etree.iterparse(
        BytesIO(data), events=("start", "end") if starts else ("end",),
        tag=[f"{{*}}{name}" for name in names], **_SAFE,
    )  # fmt: skip
    try:
        for event, element in events:
            if element.getparent() is None and element.getroottree().docinfo.doctype:
                raise InvalidValue("XML", "", "a DOCTYPE is refused")
            yield event, element
    except (etree.XMLSyntaxError, ValueError) as error:
        raise InvalidValue("XML", "", _reason(error)) from error


def root_name(data: bytes) -> str:
    """The name of the root of a text, as clean_xml gives it, without its namespace."""
    return next((local(element) for _, element in xml_events(data, ("*",))), "")


class ElementSink:
    """Clears elements that were read; each is taken out of its tree once the next one comes."""

    def __init__(self) -> None:
        self._last: Element | None = None

    def clear(self, element: Element) -> None:
        """Let go of an element whose end was just reached."""
        element.clear()
        # The parser still stands at the element itself, so it can't be taken out yet.
        if self._last is not None and (parent := self._last.getparent()) is not None:
            parent.remove(self._last)
        self._last = element


def local(element: Element) -> str:
    """An element's name without its namespace."""
    tag = element.tag
    return _local(tag) if isinstance(tag, str) else ""


@lru_cache(maxsize=10_000)
def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


def children(element: Element, name: str) -> list[Element]:
    """The children of that name, whatever their namespace."""
    return list(element.iterchildren(f"{{*}}{name}"))


def child(element: Element | None, name: str) -> Element | None:
    """The first child of that name."""
    if element is None:
        return None
    return next(element.iterchildren(f"{{*}}{name}"), None)


def text_of(element: Element | None) -> str:
    """All text within an element, trimmed; empty where there is none."""
    return "".join(element.itertext()).strip() if element is not None else ""


def legal(text: str) -> str:
    """A text as XML 1.0 can hold it: what is no character there becomes a mark."""
    if text.isprintable():
        return text
    return "".join(c if _is_legal(ord(c)) else "\N{REPLACEMENT CHARACTER}" for c in text)


def _legal(match: re.Match[bytes]) -> bytes:
    code = int(match[1], 16) if match[1] else int(match[2])
    return match[0] if _is_legal(code) else b""


def _is_legal(code: int) -> bool:
    return (
        code in (9, 10, 13)
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or 0x10000 <= code <= 0x10FFFF
    )


def _reason(error: Exception) -> str:
    line = getattr(error, "lineno", None)
    reason = _PLACE.sub("", str(error)).strip(" .")
    if "Excessive depth" in reason:
        reason = "it is nested too deeply"
    return f"line {line}: {reason}" if line else reason
