"""Routes that give a graph as a file: picture, report, other tools' formats. Nothing is sent."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import APIRouter, Query
from fastapi.responses import Response

from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.fidelity import losses
from clew.interop.format import Format, Write
from clew.interop.formats import formats
from clew.interop.picture.drawing import GraphDrawing, drawing_of
from clew.interop.picture.png import png
from clew.interop.picture.svg import svg
from clew.interop.report.ceiling import view_within
from clew.interop.report.content import ReportContent
from clew.interop.report.html import html
from clew.interop.report.markdown import markdown
from clew.interop.table.write import write_table
from clew.model.marking import TLP
from clew.service.desk import Desk
from clew.service.file_shapes import Kind, Lost

Theme = Literal["light", "dark"]
Ceiling = Annotated[int, Query(ge=0, le=5)]
Beside = Annotated[list[str], Query(max_length=20)]
"""Graphs that a report compares its own with."""


def leaving(desk: Desk) -> APIRouter:
    """The routes of files of a desk."""
    routes = APIRouter()

    async def drawing(graph: str) -> GraphDrawing:
        view = desk.view(graph)
        bench = desk.bench
        window = bench.state.decisions.time_window.window
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
        exchange = desk.bench.export_graph(_known(graph), "csv")
        return Response(await asyncio.to_thread(write_table, exchange), media_type="text/csv")

    def _known(graph: str) -> str:
        """The name of a graph that is there; raises UnknownName."""
        desk.view(graph)
        return graph

    def taken(graph: str, kind: str, ceiling: int) -> tuple[Format, Write, ExchangeGraph]:
        form, write = formats().named(kind), formats().writer(kind)
        return form, write, desk.bench.export_graph(_known(graph), kind, ceiling=TLP(ceiling))

    @routes.get("/graph/file", response_class=Response)
    async def file(graph: str, format: Kind, ceiling: Ceiling = 5) -> Response:
        """The graph in a format of another tool."""
        form, write, exchange = taken(graph, format, ceiling)
        body = await asyncio.to_thread(write, exchange)
        return _file(body, "application/octet-stream", f"{graph}{form.extension}")

    @routes.get("/graph/lost")
    async def left(graph: str, format: Kind, ceiling: Ceiling = 5) -> Lost:
        """What of the graph a file of that format would hold, and what it has no room for."""
        form, _, exchange = taken(graph, format, ceiling)
        _, held = view_within(desk.view(graph), TLP(ceiling))
        return Lost(
            entities=exchange.block.entities.height,
            observations=exchange.block.links.height,
            kept_back=held.entities,
            lost=await asyncio.to_thread(losses, exchange, form.fidelity),
        )

    async def written(graph: str, ceiling: int, beside: list[str]) -> ReportContent:
        places = await desk.points(desk.view(graph))
        return desk.bench.report_content(graph, places=places, ceiling=TLP(ceiling), beside=beside)

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
    """A file to be saved; its name may be anything, so it is told in ASCII and in UTF-8."""
    plain = "".join(one if one.isprintable() and one not in '/\\"' else "-" for one in name)
    ascii_ = plain.encode("ascii", "replace").decode().replace("?", "-")
    told = f"attachment; filename=\"{ascii_}\"; filename*=UTF-8''{quote(plain, safe='')}"
    return Response(body, media_type=media_type, headers={"content-disposition": told})
