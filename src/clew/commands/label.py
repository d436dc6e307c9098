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


@command("label")
def label(bench: Editor, request: LabelRequest) -> str:
    """Tag, star, pin or seed entities, or take that off."""
    from clew.model.change import Label

    ids = packed_ids(bench, request.entities)
    word = f"{request.kind.capitalize()}{'' if request.on else ' off'}"
    named = f" {request.text}" if request.text else ""
    text = f"{word}{named}: {many(len(ids) // 16)}"
    bench.decide(Label(request.kind, ids, request.text, request.on), label=text)
    return text
