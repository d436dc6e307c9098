"""Ids of observations from their rows in a working set, and back."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clew.errors import InvalidValue, UnknownName
from clew.graph.view import link_observation, property_observation
from clew.graph.working_set import ObserveIndex, WorkingSet
from clew.model.entity import Observation
from clew.model.observation_id import ObservationId, ObservationKind

Rows = NDArray[np.int32]


def observation_ids(
    state: WorkingSet, rows: NDArray[np.integer], kind: ObservationKind
) -> list[str]:
    """
    The ids of observations, in the order of *rows*; for many rows in one call.

    Args:
        state: The working set.
        rows: Rows of ``state.link_observations``, or of ``state.properties``.
        kind: Which of the two.
    """
    if not len(rows):
        return []
    entries = np.fromiter(state.observe_index, np.int64, len(state.observe_index))
    starts = np.fromiter(
        (_rows_of(index, kind).start for index in state.observe_index.values()),
        np.int64,
        len(entries),
    )
    # Of entries that begin at one row, all but the last have none of this kind.
    at = np.searchsorted(starts, rows, side="right") - 1
    numbers = np.asarray(rows, np.int64) - starts[at] + 1
    return [
        f"o{entry}.{kind}{number}"
        for entry, number in zip(entries[at].tolist(), numbers.tolist(), strict=True)
    ]


def observation_row(
    state: WorkingSet, observation_id: ObservationId | str
) -> tuple[ObservationKind, int]:
    """
    Which kind of observation an id names, and its row in the working set.

    It is found also where its entry was undone; ``state.counting()`` tells whether it counts.

    Raises:
        InvalidValue: The text is no observation id.
        UnknownName: The log holds no such observation.
    """
    id_ = ObservationId.parse(observation_id) if isinstance(observation_id, str) else observation_id
    index = state.observe_index.get(id_.entry)
    if index is not None:
        rows = _rows_of(index, id_.kind)
        if id_.row <= rows.stop - rows.start:
            return id_.kind, rows.start + id_.row - 1
    raise UnknownName("observation", str(id_))


def observation_rows(
    state: WorkingSet, observation_ids: Sequence[ObservationId | str], kind: ObservationKind
) -> Rows:
    """
    The rows of observations of one kind, in the order of their ids.

    Raises:
        InvalidValue: One is no observation id, or is of the other kind.
        UnknownName: The log holds no such observation.
    """
    rows = np.empty(len(observation_ids), np.int32)
    for at, observation_id in enumerate(observation_ids):
        found, rows[at] = observation_row(state, observation_id)
        if found is not kind:
            wanted = "a link" if kind is ObservationKind.LINK else "a property"
            raise InvalidValue("observation id", observation_id, f"it is not one of {wanted}")
    return rows


def observation_of(state: WorkingSet, observation_id: ObservationId | str) -> Observation:
    """The observation that an id names, as a record; raises as observation_row does."""
    kind, row = observation_row(state, observation_id)
    if kind is ObservationKind.LINK:
        return link_observation(state, row)
    return property_observation(state, row)


def _rows_of(index: ObserveIndex, kind: ObservationKind) -> slice:
    return index.links if kind is ObservationKind.LINK else index.properties
