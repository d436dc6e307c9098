"""Routes that give a graph as a file: picture, table, report. Nothing is sent anywhere."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from clew.interop.csv import write_csv
from clew.interop.picture.drawing import Drawing, drawing_of
from clew.interop.picture.png import png
from clew.interop.picture.svg import svg
from clew.interop.report.content import Contents
from clew.interop.report.html import html
from clew.interop.report.markdown import markdown
from clew.model.marking import TLP
from clew.service.desk import Desk

Theme = Literal["light", "dark"]
Ceiling = Annotated[int, Query(ge=0, le=5)]
Beside = Annotated[list[str], Query(max_length=20)]
"""Graphs that a report compares its own with."""


def leaving(desk: Desk) -> APIRouter:
    """The routes of files of a desk."""
    routes = APIRouter()

    async def drawing(graph: str) -> Drawing:
        view = desk.view(graph)
        bench = desk.bench
        window = bench.state.decisions.study.window
        return drawing_of(
            view, bench.catalogue, title=f"{bench.title}: {graph}", marking=bench.marking,
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

    async def written(graph: str, ceiling: int, beside: list[str]) -> Contents:
        places = await desk.points(desk.view(graph))
        return desk.bench.contents(graph, places=places, ceiling=TLP(ceiling), beside=beside)

    @routes.get("/graph/report.html", response_class=Response)
    async def page(graph: str, ceiling: Ceiling = 5, beside: Beside = []) -> Response:  # noqa: B006
        """The graph as one self-contained page."""
        body = html(await written(graph, ceiling, beside))
        return _file(body.encode(), "text/html", "report.html")

    @routes.get("/graph/report.md", response_class=Response)
    async def text(graph: str, ceiling: Ceiling = 5, beside: Beside = []) -> Response:  # noqa: B006
        """The graph's report as Markdown."""
        body = markdown(await written(graph, ceiling, beside))
        return _file(body.encode(), "text/markdown", "report.md")

    @routes.get("/graph/report.pdf", response_class=Response)
    async def paper(graph: str, ceiling: Ceiling = 5, beside: Beside = []) -> Response:  # noqa: B006
        """The graph's report as PDF on A4."""
        from clew.interop.report.pdf import pdf

        told = await written(graph, ceiling, beside)
        return _file(await asyncio.to_thread(pdf, told), "application/pdf", "report.pdf")

    return routes


def _file(body: bytes, media_type: str, name: str) -> Response:
    headers = {"content-disposition": f"attachment; filename={name}"}
    return Response(body, media_type=media_type, headers=headers)
