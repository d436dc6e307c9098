"""The beginning of a file, and the names in an archive: all that a format's sniff looks at."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import msgspec

HEAD_BYTES = 65_536
"""How much of a file's beginning is looked at."""
DIRECTORY_BYTES = 1024 * 1024
"""How much of an archive's end is searched for the names of its members."""
MEMBERS_MAX = 10_000
"""Most members of an archive that are looked at."""
_ZIP = b"PK\x03\x04"
_WIDE = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_JSON = re.compile(rb'[\[{]\s*["\[{\]}0-9-]')
_XML_PROLOG = re.compile(
    rb"\s*(?:<\?.*?\?>|<!--.*?-->|<![A-Za-z][^>\[]*(?:\[.*?\]\s*)?>)", re.DOTALL
)
"""One part of what stands before an XML document's root: declaration, comment or DOCTYPE."""
_XML_ROOT = re.compile(rb"\s*<(?:[\w.-]+:)?([\w.-]+)")
# The fixed parts of a local header and of an entry of the directory at the end (APPNOTE, 4.3).
_MEMBER = re.compile(
    rb"PK\x03\x04.{22}(?P<local>..)..|PK\x01\x02.{24}(?P<entry>..).{16}", re.DOTALL
)


@dataclass(frozen=True)
class FileSample:
    """What is looked at of a file to know its format; it is bounded, however large the file."""

    raw: bytes
    """The first bytes, as they are."""
    head: bytes
    """The same as UTF-8, without a byte order mark and without blanks before it."""
    members: tuple[str, ...] = ()
    """Names of a ZIP archive's members, as far as they were found."""
    cut: bool = False
    """Whether the file goes on after the head."""

    @classmethod
    def of(cls, data: bytes) -> FileSample:
        """The sample of a file that is not packed with gzip."""
        raw = data[:HEAD_BYTES]
        members = _members(raw, data[-DIRECTORY_BYTES:]) if raw.startswith(_ZIP) else ()
        return cls(raw, _text(raw), members, cut=len(data) > HEAD_BYTES)

    @property
    def is_archive(self) -> bool:
        """Whether it is a ZIP archive."""
        return self.raw.startswith(_ZIP)

    @cached_property
    def is_json(self) -> bool:
        """Whether it begins as a JSON object or array does."""
        return _JSON.match(self.head) is not None

    @cached_property
    def xml_root(self) -> str:
        """Name of the first element in lower case, without a prefix; empty where it is no XML."""
        at = 0
        while part := _XML_PROLOG.match(self.head, at):
            at = part.end()
        found = _XML_ROOT.match(self.head, at)
        return found[1].decode(errors="replace").lower() if found else ""

    @cached_property
    def lines(self) -> list[bytes]:
        """The lines that are not blank, as far as they are whole."""
        lines = [line for line in re.split(rb"[\r\n]+", self.head) if line.strip()]
        return lines[:-1] or lines if self.cut else lines

    @cached_property
    def record(self) -> dict[str, Any]:
        """The JSON object in the first line, or in all of a short file; empty where none is."""
        for text in (self.lines[:1] or [b""])[0], b"" if self.cut else self.head:
            try:
                value = msgspec.json.decode(text)
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                continue
            if isinstance(value, dict):
                return value
        return {}

    def has_key(self, *names: str) -> bool:
        """Whether one of the names is the name of a JSON member, at whatever depth."""
        any_of = b"|".join(re.escape(name.encode()) for name in names)
        return re.search(rb'"(?:' + any_of + rb')"\s*:', self.head) is not None


def _text(raw: bytes) -> bytes:
    """The head as UTF-8; empty where it is UTF-16 that does not hold."""
    if name := _WIDE.get(raw[:2]):
        try:
            # A letter that is cut at the end is let go.
            raw = codecs.getincrementaldecoder(name)().decode(raw).encode()
        except UnicodeError:
            return b""
    return raw.removeprefix(b"\xef\xbb\xbf").lstrip()


def _members(head: bytes, tail: bytes) -> tuple[str, ...]:
    """Names in an archive, from its first headers and from its directory; nothing is unpacked."""
    names: dict[str, None] = {}
    for part in (head, tail):
        for found in _MEMBER.finditer(part):
            length = int.from_bytes(found["local"] or found["entry"], "little")
            if len(names) < MEMBERS_MAX:
                name = part[found.end() : found.end() + length]
                names[name.decode(errors="replace")] = None
    return tuple(names)
