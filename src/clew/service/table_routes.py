"""Routes that give a graph as Arrow: entities, links, observations."""

from __future__ import annotations

from typing import Annotated, Any

import polars as pl
from fastapi import APIRouter, Query
from fastapi.responses import Response

from clew.service.columns import ENTITIES, LINKS, OBSERVATIONS, Columns
from clew.service.desk import Desk
from clew.service.tables import entity_table, ipc, link_table, observation_table

ARROW = "application/vnd.apache.arrow.stream"
SEQ_MAX = 2**53
"""Largest number that the page's language holds exactly."""
Seq = Annotated[int | None, Query(ge=0, le=SEQ_MAX)]


def table_routes(desk: Desk) -> APIRouter:
    """The routes of a desk's graphs."""
    routes = APIRouter()

    @routes.get("/graph/entities", **_described(ENTITIES))
    async def entities(graph: str, seq: Seq = None) -> Response:
        """One row an entity, as an Arrow IPC stream."""
        view = desk.view(graph, seq)
        points = await desk.points(view)
        table = entity_table(view, desk.bench.catalogue, points, window=desk.bench.window())
        return _arrow(table, desk.seq)

    @routes.get("/graph/links", **_described(LINKS))
    async def links(graph: str, seq: Seq = None) -> Response:
        """One row a link, as an Arrow IPC stream."""
        table = link_table(desk.view(graph, seq), desk.bench.catalogue, window=desk.bench.window())
        return _arrow(table, desk.seq)

    @routes.get("/graph/observations", **_described(OBSERVATIONS))
    async def observations(graph: str, seq: Seq = None) -> Response:
        """One row a link observation, as an Arrow IPC stream."""
        return _arrow(observation_table(desk.view(graph, seq)), desk.seq)

    return routes


def _described(columns: Columns) -> dict[str, Any]:
    schema = {"type": "string", "format": "binary", "title": columns.name}
    said = {"description": columns.about, "content": {ARROW: {"schema": schema}}}
    return {"response_class": Response, "responses": {200: said}}


def _arrow(table: pl.DataFrame, seq: int) -> Response:
    """A table, with the number of the log's last entry: tables of one picture must agree in it."""
    return Response(ipc(table), media_type=ARROW, headers={"clew-seq": str(seq)})
