"""A graph as the page draws it, as columns of numbers by row of the working set."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clew.analysis.corroboration import corroboration
from clew.analysis.interval_columns import has_dates
from clew.analysis.states import states_of
from clew.analysis.window import in_window
from clew.graph.entities import pack_ids
from clew.graph.markings import entity_markings
from clew.graph.sharing import entity_levels
from clew.graph.view import View
from clew.graph.working_set import WorkingSet
from clew.model.interval import UndatedPolicy, Window
from clew.model.marking import TLP, Marking
from clew.model.provenance import Extent
from clew.schema.registry import Catalogue
from clew.service.words import Words

Points = NDArray[np.floating]
Rows = NDArray[np.int32]
Cells = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class TableColumns:
    """A table whose rows have numbers that never change."""

    rows: Rows
    """Rows of the working set, ascending."""
    cells: Cells = field(repr=False)
    """What may change of a row, by name; each as long as *rows*."""


@dataclass(frozen=True, slots=True, eq=False)
class GraphColumns:
    """Entities, links and observations of one graph at one moment."""

    seq: int
    entities: TableColumns
    links: TableColumns
    """``source`` and ``target`` are rows of entities, after merges."""
    observations: TableColumns
    """``link`` is the row of a link."""

    @property
    def tables(self) -> tuple[TableColumns, TableColumns, TableColumns]:
        """The three, in the order in which they are told."""
        return self.entities, self.links, self.observations


def graph_columns(
    view: View, catalogue: Catalogue, points: Points, *, window: Window | None,
    default: Marking, words: Words,
) -> GraphColumns:  # fmt: skip
    """
    The columns of a graph.

    Args:
        view: The graph.
        catalogue: Says what states are worth.
        points: Where each entity is drawn, by place; shape (n, 2).
        window: The window under study; ``in_window`` is 2 everywhere where None.
        default: How what carries no marking counts.
        words: Gives numbers to states and tags.
    """
    links = view.state.links
    observed = view.observed_places
    seen = in_window(view, window, UndatedPolicy.KEEP) if window is not None else None
    scores = corroboration(view, catalogue, window=window)
    dated = np.zeros(len(view.links), np.bool_)
    dated[observed[has_dates(view.seen[2])]] = True
    return GraphColumns(
        view.state.seq,
        TableColumns(
            view.entities,
            {
                "x": points[:, 0].astype(np.float32),
                "y": points[:, 1].astype(np.float32),
                "degree": view.degree.astype(np.int32),
                "in_window": _inside(view.entities) if seen is None else seen.entities,
                **_decided(view, words),
                **_marked(view, default),
                "rest": rows_held_back(view.state, view.entities),
            },
        ),
        TableColumns(
            view.links,
            {
                "source": view.sources,
                "target": view.targets,
                "type": links.types.values[view.links],
                "score": scores.values,
                "lineages": scores.lineages.astype(np.int32),
                "observed": np.bincount(observed, minlength=len(view.links)).astype(np.int32),
                "in_window": _inside(view.links) if seen is None else seen.links,
                "dated": dated,
            },
        ),
        TableColumns(view.observations, {"link": view.links[observed]}),
    )


def _inside(rows: Rows) -> NDArray[np.uint8]:
    return np.full(len(rows), 2, np.uint8)


def _decided(view: View, words: Words) -> Cells:
    """What analysts put on entities, and what was observed of them in time."""
    decisions = view.state.decisions
    states: dict[int, list[str]] = {}
    for span in states_of(view):
        period = f"{span.state}\t{span.seen.first} – {span.seen.last}"
        states.setdefault(span.entity, []).append(period)
    tags = {row: sorted(of) for row, of in decisions.tags.items()}
    return {
        "states": _lines(view, states, words),
        "tags": _lines(view, tags, words),
        "star": _flags(view, decisions.stars),
        "pin": _flags(view, decisions.pins),
        "seed": _flags(view, decisions.seeds),
        "noted": _flags(view, (note.entity for note in decisions.notes)),
    }


def _lines(view: View, lines: dict[int, list[str]], words: Words) -> NDArray[np.int32]:
    """The numbers of texts that have a line for each of a row's."""
    every = np.full(len(view.state.entities), words.code(""), np.int32)
    for row, of in lines.items():
        every[row] = words.code("\n".join(of))
    return every[view.entities]


def _flags(view: View, rows: Iterable[int]) -> NDArray[np.bool_]:
    every = np.zeros(len(view.state.entities) + 1, np.bool_)
    # What is about no entity has the row -1, the last of these.
    every[np.fromiter(rows, np.int64)] = True
    return every[view.entities]


def _marked(view: View, default: Marking) -> Cells:
    own = np.zeros(len(view.state.entities), np.uint8)
    for row, marking in entity_markings(view.state).items():
        own[row] = int(marking.tlp)
    levels = np.minimum(entity_levels(view.state, default)[view.entities], int(TLP.RED))
    return {"tlp": own[view.entities], "level": levels.astype(np.uint8)}


def rows_held_back(state: WorkingSet, entities: Rows) -> NDArray[np.int32]:
    """
    For each entity how many rows more a provider holds about it than were received.

    -1 where it does not say how many; the latest look-up of each transform counts.
    """
    latest: dict[bytes, dict[str, int]] = {}
    counting = state.counting()
    for number, record in enumerate(state.provenances.records):
        if not record.input or not counting[number]:
            continue
        completeness, left = record.completeness, 0
        if completeness.extent is not Extent.COMPLETE:
            total = completeness.total
            left = -1 if total is None else max(0, total - completeness.received)
        latest.setdefault(record.input, {})[record.transform] = left
    every = np.zeros(len(state.entities) + 1, np.int32)
    rows = state.entities.find(pack_ids(b"".join(latest))) if latest else np.empty(0, np.int32)
    for row, left_of in zip(rows.tolist(), latest.values(), strict=True):
        known = sum(left for left in left_of.values() if left > 0)
        every[row] = known or (-1 if -1 in left_of.values() else 0)
    return every[entities]
