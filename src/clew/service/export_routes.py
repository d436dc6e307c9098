"""Routes that give a graph as a file: picture, report, other tools' formats. Nothing is sent."""

from __future__ import annotations

import asyncio
from typing import Annotated, Literal

from fastapi import APIRouter, Query
from fastapi.responses import Response

from clew.errors import Refusal
from clew.graph.sharing import Ceiling as SharingCeiling
from clew.graph.view import View
from clew.interop.formats import formats
from clew.model.marking import TLP
from clew.service.case_home import CaseHome
from clew.service.downloads import Ceiling, SharedBytes, bytes_of, ceiling_response
from clew.service.file_shapes import ExportLosses, KeptBackView, Kind
from clew.service.heavy_work import (
    PictureKind,
    ReportKind,
    export_file,
    export_losses,
    is_small,
    losses_of,
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
Beside = Annotated[list[str], Query(max_length=20)]
"""Graphs that a report compares its own with."""


def export_routes(home: CaseHome) -> APIRouter:
    """The routes of a case home that give files."""
    routes = APIRouter()

    async def picture_of(
        graph: str, kind: PictureKind, theme: Theme, ceiling: int | None
    ) -> SharedBytes:
        view = home.view(graph)
        points, highest = await home.points(view), _ceiling(home, ceiling)
        if is_small(view):
            return picture_bytes(home.bench, graph, kind, theme, points, highest)
        return await home.in_worker(
            "export", f"Picture of {graph}", picture_file, *_now(home), graph, kind, theme,
            points, highest, seconds=EXPORT_S,
        )  # fmt: skip

    async def exported(graph: str, kind: str, ceiling: int | None) -> SharedBytes:
        view = _bounded(home.view(graph), EXPORT_ROWS_MAX, "a file")
        highest = _ceiling(home, ceiling)
        if is_small(view):
            write = formats().writer(kind)
            exchange = home.bench.export_graph(graph, kind, ceiling=highest)
            return await asyncio.to_thread(write, exchange), str(exchange.kept_back)
        return await home.in_worker(
            "export", f"Export {graph} as {kind}", export_file, *_now(home), graph, kind,
            highest, seconds=EXPORT_S,
        )  # fmt: skip

    async def reported(
        graph: str, kind: ReportKind, ceiling: int | None, beside: list[str]
    ) -> SharedBytes:
        view = _bounded(home.view(graph), REPORT_ROWS_MAX, "a report")
        views = [view, *(home.view(one) for one in beside)]
        points, highest = await home.points(view), _ceiling(home, ceiling)
        if all(map(is_small, views)):
            content = home.bench.report_content(
                graph, places=points, ceiling=highest, beside=beside
            )
            return await asyncio.to_thread(write_report, content, kind), str(content.kept_back)
        return await home.in_worker(
            "report", f"Report of {graph}", report_file, *_now(home), graph, kind, points,
            highest, tuple(beside), seconds=REPORT_S,
        )  # fmt: skip

    @routes.get("/graph/picture.svg", **bytes_of("image/svg+xml", "SVG"))
    async def picture(graph: str, theme: Theme = "light", ceiling: Ceiling = None) -> Response:
        """The graph as it is laid out, as SVG."""
        return ceiling_response(await picture_of(graph, "svg", theme, ceiling), "image/svg+xml")

    @routes.get("/graph/picture.png", **bytes_of("image/png", "PNG"))
    async def pixels(graph: str, theme: Theme = "light", ceiling: Ceiling = None) -> Response:
        """The graph as it is laid out, as PNG."""
        return ceiling_response(await picture_of(graph, "png", theme, ceiling), "image/png")

    @routes.get("/graph/table.csv", **bytes_of("text/csv", "CSV"))
    async def table(graph: str, ceiling: Ceiling = None) -> Response:
        """The graph as CSV."""
        return ceiling_response(await exported(graph, "csv", ceiling), "text/csv")

    @routes.get("/graph/file", **bytes_of("application/octet-stream", "File of another tool"))
    async def file(graph: str, format: Kind, ceiling: Ceiling = None) -> Response:
        """The graph in a format of another tool."""
        form = formats().named(format)
        formats().writer(format)
        body = await exported(graph, format, ceiling)
        return ceiling_response(body, "application/octet-stream", name=f"{graph}{form.extension}")

    @routes.get("/graph/lost")
    async def lost(graph: str, format: Kind, ceiling: Ceiling = None) -> ExportLosses:
        """What of the graph a file of that format would hold, and what it has no room for."""
        formats().writer(format)
        if is_small(_bounded(home.view(graph), EXPORT_ROWS_MAX, "a file")):
            return losses_of(home.bench, graph, format, _ceiling(home, ceiling))
        return await home.table_worker.call(
            export_losses, *_now(home), graph, format, _ceiling(home, ceiling), seconds=EXPORT_S
        )

    @routes.get("/graph/kept-back")
    async def kept_back(graph: str, ceiling: Ceiling = None) -> KeptBackView:
        """How much of the graph stays here under a ceiling."""
        part = home.bench.shareable(home.view(graph).graph, _ceiling(home, ceiling))
        return KeptBackView(
            ceiling=int(part.ceiling.tlp), leaving=len(part.view.entities),
            entities=part.kept_back.entities, links=part.kept_back.links,
            facts=part.kept_back.facts, notes=part.kept_back.notes, told=str(part.kept_back),
        )  # fmt: skip

    @routes.get("/graph/report.html", **bytes_of("text/html", "Report"))
    async def page(graph: str, ceiling: Ceiling = None, beside: Beside = []) -> Response:  # noqa: B006
        """The graph as one self-contained page."""
        return ceiling_response(
            await reported(graph, "html", ceiling, beside), "text/html", name="report.html"
        )

    @routes.get("/graph/report.md", **bytes_of("text/markdown", "Report"))
    async def text(graph: str, ceiling: Ceiling = None, beside: Beside = []) -> Response:  # noqa: B006
        """The graph's report as Markdown."""
        return ceiling_response(
            await reported(graph, "md", ceiling, beside), "text/markdown", name="report.md"
        )

    @routes.get("/graph/report.pdf", **bytes_of("application/pdf", "Report"))
    async def paper(graph: str, ceiling: Ceiling = None, beside: Beside = []) -> Response:  # noqa: B006
        """The graph's report as PDF on A4."""
        body = await reported(graph, "pdf", ceiling, beside)
        return ceiling_response(body, "application/pdf", name="report.pdf")

    return routes


def _ceiling(home: CaseHome, named: int | None) -> SharingCeiling:
    return home.bench.ceiling(None if named is None else TLP(named))


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
