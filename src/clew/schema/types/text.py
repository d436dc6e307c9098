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


def ascii_digits(text: str) -> bool:
    """Whether *text* is one or more of 0-9 and nothing else."""
    return text.isascii() and text.isdigit()
