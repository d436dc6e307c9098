"""Put entities somewhere."""

from __future__ import annotations

from typing import Annotated

import msgspec

from clew.commands.command import Editor, SomeEntities, command, many, packed_ids
from clew.errors import InvalidValue
from clew.questions.question import BaseRequest, Name, doc

Coordinate = Annotated[float, msgspec.Meta(ge=-1e6, le=1e6)]


class MoveRequest(BaseRequest, frozen=True, kw_only=True):
    """Entities of a graph, and where each is put."""

    entities: SomeEntities
    positions: Annotated[
        tuple[Coordinate, ...], doc("x and y of each in turn.", max_length=200_000)
    ]
    graph: Annotated[Name, doc("The graph.")] = "main"


@command("move")
def move(bench: Editor, request: MoveRequest) -> str:
    """Put entities of a graph somewhere, by hand."""
    import numpy as np

    from clew.graph.view import view_of
    from clew.model.change import Move

    view_of(bench.state, request.graph)
    if len(request.positions) != 2 * len(request.entities):
        raise InvalidValue("positions", len(request.positions), "two are needed for each entity")
    ids = packed_ids(bench, request.entities)
    label = f"Move {many(len(request.entities))}"
    positions = np.asarray(request.positions, "<f4").tobytes()
    bench.decide(Move(request.graph, ids, positions), label=label)
    return label
