"""Which format a file is in, by its content and never by its name."""

from __future__ import annotations

import gzip
import io
import re
import zlib

from clew.errors import InvalidValue

UNPACKED_BYTES_MAX = 512 * 1024 * 1024
"""Largest file, unpacked from gzip."""
_HEAD_BYTES = 65_536
_WHOIS = re.compile(
    rb"^[ \t*]*(?:[a-z]\. )?\[?(?:domain(?: name)?|domainname|nserver|name ?servers?|registrar|"
    rb"inetnum|netrange|aut-num|refer|holder|owner|registrant|organi[sz]ation|whois server|status|"
    rb"created|record created|creation date|administrative contact|technical contact|expires?|"
    rb"complete domain name|nom de domaine|dominio)\b[ \t._()/a-z-]{0,40}[:\]]",
    re.IGNORECASE | re.MULTILINE,
)
_WHOIS_MIN = 3
"""Lines with a registry's label that a text must have to be a whois answer."""
_ROOTS = {
    b"gexf": "gexf", b"ioc": "openioc", b"openioc": "openioc", b"stix_package": "stix1",
}  # fmt: skip
_XML_ROOT = re.compile(rb"<(?!\?|!)(?:[\w.-]+:)?([\w.-]+)")
_TITLE = re.compile(rb"[a-z0-9_ #()/.-]{1,40}")
_TITLES = frozenset(
    b"domain host hostname fqdn ip ip_address url md5 sha1 sha256 hash email indicator ioc value "
    b"first_seen last_seen rrname".split()
)
"""Names of columns that prose does not begin with, one after the other."""
_OWN_TABLE = re.compile(rb"\"?source_type\"?[,;\t|]\"?source\"?[,;\t|]\"?link\"?[,;\t|]")
"""The head of the tables that Clew writes; their cells may hold anything."""
_PLAIN_JSON = re.compile(rb'"(?:spec_version|id)"\s*:\s*"(?:2\.[01]|[a-z0-9-]+--[0-9a-f-]{36})"')


def unpacked(data: bytes) -> bytes:
    """
    The bytes of a gzip file; other bytes as they are.

    Raises:
        InvalidValue: It is damaged, or over UNPACKED_BYTES_MAX.
    """
    if not data.startswith(b"\x1f\x8b"):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as held:
            plain = held.read(UNPACKED_BYTES_MAX + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise InvalidValue("gzip file", "", f"it can't be unpacked: {error}") from error
    if len(plain) > UNPACKED_BYTES_MAX:
        raise InvalidValue("gzip file", "", f"it has over {UNPACKED_BYTES_MAX} bytes unpacked")
    return plain


def sniff(data: bytes) -> str:
    """
    Name of the format (see formats.py); ``clew`` for an investigation, ``mtz`` for Maltego's
    configuration, ``archive`` for another ZIP, ``text`` where it is nothing else.

    Raises:
        InvalidValue: The file is empty.
    """
    if not data.strip():
        raise InvalidValue("file", "", "it is empty")
    if data.startswith(b"SQLite format 3\0"):
        return "clew"
    if data.startswith(b"PK\x03\x04"):
        return _archive(data)
    if data.startswith(b"%PDF-"):
        return "text"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            data = data.decode("utf-16").encode()
        except UnicodeError:
            return "text"
    head = data[:_HEAD_BYTES].removeprefix(b"\xef\xbb\xbf").lstrip()
    if head.startswith((b"{", b"[")) and (found := _json(head)):
        return found
    if head.startswith(b"<"):
        return _xml(head)
    if _OWN_TABLE.match(head):
        return "csv"
    if len(_WHOIS.findall(head)) + (b"whois" in head.lower()) >= _WHOIS_MIN:
        return "whois"
    return _table(head) or "text"


def _archive(data: bytes) -> str:
    """What a ZIP holds, by the names at its end; its members are not unpacked for that."""
    # The names stand plainly in the local headers and again in the directory at the end.
    if b"DataEntities/" in data:
        return "mtgl"
    if b".graphml" in data:
        return "mtgx"
    if b"xl/workbook.xml" in data or b"xl/worksheets" in data:
        return "xlsx"
    maltego = (b"Entities/", b"TransformRepositories/", b"Servers/", b"Machines/")
    return "mtz" if any(name in data for name in maltego) else "archive"


def _json(head: bytes) -> str:
    lines = [line for line in head.split(b"\n") if line.strip()]
    if b'"rrname"' in head or b'"rrtype"' in head:
        return "cof"
    if b'"rdapConformance"' in head or b'"objectClassName"' in head:
        return "rdap"
    if head.startswith(b"{") and len(lines) > 1 and all(
        line.lstrip().startswith(b"{") and line.rstrip().endswith(b"}") for line in lines[:3][:-1]
    ):  # fmt: skip
        return "jsonl"
    if b'"clew"' in lines[0]:
        return "jsonl"
    if re.match(rb'[\[{]\s*"?(?:Event|response|Attribute)"?', head) or (
        re.search(rb'"(?:Event|Attribute|Orgc|threat_level_id)"\s*:', head)
    ):
        return "misp"
    if _PLAIN_JSON.search(head) or b'"bundle"' in head:
        return "stix"
    if head.startswith(b"{") and len(lines) == 1 and b'"value"' in head:
        return "jsonl"
    return ""


def _xml(head: bytes) -> str:
    root = _XML_ROOT.search(head)
    name = root[1].lower() if root else b""
    if name == b"graphml":
        maltego = b"maltego.paterva.com" in head or b"MaltegoEntity" in head
        return "maltego-graphml" if maltego else "graphml"
    return _ROOTS.get(name, "text")


def _table(head: bytes) -> str:
    """A table has one separator that stands equally often in its first lines."""
    lines = [line for line in head.replace(b"\r", b"\n").split(b"\n") if line.strip()][:12]
    if len(head) >= _HEAD_BYTES:
        lines = lines[:-1] or lines
    if len(lines) < 2:
        return ""
    # What stands in quotes is one cell.
    if _headed(lines):
        return "csv"
    lines = [re.sub(rb'"[^"]*"', b"x", line) for line in lines]
    for mark in (b"\t", b",", b";", b"|"):
        counts = [line.count(mark) for line in lines]
        least = min(counts)
        same = sum(count == counts[0] for count in counts)
        if least >= 1 and same >= max(2, len(lines) * 2 // 3) and not _prose(lines, mark):
            return "csv"
    return ""


def _headed(lines: list[bytes]) -> bool:
    """A first line of short words, of which one is a usual name of a column, is a header."""
    for mark in (b"\t", b",", b";", b"|"):
        cells = [cell.strip(b' "').lower() for cell in lines[0].split(mark)]
        if len(cells) > 1 and all(_TITLE.fullmatch(cell) for cell in cells):
            return any(cell.replace(b" ", b"_") in _TITLES for cell in cells)
    return False


def _prose(lines: list[bytes], mark: bytes) -> bool:
    """Sentences with commas are no table."""
    return mark == b"," and sum(b", " in line for line in lines) > len(lines) // 2
