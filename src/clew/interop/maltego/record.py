"""What travels between a Maltego client and a transform, in all generations of the protocol."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EntityField:
    """A property of an entity or of a link."""

    name: str
    value: str
    display_name: str = ""
    strict: bool = False
    """Whether it takes part in the identity when Maltego merges (matching rule)."""
    type: str = "string"


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity of Maltego."""

    type: str
    """The full id (maltego.DNSName); an old short name is resolved where it is known."""
    value: str
    weight: int = 100
    fields: tuple[EntityField, ...] = ()
    ancestry: tuple[str, ...] = ()
    """Types it derives from, most specific first (genealogy)."""
    labels: tuple[tuple[str, str], ...] = ()
    """Display information: name and text, markup taken off."""
    link: tuple[EntityField, ...] = ()
    """Properties of the link that leads to it (pseudo-fields ``link#...``), prefix taken off."""
    bookmark: int = -1
    """-1 none, else 0 to 4."""
    note: str = ""
    id: str = ""
    """Its id in a graph of version 3; empty elsewhere."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A link that version 3 names; older generations link every result with the input."""

    source: str
    target: str
    fields: tuple[EntityField, ...] = ()


@dataclass(frozen=True, slots=True)
class Message:
    """A word to the user."""

    kind: str
    """One of FatalError, PartialError, Inform, Debug."""
    text: str


@dataclass(frozen=True, slots=True)
class TransformRequest:
    """A transform is asked about entities."""

    things: tuple[Thing, ...]
    settings: tuple[tuple[str, str], ...] = ()
    soft_limit: int = 256
    hard_limit: int = 256


@dataclass(frozen=True, slots=True)
class TransformResponse:
    """What a transform answered."""

    things: tuple[Thing, ...] = ()
    edges: tuple[Edge, ...] = ()
    messages: tuple[Message, ...] = ()
    """UI messages; an exception is a FatalError."""
    problems: tuple[str, ...] = ()
    """What in the answer was not understood or left out."""
