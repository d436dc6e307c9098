"""What may leave of a file's graph that is in no investigation: converting is a way out too."""

from __future__ import annotations

from clew.graph.sharing import Ceiling, shareable
from clew.graph.view import view_of
from clew.graph.working_set import WorkingSet
from clew.interop.changes import import_changes
from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.export import exchange_graph_of
from clew.model.change import Entry


def graph_within(graph: ExchangeGraph, ceiling: Ceiling) -> ExchangeGraph:
    """
    The part of a file's graph that may leave under a ceiling.

    It is the graph itself, with what Clew has no word for, where nothing of it is kept back.
    """
    changes = import_changes(graph, "main", action="", label="", actor="", at=0)
    state = WorkingSet.fold(Entry(seq, change, b"") for seq, change in enumerate(changes, 1))
    part = shareable(view_of(state, "main"), ceiling)
    whole = not part.kept_back and ceiling.admits(graph.title)
    return graph if whole else exchange_graph_of(part, title=graph.title)
