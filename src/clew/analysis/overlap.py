"""What two graphs share, how much of it at the same time, and how much that means."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clew.analysis.chance import Chance, chance_of
from clew.analysis.compared_graphs import ComparedGraph, compared_graphs, same_time, subject_overlap
from clew.analysis.contradiction import Contradiction, contradictions_of
from clew.analysis.interval_columns import OVERLAPS, YES, Codes, IntervalColumns
from clew.analysis.rarity import rarity, whole_degrees
from clew.analysis.states import states_of
from clew.graph.view import View
from clew.model.entity import Entity
from clew.model.interval import IntervalOverlap
from clew.schema.registry import Catalogue

Rows = NDArray[np.int32]
Weights = NDArray[np.float64]
Degrees = NDArray[np.int64]

SHARED_TYPE_WEIGHT = 0.5
"""What remains of an entity that is only the end of links that many unrelated parties can share."""


@dataclass(frozen=True, slots=True)
class SharedEntity:
    """One entity of both graphs, for people."""

    row: int
    entity: Entity
    weight: float
    why: str
    """How the weight came about."""
    same_time: IntervalOverlap
    """Whether what both graphs say of it held at the same time."""
    providers_a: tuple[str, ...]
    """Providers that the first graph has it from; empty where only the other one's runs did."""
    providers_b: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class OverlapReport:
    """What two graphs share; arrays are parallel, strongest first."""

    a: View = field(repr=False)
    b: View = field(repr=False)
    entities: Rows = field(repr=False)
    """Rows of the shared entities."""
    weights: Weights = field(repr=False)
    """How much each means, 0 to 1: rarity x kind x states."""
    same_time: Codes = field(repr=False)
    """Whether both graphs' observations of each held at the same time (`interval_columns.py`)."""
    degrees: Degrees = field(repr=False)
    """Links of each in the whole investigation."""
    kinds: Weights = field(repr=False)
    states: Weights = field(repr=False)
    links: Rows = field(repr=False)
    """Rows of the shared links, ascending."""
    links_same_time: int
    """Shared links whose observations in both graphs held at the same time."""
    chance: tuple[Chance, ...]
    """By entity type: what would be shared by chance."""
    contradictions: tuple[Contradiction, ...]
    contradictions_cut: bool
    """Whether there are more than are listed."""
    graphs: tuple[ComparedGraph, ComparedGraph] = field(repr=False)

    def counts(self) -> dict[str, int]:
        """Shared entities by whether both graphs' observations held at the same time."""
        counts = np.bincount(self.same_time, minlength=3).tolist()
        return {overlap.value: counts[code] for code, overlap in enumerate(OVERLAPS)}

    def shared(self, most: int = 100) -> list[SharedEntity]:
        """The *most* telling shared entities."""
        providers_a = self.graphs[0].providers(self.entities[:most])
        providers_b = self.graphs[1].providers(self.entities[:most])
        size = len(self.a.state.entities)
        return [
            SharedEntity(
                row,
                self.a.entity(row),
                float(self.weights[at]),
                self._why(at, size),
                OVERLAPS[int(self.same_time[at])],
                providers_a[row],
                providers_b[row],
            )
            for at, row in enumerate(self.entities[:most].tolist())
        ]

    def _why(self, at: int, size: int) -> str:
        rare = rarity(self.degrees[at : at + 1], size)[0]
        why = f"rarity {rare:.3g} ({self.degrees[at]} links among {size} entities)"
        if self.kinds[at] < 1:
            why += f" x {self.kinds[at]:.3g} (shared infrastructure)"
        if self.states[at] < 1:
            why += f" x {self.states[at]:.3g} (its states)"
        return why


def overlap(a: View, b: View, catalogue: Catalogue) -> OverlapReport:
    """
    What two graphs of one investigation share.

    Weight of an entity is ``1 - log k / log n`` for *k* links among the investigation's *n*
    entities (1 where one link knows it, 0 for a hub that all are linked to), times
    SHARED_TYPE_WEIGHT in the measure that it is the end of links which unrelated parties can
    share, times the strictest weight of its states.
    """
    state = a.state
    shared = b.entities[a.entity_places[b.entities] >= 0]
    whole = whole_degrees(a)
    degrees = whole[shared]
    graphs = compared_graphs(a, b, shared)
    kinds = _kind_weights(graphs, catalogue)
    states = _state_weights(a, shared, catalogue)
    weights = rarity(degrees, len(state.entities)) * kinds * states
    order = np.lexsort((shared, -weights))
    in_a = np.zeros(len(state.links), np.bool_)
    in_a[a.links] = True
    links = b.links[in_a[b.links]]
    contradictions, cut = contradictions_of(*graphs)
    return OverlapReport(
        a,
        b,
        shared[order],
        weights[order],
        same_time(*graphs)[order],
        degrees[order],
        kinds[order],
        states[order],
        links,
        _links_same_time(graphs, links),
        chance_of(a, b, shared, whole),
        contradictions,
        cut,
        graphs,
    )


def _kind_weights(graphs: tuple[ComparedGraph, ComparedGraph], catalogue: Catalogue) -> Weights:
    """Of each shared entity: less, the more of its links end at it and are of a shared type."""
    state, size = graphs[0].view.state, len(graphs[0].shared)
    names = [kind.name for kind in catalogue.link_types.values() if kind.shared]
    is_loose = np.zeros(len(state.link_types.names), np.bool_)
    is_loose[[code for name in names if (code := state.link_types.known(name)) >= 0]] = True
    loose, links = np.zeros(size), np.zeros(size)
    for graph in graphs:
        typed = is_loose[state.links.types.values[graph.touching]]
        for ends, end_is_shared in ((graph.starts, False), (graph.ends, True)):
            inside = ends >= 0
            links += np.bincount(ends[inside], minlength=size)
            if end_is_shared:
                loose += np.bincount(ends[inside & typed], minlength=size)
    part = np.divide(loose, links, out=np.zeros(size), where=links > 0)
    weights: Weights = 1 - (1 - SHARED_TYPE_WEIGHT) * part
    return weights


def _state_weights(view: View, shared: Rows, catalogue: Catalogue) -> Weights:
    """The strictest weight of each shared entity's states, whenever they held."""
    weights = np.ones(len(view.state.entities))
    for span in states_of(view):
        kind = catalogue.states.get(span.state)
        if kind is not None:
            weights[span.entity] = min(weights[span.entity], kind.weight)
    return weights[shared]


def _links_same_time(graphs: tuple[ComparedGraph, ComparedGraph], links: Rows) -> int:
    """Number of shared links that both graphs saw at the same time."""
    columns = graphs[0].view.state.link_observations
    number = np.full(len(graphs[0].view.state.links), -1, np.int32)
    number[links] = np.arange(len(links), dtype=np.int32)
    mentions: list[tuple[Rows, IntervalColumns]] = []
    for graph in graphs:
        # Both ends of a shared link are shared, so each observation is mentioned twice.
        rows = np.unique(
            graph.observations[number[columns.subject.values[graph.observations]] >= 0]
        )
        seen = columns.first.values[rows], columns.last.values[rows], columns.precision.values[rows]
        mentions.append((number[columns.subject.values[rows]], seen))
    codes = subject_overlap(*mentions[0], *mentions[1], len(links))
    return int(np.count_nonzero(codes == YES))
