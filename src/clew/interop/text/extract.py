"""The extractor: indicators in a text in any defanged form, each with its place and its context."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from clew.errors import InvalidValue
from clew.interop.text.ends import address_of, path_of
from clew.interop.text.fingerprint_sections import FingerprintSections
from clew.interop.text.names import is_host_name
from clew.schema.refang import refang, refang_dots
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
_QUOTES = r"\r\n\"'<>|;,`\u201c\u201d\u2018\u2019"
_ROOTS = (
    "tmp|var|etc|usr|opt|bin|sbin|lib|home|root|dev|proc|mnt|private|Library|Applications|Users"
)
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
            rf"(?P<key>\b(?:HK(?:LM|CU|CR|U|CC)|HKEY_[A-Z_]{{4,20}}):?\\[^{_QUOTES}]{{2,400}})",
            r"(?P<path>(?:[a-z]:\\(?:(?<![\w%~]...)|(?-i:(?<=[a-z0-9]{3}[A-Z]:\\)))"
            r"|%(?<![\w%~\\]%)[a-z_][a-z0-9_]{2,30}(?:\(x86\))?%[\w.-]{0,60}\\)"
            rf"(?:[^*?:{_QUOTES}]|<\w{{1,30}}>\\){{2,400}})",
            rf"(?P<unix>[/~](?<![\w.:/~%\\\]}}><&=#@$*+-].)(?-i:(?<=~)/|(?<=/)(?:{_ROOTS})/)\.?[\w-]"
            rf"[^*?:$&{{}}()\[\]{_QUOTES}]{{0,400}}+(?![*?]))",
            r"(?P<asn>(?<![\w-])ASN?[^\S\r\n]?[0-9]{1,10}\b)",
            rf"(?P<name>(?<![\w@-])(?:{_LABEL}|_[\w-]{{1,62}})(?:{_DOT}(?!CVE-[0-9]{{4}}-){_LABEL})++"
            r"(?!\w|-\w))",
        )
    ),
    re.IGNORECASE,
)
_TYPES = {
    "url": "url", "mail": "email-address", "cve": "vulnerability", "hash": "file",
    "ip": "ip-address", "ip6": "ip-address", "key": "registry-key", "path": "file-path",
    "unix": "file-path", "asn": "autonomous-system", "name": "domain-name",
}  # fmt: skip
_VERSION = re.compile(r"(?:\b(?:version|ver|v|build|release|firmware|rev)\.?\s?|/)$", re.IGNORECASE)
_REQUEST = re.compile(r"\b(?:GET|POST|PUT|HEAD|OPTIONS|DELETE|URI)\s$")
_EVERYWHERE = frozenset({"/dev/null", "/bin/sh", "/bin/bash"})
"""Paths that say nothing about anyone."""
_HINTS = {
    "sinkhole": re.compile(r"sink-?hol", re.IGNORECASE),
    "c2": re.compile(r"\bc2\b|\bc&c\b|command[ -]and[ -]control", re.IGNORECASE),
    "benign": re.compile(r"legitimate|benign|not malicious|clean file", re.IGNORECASE),
    "payload": re.compile(r"payload|dropper|loader|download", re.IGNORECASE),
}
_DATE = re.compile(r"(?<![0-9.-])(?:19|20)[0-9]{2}-[01][0-9]-[0-3][0-9](?![0-9])")


@dataclass(frozen=True, slots=True)
class IndicatorMatch:
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


def extract(text: str, catalogue: Catalogue) -> list[IndicatorMatch]:
    """
    All indicators of a text, in its order; each place is one.

    A dotted word that is no name under a public suffix, ends like a file, or stands like a version
    or a path is none, unless it was defanged. A hash that a heading calls a thumbprint is a
    certificate. Nothing is entered anywhere.

    Raises:
        InvalidValue: The text is over TEXT_LENGTH_MAX.
    """
    if len(text) > TEXT_LENGTH_MAX:
        raise InvalidValue("text", text, f"it has over {TEXT_LENGTH_MAX} letters")
    starts = [0, *(match.end() for match in re.finditer("\n", text))]
    sections = FingerprintSections(text)
    found = []
    at = 0
    while match := _TOKENS.search(text, at):
        begin = match.start()
        line = bisect_right(starts, begin)
        word = _word(match, text, starts[line - 1])
        at = end = begin + max(len(word), 1)
        typed = _value(match.lastgroup or "", word, begin, text, catalogue, sections)
        if typed is None:
            continue
        low = max(starts[line - 1], begin - CONTEXT_LENGTH)
        far = min(len(text), end + CONTEXT_LENGTH)
        stop = text.find("\n", end, far)
        around = text[low : stop if stop >= 0 else far]
        hints = tuple(name for name, seen in _HINTS.items() if seen.search(around))
        date = _DATE.search(around)
        found.append(
            IndicatorMatch(
                *typed, line, (begin, end), text[begin:end], hints, date[0] if date else ""
            )
        )
    return found


def _word(match: re.Match[str], text: str, line_start: int) -> str:
    """What of a match is the value; the text goes on right behind it."""
    kind, word, (begin, end) = match.lastgroup, match[0], match.span()
    if kind == "url":
        return address_of(word)
    if kind in ("key", "path", "unix"):
        after = text[end : end + 1].strip("\r\n")
        before = text[max(line_start, begin - 12) : begin]
        return path_of(word, "/" if kind == "unix" else "\\", before=before, after=after)
    return word


def _value(
    kind: str, word: str, begin: int, text: str, catalogue: Catalogue, sections: FingerprintSections
) -> tuple[str, str] | None:
    plain = refang(word) if kind in ("ip", "name") else word
    defanged = plain != word
    before = text[max(0, begin - 12) : begin]
    type_ = _TYPES[kind]
    if kind == "ip":
        if not defanged and _VERSION.search(before) and "/" not in word:
            return None
        type_ = "netblock" if "/" in plain else type_
    if kind == "name" and not is_host_name(plain, defanged=defanged, before=before):
        return None
    if kind == "unix" and (_REQUEST.search(before) or word in _EVERYWHERE):
        return None
    if kind == "hash":
        if len(set(word.lower())) < 6:
            return None
        type_ = "certificate" if len(word) in (40, 64) and sections.is_print(begin) else type_
    value = refang_dots(word) if type_ == "file-path" else word
    try:
        return type_, str(catalogue.entity_types[type_].value(value))
    except (InvalidValue, KeyError):
        return None
