"""Say that entities are one."""

from __future__ import annotations

from typing import Annotated

from clew.commands.command import Editor, command, many, packed_ids
from clew.questions.question import BaseRequest, EntityName, doc


class MergeEntitiesRequest(BaseRequest, frozen=True, kw_only=True):
    """The entity that stands for all, and the others."""

    keep: EntityName
    others: Annotated[tuple[EntityName, ...], doc("Values or ids.", min_length=1, max_length=1_000)]
    reason: Annotated[str, doc("Why they are one.", max_length=1_000)] = ""


@command("merge-entities")
def merge_entities(bench: Editor, request: MergeEntitiesRequest) -> str:
    """Say that entities are one; all that was said of each stays, and a split undoes it."""
    from clew.model.change import EntityMerge

    keep = packed_ids(bench, [request.keep], merged=False)
    others = packed_ids(bench, request.others, merged=False)
    label = f"Merge {many(len(request.others) + 1)} into one"
    bench.decide(EntityMerge(keep, others, request.reason), label=label)
    return label
