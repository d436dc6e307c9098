"""Routes that lay a graph out anew, and that look at a text before it is added."""

from __future__ import annotations

import numpy as np
from fastapi import APIRouter
from pydantic import BaseModel

from clew.interop.text.paste import read_any
from clew.model.change import Move
from clew.schema.refang import defang
from clew.service.desk import Desk
from clew.service.shapes import Acknowledged, LaidOut, Pasted

FOUND_SHOWN_MAX = 2_000


class FoundValue(BaseModel):
    """A value of a text."""

    line: int
    type: str
    value: str
    """Defanged."""


class UnreadLine(BaseModel):
    """A line of a text that is no value."""

    line: int
    text: str
    reason: str


class TextPreview(BaseModel):
    """What text would become; nothing is kept."""

    found: list[FoundValue]
    count: int
    repeated: int
    problems: list[UnreadLine]
    problem_count: int


def layout_routes(desk: Desk) -> APIRouter:
    """The routes of a desk that lay out, and look at text."""
    routes = APIRouter()

    @routes.post("/layout")
    async def layout(asked: LaidOut) -> Acknowledged:
        """Lay a graph out anew; pinned entities stay where they are."""
        view = desk.view(asked.graph)
        before = await desk.points(view)
        made = await desk.laid_out(asked.layout, view)
        free = ~np.isin(view.entities, list(desk.bench.state.decisions.pins))
        points = np.where(free[:, None], made, before).astype("<f4")
        ids = view.state.entities.id_rows(view.entities).tobytes()
        label = f"Lay out, {asked.layout}"
        desk.bench.decide(Move(asked.graph, ids, points.tobytes()), label=label)
        desk.changed()
        return Acknowledged(seq=desk.seq, label=label)

    @routes.post("/text/preview")
    async def preview(asked: Pasted) -> TextPreview:
        """What text would become; nothing is kept."""
        values, problems = read_any(asked.text, desk.shelf.kinds)
        unique = {(value.type.name, str(value)): (line, value) for line, value in values}
        return TextPreview(
            found=[
                FoundValue(line=line, type=value.type.name, value=defang(value))
                for line, value in list(unique.values())[:FOUND_SHOWN_MAX]
            ],
            count=len(unique),
            repeated=len(values) - len(unique),
            problems=[
                UnreadLine(line=each.line, text=each.text, reason=each.reason)
                for each in problems[:FOUND_SHOWN_MAX]
            ],
            problem_count=len(problems),
        )

    return routes
