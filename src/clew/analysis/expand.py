"""The surroundings of entities in steps, within bounds; hubs are announced."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from clew.graph.view import View

Rows = NDArray[np.int32]
Flags = NDArray[np.bool_]

ENTITIES_MAX = 1_000_000
"""Entities that an expansion brings at most, unless asked for more."""
HUB_LINKS_MIN = 1_000
"""Links from which on an entity is called a hub."""
FEW_ROWS = 4_000
"""Rows up to which sorting them is quicker than flagging all entities."""


@dataclass(frozen=True, slots=True)
class Hub:
    """An entity with very many links, met on the way."""

    entity: int
    """Row of the entity."""
    links: int
    passed: bool
    """Whether its links were followed."""


@dataclass(frozen=True, slots=True, eq=False)
class Expansion:
    """What lies within some steps of the starting entities."""

    steps: tuple[Rows, ...] = field(repr=False)
    """Rows of the entities by distance, the starting ones first; ascending in each."""
    links: Rows = field(repr=False)
    """Rows of the links that were followed, each once, in order of steps."""
    hubs: tuple[Hub, ...]
    """Largest first."""
    cut: str
    """Why there is more than this; empty where this is all."""

    @property
    def entities(self) -> Rows:
        """All rows, ascending."""
        return np.sort(np.concatenate(self.steps))


class Neighbourhood:
    """The links around entities of a view; made once per view, and then asked often."""

    def __init__(self, view: View) -> None:
        self.view = view
        state = view.state
        self._all = len(view.links) == len(state.links) and not state.decisions.merged
        self._links = state.links

    @cached_property
    def _inside(self) -> Flags:
        inside = np.zeros(len(self.view.state.links), np.bool_)
        inside[self.view.links] = True
        return inside

    @cached_property
    def _stands(self) -> Rows:
        stands = np.arange(len(self.view.state.entities), dtype=np.int32)
        for row in self.view.state.decisions.merged:
            stands[row] = self.view.state.decisions.merged_into(row)
        return stands

    @cached_property
    def _members(self) -> dict[int, list[int]]:
        members: dict[int, list[int]] = {}
        for row in self.view.state.decisions.merged:
            members.setdefault(int(self._stands[row]), []).append(row)
        return members

    def links_at(self, entities: Rows) -> tuple[Rows, Rows, Rows]:
        """Links of the view at any of *entities*: rows, the end they are at, the other end."""
        merged = bool(self.view.state.decisions.merged)
        if merged:
            more = [row for entity in entities.tolist() for row in self._members.get(entity, ())]
            entities = np.concatenate((entities, np.asarray(more, np.int32)))
        links, owners, others = self._links.at(entities)
        if not self._all:
            keep = self._inside[links]
            links, owners, others = links[keep], owners[keep], others[keep]
        if merged:
            owners, others = self._stands[owners], self._stands[others]
            keep = owners != others
            links, owners, others = links[keep], owners[keep], others[keep]
        return links, owners, others

    @cached_property
    def degrees(self) -> Rows:
        """Number of links at each entity row of the working set (the view may show fewer)."""
        return self._links.degrees(len(self.view.state.entities))

    @cached_property
    def hubs(self) -> Rows:
        """Rows of the entities with HUB_LINKS_MIN links or more, ascending."""
        return np.flatnonzero(self.degrees >= HUB_LINKS_MIN).astype(np.int32)


def expand(
    around: Neighbourhood,
    entities: Rows,
    *,
    steps: int,
    stop_at: Rows | None = None,
    entities_max: int = ENTITIES_MAX,
    hub_links_max: int | None = None,
) -> Expansion:
    """
    The entities within *steps* links of *entities*, and the links between.

    Args:
        around: The surroundings of a view's entities.
        entities: Rows to start from.
        steps: How many links far.
        stop_at: Rows that are reached but not passed through (analysis/states.py, boundary).
        entities_max: Entities to bring at most; the step that would exceed it is cut.
        hub_links_max: Hubs with more links than that are reached but not passed through; starting
            entities are always followed. None passes all.
    """
    front = np.unique(entities).astype(np.int32)
    found, links = [front], [np.empty(0, np.int32)]
    hubs: dict[int, Hub] = {}
    mark = np.zeros(len(around.view.state.entities), np.uint8)
    mark[front] = _FRONT
    stops = np.empty(0, np.int32) if stop_at is None else stop_at
    cut = ""
    for step in range(steps):
        if step and (len(stops) or hub_links_max is not None):
            stopped = stops[mark[stops] == _FRONT]
            if hub_links_max is not None:
                large = front[around.degrees[front] > hub_links_max]
                stopped = np.union1d(stopped, large).astype(np.int32)
            mark[stopped] = _STOPPED
            front = front[mark[front] == _FRONT]
        for hub in around.hubs[mark[around.hubs] >= _FRONT].tolist():
            hubs[hub] = Hub(hub, int(around.degrees[hub]), mark[hub] == _FRONT)
        rows, owners, others = around.links_at(front)
        was = mark[others]
        keep = (was == _NEW) | (was == _STOPPED) | ((was == _FRONT) & (owners < others))
        mark[front] = _FOLLOWED
        fresh = _distinct(others[was == _NEW], mark)
        room = entities_max - sum(map(len, found))
        if len(fresh) > room:
            cut = f"cut at {entities_max} entities: step {step + 1} would bring {len(fresh)} more"
            mark[fresh[max(0, room) :]] = _NEW
            fresh = fresh[: max(0, room)]
            keep &= mark[others] != _NEW
        links.append(rows[keep])
        found.append(fresh)
        front = fresh
        if cut or not len(front):
            break
    listed = tuple(sorted(hubs.values(), key=lambda hub: (-hub.links, hub.entity)))
    if not cut and any(not hub.passed for hub in listed):
        cut = f"{sum(not hub.passed for hub in listed)} hubs were not passed through"
    return Expansion(tuple(found), np.concatenate(links), listed, cut)


_NEW, _FOLLOWED, _FRONT, _STOPPED = 0, 1, 2, 3


def _distinct(rows: Rows, mark: NDArray[np.uint8]) -> Rows:
    """The distinct of *rows*, ascending; they are marked as the front."""
    mark[rows] = _FRONT
    if len(rows) <= FEW_ROWS:
        return np.unique(rows)
    return np.flatnonzero(mark == _FRONT).astype(np.int32)
