"""The digest of a state: what counts, whatever way it was reached."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from clew.graph.observations import ObservationColumns
from clew.graph.view import view_of
from clew.graph.working_set import WorkingSet

Rows = NDArray[Any]

DIGEST_BYTES = 32


def state_digest(state: WorkingSet) -> str:
    """
    64 hex digits that are equal for equal states.

    Covers the graphs with their entities, links and positions, every observation that counts
    with its provenance, and every decision that counts; neither undone changes nor the log's
    length. An empty investigation has the digest of an empty one.
    """
    hasher = blake2b(digest_size=DIGEST_BYTES)
    counting = state.counting()
    rank = np.cumsum(counting, dtype=np.int64) - 1
    observations = state.link_observations
    rows = np.flatnonzero(counting[observations.provenance.values])
    hasher.update(_links(state, observations.subject.values[rows]))
    hasher.update(_dated(state, observations, rows, rank))
    details = [(at, observations.details.get(row)) for at, row in enumerate(rows.tolist())]
    hasher.update(msgspec.json.encode([row for row in details if row[1] is not None]))
    facts = state.properties
    rows = np.flatnonzero(counting[facts.provenance.values])
    hasher.update(state.entities.id_rows(facts.subject.values[rows]).tobytes())
    hasher.update(_names(state.names.names, facts.names.values[rows]))
    hasher.update(msgspec.json.encode(facts.texts.take(rows)))
    hasher.update(_dated(state, facts, rows, rank))
    records = state.provenances.records
    hasher.update(msgspec.json.encode([records[at] for at in np.flatnonzero(counting).tolist()]))
    flags = state.history.flags(state.seq)
    for seq, index in state.observe_index.items():
        if flags[seq]:
            hasher.update(state.entities.id_rows(index.entities).tobytes())
            hasher.update(rank[index.provenance].tobytes())
    for name in sorted(state.decisions.graphs):
        view = view_of(state, name, hidden=True)
        hasher.update(f"\0graph\0{name}\0".encode())
        hasher.update(np.sort(_sortable(state, view.entities)).tobytes())
        hasher.update(_links(state, view.links))

    decided = [made.what for seq, made in sorted(state.applied_decisions.items()) if flags[seq]]
    hasher.update(msgspec.json.encode(decided))
    return hasher.hexdigest()


def _sortable(state: WorkingSet, rows: Rows) -> NDArray[np.void]:
    return np.ascontiguousarray(state.entities.id_rows(rows)).view("S16").ravel()


def _links(state: WorkingSet, rows: Rows) -> bytes:
    return b"".join(
        (
            state.entities.id_rows(state.links.sources.values[rows]).tobytes(),
            _names(state.link_types.names, state.links.types.values[rows]),
            state.entities.id_rows(state.links.targets.values[rows]).tobytes(),
        )
    )


def _dated(
    state: WorkingSet, columns: ObservationColumns, rows: Rows, rank: NDArray[np.int64]
) -> bytes:
    return b"".join(
        (
            columns.first.values[rows].tobytes(),
            columns.last.values[rows].tobytes(),
            columns.precision.values[rows].tobytes(),
            rank[columns.provenance.values[rows]].tobytes(),
            _names(state.names.names, columns.collectors.values[rows]),
        )
    )


def _names(names: list[str], codes: NDArray[np.uint16]) -> bytes:
    used, inverse = np.unique(codes, return_inverse=True)
    listed = sorted((names[code], at) for at, code in enumerate(used.tolist()))
    rank = np.zeros(len(used), np.uint16)
    for place, (_, at) in enumerate(listed):
        rank[at] = place
    return msgspec.json.encode([name for name, _ in listed]) + rank[inverse].tobytes()
