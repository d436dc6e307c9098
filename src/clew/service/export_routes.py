"""Routes that give a graph as a file: picture, report, other tools' formats. Nothing is sent."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from clew.errors import Refusal
from clew.graph.view import View
from clew.interop.fidelity import losses
from clew.interop.formats import formats
from clew.interop.report.ceiling import view_within
from clew.model.marking import TLP
from clew.service.case_home import CaseHome
from clew.service.downloads import bytes_of, download
from clew.service.file_shapes import ExportLosses, Kind
from clew.service.heavy_work import (
    PictureKind,
    ReportKind,
    export_file,
    is_small,
    picture_bytes,
    picture_file,
    report_file,
    write_report,
)

REPORT_ROWS_MAX = 500_000
"""Most entities and links of a graph that a report is made of."""
EXPORT_ROWS_MAX = 10_000_000
"""Most entities and links of a graph that is written to a file."""
REPORT_S, EXPORT_S = 300.0, 600.0
"""Longest time that one takes, in seconds."""
Theme = Literal["light", "dark"]
Ceiling = Annotated[int, Query(ge=0, le=5)]
Beside = Annotated[list[str], Query(max_length=20)]
"""Graphs that a report compares its own with."""


def export_routes(home: CaseHome) -> APIRouter:
    """The routes of a case home that give files."""
    routes = APIRouter()

    async def picture_of(graph: str, kind: PictureKind, theme: Theme) -> bytes:
        view = home.view(graph)
        points = await home.points(view)
        if is_small(view):
            return picture_bytes(home.bench, graph, kind, theme, points)
        return await home.in_worker(
            "export", f"Picture of {graph}", picture_file, *_now(home), graph, kind, theme,
            points, seconds=EXPORT_S,
        )  # fmt: skip

    async def exported(graph: str, kind: str, ceiling: int) -> bytes:
        view = _bounded(home.view(graph), EXPORT_ROWS_MAX, "a file")
        if is_small(view):
            write = formats().writer(kind)
            exchange = home.bench.export_graph(graph, kind, ceiling=TLP(ceiling))
            return await asyncio.to_thread(write, exchange)
        return await home.in_worker(
            "export", f"Export {graph} as {kind}", export_file, *_now(home), graph, kind,
            TLP(ceiling), seconds=EXPORT_S,
        )  # fmt: skip

    async def reported(graph: str, kind: ReportKind, ceiling: int, beside: list[str]) -> bytes:
        view = _bounded(home.view(graph), REPORT_ROWS_MAX, "a report")
        views = [view, *(home.view(one) for one in beside)]
        points = await home.points(view)
        if all(map(is_small, views)):
            content = home.bench.report_content(
                graph, places=points, ceiling=TLP(ceiling), beside=beside
            )
            return await asyncio.to_thread(write_report, content, kind)
        return await home.in_worker(
            "report", f"Report of {graph}", report_file, *_now(home), graph, kind, points,
            TLP(ceiling), tuple(beside), seconds=REPORT_S,
        )  # fmt: skip

    @routes.get("/graph/picture.svg", **bytes_of("image/svg+xml", "SVG"))
    async def picture(graph: str, theme: Theme = "light") -> Response:
        """The graph as it is laid out, as SVG."""
        return Response(await picture_of(graph, "svg", theme), media_type="image/svg+xml")

    @routes.get("/graph/picture.png", **bytes_of("image/png", "PNG"))
    async def pixels(graph: str, theme: Theme = "light") -> Response:
        """The graph as it is laid out, as PNG."""
        return Response(await picture_of(graph, "png", theme), media_type="image/png")

    @routes.get("/graph/table.csv", **bytes_of("text/csv", "CSV"))
    async def table(graph: str) -> Response:
        """The graph as CSV."""
        return Response(await exported(graph, "csv", int(TLP.RED)), media_type="text/csv")

    @routes.get("/graph/file", **bytes_of("application/octet-stream", "File of another tool"))
    async def file(graph: str, format: Kind, ceiling: Ceiling = 5) -> Response:
        """The graph in a format of another tool."""
        form = formats().named(format)
        formats().writer(format)
        body = await exported(graph, format, ceiling)
        return download(body, "application/octet-stream", f"{graph}{form.extension}")

    @routes.get("/graph/lost")
    async def lost(graph: str, format: Kind, ceiling: Ceiling = 5) -> ExportLosses:
        """What of the graph a file of that format would hold, and what it has no room for."""
        form = formats().named(format)
        formats().writer(format)
        view = _bounded(home.view(graph), EXPORT_ROWS_MAX, "a file")
        _, left_out = view_within(view, TLP(ceiling))
        exchange = home.bench.export_graph(graph, format, ceiling=TLP(ceiling))
        return ExportLosses(
            entities=exchange.block.entities.height,
            observations=exchange.block.links.height,
            kept_back=left_out.entities,
            lost=await asyncio.to_thread(losses, exchange, form.fidelity),
        )

    @routes.get("/graph/report.html", **bytes_of("text/html", "Report"))
    async def page(graph: str, ceiling: Ceiling = 5, beside: Beside = []) -> Response:  # noqa: B006
        """The graph as one self-contained page."""
        return download(await reported(graph, "html", ceiling, beside), "text/html", "report.html")

    @routes.get("/graph/report.md", **bytes_of("text/markdown", "Report"))
    async def text(graph: str, ceiling: Ceiling = 5, beside: Beside = []) -> Response:  # noqa: B006
        """The graph's report as Markdown."""
        return download(await reported(graph, "md", ceiling, beside), "text/markdown", "report.md")

    @routes.get("/graph/report.pdf", **bytes_of("application/pdf", "Report"))
    async def paper(graph: str, ceiling: Ceiling = 5, beside: Beside = []) -> Response:  # noqa: B006
        """The graph's report as PDF on A4."""
        body = await reported(graph, "pdf", ceiling, beside)
        return download(body, "application/pdf", "report.pdf")

    return routes


def _now(home: CaseHome) -> tuple[str, int]:
    """The open file and its last entry: what a worker reads is what the page shows."""
    return str(home.bench.case.store.path.absolute()), home.seq


def _bounded(view: View, rows_max: int, what: str) -> View:
    """The same view; raises Refusal where there is too much of it."""
    rows = len(view.entities) + len(view.links)
    if rows > rows_max:
        raise Refusal(
            f"The graph has {rows} entities and links, and {what} is made of {rows_max} at most.",
            helps="Copy what matters into a graph of its own, or use the command line.",
        )
    return view
