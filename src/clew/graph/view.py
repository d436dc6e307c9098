"""One graph at one moment, as arrays that analysis reads."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from clew.errors import UnknownName
from clew.graph.repeated_lookups import standing_links, standing_properties
from clew.graph.view_indexes import ViewIndexes
from clew.graph.working_set import WorkingSet
from clew.model.block import collector_names
from clew.model.entity import Entity, Link, Observation
from clew.model.interval import Interval

Rows = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class View:
    """
    The entities and links of a graph that count, after merges and without the hidden.

    All numbers are rows of the working set; a *place* is an index into ``entities`` or ``links``.
    """

    state: WorkingSet = field(repr=False)
    graph: str | None
    """Name of the graph; None for the whole investigation."""
    entities: Rows
    """Rows, ascending; of merged entities only the one that stands for all."""
    links: Rows
    """Rows, ascending."""
    sources: Rows
    """Entity row at the start of each link, after merges."""
    targets: Rows
    """Entity row at the end of each link, after merges."""
    withheld: NDArray[np.bool_] | None = field(default=None, repr=False)
    """Whether what each provenance brought is left out (sharing.py); nothing is where None."""

    @cached_property
    def counting(self) -> NDArray[np.bool_]:
        """Whether what each provenance brought counts here."""
        counting = self.state.counting()
        return counting if self.withheld is None else counting & ~self.withheld

    @cached_property
    def entity_places(self) -> Rows:
        """Place in ``entities`` of each entity row of the working set, -1 where it has none."""
        places = np.full(len(self.state.entities), -1, np.int32)
        places[self.entities] = np.arange(len(self.entities), dtype=np.int32)
        return places

    @cached_property
    def source_places(self) -> Rows:
        """Place in ``entities`` of each link's start."""
        return self.entity_places[self.sources]

    @cached_property
    def target_places(self) -> Rows:
        """Place in ``entities`` of each link's end."""
        return self.entity_places[self.targets]

    @cached_property
    def degree(self) -> NDArray[np.int64]:
        """Number of links at each entity, by place."""
        size = len(self.entities)
        starts = np.bincount(self.source_places, minlength=size)
        return starts + np.bincount(self.target_places, minlength=size)

    @cached_property
    def observations(self) -> Rows:
        """Rows of the link observations that count, in log order; repetitions are left out."""
        return self._observations[0]

    @cached_property
    def observed_places(self) -> Rows:
        """Place in ``links`` of each of ``observations``."""
        return self._observations[1]

    @cached_property
    def repeated(self) -> Rows:
        """Index into ``observations`` of those whose link has several, ascending."""
        places = self.observed_places
        if len(places) == len(self.links):
            return np.empty(0, np.int32)
        counts = np.bincount(places, minlength=len(self.links))
        return np.flatnonzero((counts > 1)[places]).astype(np.int32)

    @cached_property
    def seen(self) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint8]]:
        """First, last and precision of each of ``observations``, as their columns say it."""
        columns, rows = self.state.link_observations, self.observations
        first, last, precision = (
            columns.first.values, columns.last.values, columns.precision.values,
        )  # fmt: skip
        if len(rows) == len(columns):
            return first, last, precision
        return first[rows], last[rows], precision[rows]

    @cached_property
    def _observations(self) -> tuple[Rows, Rows]:
        rows, places = self._counting_observations()
        stand = standing_links(self.state, self.graph, rows)
        return (rows, places) if stand is None else (rows[stand], places[stand])

    def _counting_observations(self) -> tuple[Rows, Rows]:
        columns = self.state.link_observations
        subjects, counting = columns.subject.values, self.counting
        counts = np.True_ if counting.all() else counting[columns.provenance.values]
        if len(self.links) == len(self.state.links):
            if counts is np.True_:
                return np.arange(len(subjects), dtype=np.int32), subjects
            rows = np.flatnonzero(counts).astype(np.int32)
            return rows, subjects[rows]
        place = np.full(len(self.state.links), -1, np.int32)
        place[self.links] = np.arange(len(self.links), dtype=np.int32)
        places = place[subjects]
        rows = np.flatnonzero((places >= 0) & counts).astype(np.int32)
        return rows, places[rows]

    @cached_property
    def properties(self) -> Rows:
        """Rows of the property observations of these entities that count, as for links."""
        columns = self.state.properties
        inside = np.zeros(len(self.state.entities), np.bool_)
        inside[self.entities] = True
        for other in self.state.decisions.merged:
            inside[other] = inside[self.state.decisions.merged_into(other)]
        keep = inside[columns.subject.values] & self.counting[columns.provenance.values]
        rows = np.flatnonzero(keep).astype(np.int32)
        stand = standing_properties(self.state, self.graph, rows)
        return rows if stand is None else rows[stand]

    def type_flags(self, *names: str) -> NDArray[np.bool_]:
        """Whether each entity, by place, is of one of those types."""
        codes = [self.state.names.known(name) for name in names]
        return np.isin(self.state.entities.types.values[self.entities], codes)

    def link_type_flags(self, *names: str) -> NDArray[np.bool_]:
        """Whether each link, by place, is of one of those types."""
        codes = [self.state.link_types.known(name) for name in names]
        return np.isin(self.state.links.types.values[self.links], codes)

    def states(self, of: Collection[int] = ()) -> Iterator[tuple[int, str, Interval, int]]:
        """Entity row, state, when, and observation row, of each state; of all entities or some."""
        return self.around.states(of)

    @cached_property
    def around(self) -> ViewIndexes:
        """What there is of few entities or links, found without looking at all."""
        return ViewIndexes(self)

    def entity(self, row: int) -> Entity:
        """The record of an entity."""
        return entity_record(self.state, row)

    def link(self, place: int) -> Link:
        """The record of the link at a place."""
        name = self.state.link_types.names[int(self.state.links.types.values[self.links[place]])]
        return Link(
            self.entity(int(self.sources[place])), name, self.entity(int(self.targets[place]))
        )

    def entity_records(self) -> list[Entity]:
        """All entities as records, in order of rows."""
        texts = self.state.entities.values.take(self.entities)
        names = self.state.names.names
        codes = self.state.entities.types.values[self.entities].tolist()
        return [Entity(names[code], text) for code, text in zip(codes, texts, strict=True)]

    def link_records(self) -> list[Link]:
        """All links as records, by place."""
        records = dict(zip(self.entities.tolist(), self.entity_records(), strict=True))
        names = self.state.link_types.names
        codes = self.state.links.types.values[self.links].tolist()
        ends = zip(self.sources.tolist(), codes, self.targets.tolist(), strict=True)
        return [Link(records[a], names[code], records[b]) for a, code, b in ends]

    def row_of(self, entity: Entity) -> int:
        """Row of an entity of this view; raises UnknownName."""
        from clew.graph.entities import pack_ids
        from clew.schema.value import entity_id

        row = int(self.state.entities.find(pack_ids(entity_id(entity.type, entity.value)))[0])
        row = self.state.decisions.merged_into(row)
        place = int(np.searchsorted(self.entities, row))
        if row < 0 or place >= len(self.entities) or self.entities[place] != row:
            raise UnknownName(entity.type, entity.value)
        return row


