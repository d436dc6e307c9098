"""Java's properties files: names and texts in Latin-1 with escapes."""

from __future__ import annotations

import re
from collections.abc import Mapping

LINES_MAX = 10_000
"""Most lines of one file that are read."""

_PAIR = re.compile(r"((?:\\.|[^=:\s\\])+)\s*[=:\s]\s*(.*)", re.DOTALL)
_ESCAPE = re.compile(r"\\(u[0-9a-fA-F]{4}|.)", re.DOTALL)
_NAMED = {"n": "\n", "t": "\t", "r": "\r", "f": "\f"}


def read_properties(data: bytes) -> dict[str, str]:
    """
    The texts by name; of two with one name the last counts, and what is no pair is passed over.

    Source:
        java.util.Properties.load(InputStream).
    """
    found: dict[str, str] = {}
    begun = ""
    for line in data.decode("latin-1").splitlines()[:LINES_MAX]:
        text = begun + line.lstrip()
        begun = ""
        if (len(text) - len(text.rstrip("\\"))) % 2:
            begun = text[:-1]
            continue
        if not text.startswith(("#", "!")) and (pair := _PAIR.fullmatch(text)):
            found[_plain(pair[1])] = _plain(pair[2])
    return found


def write_properties(texts: Mapping[str, str]) -> bytes:
    """The texts as a file, one a line, in ASCII; each line has one unescaped equals sign."""
    return "".join(f"{_escaped(name)}={_escaped(text)}\n" for name, text in texts.items()).encode()


def _plain(text: str) -> str:
    plain = _ESCAPE.sub(_character, text)
    # Characters beyond the basic plane are two escapes, which are joined here.
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _character(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code[1:], 16)) if len(code) == 5 else _NAMED.get(code, code)


def _escaped(text: str) -> str:
    made = []
    for character in text:
        if character == ":":
            made.append("\\:")
        elif character.isascii() and (character.isalnum() or character in " .,-_/+()[]{}'\";"):
            made.append(character)
        else:
            units = character.encode("utf-16-be", "surrogatepass")
            made += [f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2)]
    text = "".join(made)
    return f"\\u0020{text[1:]}" if text.startswith(" ") else text
