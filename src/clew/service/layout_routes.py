"""Routes that lay a graph out anew, and that look at a text before it is added."""

from __future__ import annotations

import numpy as np
from fastapi import APIRouter
from pydantic import BaseModel

from clew.interop.text.paste import read_any
from clew.model.change import Move
from clew.schema.refang import defang
from clew.service.case_home import CaseHome
from clew.service.shapes import Acknowledgement, LayoutRequest, TextRequest

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


def layout_routes(home: CaseHome) -> APIRouter:
    """The routes of a case home that lay out, and look at text."""
    routes = APIRouter()

    @routes.post("/layout")
    async def layout(asked: LayoutRequest) -> Acknowledgement:
        """Lay a graph out anew; pinned entities stay where they are."""
        view = home.view(asked.graph)
        before = await home.points(view)
        made = await home.laid_out(asked.layout, view)
        free = ~np.isin(view.entities, list(home.bench.state.decisions.pins))
        points = np.where(free[:, None], made, before).astype("<f4")
        ids = view.state.entities.id_rows(view.entities).tobytes()
        label = f"Lay out, {asked.layout}"
        home.bench.decide(Move(asked.graph, ids, points.tobytes()), label=label)
        home.changed()
        return Acknowledgement(seq=home.seq, label=label)

    @routes.post("/text/preview")
    async def preview(asked: TextRequest) -> TextPreview:
        """What text would become; nothing is kept."""
        values, problems = read_any(asked.text, home.library.kinds)
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
