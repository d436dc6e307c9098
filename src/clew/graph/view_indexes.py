"""What a view has of few entities or links, by indexes that are made when first asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from clew.graph.row_index import RowIndex
from clew.model.block import STATE
from clew.model.interval import Interval

if TYPE_CHECKING:
    from clew.graph.view import View

Rows = NDArray[np.int32]


class ViewIndexes:
    """Links, observations, properties, states and mentions by the entity or link they are of."""

    def __init__(self, view: View) -> None:
        self._view = view

    def links_at(self, row: int) -> Rows:
        """Places of the links that start or end at an entity, ascending."""
        view = self._view
        same = [row, *view.state.decisions.merged_with(row)]
        rows = np.unique(view.state.links.at(np.asarray(same, np.int32))[0])
        places = np.searchsorted(view.links, rows)
        inside = places < len(view.links)
        inside[inside] = view.links[places[inside]] == rows[inside]
        places = places[inside]
        there = (view.sources[places] == row) | (view.targets[places] == row)
        found: Rows = places[there].astype(np.int32)
        return found

    def observations_at(self, places: Iterable[int]) -> Rows:
        """Rows of the observations that count of links at those places, in log order."""
        found: Rows = self._view.observations[self._observations.at(places)]
        return found

    def properties_of(self, rows: Iterable[int]) -> Rows:
        """Rows of the property observations that count of those entities, in log order."""
        found: Rows = self._view.properties[self._properties.at(rows)]
        return found

    def states(self, of: Collection[int] = ()) -> Iterator[tuple[int, str, Interval, int]]:
        """Entity row, state, when, and observation row, of each state; of all entities or some."""
        columns, (rows, owners) = self._view.state.properties, self._states
        if of:
            some = self._state_index.at(set(of))
            rows, owners = rows[some], owners[some]
        texts = columns.texts.take(rows)
        for row, owner, text in zip(rows.tolist(), owners.tolist(), texts, strict=True):
            yield owner, text, columns.interval(row), row

    def mentions_of(self, row: int) -> list[tuple[int, int]]:
        """The entries of the log that mention an entity and count, each with its provenance."""
        entries, provenances = self._mentions
        at = self._mention_index.at((row,))
        at = at[self._view.counting[provenances[at]]]
        return list(zip(entries[at].tolist(), provenances[at].tolist(), strict=True))

    @cached_property
    def _observations(self) -> RowIndex:
        return RowIndex(self._view.observed_places, len(self._view.links))

    @cached_property
    def _properties(self) -> RowIndex:
        subjects = self._view.state.properties.subject.values[self._view.properties]
        return RowIndex(subjects, len(self._view.state.entities))

    @cached_property
    def _states(self) -> tuple[Rows, Rows]:
        """Rows of the observed states, and the entity that each is of after merges."""
        state, rows = self._view.state, self._view.properties
        rows = rows[state.properties.names.values[rows] == state.names.known(STATE)]
        owners = state.properties.subject.values[rows]
        if state.decisions.merged:
            merged_into = state.decisions.merged_into
            owners = np.asarray([merged_into(owner) for owner in owners.tolist()], np.int32)
        return rows, owners

    @cached_property
    def _state_index(self) -> RowIndex:
        return RowIndex(self._states[1], len(self._view.state.entities))

    @cached_property
    def _mentions(self) -> tuple[NDArray[np.int64], Rows]:
        """Entry and provenance of each mention of an entity, in log order."""
        index = self._view.state.observe_index
        entries = sorted(index)
        lengths = [len(index[entry].entities) for entry in entries]
        return (
            np.repeat(np.asarray(entries, np.int64), lengths),
            _joined([index[entry].provenance for entry in entries]),
        )

    @cached_property
    def _mention_index(self) -> RowIndex:
        index = self._view.state.observe_index
        mentioned = _joined([index[entry].entities for entry in sorted(index)])
        return RowIndex(mentioned, len(self._view.state.entities))


def _joined(parts: list[Rows]) -> Rows:
    return np.concatenate(parts) if parts else np.empty(0, np.int32)
