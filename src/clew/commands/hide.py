"""Hide entities."""

from __future__ import annotations

from typing import Annotated

from clew.commands.command import Editor, SomeEntities, command, many, packed_ids
from clew.questions.question import BaseRequest, Name, doc


class HideRequest(BaseRequest, frozen=True, kw_only=True):
    """Entities of a graph."""

    entities: SomeEntities
    graph: Annotated[Name, doc("The graph.")] = "main"
    hidden: Annotated[bool, doc("Whether they are hidden; shown again where not.")] = True


@command("hide")
def hide(bench: Editor, request: HideRequest) -> str:
    """Hide entities of a graph, or show them again."""
    from clew.graph.view import view_of
    from clew.model.change import Hide

    view_of(bench.state, request.graph)
    ids = packed_ids(bench, request.entities)
    label = f"{'Hide' if request.hidden else 'Show'} {many(len(ids) // 16)}"
    bench.decide(Hide(request.graph, ids, request.hidden), label=label)
    return label
