"""Routes that decide: each appends one change, which one undo takes back."""

from __future__ import annotations

import asyncio

import numpy as np
from fastapi import APIRouter

from clew.errors import InvalidValue
from clew.graph.decide import link_refs
from clew.interop.text.paste import read_any
from clew.layout.named import lay_out
from clew.model.change import (
    AddToGraph,
    CreateGraph,
    Decision,
    EntityMerge,
    EntitySplit,
    GraphMerge,
    Hide,
    Label,
    Mark,
    Move,
    Note,
    Remove,
    TimeWindow,
)
from clew.model.interval import Window
from clew.schema.refang import defang
from clew.service.desk import Desk
from clew.service.rows import packed, rows_of
from clew.service.shapes import (
    Acknowledged,
    Chosen,
    Copied,
    Hidden,
    Joined,
    Labelled,
    LaidOut,
    Marked,
    Merged,
    Moved,
    Named,
    Noted,
    Parted,
    Pasted,
    Studied,
)

FOUND_SHOWN_MAX = 2_000


def changing(desk: Desk) -> APIRouter:
    """The deciding routes of a desk."""
    routes = APIRouter()

    def decide(what: Decision, label: str) -> Acknowledged:
        desk.bench.decide(what, label=label)
        desk.changed()
        return Acknowledged(seq=desk.bench.state.seq, label=label)

    @routes.post("/undo")
    async def undo() -> Acknowledged:
        """Take the latest action back."""
        return _step(desk, desk.bench.undo())

    @routes.post("/redo")
    async def redo() -> Acknowledged:
        """Bring back what was undone last."""
        return _step(desk, desk.bench.redo())

    @routes.post("/graphs")
    async def create(asked: Named) -> Acknowledged:
        """A new, empty graph."""
        if asked.graph in desk.bench.state.decisions.graphs:
            raise InvalidValue("name of a graph", asked.graph, "there is one of that name")
        return decide(CreateGraph(asked.graph), f"New graph {asked.graph}")

    @routes.post("/hide")
    async def hide(asked: Hidden) -> Acknowledged:
        """Hide entities of a graph, or show them again."""
        desk.view(asked.graph)
        rows_of(desk.bench, asked.entities)
        word = "Hide" if asked.hidden else "Show"
        what = Hide(asked.graph, packed(asked.entities), asked.hidden)
        return decide(what, f"{word} {_many(len(asked.entities))}")

    @routes.post("/remove")
    async def remove(asked: Chosen) -> Acknowledged:
        """Take entities out of a graph; what was observed stays in the log."""
        desk.view(asked.graph)
        rows_of(desk.bench, asked.entities)
        what = Remove(asked.graph, packed(asked.entities), reason="by hand")
        return decide(what, f"Remove {_many(len(asked.entities))}")

    @routes.post("/label")
    async def label(asked: Labelled) -> Acknowledged:
        """Tag, star, pin or seed entities, or take that off."""
        rows_of(desk.bench, asked.entities)
        word = f"{asked.kind.capitalize()}{'' if asked.on else ' off'}"
        named = f" {asked.text}" if asked.text else ""
        what = Label(asked.kind, packed(asked.entities), asked.text, asked.on)
        return decide(what, f"{word}{named}: {_many(len(asked.entities))}")

    @routes.post("/join")
    async def join(asked: Joined) -> Acknowledged:
        """Say that entities are one; all that was said of each stays, and a split undoes it."""
        rows_of(desk.bench, [asked.keep, *asked.others])
        what = EntityMerge(packed([asked.keep]), packed(asked.others), asked.reason)
        return decide(what, f"Join {_many(len(asked.others) + 1)} into one")

    @routes.post("/split")
    async def split(asked: Parted) -> Acknowledged:
        """Take apart what was joined, however long ago; what came since stays."""
        rows_of(desk.bench, asked.entities)
        return decide(EntitySplit(packed(asked.entities)), f"Split {_many(len(asked.entities))}")

    @routes.post("/note")
    async def note(asked: Noted) -> Acknowledged:
        """A note on an entity or on the investigation."""
        rows_of(desk.bench, [asked.entity] if asked.entity else [])
        return decide(Note(asked.text, packed([asked.entity])), "Note")

    @routes.post("/mark")
    async def mark(asked: Marked) -> Acknowledged:
        """A marking on entities or on the investigation."""
        rows_of(desk.bench, asked.entities)
        return decide(Mark(asked.tlp, 0, packed(asked.entities)), "Mark")

    @routes.post("/move")
    async def move(asked: Moved) -> Acknowledged:
        """Entities were put somewhere by hand."""
        desk.view(asked.graph)
        rows_of(desk.bench, asked.entities)
        if len(asked.positions) != 2 * len(asked.entities):
            raise InvalidValue("positions", len(asked.positions), "two are needed for each entity")
        raw = np.asarray(asked.positions, "<f4").tobytes()
        what = Move(asked.graph, packed(asked.entities), raw)
        return decide(what, f"Move {_many(len(asked.entities))}")

    @routes.post("/window")
    async def window(asked: Studied) -> Acknowledged:
        """Set the window under study, or none."""
        told = str(Window.parse(asked.window)) if asked.window else ""
        return decide(TimeWindow(told, asked.undated), f"Window {told or 'off'}")

    @routes.post("/copy")
    async def copy(asked: Copied) -> Acknowledged:
        """Copy entities into another graph, with the links among them and to what is there."""
        bench, view = desk.bench, desk.view(asked.source)
        chosen = np.zeros(len(bench.state.entities), np.bool_)
        chosen[rows_of(bench, asked.entities)] = True
        there = chosen.copy()
        if asked.target in bench.state.decisions.graphs:
            there[desk.view(asked.target).entities] = True
        from_, to = view.sources, view.targets
        inside = view.links[chosen[from_] & there[to] | there[from_] & chosen[to]]
        what = AddToGraph(asked.target, packed(asked.entities), link_refs(desk.bench.state, inside))
        return decide(what, f"Copy {_many(len(asked.entities))} into {asked.target}")

    @routes.post("/merge")
    async def merge(asked: Merged) -> Acknowledged:
        """Merge graphs into one; properties and sources of all sides stay."""
        for name in asked.sources:
            desk.view(name)
        what = GraphMerge(asked.target, tuple(asked.sources))
        return decide(what, f"Merge {', '.join(asked.sources)}")

    @routes.post("/layout")
    async def layout(asked: LaidOut) -> Acknowledged:
        """Lay a graph out anew; pinned entities stay where they are."""
        view = desk.view(asked.graph)
        before = await desk.points(view)
        types = view.state.entities.types.values[view.entities].astype(np.int32)
        made = await asyncio.to_thread(
            lay_out, asked.layout, len(view.entities), view.source_places.astype(np.int32),
            view.target_places.astype(np.int32), groups=types,
        )  # fmt: skip
        free = ~np.isin(view.entities, list(desk.bench.state.decisions.pins))
        points = np.where(free[:, None], made, before).astype("<f4")
        ids = view.state.entities.id_rows(view.entities).tobytes()
        what = Move(asked.graph, ids, points.tobytes())
        return decide(what, f"Lay out, {asked.layout}")

    @routes.post("/text/preview")
    async def preview(asked: Pasted) -> dict[str, object]:
        """What text would become; nothing is kept."""
        values, problems = read_any(asked.text, desk.shelf.kinds)
        unique = {(value.type.name, str(value)): (line, value) for line, value in values}
        return {
            "found": [
                {"line": line, "type": value.type.name, "value": defang(value)}
                for line, value in list(unique.values())[:FOUND_SHOWN_MAX]
            ],
            "count": len(unique),
            "repeated": len(values) - len(unique),
            "problems": [
                {"line": each.line, "text": each.text, "reason": each.reason}
                for each in problems[:FOUND_SHOWN_MAX]
            ],
            "problem_count": len(problems),
        }

    @routes.post("/text")
    async def add(asked: Pasted) -> Acknowledged:
        """Entities of text enter a graph."""
        values = list({v: None for _, v in read_any(asked.text, desk.bench.catalogue)[0]})
        if not values:
            raise InvalidValue("text", asked.text, "no entity was found in it")
        label = f"Add {_many(len(values))}"
        desk.bench.add(values, graph=asked.graph, label=label)
        desk.changed()
        return Acknowledged(seq=desk.bench.state.seq, label=label)

    return routes


def _step(desk: Desk, targets: tuple[int, ...]) -> Acknowledged:
    labels = {step.seq: step.label for step in desk.bench.state.history.entries()}
    if targets:
        desk.changed()
    return Acknowledged(seq=desk.bench.state.seq, label=labels[targets[-1]] if targets else "")


def _many(count: int) -> str:
    return "1 entity" if count == 1 else f"{count} entities"
