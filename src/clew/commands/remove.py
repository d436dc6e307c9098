"""Take entities out of a graph."""

from __future__ import annotations

from typing import Annotated

from clew.commands.command import Editor, SomeEntities, command, many, packed_ids
from clew.questions.question import BaseRequest, Name, doc


class RemoveRequest(BaseRequest, frozen=True, kw_only=True):
    """Entities of a graph."""

    entities: SomeEntities
    graph: Annotated[Name, doc("The graph.")] = "main"
    reason: Annotated[str, doc("Why.", max_length=1_000)] = "by hand"


@command("remove")
def remove(bench: Editor, request: RemoveRequest) -> str:
    """Take entities out of a graph; what was observed stays in the log."""
    from clew.graph.view import view_of
    from clew.model.change import Remove

    view_of(bench.state, request.graph)
    ids = packed_ids(bench, request.entities)
    label = f"Remove {many(len(ids) // 16)}"
    bench.decide(Remove(request.graph, ids, reason=request.reason), label=label)
    return label
