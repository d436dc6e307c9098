"""Which observations stand where a look-up was made again, so that nothing counts twice."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from clew.graph.observations import ObservationColumns
from clew.graph.working_set import WorkingSet

Rows = NDArray[np.int32]


def standing_links(state: WorkingSet, graph: str | None, rows: Rows) -> Rows | None:
    """
    Of link observations of a graph, the index of those that stand; None where all do.

    Of what several runs of one look-up say the same of one link, with the same dates and sources,
    one run stands for all: one that was made for the graph, and of those the latest. Within a run
    nothing is taken for a repetition.
    """
    details = state.link_observations.details

    def contents(rows: Rows) -> list[str]:
        return [details.get(row, "") for row in rows.tolist()]

    return _standing(state, graph, state.link_observations, rows, contents)


def standing_properties(state: WorkingSet, graph: str | None, rows: Rows) -> Rows | None:
    """The same of property observations, by their names and values."""
    columns = state.properties

    def contents(rows: Rows) -> list[str]:
        names = columns.names.values[rows].tolist()
        return [
            f"{name} {text}" for name, text in zip(names, columns.texts.take(rows), strict=True)
        ]

    return _standing(state, graph, columns, rows, contents)


def _standing(
    state: WorkingSet,
    graph: str | None,
    columns: ObservationColumns,
    rows: Rows,
    contents: Callable[[Rows], Sequence[str]],
) -> Rows | None:
    lookups = state.provenances.lookups
    repeated = lookups.repeated
    if repeated is None:
        return None
    at = np.flatnonzero(repeated[columns.provenance.values[rows]])
    if not len(at):
        return None
    again = rows[at]
    by = columns.provenance.values[again]
    known: dict[str, int] = {}
    texts = [known.setdefault(text, len(known)) for text in contents(again)]
    same: list[NDArray[np.generic]] = [np.asarray(texts, np.int64), lookups.codes[by]]
    same += [
        column.values[again]
        for column in (
            columns.subject, columns.first, columns.last, columns.precision, columns.collectors,
        )
    ]  # fmt: skip
    made_for = [seq for seq, index in state.observe_index.items() if index.graph == graph]
    own = np.isin(state.provenances.changes.values[by], made_for)
    # Sorted so that the last of each group is the graph's own, or the latest.
    order = np.lexsort([again, own, *same])
    begins = np.ones(len(order), np.bool_)
    begins[1:] = np.any([key[order[1:]] != key[order[:-1]] for key in same], axis=0)
    group = np.cumsum(begins) - 1
    last = np.append(np.flatnonzero(begins)[1:] - 1, len(order) - 1)
    run = lookups.runs[by][order]
    stands = np.ones(len(rows), np.bool_)
    stands[at[order]] = run == run[last][group]
    return np.flatnonzero(stands).astype(np.int32)
