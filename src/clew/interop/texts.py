"""Names and texts of a file as Clew keeps and quotes them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from clew.model.marking_text import MarkingMention, marking_mentions

SHOWN_LENGTH = 120
"""How much of a text a problem quotes, in code points."""
SHORT_LENGTH = 2_000
"""Longest text of which the markings in it are remembered, in code points."""
_NOT_WORD = re.compile(r"[\W_]+")
_FIELD_NAME_LENGTH = 100
_NOT_KEBAB = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=1_000)
def field_name(name: str) -> str:
    """The name of a property or attribute as words are looked up: ``TLP Level``: ``tlp_level``."""
    return _NOT_WORD.sub("_", name[:_FIELD_NAME_LENGTH].lower()).strip("_")


def own_type(name: str) -> str:
    """The name of a type that Clew does not know, as its own types are written."""
    return _NOT_KEBAB.sub("-", name.lower()).strip("-")[:80] or "thing"


def shorten_text(text: object) -> str:
    """A text as a problem quotes it."""
    plain = text if isinstance(text, str) else repr(text)
    plain = " ".join(plain[: SHOWN_LENGTH * 2].split())
    return plain if len(plain) <= SHOWN_LENGTH else f"{plain[:SHOWN_LENGTH]}…"


def collectors_kept(collectors: Iterable[str]) -> tuple[str, ...]:
    """Collectors' names without the comma that joins them."""
    return tuple(
        one.replace(",", " ").strip() for one in collectors if one.strip() and storable(one)
    )


def storable(text: str) -> bool:
    """Whether a text is Unicode, without a lone surrogate."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def mentions_of(text: str) -> tuple[MarkingMention, ...]:
    """The markings that stand in a text; feeds repeat their descriptions."""
    return _short_mentions(text) if len(text) <= SHORT_LENGTH else tuple(marking_mentions(text))


@lru_cache(maxsize=2_000)
def _short_mentions(text: str) -> tuple[MarkingMention, ...]:
    return tuple(marking_mentions(text))
