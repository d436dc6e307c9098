"""Merge graphs into one."""

from __future__ import annotations

from typing import Annotated

from clew.commands.command import Editor, command
from clew.questions.question import BaseRequest, Name, doc


class MergeGraphsRequest(BaseRequest, frozen=True, kw_only=True):
    """Graphs, and the name of the merged one."""

    sources: Annotated[tuple[Name, ...], doc("Two graphs or more.", min_length=2, max_length=20)]
    target: Annotated[Name, doc("The merged graph.")] = "merged"


@command("merge-graphs")
def merge_graphs(bench: Editor, request: MergeGraphsRequest) -> str:
    """Merge graphs into one; properties and sources of all sides stay."""
    from clew.graph.view import view_of
    from clew.model.change import GraphMerge

    for name in request.sources:
        view_of(bench.state, name)
    label = f"Merge {', '.join(request.sources)}"
    bench.decide(GraphMerge(request.target, request.sources), label=label)
    return label
