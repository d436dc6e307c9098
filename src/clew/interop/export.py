"""A graph of an investigation, taken out of it to be written."""

from __future__ import annotations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clew.graph.sharing import Shareable
from clew.graph.view import View
from clew.graph.working_set import WorkingSet
from clew.interop.exchange_graph import ExchangeGraph, ExchangeNote
from clew.model.block import ENTITY_COLUMNS, LINK_COLUMNS, PROPERTY_COLUMNS, Block
from clew.model.provenance import Provenance

Rows = NDArray[np.int64]


def exchange_graph_of(part: Shareable, *, title: str = "") -> ExchangeGraph:
    """
    What may leave of a graph: what counts, with those that were joined to its entities.

    Hidden entities are not in a view made without them, so they do not leave. A title in which a
    stricter marking stands stays.
    """
    view, state, decisions = part.view, part.view.state, part.view.state.decisions
    rows = _rows(view)
    rows = rows[part.entities[rows]]
    place = np.full(len(state.entities) + 1, -1, np.int64)
    place[rows] = np.arange(len(rows))
    observed, properties = state.link_observations, state.properties
    loose = (
        np.ones(max(len(state.provenances.records), 1), np.bool_)
        if view.withheld is None
        else ~view.withheld
    )
    links, facts = np.union1d(view.observations, _within_merged(view)), view.properties
    links = links[loose[observed.provenance.values[links]]]
    facts = facts[place[properties.subject.values[facts]] >= 0]
    subjects = observed.subject.values[links]
    whole = (place[state.links.sources.values[subjects]] >= 0) & (
        place[state.links.targets.values[subjects]] >= 0
    )
    links, subjects = links[whole], subjects[whole]
    by_entity = _first_provenance(state, loose)[rows]
    used = np.unique(
        np.concatenate(
            (by_entity, observed.provenance.values[links], properties.provenance.values[facts])
        )
    )
    number = np.zeros(int(used.max()) + 1 if len(used) else 1, np.int64)
    number[used] = np.arange(len(used))
    names = (*state.names.names, *state.link_types.names)
    shift = len(state.names.names)
    block = Block(
        names,
        pl.DataFrame(
            {"type": state.entities.types.values[rows], "value": state.entities.values.take(rows),
             "provenance": number[by_entity]},
            schema=ENTITY_COLUMNS,
        ),
        pl.DataFrame(
            {"source": place[state.links.sources.values[subjects]],
             "type": state.links.types.values[subjects].astype(np.int64) + shift,
             "target": place[state.links.targets.values[subjects]],
             "first": observed.first.values[links], "last": observed.last.values[links],
             "precision": observed.precision.values[links],
             "provenance": number[observed.provenance.values[links]],
             "collectors": observed.collectors.values[links],
             "detail": [observed.details.get(row) for row in links.tolist()]},
            schema=LINK_COLUMNS,
        ),
        pl.DataFrame(
            {"entity": place[properties.subject.values[facts]],
             "name": properties.names.values[facts], "value": properties.texts.take(facts),
             "first": properties.first.values[facts], "last": properties.last.values[facts],
             "precision": properties.precision.values[facts],
             "provenance": number[properties.provenance.values[facts]],
             "collectors": properties.collectors.values[facts]},
            schema=PROPERTY_COLUMNS,
        ),
    )  # fmt: skip
    records: list[Provenance] = [state.provenances.records[at] for at in used.tolist()]
    at = {int(row): n for n, row in enumerate(rows)}
    positions = decisions.graphs[view.graph].positions if view.graph in decisions.graphs else {}
    return ExchangeGraph(
        block,
        tuple(records),
        title if part.ceiling.admits(title) else "",
        tags={at[row]: tuple(sorted(t)) for row, t in decisions.tags.items() if row in at and t},
        stars=frozenset(at[row] for row in decisions.stars if row in at),
        pins=frozenset(at[row] for row in decisions.pins if row in at),
        seeds=frozenset(at[row] for row in decisions.seeds if row in at),
        marks={at.get(r, -1): mark for r, mark in decisions.marks.items() if r in at or r == -1},
        notes=tuple(
            ExchangeNote(at.get(one.entity, -1), one.text, one.actor, one.at)
            for one in part.notes
            if one.entity in at or one.entity == -1
        ),
        places={at[row]: point for row, point in positions.items() if row in at},
        merged_into={
            at[row]: at[merged_into]
            for row, merged_into in decisions.merged.items()
            if row in at and merged_into in at
        },
        kept_back=part.kept_back,
    )


def _rows(view: View) -> Rows:
    """Rows of the view's entities, and of those that stand behind one of them."""
    state = view.state
    merged = state.decisions.merged
    if not merged:
        return view.entities.astype(np.int64)
    known, _ = state.known()
    inside = {int(row) for row in view.entities}
    for row in merged:
        if known[row] and state.decisions.merged_into(row) in inside:
            inside.add(row)
    return np.asarray(sorted(inside), np.int64)


def _within_merged(view: View) -> Rows:
    """Observations of links between entities that were joined; a view leaves them out."""
    state = view.state
    if not state.decisions.merged:
        return np.empty(0, np.int64)
    inside = np.zeros(len(state.links), np.bool_)
    graphs = state.decisions.graphs
    for membership in [graphs[view.graph]] if view.graph in graphs else graphs.values():
        inside |= membership.link_flags(len(state.links))
    stands = state.decisions.merged_into
    merged_rows = [
        row
        for row in np.flatnonzero(inside & state.known()[1]).tolist()
        if stands(int(state.links.sources.values[row]))
        == stands(int(state.links.targets.values[row]))
    ]
    observed = state.link_observations
    counts = state.counting()[observed.provenance.values]
    return np.flatnonzero(np.isin(observed.subject.values, merged_rows) & counts)


def _first_provenance(state: WorkingSet, allowed: NDArray[np.bool_]) -> Rows:
    """The provenance that first brought each entity, of those that count and may be told."""
    first = np.zeros(len(state.entities), np.int64)
    flags = state.history.flags(state.seq)
    for seq in sorted(state.observe_index, reverse=True):
        if flags[seq]:
            index = state.observe_index[seq]
            loose = allowed[index.provenance]
            first[index.entities[loose]] = index.provenance[loose]
    return first
