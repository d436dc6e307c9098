"""Take apart what was merged."""

from __future__ import annotations

from typing import Annotated

from clew.commands.command import Editor, command, many, packed_ids
from clew.questions.question import BaseRequest, EntityName, doc


class SplitEntitiesRequest(BaseRequest, frozen=True, kw_only=True):
    """Entities that were merged into another."""

    entities: Annotated[
        tuple[EntityName, ...], doc("Values or ids.", min_length=1, max_length=1_000)
    ]


@command("split-entities")
def split_entities(bench: Editor, request: SplitEntitiesRequest) -> str:
    """Take apart what was merged, however long ago; what came since stays."""
    from clew.model.change import EntitySplit

    label = f"Split {many(len(request.entities))}"
    bench.decide(EntitySplit(packed_ids(bench, request.entities, merged=False)), label=label)
    return label
