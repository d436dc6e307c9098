"""Routes that give a graph as Arrow: entities, links, observations."""

from __future__ import annotations

from typing import Annotated, Any

import polars as pl
from fastapi import APIRouter, Query
from fastapi.responses import Response

from clew.service.case_home import CaseHome
from clew.service.columns import ENTITIES, LINKS, OBSERVATIONS, Columns
from clew.service.downloads import bytes_of
from clew.service.tables import entity_table, ipc, link_table, observation_table

ARROW = "application/vnd.apache.arrow.stream"
SEQ_MAX = 2**53
"""Largest number that the page's language holds exactly."""
Seq = Annotated[int | None, Query(ge=0, le=SEQ_MAX)]


def table_routes(home: CaseHome) -> APIRouter:
    """The routes of a case home's graphs."""
    routes = APIRouter()

    @routes.get("/graph/entities", **_described(ENTITIES))
    async def entities(graph: str, seq: Seq = None) -> Response:
        """One row an entity, as an Arrow IPC stream."""
        view = home.view(graph, seq)
        points = await home.points(view)
        table = entity_table(view, home.bench.catalogue, points, window=home.bench.window())
        return _arrow(table, home.seq)

    @routes.get("/graph/links", **_described(LINKS))
    async def links(graph: str, seq: Seq = None) -> Response:
        """One row a link, as an Arrow IPC stream."""
        table = link_table(home.view(graph, seq), home.bench.catalogue, window=home.bench.window())
        return _arrow(table, home.seq)

    @routes.get("/graph/observations", **_described(OBSERVATIONS))
    async def observations(graph: str, seq: Seq = None) -> Response:
        """One row a link observation, as an Arrow IPC stream."""
        return _arrow(observation_table(home.view(graph, seq)), home.seq)

    return routes


def _described(columns: Columns) -> dict[str, Any]:
    return bytes_of(ARROW, columns.name, columns.about)


def _arrow(table: pl.DataFrame, seq: int) -> Response:
    """A table, with the number of the log's last entry: tables of one picture must agree in it."""
    return Response(ipc(table), media_type=ARROW, headers={"clew-seq": str(seq)})
