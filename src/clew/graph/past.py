"""A past moment of a working set: its first rows, and what had been decided by then."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from clew.graph.codes import Codes
from clew.graph.working_set import WorkingSet


def past_state(state: WorkingSet, seq: int) -> WorkingSet:
    """
    The working set as it was after the entry *seq*, for reading.

    Rows are numbered in the order of the log and never move, so that the columns of a past
    moment are the first rows of today's, which are shared. Decisions are folded anew from the
    nearest checkpoint.

    Args:
        state: The working set; it may go on to grow, which the past does not see.
        seq: At most ``state.seq``.
    """
    past = WorkingSet()
    past.seq = seq
    past.history = state.history.head(seq)
    past.observe_index = {at: one for at, one in state.observe_index.items() if at <= seq}
    past.applied_decisions = {at: one for at, one in state.applied_decisions.items() if at <= seq}
    provenances = int(np.searchsorted(state.provenances.changes.values, seq, side="right"))
    past.provenances = state.provenances.head(provenances)
    # Observes come in the order of the log, and the rows of each follow those of the one before.
    latest = past.observe_index[max(past.observe_index)] if past.observe_index else None
    links = latest.links.stop if latest is not None else 0
    properties = latest.properties.stop if latest is not None else 0
    past.link_observations = state.link_observations.head(links)
    past.properties = state.properties.head(properties)
    past.links = state.links.head(_count(past.link_observations.subject.values))
    mentioned = [one.entities for one in past.observe_index.values()]
    past.entities = state.entities.head(max(map(_count, mentioned), default=0))
    past.names = _names(
        state.names,
        past.entities.types.values,
        past.properties.names.values,
        past.properties.collectors.values,
        past.link_observations.collectors.values,
    )
    past.link_types = _names(state.link_types, past.links.types.values)
    past.fold_decisions(state.checkpoints)
    return past


def _count(rows: NDArray[Any]) -> int:
    """How many rows there are where those are numbered as they come."""
    return int(rows.max()) + 1 if len(rows) else 0


def _names(names: Codes, *used: NDArray[Any]) -> Codes:
    """Names are numbered when they are first used."""
    return names.head(max(map(_count, used)))
