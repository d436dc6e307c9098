"""The extractor: indicators in a text in any defanged form, each with its place and its context."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from clew.errors import InvalidValue
from clew.interop.text.names import is_host_name
from clew.schema.refang import refang
from clew.schema.registry import Catalogue

TEXT_LENGTH_MAX = 64 * 1024 * 1024
"""Longest text that is read, in code points."""
URL_LENGTH_MAX = 4_000
CONTEXT_LENGTH = 200
"""How far around an indicator its context is looked for, within its line, in code points."""

_DOT = r"(?:\.|\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?|[\[({]\.|\.[\])}]|\\\.)"
_AT = r"(?:@|\s?[\[({]\s?(?:@|at)\s?[\])}]\s?)"
_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_OCTET = r"(?:25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])"
_TOKENS = re.compile(
    "|".join(
        (
            r"(?P<url>(?:h(?:tt|xx|tx|xt|\*\*)ps?|meows?|f(?:t|x|\*)ps?|tcp|udp|ws|wss|ldap|rmi|smb)"
            r"(?:\[:\]|:|\[:)(?://|\[//\]|\\/\\/)[^\s<>\"'`|\u201c\u201d\u2018\u2019]{3,4000})",
            rf"(?P<mail>(?<![\w.+-])[\w.+-]{{1,64}}{_AT}(?:{_LABEL}{_DOT})+[^\W\d_]{{2,24}}(?!\w|-\w))",
            r"(?P<cve>\bCVE-[0-9]{4}-[0-9]{4,19}\b)",
            r"(?P<hash>(?<![0-9a-zA-Z])(?:[0-9a-fA-F]{128}|[0-9a-fA-F]{64}|[0-9a-fA-F]{40}"
            r"|[0-9a-fA-F]{32})(?![0-9a-zA-Z]))",
            rf"(?P<ip>(?<![\w.-])(?<!\]\.){_OCTET}(?:{_DOT}{_OCTET}){{3}}"
            r"(?:/[0-9]{1,2}(?![0-9]))?+(?!\w|-\w)(?!\.[0-9]))",
            r"(?P<ip6>(?<![\w:.])(?:[0-9a-fA-F]{1,4}:){2,7}(?::?[0-9a-fA-F]{1,4}){1,7}(?![\w:.])"
            r"|(?<![\w:.])[0-9a-fA-F]{1,4}::(?:[0-9a-fA-F]{1,4}:){0,5}[0-9a-fA-F]{1,4}(?![\w:.]))",
            r"(?P<key>\b(?:HK(?:LM|CU|CR|U|CC)|HKEY_[A-Z_]{4,20}):?\\[^\r\n\"'<>|;,`]{2,400})",
            r"(?P<path>(?:\b[a-zA-Z]:\\|%[A-Za-z_]{3,30}%\\)[^\s\"'<>|*?:;,`]{2,400})",
            r"(?P<asn>\bASN?\s?[0-9]{1,10}\b)",
            rf"(?P<name>(?<![\w@-])(?:{_LABEL}|_[\w-]{{1,62}})(?:{_DOT}{_LABEL})++(?!\w|-\w))",
        )
    ),
    re.IGNORECASE,
)
_TYPES = {
    "url": "url", "mail": "email-address", "cve": "vulnerability", "hash": "file",
    "ip": "ip-address", "ip6": "ip-address", "key": "registry-key", "path": "file-path",
    "asn": "autonomous-system", "name": "domain-name",
}  # fmt: skip
_MARKUP = re.compile(r"(?<!//)\[(?!(?:\.|:|:/{0,2}|dot|@|at|/|//)\])(?!\.)", re.IGNORECASE)
"""A bracket that ends an address: a link's text in AsciiDoc; one that defangs does not."""
_TRAILING = ".,;:!?)]}>*_\\"
_VERSION = re.compile(r"(?:\b(?:version|ver|v|build|release|firmware|rev)\.?\s?|/)$", re.IGNORECASE)
_HINTS = {
    "sinkhole": re.compile(r"sink-?hol", re.IGNORECASE),
    "c2": re.compile(r"\bc2\b|\bc&c\b|command[ -]and[ -]control", re.IGNORECASE),
    "benign": re.compile(r"legitimate|benign|not malicious|clean file", re.IGNORECASE),
    "payload": re.compile(r"payload|dropper|loader|download", re.IGNORECASE),
}
_DATE = re.compile(r"(?<![0-9.-])(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?![0-9])")


@dataclass(frozen=True, slots=True)
class Found:
    """One indicator at one place."""

    type: str
    value: str
    """Canonical."""
    line: int
    """Counted from 1."""
    span: tuple[int, int]
    """First letter and the one after the last, counted in code points from 0."""
    text: str
    """As it is written."""
    hints: tuple[str, ...] = ()
    """What its line says, offered and not assumed: sinkhole, c2, benign, payload."""
    date: str = ""
    """A date in its line, offered and not assumed."""

    @property
    def defanged(self) -> bool:
        """Whether it was written so that no program opens it."""
        return refang(self.text) != self.text


def extract(text: str, catalogue: Catalogue) -> list[Found]:
    """
    All indicators of a text, in its order; each place is one.

    A dotted word that is no name under a public suffix, ends like a file, or stands like a version
    or a path is none, unless it was defanged. Nothing is entered anywhere.

    Raises:
        InvalidValue: The text is over TEXT_LENGTH_MAX.
    """
    if len(text) > TEXT_LENGTH_MAX:
        raise InvalidValue("text", text, f"it has over {TEXT_LENGTH_MAX} letters")
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    found = []
    for match in _TOKENS.finditer(text):
        for type_, value, begin, end in _values(match, text, catalogue):
            line = bisect_right(starts, begin)
            low = max(starts[line - 1], begin - CONTEXT_LENGTH)
            stop = text.find("\n", end)
            around = text[low : min(stop if stop >= 0 else len(text), end + CONTEXT_LENGTH)]
            hints = tuple(name for name, seen in _HINTS.items() if seen.search(around))
            date = _DATE.search(around)
            found.append(
                Found(type_, value, line, (begin, end), text[begin:end], hints,
                      date[0] if date else "")
            )  # fmt: skip
    return found


def _values(
    match: re.Match[str], text: str, catalogue: Catalogue
) -> Iterator[tuple[str, str, int, int]]:
    kind = match.lastgroup or ""
    begin, end = match.span()
    word = match[0]
    if kind in ("url", "key", "path"):
        word = _trimmed(_MARKUP.split(word, maxsplit=1)[0] if kind == "url" else word)
        end = begin + len(word)
    plain = refang(word)
    defanged = plain != word
    before = text[max(0, begin - 12) : begin]
    type_ = _TYPES[kind]
    if kind == "ip":
        if not defanged and _VERSION.search(before) and "/" not in word:
            return
        type_ = "netblock" if "/" in plain else type_
    if kind == "name" and not is_host_name(plain, defanged=defanged, before=before):
        return
    if kind == "hash" and len(set(word.lower())) < 6:
        return
    try:
        value = catalogue.entity_types[type_].value(word)
    except (InvalidValue, KeyError):
        return
    yield type_, str(value), begin, end


def _trimmed(word: str) -> str:
    """Without what ends the sentence around it; a bracket that was opened inside stays."""
    while word and word[-1] in _TRAILING:
        last = word[-1]
        opening = {")": "(", "]": "[", "}": "{"}.get(last)
        if opening and word.count(opening) >= word.count(last):
            break
        word = word[:-1]
    return word
