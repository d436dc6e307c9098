"""Routes that give a graph as Arrow: entities, links, observations."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Query
from fastapi.responses import Response

from clew.graph.view import View
from clew.service.case_home import CaseHome
from clew.service.columns import ENTITIES, LINKS, OBSERVATIONS, Columns
from clew.service.downloads import bytes_of
from clew.service.heavy_work import (
    Points,
    TableKind,
    change_bytes,
    changes_file,
    is_small,
    table_bytes,
    table_file,
)

ARROW = "application/vnd.apache.arrow.stream"
SEQ_MAX = 2**53
"""Largest number that the page's language holds exactly."""
TABLE_S = 120.0
"""Longest time that a table takes, in seconds."""
CHANGED_TABLES = "application/vnd.clew.arrow-changes"
EDITION_CHARS_MAX = 64
After = Annotated[str, Query(max_length=EDITION_CHARS_MAX)]
Seq = Annotated[int | None, Query(ge=0, le=SEQ_MAX)]


def table_routes(home: CaseHome) -> APIRouter:
    """The routes of a case home's graphs."""
    routes = APIRouter()

    async def table_of(
        view: View, kind: TableKind, points: Points | None, at: int | None
    ) -> Response:
        """A table, with the number of the log's last entry, in which those of one picture agree."""
        bench, seq = home.bench, home.seq
        if is_small(view):
            body = table_bytes(bench, view, kind, points, bench.default_marking)
        else:
            body = await home.table_worker.call(
                table_file, str(bench.case.store.path.absolute()), seq, view.graph, kind, points,
                at, bench.default_marking, seconds=TABLE_S,
            )  # fmt: skip
        return Response(body, media_type=ARROW, headers={"clew-seq": str(seq)})

    @routes.get("/graph/entities", **_described(ENTITIES))
    async def entities(graph: str, seq: Seq = None) -> Response:
        """One row an entity, as an Arrow IPC stream."""
        view = home.view(graph, seq)
        return await table_of(view, "entities", await home.points(view), seq)

    @routes.get("/graph/links", **_described(LINKS))
    async def links(graph: str, seq: Seq = None) -> Response:
        """One row a link, as an Arrow IPC stream."""
        return await table_of(home.view(graph, seq), "links", None, seq)

    @routes.get("/graph/observations", **_described(OBSERVATIONS))
    async def observations(graph: str, seq: Seq = None) -> Response:
        """One row a link observation, as an Arrow IPC stream."""
        return await table_of(home.view(graph, seq), "observations", None, seq)

    @routes.get("/graph/changes", **bytes_of(CHANGED_TABLES, "GraphChanges", "Changed rows."))
    async def changes(graph: str, after: After = "", seq: Seq = None) -> Response:
        """
        What changed of all three tables since an edition; all of it where none is named, or known.

        Four bytes say how long the head is (little-endian). The head is JSON: ``seq``, ``edition``
        (to be named as *after* the next time), ``whole``, and ``sizes``, the bytes of each of the
        Arrow streams that follow (0 where there is no row): rows of entities, links and
        observations that are new or differ, with their ``place``, and the places of those that are
        gone.
        """
        view, bench, now = home.view(graph, seq), home.bench, home.seq
        points = (await home.points(view)).astype(np.float32)
        if is_small(view):
            body = change_bytes(bench, view, points, after, bench.default_marking)
        else:
            body = await home.table_worker.call(
                changes_file, str(bench.case.store.path.absolute()), now, view.graph, points, seq,
                after, bench.default_marking, seconds=TABLE_S,
            )  # fmt: skip
        return Response(body, media_type=CHANGED_TABLES, headers={"clew-seq": str(now)})

    return routes


def _described(columns: Columns) -> dict[str, Any]:
    return bytes_of(ARROW, columns.name, columns.about)
