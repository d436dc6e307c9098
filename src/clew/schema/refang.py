"""Refang and defang: hostile values as reports write them, and as they are."""

from __future__ import annotations

import re
from typing import Final

from clew.schema.value import Value

DEFANGED_TYPES: Final = frozenset(
    {"domain-name", "ip-address", "netblock", "port", "email-address", "url"}
)
"""Entity types whose values a careless program would make a link of."""

_SCHEME = re.compile(
    r"^(?:h(?:xx|tx|xt|\*\*)p|meow)(s?)(?=[\[({]?:)|^f(?:x|\*)p(s?)(?=[\[({]?:)", re.IGNORECASE
)
_SLASHES = re.compile(r"^([a-z][a-z0-9+.-]{1,15})(?:[\[({]:[\])}]//|[\[({]://[\])}])", re.I)
_DOT = re.compile(r"\s?[\[({]\s?(?:\.|dot)\s?[\])}]\s?|[\[({]\.|\.[\])}]|\\\.", re.IGNORECASE)
_WHOLE_DOT = re.compile(r"[\[({](?:\.|dot)[\])}]", re.IGNORECASE)
_AT = re.compile(r"\s?[\[({]\s?(?:@|at)\s?[\])}]\s?", re.IGNORECASE)
_COLON = re.compile(r"[\[({]:[\])}]")
_DEAD_SCHEMES = {"http": "hxxp", "https": "hxxps", "ftp": "fxp", "ftps": "fxps"}
_INERT = re.compile(r"[0-9]+(?:\.[0-9]+)?|[0-9]{4}-[0-9]{2}.*|[a-z-]+\.[a-z]+_[a-z_]+")
"""Numbers, dates and names of transforms, which no program takes for an address."""
_OPENS = re.compile(r"://|@|[0-9]\.[0-9]+\.[0-9]|[^\W_]\.[^\W\d_]{2,}")
"""What in a sentence may be an address or a name: not its full stop, not a number."""
_REFANG_LENGTH_MAX = 2_048
"""Longest text whose signs are undone to the last nesting, in code points."""


def refang(text: str) -> str:
    """
    *text* (one value, not prose) with the usual defanging undone.

    Knows ``hxxp``, ``meow``, ``fxp``, ``[:]//``, ``[.]``, ``(dot)``, ``{.}``, ``\\.``, ``[@]``
    and ``(at)``, nested ones too. What is not defanged comes back as it is.
    """
    text = refang_scheme(text)
    while True:
        plain = _COLON.sub(":", _AT.sub("@", _DOT.sub(".", text)))
        if plain == text or len(text) > _REFANG_LENGTH_MAX:
            return plain
        text = plain


def refang_words(text: str) -> str:
    """A sentence, or a value of a type that is not told, with what ``defang_words`` did undone."""
    return " ".join(map(refang, text.split(" ")))


def refang_dots(text: str) -> str:
    """*text* with dots in brackets put right and nothing else (the path of a defanged URL)."""
    while True:
        plain = _WHOLE_DOT.sub(".", text)
        if plain == text or len(text) > _REFANG_LENGTH_MAX:
            return plain
        text = plain


def refang_scheme(text: str) -> str:
    """*text* with only a defanged scheme (``hxxp``, ``http[:]//``) put right."""
    text = _SCHEME.sub(_plain_scheme, text, count=1)
    return _SLASHES.sub(r"\1://", text, count=1)


def defang(text: str) -> str:
    """
    *text* so that no program takes it for a link: ``hxxp``, and the host's last dot as ``[.]``.

    ``refang`` gives the value back. A value of a type that nothing would open stays as it is.
    """
    if isinstance(text, Value) and text.type.name not in DEFANGED_TYPES:
        return str(text)
    scheme, found, rest = text.partition("://")
    if found and scheme.isascii() and scheme.replace("+", "").isalnum():
        end = min((i for i in map(rest.find, "/?#") if i >= 0), default=len(rest))
        shown = _DEAD_SCHEMES.get(scheme.lower(), scheme)
        return f"{shown}://{_last_dot(rest[:end])}{rest[end:]}"
    head, slash, tail = text.partition("/")
    return f"{_last_dot(head).replace('@', '[@]')}{slash}{tail}"


def defang_words(text: str) -> str:
    """
    A sentence, or a value of a type that is not told, with what a program would open defanged.

    What is defanged already stays, and so do numbers, dates, full stops and names of transforms.
    """
    words = text.split(" ")
    if len(words) == 1:
        return words[0] if _INERT.fullmatch(words[0]) else _once(words[0])
    return " ".join(_once(word) if _OPENS.search(refang(word)) else word for word in words)


def _once(word: str) -> str:
    return word if refang(word) != word else defang(word)


def _plain_scheme(match: re.Match[str]) -> str:
    if match[1] is not None:
        return "https" if match[1] else "http"
    return "ftps" if match[2] else "ftp"


def _last_dot(host: str) -> str:
    before, dot, after = host.rpartition(".")
    return f"{before}[.]{after}" if dot else host
