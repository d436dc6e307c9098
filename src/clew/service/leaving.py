"""Routes that give a graph as a file: picture, table, report. Nothing is sent anywhere."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Literal

from fastapi import APIRouter
from fastapi.responses import Response

from clew.interop.csv import write_csv
from clew.interop.picture.drawing import Drawing, drawing_of
from clew.interop.picture.png import png
from clew.interop.picture.svg import svg
from clew.interop.report import report
from clew.model.marking import PAP, TLP, Marking
from clew.service.desk import Desk, title_of

Theme = Literal["light", "dark"]


def leaving(desk: Desk) -> APIRouter:
    """The routes of files of a desk."""
    routes = APIRouter()

    async def drawing(graph: str) -> Drawing:
        view = desk.view(graph)
        bench = desk.bench
        window = bench.state.decisions.study.window
        return drawing_of(
            view, bench.catalogue, title=f"{title_of(bench)}: {graph}", marking=marking(desk),
            subtitle=window or "all of time", places=await desk.points(view),
        )  # fmt: skip

    @routes.get("/graph/picture.svg", response_class=Response)
    async def picture(graph: str, theme: Theme = "light") -> Response:
        """The graph as it is laid out, as SVG."""
        body = svg(await drawing(graph), theme=theme)
        return Response(body, media_type="image/svg+xml")

    @routes.get("/graph/picture.png", response_class=Response)
    async def pixels(graph: str, theme: Theme = "light") -> Response:
        """The graph as it is laid out, as PNG."""
        return Response(png(await drawing(graph), theme=theme), media_type="image/png")

    @routes.get("/graph/table.csv", response_class=Response)
    async def table(graph: str) -> Response:
        """The graph as CSV."""
        return Response(write_csv(desk.view(graph)), media_type="text/csv")

    @routes.get("/graph/report.html", response_class=Response)
    async def page(graph: str) -> Response:
        """The graph as one self-contained page."""
        bench = desk.bench
        body = report(
            desk.view(graph), bench.catalogue, title=title_of(bench),
            picture=svg(await drawing(graph)), marking=marking(desk), window=bench.window(),
            undated=bench.state.decisions.study.undated, log_digest=bench.case.store.tail[1].hex(),
            at=datetime.fromtimestamp(time.time(), UTC),
        )  # fmt: skip
        headers = {"content-disposition": "attachment; filename=report.html"}
        return Response(body, media_type="text/html", headers=headers)

    return routes


def marking(desk: Desk) -> str:
    """The investigation's marking, or nothing."""
    tlp, pap = desk.bench.state.decisions.marks.get(-1, (0, 0))
    return str(Marking(TLP(tlp), PAP(pap))) if tlp or pap else ""
