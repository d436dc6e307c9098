"""Tag, star, pin or seed entities."""

from __future__ import annotations

from typing import Annotated, Literal

from clew.commands.command import Editor, SomeEntities, command, many, packed_ids
from clew.questions.question import BaseRequest, doc


class LabelRequest(BaseRequest, frozen=True, kw_only=True):
    """Entities, and what they are labelled with."""

    kind: Annotated[Literal["tag", "star", "pin", "seed"], doc("tag, star, pin or seed.")]
    entities: SomeEntities
    text: Annotated[str, doc("The tag's text.", max_length=200)] = ""
    on: Annotated[bool, doc("Whether it is put on; taken off where not.")] = True
    reason: Annotated[str, doc("Why a tag that marks is taken off; kept.", max_length=1_000)] = ""


@command("label")
def label(bench: Editor, request: LabelRequest) -> str:
    """Tag, star, pin or seed entities, or take that off; a tag that marks only for a reason."""
    from clew.commands.mark import missing_reason
    from clew.graph.lowering import marking_of_tag
    from clew.model.change import Label
    from clew.model.marking import UNMARKED

    ids, reason = packed_ids(bench, request.entities), request.reason.strip()
    marked = marking_of_tag(request.text) if request.kind == "tag" else UNMARKED
    lowered = not request.on and marked != UNMARKED
    if lowered and not reason:
        raise missing_reason(marked, bench.default_marking)
    word = f"{request.kind.capitalize()}{'' if request.on else ' off'}"
    named = f" {request.text}" if request.text else ""
    text = f"{word}{named}: {many(len(ids) // 16)}{f'. {reason}' if lowered else ''}"
    bench.decide(Label(request.kind, ids, request.text, request.on), label=text)
    return text
