"""How each decision changes the state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

import numpy as np
from numpy.typing import NDArray

from clew.graph.decisions import NoteRecord, PlaybookRunRecord
from clew.graph.entities import pack_ids
from clew.model.change import (
    AddToGraph,
    CreateGraph,
    Decision,
    EntityMerge,
    EntitySplit,
    Entry,
    GraphMerge,
    Hide,
    Label,
    LinkRefs,
    Mark,
    Move,
    Note,
    PlaybookRun,
    Remove,
    SharingTerms,
    TimeWindow,
)

if TYPE_CHECKING:
    from clew.graph.working_set import WorkingSet

Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class AppliedDecision:
    """A decision with what was known when it was made: it names nothing that came later."""

    entry: Entry
    what: Decision
    entities: int
    """Number of entities at that moment."""
    links: int
    """Number of links at that moment."""


def apply_decision(state: WorkingSet, applied: AppliedDecision) -> None:
    """Fold one decision in; what it names and the state does not know is passed over."""
    decisions, entry, decision = state.decisions, applied.entry, applied.what

    def rows_of(ids: bytes) -> Rows:
        rows = _all_rows(state, ids)
        return rows[(rows >= 0) & (rows < applied.entities)]

    def links_of(refs: LinkRefs) -> Rows:
        rows = link_rows(state, refs)
        return rows[rows < applied.links]

    match decision:
        case CreateGraph(graph=graph):
            decisions.graph(graph)
        case AddToGraph(graph=graph, entities=entities, links=links):
            decisions.graph(graph).put(rows_of(entities), links_of(links))
        case Remove(graph=graph, entities=entities, links=links):
            _remove(state, graph, rows_of(entities), links_of(links))
        case GraphMerge(graph=graph, sources=sources):
            _merge_graphs(state, graph, sources)
        case EntityMerge(keep=keep, others=others):
            for into in map(decisions.merged_into, rows_of(keep).tolist()):
                for other in map(decisions.merged_into, rows_of(others).tolist()):
                    if other != into:
                        decisions.merged[other] = into
        case EntitySplit(entities=entities):
            _split_entities(state, set(rows_of(entities).tolist()))
        case Hide(graph=graph, entities=entities, hidden=hidden):
            rows = set(rows_of(entities).tolist())
            hidden_rows = decisions.graph(graph).hidden
            (hidden_rows.update if hidden else hidden_rows.difference_update)(rows)
        case Label():
            _label(state, decision, rows_of(decision.entities))
        case Note(text=text, entity=entity):
            row = rows_of(entity).tolist() if entity else [-1]
            decisions.notes.extend(
                NoteRecord(entry.seq, entry.change.at, entry.change.actor, text, at) for at in row
            )
        case Mark(tlp=tlp, pap=pap, entities=entities, reason=reason):
            for row in rows_of(entities).tolist() if entities else [-1]:
                decisions.marks[row] = (tlp, pap)
                if reason:
                    decisions.lowered[row] = entry.seq
        case Move(graph=graph, entities=entities, positions=positions):
            points = np.frombuffer(positions, "<f4").reshape(-1, 2)
            rows_ = _all_rows(state, entities)
            decisions.graph(graph).positions.update(
                (int(row), (float(x), float(y)))
                for row, (x, y) in zip(rows_, points, strict=True)
                if 0 <= row < applied.entities
            )
        case SharingTerms():
            decisions.sharing = decision
        case TimeWindow():
            decisions.time_window = decision
        case PlaybookRun():
            decisions.playbook_runs.append(
                PlaybookRunRecord(entry.seq, decision.playbook, decision.settings, decision.begun)
            )
        case _:
            assert_never(decision)


def link_rows(state: WorkingSet, refs: LinkRefs) -> Rows:
    """Rows of the links that are known."""
    if not len(refs):
        return np.empty(0, np.int32)
    table = np.asarray([state.link_types.known(name) for name in refs.names], np.int32)
    types = table[np.frombuffer(refs.types, np.uint8)]
    sources, targets = _all_rows(state, refs.sources), _all_rows(state, refs.targets)
    known = types >= 0
    found = state.links.find(sources[known], types[known].astype(np.uint16), targets[known])
    return found[found >= 0]


def link_refs(state: WorkingSet, rows: Rows) -> LinkRefs:
    """Links by identity, for a change; inverse of link_rows."""
    types, codes = np.unique(state.links.types.values[rows], return_inverse=True)
    return LinkRefs(
        names=tuple(state.link_types.names[code] for code in types.tolist()),
        types=codes.astype(np.uint8).tobytes(),
        sources=state.entities.id_rows(state.links.sources.values[rows]).tobytes(),
        targets=state.entities.id_rows(state.links.targets.values[rows]).tobytes(),
    )


def _remove(state: WorkingSet, graph: str, entities: Rows, links: Rows) -> None:
    membership = state.decisions.graph(graph)
    if len(entities):
        gone = np.zeros(len(state.entities), np.bool_)
        gone[entities] = True
        inside = np.flatnonzero(membership.link_flags(len(state.links)))
        touched = (
            gone[state.links.sources.values[inside]] | gone[state.links.targets.values[inside]]
        )
        links = np.concatenate((links, inside[touched].astype(np.int32)))
    membership.remove(entities, links)


def _merge_graphs(state: WorkingSet, graph: str, sources: tuple[str, ...]) -> None:
    into = state.decisions.graph(graph)
    for name in sources:
        source = state.decisions.graph(name)
        into.put(
            np.flatnonzero(source.entity_flags(len(state.entities))).astype(np.int32),
            np.flatnonzero(source.link_flags(len(state.links))).astype(np.int32),
        )
        for row, point in source.positions.items():
            into.positions.setdefault(row, point)


def _split_entities(state: WorkingSet, rows: set[int]) -> None:
    # What was merged into one of them, directly, follows what that one was merged into.
    merged = state.decisions.merged
    followers: dict[int, set[int]] = {}
    for other, into in merged.items():
        if into in rows:
            followers.setdefault(into, set()).add(other)
    for row in rows:
        above = merged.pop(row, None)
        following = followers.pop(row, set())
        if above is None:
            for other in following:
                del merged[other]
            continue
        merged.update(dict.fromkeys(following, above))
        if above in rows:
            followers[above] = (followers.get(above, set()) | following) - {row}


def _label(state: WorkingSet, label: Label, entities: Rows) -> None:
    decisions, rows = state.decisions, entities.tolist()
    if label.kind == "tag":
        for row in rows:
            tags = decisions.tags.setdefault(row, set())
            (tags.add if label.on else tags.discard)(label.text)
        return
    sets = {"star": decisions.stars, "pin": decisions.pins, "seed": decisions.seeds}
    labelled = sets.get(label.kind)
    if labelled is not None:
        (labelled.update if label.on else labelled.difference_update)(rows)


def _all_rows(state: WorkingSet, ids: bytes) -> Rows:
    return state.entities.find(pack_ids(ids))
