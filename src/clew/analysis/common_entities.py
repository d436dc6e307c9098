"""What several graphs share: in how many each entity is, pair by pair, what nearly is shared."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clew.graph.view import View, view_of
from clew.model.entity import Entity

Rows = NDArray[np.int32]
NEARLY_MAX = 50
"""Most entities that are named as nearly shared."""


@dataclass(frozen=True, slots=True)
class NearlyCommon:
    """An entity that all graphs but one hold, and what leads into that one all the same."""

    entity: Entity
    missing: str
    """The graph that lacks it."""
    via: tuple[Entity, ...]
    """Neighbours, in the whole investigation, that the graph does hold."""


@dataclass(frozen=True, slots=True, eq=False)
class CommonEntities:
    """Entities of several graphs of one investigation."""

    names: tuple[str, ...]
    entities: Rows = field(repr=False)
    """Rows of all entities, ascending."""
    counts: NDArray[np.int64] = field(repr=False)
    """In how many of the graphs each of them is."""
    pairs: NDArray[np.int64] = field(repr=False)
    """Shape (graphs, graphs): entities that both hold; a graph's own size on the diagonal."""
    nearly: tuple[NearlyCommon, ...] = ()

    def in_at_least(self, graphs: int) -> Rows:
        """Rows of the entities that so many of the graphs hold."""
        return self.entities[self.counts >= graphs]

    def tally(self) -> dict[int, int]:
        """How many entities are in exactly so many graphs."""
        numbers, counts = np.unique(self.counts, return_counts=True)
        return dict(zip(numbers.tolist(), counts.tolist(), strict=True))


def common_entities(views: Sequence[View]) -> CommonEntities:
    """
    What several graphs of one investigation share.

    Nearly shared is what all but one hold while a neighbour of it, in the whole investigation,
    lies in the one that lacks it: a look-up that was not made there, or a link left out.
    """
    size = len(views[0].state.entities) if views else 0
    holds = np.zeros((len(views), size), np.bool_)
    for number, view in enumerate(views):
        holds[number, view.entities] = True
    counts = holds.sum(axis=0)
    rows = np.flatnonzero(counts).astype(np.int32)
    matrix = holds[:, rows].astype(np.int64)
    names = tuple(view.graph or "" for view in views)
    nearly = _nearly(views, holds, counts, names) if len(views) > 1 else ()
    return CommonEntities(names, rows, counts[rows], matrix @ matrix.T, nearly)


def _nearly(
    views: Sequence[View], holds: NDArray[np.bool_], counts: NDArray[np.int64], names: Sequence[str]
) -> tuple[NearlyCommon, ...]:
    whole = view_of(views[0].state, None)
    wanted = np.flatnonzero(counts == len(views) - 1).astype(np.int32)
    ends: dict[int, set[int]] = {}
    for own, other in ((whole.sources, whole.targets), (whole.targets, whole.sources)):
        chosen = np.isin(own, wanted)
        for row, end in zip(own[chosen].tolist(), other[chosen].tolist(), strict=True):
            ends.setdefault(row, set()).add(end)
    found = []
    for row in wanted.tolist():
        missing = int(np.flatnonzero(~holds[:, row])[0])
        via = sorted(end for end in ends.get(row, ()) if holds[missing, end])
        if via:
            some = tuple(whole.entity(end) for end in via[:3])
            found.append((-len(via), NearlyCommon(whole.entity(row), names[missing], some)))
    found.sort(key=lambda one: (one[0], one[1].entity))
    return tuple(one for _, one in found[:NEARLY_MAX])
