"""How a value reads, and of which scripts it is, where one can be taken for another."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from clew.schema.types.hostname import to_unicode

SCRIPTS = frozenset({"ARMENIAN", "CHEROKEE", "COPTIC", "CYRILLIC", "GREEK", "LATIN", "LISU"})
"""Scripts with letters that look like those of another one; by the names of Unicode's letters."""
UNSEEN = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\uffa0\U000e0100-\U000e01ef]"
    "|(?<=[^\\W\\d_])[\ufe00-\ufe0f]"
)
"""Signs that nobody sees, though they are neither control characters nor of direction."""
_A_LABEL = re.compile(r"(?<![\w-])xn--[a-z0-9-]+")
_WORD = re.compile(r"[^\W\d_]+")


def unicode_form(text: str) -> str:
    """*text* with each A-label as people of its script read it; empty where it has none."""
    plain = _A_LABEL.sub(lambda label: to_unicode(label[0]), text)
    return plain if plain != text else ""


def mixed_scripts(text: str) -> tuple[str, ...]:
    """
    Scripts of the letters of one word, where these are of several that look alike; in order.

    For a name in A-labels also the one script, where that is not Latin: nothing else shows it.
    """
    read = unicode_form(text)
    found: set[str] = set()
    for word in _WORD.findall(read or text):
        scripts = set(_scripts(word))
        if len(scripts) > 1 or (read and scripts - {"LATIN"}):
            found |= scripts
    return tuple(sorted(one.capitalize() for one in found))


def _scripts(word: str) -> Iterator[str]:
    for letter in word:
        if (script := unicodedata.name(letter, "").partition(" ")[0]) in SCRIPTS:
            yield script
