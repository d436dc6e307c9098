"""Make a graph."""

from __future__ import annotations

from typing import Annotated

from clew.commands.command import Editor, command
from clew.errors import InvalidValue
from clew.questions.question import BaseRequest, Name, doc


class CreateGraphRequest(BaseRequest, frozen=True, kw_only=True):
    """A name."""

    graph: Annotated[Name, doc("The new graph's name.")]


@command("create-graph")
def create_graph(bench: Editor, request: CreateGraphRequest) -> str:
    """Make a new, empty graph."""
    from clew.model.change import CreateGraph

    if request.graph in bench.state.decisions.graphs:
        raise InvalidValue("name of a graph", request.graph, "there is one of that name")
    label = f"New graph {request.graph}"
    bench.decide(CreateGraph(request.graph), label=label)
    return label
