"""What one cell holds: no value, one, or several beside each other."""

from __future__ import annotations

import re

from clew.errors import InvalidValue
from clew.interop.misp.words import SIMPLE, TEXTS
from clew.interop.table.titles import words
from clew.interop.table.words import ANY, DETECT, EMPTY, THING, TYPE_WORDS
from clew.interop.texts import own_type
from clew.schema.detect import SHORT_NAMES, detect
from clew.schema.registry import Catalogue

VALUES_MAX = 100
"""Most values of one cell."""
_SEPARATORS = re.compile(r"[\s,;|]+")
_OF_HASHES = re.compile(r"[\s,;|:]+")
_LISTED = frozenset(
    ("domain-name", "ip-address", "file", "email-address", "url", "netblock", "vulnerability",
     "autonomous-system", "certificate", DETECT)
)  # fmt: skip
"""Types whose values hold no white space, so that a cell can list them."""


def blank(text: str) -> bool:
    """Whether a cell says nothing, or says that there is nothing."""
    return len(text) < 20 and text.strip().lower() in EMPTY


def values_of(text: str, type_: str, catalogue: Catalogue) -> list[tuple[str, str]]:
    """
    Type and value of all entities in a cell; values are as written, or canonical.

    Raises:
        InvalidValue: It, or a part of it, is no value of that type.
    """
    if blank(text):
        return []
    text = text.strip()
    if type_ == ANY:
        try:
            return values_of(text, DETECT, catalogue)
        except InvalidValue:
            return [(THING, text)]
    try:
        return [_value(text, type_, catalogue)]
    except InvalidValue as error:
        if type_ not in _LISTED:
            raise
        between = _OF_HASHES if type_ == "file" else _SEPARATORS
        parts = [part for part in between.split(text) if part]
        if not 1 < len(parts) <= VALUES_MAX:
            raise
        try:
            return [_value(part, type_, catalogue) for part in parts]
        except InvalidValue:
            raise error from None


def type_of(word: str, catalogue: Catalogue) -> str:
    """The type that a word in a column of types names; ``detect`` where it names none."""
    if blank(word):
        return DETECT
    plain, name = words(word), own_type(word)
    if plain in TYPE_WORDS:
        return TYPE_WORDS[plain]
    if name in SIMPLE or name in TEXTS:
        return SIMPLE.get(name, "phrase")
    name = SHORT_NAMES.get(name, name)
    return name if name in catalogue.entity_types else DETECT


def _value(text: str, type_: str, catalogue: Catalogue) -> tuple[str, str]:
    if type_ == DETECT:
        found = detect(text, catalogue)
        if not found:
            raise InvalidValue("value", text, "no type knows it")
        return found[0].type.name, str(found[0])
    kind = catalogue.entity_types.get(type_)
    return (type_, str(kind.value(text))) if kind else (type_, text)
