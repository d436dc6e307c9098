"""Write a note."""

from __future__ import annotations

from typing import Annotated

from clew.commands.command import Editor, command, packed_ids
from clew.questions.question import BaseRequest, doc

NOTE_LENGTH_MAX = 100_000


class NoteRequest(BaseRequest, frozen=True, kw_only=True):
    """A text, and what it is about."""

    text: Annotated[str, doc("The note.", min_length=1, max_length=NOTE_LENGTH_MAX)]
    entity: Annotated[str, doc("An entity; the investigation where empty.", max_length=20_000)] = ""


@command("note")
def note(bench: Editor, request: NoteRequest) -> str:
    """Write a note on an entity, or on the investigation."""
    from clew.model.change import Note

    ids = packed_ids(bench, [request.entity] if request.entity else [])
    bench.decide(Note(request.text, ids), label="Note")
    return "Note"
