"""What one action gave: the entities that its runs found."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clew.graph.entities import pack_ids
from clew.graph.working_set import WorkingSet


def result_rows(state: WorkingSet, action: str) -> NDArray[np.int32]:
    """
    Rows of the entities that an action's runs found, ascending.

    Of each link observation that is every end but the entity that was asked about.
    """
    rows: list[NDArray[np.int32]] = [np.empty(0, np.int32)]
    observations = state.link_observations
    for step in state.history.entries():
        index = state.observe_index.get(step.seq)
        if step.action != action or index is None or not step.counts:
            continue
        links = observations.subject.values[index.links]
        asked = _asked(state, observations.provenance.values[index.links])
        for ends in (state.links.sources.values[links], state.links.targets.values[links]):
            rows.append(ends[ends != asked])
    return np.unique(np.concatenate(rows)).astype(np.int32)


def _asked(state: WorkingSet, provenance: NDArray[np.int32]) -> NDArray[np.int32]:
    numbers, inverse = np.unique(provenance, return_inverse=True)
    inputs = [state.provenances.records[number].input for number in numbers.tolist()]
    rows = np.full(len(inputs), -1, np.int32)
    known = [at for at, id_ in enumerate(inputs) if id_]
    if known:
        rows[known] = state.entities.find(pack_ids(b"".join(inputs[at] for at in known)))
    return rows[inverse]
