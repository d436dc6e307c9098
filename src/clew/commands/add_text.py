"""Add entities of a text."""

from __future__ import annotations

from typing import Annotated

from clew.commands.command import Editor, command, many
from clew.errors import InvalidValue
from clew.questions.question import BaseRequest, Name, doc

TEXT_LENGTH_MAX = 4_000_000


class AddTextRequest(BaseRequest, frozen=True, kw_only=True):
    """A text, and the graph that its entities enter."""

    text: Annotated[str, doc("Values, or prose with values in it.", max_length=TEXT_LENGTH_MAX)]
    graph: Annotated[Name, doc("The graph; made where there is none.")] = "main"


@command("add-text")
def add(bench: Editor, request: AddTextRequest) -> str:
    """Add the entities of a text to a graph, defanged or not."""
    from clew.interop.text.paste import read_any

    values = list({value: None for _, value in read_any(request.text, bench.catalogue)[0]})
    if not values:
        raise InvalidValue("text", request.text, "no entity was found in it")
    label = f"Add {many(len(values))}"
    bench.add(values, graph=request.graph, label=label)
    return label
