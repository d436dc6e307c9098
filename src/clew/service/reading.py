"""Routes that read: the investigation, its graphs as Arrow, facts, history, replies, pictures."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any

import numpy as np
import polars as pl
from fastapi import APIRouter, Query
from fastapi.responses import Response

from clew.analysis.facts import connection, entity_facts, link_facts
from clew.errors import UnknownName
from clew.schema.catalogue_data import catalogue_data
from clew.schema.refang import defang
from clew.service.desk import Desk
from clew.service.rows import ids_of, row_of
from clew.service.shapes import CaseInfo, GraphInfo, Id
from clew.service.tables import entity_table, ipc, link_table, observation_table
from clew.store.replies import REPLY_BYTES_MAX

ARROW = "application/vnd.apache.arrow.stream"
REPLY_SHOWN_BYTES_MAX = 1_000_000
SEQ_MAX = 2**53
"""Largest number that the page's language holds exactly."""
Seq = Annotated[int | None, Query(ge=0, le=SEQ_MAX)]


def reading(desk: Desk) -> APIRouter:
    """The reading routes of a desk."""
    routes = APIRouter()

    @routes.get("/catalogue")
    async def catalogue() -> dict[str, Any]:
        """All kinds of entities, links and states."""
        return catalogue_data(desk.shelf.kinds)

    @routes.get("/case")
    async def case() -> CaseInfo:
        """The investigation as it stands."""
        return case_info(desk)

    @routes.get("/graph/entities", response_class=Response)
    async def entities(graph: str, seq: Seq = None) -> Response:
        """One row an entity, as an Arrow IPC stream."""
        view = desk.view(graph, seq)
        points = await desk.points(view)
        table = entity_table(view, desk.bench.catalogue, points, window=desk.bench.window())
        return _arrow(table, desk.seq)

    @routes.get("/graph/links", response_class=Response)
    async def links(graph: str, seq: Seq = None) -> Response:
        """One row a link, as an Arrow IPC stream."""
        table = link_table(desk.view(graph, seq), desk.bench.catalogue, window=desk.bench.window())
        return _arrow(table, desk.seq)

    @routes.get("/graph/observations", response_class=Response)
    async def observations(graph: str, seq: Seq = None) -> Response:
        """One row a link observation, as an Arrow IPC stream."""
        return _arrow(observation_table(desk.view(graph, seq)), desk.seq)

    @routes.get("/entities/{entity}")
    async def facts(entity: Id) -> dict[str, Any]:
        """All that is claimed of an entity, by whom, when, with which reply."""
        bench = desk.bench
        row = row_of(bench, entity)
        data = entity_facts(bench.view(), row, bench.catalogue, window=bench.window())
        notes = [
            {"at": note.at, "actor": note.actor, "text": note.text}
            for note in desk.bench.state.decisions.notes
            if note.entity == row
        ]
        return {**data, "notes": notes}

    @routes.get("/links")
    async def between(a: Id, b: Id) -> dict[str, Any]:
        """The links between two entities, with their scores and observations."""
        bench = desk.bench
        ends = row_of(bench, a), row_of(bench, b)
        return link_facts(bench.view(), *ends, bench.catalogue, window=bench.window())

    @routes.get("/graph/hidden")
    async def hidden(graph: str) -> list[str]:
        """Ids of the entities of a graph that are hidden by hand."""
        desk.view(graph)
        membership = desk.bench.state.decisions.graphs[graph]
        flags = membership.entity_flags(len(desk.bench.state.entities))
        rows = [row for row in sorted(membership.hidden) if flags[row]]
        return ids_of(desk.bench, np.asarray(rows, np.int32))

    @routes.get("/notes")
    async def notes() -> list[dict[str, Any]]:
        """All notes, oldest first; an empty value is a note of the investigation."""
        bench = desk.bench
        view = bench.view()
        told = []
        for note in bench.state.decisions.notes:
            about = view.entity(note.entity) if note.entity >= 0 else None
            told.append(
                {"at": note.at, "actor": note.actor, "text": note.text,
                 "entity": ids_of(bench, np.asarray([note.entity], np.int32))[0] if about else "",
                 "value": defang(about.value) if about else "",
                 "type": about.type if about else ""}
            )  # fmt: skip
        return told

    @routes.get("/connections")
    async def why(a: Id, b: Id) -> dict[str, Any]:
        """Why two entities are connected."""
        bench = desk.bench
        one, other = row_of(bench, a), row_of(bench, b)
        return connection(bench.view(), one, other, bench.catalogue, window=bench.window())

    @routes.get("/history")
    async def history() -> list[dict[str, Any]]:
        """All that was done, oldest first."""
        return [
            {
                "seq": step.seq, "at": f"{datetime.fromtimestamp(step.at / 1e6, UTC):%F %T}",
                "actor": step.actor, "label": step.label, "kind": step.kind,
                "counts": step.counts, "reverts": list(step.targets),
            }
            for step in desk.bench.state.history.entries()
        ]  # fmt: skip

    @routes.get("/replies/{digest}")
    async def reply(digest: str) -> dict[str, Any]:
        """A raw reply as text; a long one is cut and says so."""
        kept = desk.bench.case.store.reply(digest)
        if kept is None:
            raise UnknownName("reply", digest)
        text = kept.body[:REPLY_SHOWN_BYTES_MAX].decode("utf-8", "replace")
        return {
            "digest": digest, "media_type": kept.media_type, "bytes": len(kept.body),
            "shown": min(len(kept.body), REPLY_SHOWN_BYTES_MAX, REPLY_BYTES_MAX), "text": text,
        }  # fmt: skip

    return routes


def _arrow(table: pl.DataFrame, seq: int) -> Response:
    """A table, with the number of the log's last entry: tables of one picture must agree in it."""
    return Response(ipc(table), media_type=ARROW, headers={"clew-seq": str(seq)})


def case_info(desk: Desk) -> CaseInfo:
    """The investigation in numbers."""
    bench = desk.bench
    state, history = bench.state, bench.state.history
    labels = {step.seq: step.label for step in history.entries()}
    undo, redo = history.undo(), history.redo()
    undone = next((s for s in history.entries() if redo and s.seq == redo[0]), None)
    window, time_window = bench.window(), state.decisions.time_window
    graphs = []
    for name, membership in state.decisions.graphs.items():
        view = desk.view(name)
        flags = membership.entity_flags(len(state.entities))
        hidden = sum(bool(flags[row]) for row in membership.hidden)
        graphs.append(
            GraphInfo(name=name, entities=len(view.entities), links=len(view.links), hidden=hidden)
        )
    return CaseInfo(
        title=bench.title,
        file=str(bench.case.store.path.name),
        seq=state.seq,
        graphs=graphs,
        window=time_window.window,
        window_first=f"{window.start:%F}" if window else "",
        window_last=f"{window.end:%F}" if window else "",
        undated=time_window.undated,
        tlp=int(state.decisions.marks.get(-1, (0, 0))[0]),
        contact_limit=int(bench.settings.contact_limit),
        undo=labels[undo[-1]] if undo else "",
        redo=labels.get(undone.targets[-1], "") if undone else "",
        providers=desk.providers(),
    )
