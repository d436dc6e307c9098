"""The declaration of an entity type."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from typing import TypeVar

from clew.schema.value import Value

V = TypeVar("V", bound=Value)


@dataclass(frozen=True, slots=True)
class Property:
    """A named fact that entities of a type usually have; others are welcome too."""

    name: str
    label: str
    kind: str = "text"
    """One of text, integer, number, boolean, moment, url."""


@dataclass(frozen=True, slots=True)
class EntityType:
    """What a machine needs to know of a type; the canonical form is the value class's code."""

    name: str
    """Kebab-case, unique; part of every entity's id, so it never changes."""
    label: str
    plural: str
    family: str
    """One of case, code, name, address, identity, web, trust, note: sets shape and hue."""
    icon: str
    """Name of a lucide icon."""
    solid: bool
    """Drawn filled (principal) or hollow (belonging)."""
    description: str
    value: type[Value]
    properties: tuple[Property, ...] = ()
    detect: re.Pattern[str] | None = None
    """A whole pasted token (refanged) that matches may be one; the canonical form decides."""
    detect_rank: int = 100
    """Order in which types are tried on a token, lowest first."""
    fixed: str | None = None
    """
    A regular expression (RE2 dialect, anchored): what matches is canonical already.

    It lets bulk imports check a column without a call per value; a sufficient condition only.
    """

    @property
    def term(self) -> str:
        """The label within a sentence: abbreviations keep their capitals (IP address)."""
        words = self.label.split(" ")
        return " ".join(one if any(map(str.isupper, one[1:])) else one.lower() for one in words)


def entity_type(
    name: str,
    *,
    label: str,
    family: str,
    icon: str,
    plural: str = "",
    solid: bool = True,
    properties: tuple[Property, ...] = (),
    detect: str | None = None,
    detect_rank: int = 100,
    fixed: str | None = None,
) -> Callable[[type[V]], type[V]]:
    """Declare the decorated value class as an entity type (fields as in EntityType)."""

    def declare(cls: type[V]) -> type[V]:
        cls.type = EntityType(
            name=name,
            label=label,
            plural=plural or f"{label}s",
            family=family,
            icon=icon,
            solid=solid,
            description=(cls.__doc__ or "").strip(),
            value=cls,
            properties=properties,
            detect=re.compile(detect, re.IGNORECASE) if detect else None,
            detect_rank=detect_rank,
            fixed=fixed,
        )
        return cls

    return declare


@cache
def foreign_type(name: str) -> EntityType:
    """A type that a file brought and Clew does not declare: kept to the letter."""
    label = name.replace("-", " ").capitalize()
    cls: type[Value] = type("Foreign", (Value,), {"__doc__": f"{label}, as a file calls it."})
    entity_type(name, label=label, family="note", icon="shapes", solid=False)(cls)
    return cls.type


@dataclass(frozen=True, slots=True)
class State:
    """A condition that an entity can be in for a time, and what it means for judgement."""

    name: str
    label: str
    icon: str
    bounds_pivots: bool
    """Entities in this state are not pivoted through unless asked for."""
    weight: float
    """Factor on links that touch the entity while the state held, 0 to 1."""
    types: frozenset[str] = field(default_factory=frozenset)
    """Entity types that can be in it; empty means all."""
