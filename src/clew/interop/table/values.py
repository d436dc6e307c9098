"""What one cell holds: no value, one, or several beside each other."""

from __future__ import annotations

import re

from clew.errors import InvalidValue
from clew.interop.gathering import own_type
from clew.interop.misp.words import SIMPLE, TEXTS
from clew.interop.table.words import DETECT, EMPTY, VALUE_TYPES
from clew.schema.detect import SHORT_NAMES, detect
from clew.schema.registry import Catalogue

VALUES_MAX = 100
"""Most values of one cell."""
_SEPARATORS = re.compile(r"[\s,;|]+")
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
    try:
        return [_value(text, type_, catalogue)]
    except InvalidValue as error:
        if type_ not in _LISTED:
            raise
        parts = [part for part in _SEPARATORS.split(text) if part]
        if not 1 < len(parts) <= VALUES_MAX:
            raise
        try:
            return [_value(part, type_, catalogue) for part in parts]
        except InvalidValue:
            raise error from None


def type_of(word: str, catalogue: Catalogue) -> str:
    """The type that a column of types names, as MISP means it; else one of its own."""
    if blank(word):
        return DETECT
    name = own_type(word)
    if name in VALUE_TYPES:
        return VALUE_TYPES[name]
    if name in SIMPLE or name in TEXTS:
        return SIMPLE.get(name, "phrase")
    name = SHORT_NAMES.get(name, name)
    return name if name in catalogue.entity_types else own_type(word)


def _value(text: str, type_: str, catalogue: Catalogue) -> tuple[str, str]:
    if type_ == DETECT:
        found = detect(text, catalogue)
        if not found:
            raise InvalidValue("value", text, "no type knows it")
        return found[0].type.name, str(found[0])
    kind = catalogue.entity_types.get(type_)
    return (type_, str(kind.value(text))) if kind else (type_, text)
