"""A JSON schema of the YAML in which users declare types, for editors."""

from __future__ import annotations

import json
import re
from typing import Any

from clew.schema.declaration import ITEM_COUNT_MAX, SCALAR_LENGTH_MAX
from clew.schema.user_types import (
    FAMILIES,
    NAME_PATTERN,
    PROPERTY_KINDS,
    PROPERTY_NAME_PATTERN,
)
from clew.schema.user_value import CASES, PATTERN_LENGTH_MAX

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def user_types_schema() -> dict[str, Any]:
    """
    The schema, for editors that check and complete while one writes.

    It can't know which names are taken, nor whether a pattern is one; the reader tells those.
    """
    name = _text("Lower-case words joined by hyphens; it never changes.", pattern=NAME_PATTERN)
    prop = _record(
        "A named fact that entities of the type usually have.",
        {
            "name": _text("Lower-case letters, digits and _.", pattern=PROPERTY_NAME_PATTERN),
            "label": _text("What people read; else made of the name."),
            "kind": _choice("What it holds.", PROPERTY_KINDS, "text"),
        },
        "name",
    )
    entity = _record(
        "An entity type.",
        {
            "name": name,
            "label": _text("What people read.", least=1),
            "plural": _text("The label of several; else made of the label."),
            "family": _choice("Sets shape and hue.", FAMILIES, "note"),
            "icon": _text("Name of a lucide icon.", default="shapes"),
            "solid": _flag("Drawn filled, as what a case is about.", default=False),
            "description": _text("A sentence."),
            "pattern": _text(
                "A regular expression that a whole value fits, without look-around and "
                "back-references; any line of text where empty.",
                most=PATTERN_LENGTH_MAX,
            ),
            "case": _choice("What is done to the case of a value.", CASES, "keep"),
            "detect": _flag("Whether pasted text is tried with the pattern.", default=True),
            "properties": _items(prop),
        },
        "name",
        "label",
    )
    ends = _items(_text("Name of an entity type.", least=1)) | {
        "description": "Which types may stand there; any where empty."
    }
    link = _record(
        "A link type.",
        {
            "name": name,
            "label": _text("Read forwards.", least=1),
            "inverse": _text("Read backwards.", least=1),
            "sources": ends,
            "targets": ends,
            "shared": _flag("Whether it tells little where many have it.", default=False),
        },
        "name",
        "label",
        "inverse",
    )
    return {
        "$schema": DIALECT,
        "title": "Own types of Clew",
        "type": "object",
        "additionalProperties": False,
        "properties": {"entity_types": _items(entity), "link_types": _items(link)},
    }


def schema_text() -> str:
    """The schema as a file."""
    return json.dumps(user_types_schema(), indent=2) + "\n"


def _record(text: str, fields: dict[str, Any], *needed: str) -> dict[str, Any]:
    return {
        "description": text, "type": "object", "additionalProperties": False,
        "required": list(needed), "properties": fields,
    }  # fmt: skip


def _items(one: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "maxItems": ITEM_COUNT_MAX, "items": one}


def _text(
    text: str,
    *,
    pattern: re.Pattern[str] | None = None,
    default: str = "",
    least: int = 0,
    most: int = SCALAR_LENGTH_MAX,
) -> dict[str, Any]:
    found: dict[str, Any] = {"description": text, "type": "string", "maxLength": most}
    if pattern:
        found["pattern"] = f"^(?:{pattern.pattern})$"
    if default:
        found["default"] = default
    if least:
        found["minLength"] = least
    return found


def _choice(text: str, words: tuple[str, ...], default: str) -> dict[str, Any]:
    return {"description": text, "enum": list(words), "default": default}


def _flag(text: str, *, default: bool) -> dict[str, Any]:
    return {"description": text, "type": "boolean", "default": default}
