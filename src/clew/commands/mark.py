"""Set a marking."""

from __future__ import annotations

from typing import Annotated

from clew.commands.command import ENTITIES_MAX, Editor, command, packed_ids
from clew.questions.question import BaseRequest, EntityName, doc


class MarkRequest(BaseRequest, frozen=True, kw_only=True):
    """A marking, and what it is of."""

    tlp: Annotated[
        int, doc("0 none, 1 clear, 2 green, 3 amber, 4 amber+strict, 5 red.", ge=0, le=5)
    ]
    entities: Annotated[
        tuple[EntityName, ...],
        doc("Values or ids; the investigation where none.", max_length=ENTITIES_MAX),
    ] = ()


@command("mark")
def mark(bench: Editor, request: MarkRequest) -> str:
    """Set the marking of entities, or of the investigation."""
    from clew.model.change import Mark

    bench.decide(Mark(request.tlp, 0, packed_ids(bench, request.entities)), label="Mark")
    return "Mark"
