"""Canonical forms that the types of free text share."""

from __future__ import annotations

import unicodedata

from clew.errors import InvalidValue

_REFUSED = frozenset({"Cc", "Zl", "Zp"})


def one_line(kind: str, text: str) -> str:
    """
    *text* to the letter.

    Raises:
        InvalidValue: It holds a line break or another control character (a tab may be).
    """
    for character in text:
        if character != "\t" and unicodedata.category(character) in _REFUSED:
            raise InvalidValue(kind, text, f"it holds the control character U+{ord(character):04X}")
    return text


def name(kind: str, text: str) -> str:
    """*text* as a name: normal form C, runs of white space made one space, case kept."""
    return one_line(kind, unicodedata.normalize("NFC", " ".join(text.split())))


def lower(text: str) -> str:
    """*text* in lower case; a sign that only looks like an ASCII letter does not become one."""
    return "".join(_unless_alike(one, one.lower()) for one in text)


def upper(text: str) -> str:
    """*text* in upper case; a sign that only looks like an ASCII letter does not become one."""
    return "".join(_unless_alike(one, one.upper()) for one in text)


def _unless_alike(character: str, changed: str) -> str:
    # The Kelvin sign is a k in lower case, the long s and the dotless i an S and an I in upper.
    return character if changed.isascii() and not character.isascii() else changed


def ascii_digits(text: str) -> bool:
    """Whether *text* is one or more of 0-9 and nothing else."""
    return text.isascii() and text.isdigit()
