"""A graph on its way between an investigation and a file, and what a file's reader told of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from clew.graph.sharing import KeptBack
from clew.model.block import ORIGINAL, Block, BlockBuilder, collector_names
from clew.model.entity import Entity, Link, Observation
from clew.model.interval import Interval
from clew.model.provenance import Provenance

__all__ = ["ORIGINAL", "ExchangeGraph", "ExchangeNote", "ImportProblem"]


@dataclass(frozen=True, slots=True)
class ImportProblem:
    """A part of a file that was left out or changed, and why."""

    where: str
    """Line, row, object or entry, as the format counts it."""
    text: str
    """What is there, shortened; may be empty."""
    reason: str


@dataclass(frozen=True, slots=True, order=True)
class ExchangeNote:
    """A note: on the entity of that row, or on the whole where it is -1."""

    entity: int
    text: str
    actor: str = ""
    at: int = 0
    """When it was written, in microseconds since 1970; 0 where not told."""


@dataclass(slots=True)
class ExchangeGraph:
    """
    Observations as columns, and what people decided over them; rows are those of the block.

    It holds one graph. What is hidden or taken back is not in it.
    """

    block: Block = field(default_factory=lambda: BlockBuilder().build())
    provenance: tuple[Provenance, ...] = ()
    title: str = ""
    tags: dict[int, tuple[str, ...]] = field(default_factory=dict)
    stars: frozenset[int] = frozenset()
    pins: frozenset[int] = frozenset()
    seeds: frozenset[int] = frozenset()
    marks: dict[int, tuple[int, int]] = field(default_factory=dict)
    """TLP and PAP by row; -1 is the whole."""
    notes: tuple[ExchangeNote, ...] = ()
    places: dict[int, tuple[float, float]] = field(default_factory=dict)
    """x to the right and y downwards, in the units of the canvas."""
    merged_into: dict[int, int] = field(default_factory=dict)
    """Row to the row that it was merged into."""
    scores: dict[tuple[Entity, str, Entity], float] = field(default_factory=dict)
    """Corroboration of links as it was when the file was written; nothing reads it back."""
    rest: dict[str, bytes] = field(default_factory=dict)
    """Parts of the file that Clew has no word for, by their name there."""
    kept_back: KeptBack = field(default_factory=KeptBack, compare=False)
    """How much of a graph that leaves is not in it."""

    def entities(self) -> list[Entity]:
        """All entities, by row."""
        names = self.block.names
        return [
            Entity(names[type_], value)
            for type_, value, _ in self.block.entities.select(
                "type", "value", "provenance"
            ).iter_rows()
        ]

    def links(self) -> Iterator[tuple[int, int, Observation]]:
        """Rows of both ends, and the observation, of each row of links."""
        records, names = self.entities(), self.block.names
        for source, type_, target, first, last, exact, by, who, detail in self.block.links.select(
            "source", "type", "target", "first", "last", "precision", "provenance", "collectors",
            "detail",
        ).iter_rows():  # fmt: skip
            yield (
                source,
                target,
                Observation(
                    Link(records[source], names[type_], records[target]),
                    Interval.from_columns(first, last, exact),
                    self.provenance[by],
                    collector_names(names[who]),
                    detail=detail or "",
                ),
            )

    def by_link(self) -> dict[tuple[int, str, int], list[Observation]]:
        """All observations of each link: rows of its ends around its type."""
        links: dict[tuple[int, str, int], list[Observation]] = {}
        for source, target, observation in self.links():
            assert isinstance(observation.subject, Link)
            links.setdefault((source, observation.subject.type, target), []).append(observation)
        return links

    def properties(self) -> Iterator[tuple[int, Observation]]:
        """Row of the entity, and the observation, of each row of properties."""
        records, names = self.entities(), self.block.names
        for entity, name, value, first, last, exact, by, who in self.block.properties.select(
            "entity", "name", "value", "first", "last", "precision", "provenance", "collectors"
        ).iter_rows():
            yield (
                entity,
                Observation(
                    records[entity],
                    Interval.from_columns(first, last, exact),
                    self.provenance[by],
                    collector_names(names[who]),
                    name=names[name],
                    value=value,
                ),
            )