def view_of(state: WorkingSet, graph: str | None = None, *, hidden: bool = False) -> View:
    """
    A graph of the working set as it stands.

    Args:
        state: The working set.
        graph: Name of the graph; None for all graphs together.
        hidden: Whether hidden entities are shown too.

    Raises:
        UnknownName: There is no such graph.
    """
    decisions = state.decisions
    if graph is not None and graph not in decisions.graphs:
        raise UnknownName("graph", graph, known=tuple(decisions.graphs))
    chosen = [decisions.graphs[graph]] if graph is not None else list(decisions.graphs.values())
    entities = np.zeros(len(state.entities), np.bool_)
    links = np.zeros(len(state.links), np.bool_)
    for membership in chosen:
        entities |= membership.entity_flags(len(state.entities))
        links |= membership.link_flags(len(state.links))
        if not hidden and membership.hidden:
            entities[list(membership.hidden)] = False
    known_entities, known_links = state.known()
    entities &= known_entities
    links &= known_links
    rows = np.flatnonzero(links).astype(np.int32)
    sources, targets = state.links.sources.values[rows], state.links.targets.values[rows]
    whole = entities[sources] & entities[targets]
    if not whole.all():
        rows, sources, targets = rows[whole], sources[whole], targets[whole]
    if decisions.merged:
        merged_into = np.arange(len(state.entities), dtype=np.int32)
        for row in decisions.merged:
            into = decisions.merged_into(row)
            merged_into[row] = into
            entities[into] |= entities[row]
            entities[row] = False
        if not hidden:
            # Who stands for others and is hidden, hides them too.
            for membership in chosen:
                entities[list(membership.hidden)] = False
        sources, targets = merged_into[sources], merged_into[targets]
        between = (sources != targets) & entities[sources] & entities[targets]
        rows, sources, targets = rows[between], sources[between], targets[between]
    return View(state, graph, np.flatnonzero(entities).astype(np.int32), rows, sources, targets)


def empty_view(state: WorkingSet) -> View:
    """A graph of the working set with nothing in it."""
    none = np.empty(0, np.int32)
    return View(state, None, none, none, none, none)


def entity_record(state: WorkingSet, row: int) -> Entity:
    """The record of an entity of the working set."""
    return Entity(
        state.names.names[int(state.entities.types.values[row])], state.entities.values[row]
    )


def link_record(state: WorkingSet, row: int) -> Link:
    """The record of a link of the working set, before merges."""
    return Link(
        entity_record(state, int(state.links.sources.values[row])),
        state.link_types.names[int(state.links.types.values[row])],
        entity_record(state, int(state.links.targets.values[row])),
    )


def link_observation(state: WorkingSet, row: int) -> Observation:
    """The record of one link observation."""
    columns = state.link_observations
    return Observation(
        link_record(state, int(columns.subject.values[row])),
        columns.interval(row),
        state.provenances.records[int(columns.provenance.values[row])],
        collector_names(state.names.names[int(columns.collectors.values[row])]),
        detail=columns.details.get(row, ""),
    )


def property_observation(state: WorkingSet, row: int) -> Observation:
    """The record of one property observation."""
    columns = state.properties
    return Observation(
        entity_record(state, int(columns.subject.values[row])),
        columns.interval(row),
        state.provenances.records[int(columns.provenance.values[row])],
        collector_names(state.names.names[int(columns.collectors.values[row])]),
        name=state.names.names[int(columns.names.values[row])],
        value=columns.texts[row],
    )
