"""Copy entities into another graph."""

from __future__ import annotations

from typing import Annotated

from clew.commands.command import Editor, SomeEntities, command, many
from clew.questions.entities import rows_named
from clew.questions.question import BaseRequest, Name, doc


class CopyRequest(BaseRequest, frozen=True, kw_only=True):
    """Entities of one graph, and the graph that they are copied into."""

    source: Annotated[Name, doc("The graph that they are in.")]
    target: Annotated[Name, doc("The graph that they are copied into; made where there is none.")]
    entities: SomeEntities


@command("copy")
def copy(bench: Editor, request: CopyRequest) -> str:
    """Copy entities into another graph, with the links among them and to what is there."""
    import numpy as np

    from clew.graph.decide import link_refs
    from clew.graph.view import view_of
    from clew.model.change import AddToGraph

    state, view = bench.state, view_of(bench.state, request.source)
    rows = rows_named(state, bench.catalogue, request.entities)
    chosen = np.zeros(len(state.entities), np.bool_)
    chosen[rows] = True
    there = chosen.copy()
    if request.target in state.decisions.graphs:
        there[view_of(state, request.target).entities] = True
    sources, targets = view.sources, view.targets
    inside = view.links[chosen[sources] & there[targets] | there[sources] & chosen[targets]]
    ids = state.entities.id_rows(rows).tobytes()
    label = f"Copy {many(len(rows))} into {request.target}"
    bench.decide(AddToGraph(request.target, ids, link_refs(state, inside)), label=label)
    return label
