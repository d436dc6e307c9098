"""A file as text, by its content and not by its name: plain, HTML, mail, PDF or JSON."""

from __future__ import annotations

import io
import re
from email import message_from_bytes, policy

from lxml import etree, html

from clew.errors import InvalidValue
from clew.interop.text.json_strings import json_strings

BYTES_MAX = 64 * 1024 * 1024
"""Largest file that is read."""
PAGES_MAX = 2_000
"""Most pages of a PDF."""
_CONTROL = tuple(bytes((code,)) for code in range(32) if code not in (9, 10, 12, 13, 27))
_NAMESPACE = re.compile(rb"\sxmlns(?::[\w.-]+)?=(?:\"[^\"]*\"|'[^']*')")
"""A namespace's name looks like an address, and is none."""
_MAIL = re.compile(
    rb"\A(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]{0,2000}\n(?:[ \t][^\n]{0,2000}\n)*){2,}"
)
_MAIL_HEAD = re.compile(
    rb"^(?:received|message-id|mime-version|from):", re.IGNORECASE | re.MULTILINE
)
_HTML = re.compile(rb"<(?:!doctype html|html|body|table|div|p|a)\b", re.IGNORECASE)
_BREAKS = frozenset(
    {"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "pre", "td", "th"}
)

_IDS = frozenset({"message-id", "in-reply-to", "references", "resent-message-id", "content-id"})
"""Fields of a mail whose values look like mail addresses; only the host in them counts."""


def text_of(data: bytes) -> str:
    """
    The text of a file's bytes; markup, scripts and styles are let go, nothing is fetched.

    Of JSON it is the strings, decoded, one a line.

    Raises:
        InvalidValue: Over BYTES_MAX, or a PDF that can't be read or is over PAGES_MAX pages.
    """
    if len(data) > BYTES_MAX:
        raise InvalidValue("file", "", f"it has {len(data)} bytes, and {BYTES_MAX} are read")
    if data.startswith(b"%PDF-"):
        return _pdf(data)
    if _is_binary(data[:16_384]):
        raise InvalidValue("text", "", "it is binary, and of no kind that is read")
    if (strings := json_strings(data)) is not None:
        return "\n".join(text for _, text in strings)
    head = data[:16_384].replace(b"\r\n", b"\n")
    if _MAIL.match(head) and _MAIL_HEAD.search(head):
        return _mail(data)
    if _HTML.search(head[:4_096]):
        return _html(data)
    if head.lstrip().startswith((b"<?xml", b"<svg")):
        data = _NAMESPACE.sub(b"", data)
    return _decoded(data)


def _is_binary(head: bytes) -> bool:
    """Bytes that no text has; UTF-16 is told by its mark."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    odd = sum(head.count(byte) for byte in _CONTROL)
    return odd * 20 > len(head)


def _decoded(data: bytes) -> str:
    for mark, name in (
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
        (b"\xef\xbb\xbf", "utf-8-sig"),
    ):
        if data.startswith(mark):
            return data.decode(name, "replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


def _html(data: bytes) -> str:
    parser = html.HTMLParser(no_network=True, remove_comments=True, huge_tree=False)
    try:
        root = html.document_fromstring(_decoded(data).encode(), parser=parser)
    except (etree.LxmlError, ValueError):
        return _decoded(data)
    for gone in root.xpath("//script|//style|//noscript"):
        gone.drop_tree()
    parts: list[str] = []
    for event, element in etree.iterwalk(root, events=("start", "end")):
        breaks = "\n" if element.tag in _BREAKS else ""
        if event == "end":
            parts.append(f"{breaks}{element.tail or ''}")
            continue
        links = [element.get(name) for name in ("href", "src") if element.get(name)]
        parts.append(f"{breaks}{''.join(f' {link} ' for link in links)}{element.text or ''}")
    return "".join(parts)


def _mail(data: bytes) -> str:
    # The older rules for the structure: they take whatever comes.
    message = message_from_bytes(data, policy=policy.compat32)
    parts = []
    for name, raw in message.raw_items():
        value = _field(name, str(raw))
        parts.append(f"{name}: {value.replace('@', ' ') if name.lower() in _IDS else value}")
    for part in message.walk():
        if part.get_content_maintype() != "text":
            continue
        body = part.get_payload(decode=True)
        raw_body = body if isinstance(body, bytes) else b""
        html_part = part.get_content_subtype() == "html"
        parts.append(_html(raw_body) if html_part else _decoded(raw_body))
    return "\n".join(parts)


def _field(name: str, raw: str) -> str:
    """A field of a mail's head, decoded; as it was written where it can't be."""
    try:
        return str(policy.default.header_fetch_parse(name, raw))
    except Exception:  # Python's parser fails in many ways, on a list of addresses without end too
        return raw.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _pdf(data: bytes) -> str:
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(data))
        if len(reader.pages) > PAGES_MAX:
            raise InvalidValue("PDF", "", f"it has over {PAGES_MAX} pages")
        return "\n".join(page.extract_text() for page in reader.pages)
    except InvalidValue:
        raise
    except Exception as error:  # its reader has errors of its own, and any other for odd objects
        raise InvalidValue("PDF", "", f"it can't be read: {error}") from error
