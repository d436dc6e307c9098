"""An entity and a link as records for people; the working set keeps them as columns."""

from __future__ import annotations

from dataclasses import dataclass

from clew.model.interval import Interval
from clew.model.provenance import Provenance


@dataclass(frozen=True, slots=True, order=True)
class Entity:
    """A type and a canonical value."""

    type: str
    value: str


@dataclass(frozen=True, slots=True, order=True)
class Link:
    """A typed, directed link between two entities."""

    source: Entity
    type: str
    target: Entity

    def __str__(self) -> str:
        return f"{self.source.value} -{self.type}-> {self.target.value}"


@dataclass(frozen=True, slots=True)
class Observation:
    """One provider says that a link or a property held."""

    subject: Entity | Link
    seen: Interval
    provenance: Provenance
    collectors: tuple[str, ...] = ()
    """The vendor's own sources; empty where not told."""
    name: str = ""
    """Of a property; empty for a link."""
    value: str = ""
    detail: str = ""
    """JSON with what else the vendor said of this link."""
