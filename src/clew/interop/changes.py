"""A file's graph as changes of an investigation. Pure; one action, so one undo takes it back."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from clew.interop.exchange_graph import ExchangeGraph
from clew.model.change import Change, Decision, EntityMerge, Label, Mark, Move, Note, Observe
from clew.schema.value import entity_id


def import_changes(
    graph: ExchangeGraph, into: str, *, action: str, label: str, actor: str, at: int
) -> list[Change]:
    """
    The changes that put a file's graph into a graph of an investigation.

    Args:
        graph: The graph.
        into: Name of the graph in the investigation.
        action: Id of the action, 32 hex digits.
        label: What the history says.
        actor: Who brings it.
        at: When, in microseconds since 1970.
    """
    changes = [Change(Observe(into, graph.provenance), at, action, label, actor, graph.block)]

    def decide(what: Decision, by: str = "", when: int = 0) -> None:
        changes.append(Change(what, when or at, action, label, by or actor))

    ids = [entity_id(one.type, one.value) for one in graph.entities()]

    def packed(rows: Iterable[int]) -> bytes:
        return b"".join(ids[row] for row in sorted(rows))

    if graph.places:
        rows = sorted(graph.places)
        points = np.asarray([graph.places[row] for row in rows], "<f4")
        decide(Move(into, packed(rows), points.tobytes()))
    tagged: dict[str, list[int]] = {}
    for row, tags in graph.tags.items():
        for tag in tags:
            tagged.setdefault(tag, []).append(row)
    for tag, with_it in tagged.items():
        decide(Label("tag", packed(with_it), tag))
    for kind, flagged in (("star", graph.stars), ("pin", graph.pins), ("seed", graph.seeds)):
        if flagged:
            decide(Label(kind, packed(flagged)))
    if -1 in graph.marks:
        decide(Mark(*graph.marks[-1]))
    marked: dict[tuple[int, int], list[int]] = {}
    for row, mark in graph.marks.items():
        if row >= 0:
            marked.setdefault(mark, []).append(row)
    for (tlp, pap), rows in marked.items():
        decide(Mark(tlp, pap, packed(rows)))
    for row, into_row in sorted(graph.merged_into.items()):
        decide(EntityMerge(ids[into_row], ids[row], "joined in the file"))
    for note in graph.notes:
        decide(Note(note.text, ids[note.entity] if note.entity >= 0 else b""), note.actor, note.at)
    return changes
