"""Routes that judge: what two graphs share, what would fall out of one."""

from __future__ import annotations

from typing import Any

import numpy as np
from fastapi import APIRouter

from clew.analysis.identity import suggestions
from clew.analysis.overlap import overlap
from clew.analysis.prune import PruneProposal, PruneRules, as_change, propose
from clew.analysis.select import nearest_to
from clew.analysis.via import Via, via
from clew.errors import InvalidValue
from clew.model.interval import UndatedPolicy
from clew.model.moment import day
from clew.playbook.judge import overlap_data
from clew.schema.refang import defang
from clew.schema.value import entity_id
from clew.service.desk import Desk
from clew.service.rows import ids_of, rows_of
from clew.service.shapes import Acknowledged, Chosen, Merged, Pruned

FALLING_MAX = 5_000
OUT = ("privacy-registrant",)
"""States whose entities are nobody's in particular, so never the nearest."""


def judging(desk: Desk) -> APIRouter:
    """The judging routes of a desk."""
    routes = APIRouter()

    @routes.post("/overlap")
    async def shared(asked: Merged) -> dict[str, Any]:
        """What the first two graphs share, and how much that means; nothing is merged."""
        a, b = desk.view(asked.sources[0]), desk.view(asked.sources[1])
        report = overlap(a, b, desk.bench.catalogue)
        data = overlap_data(report)
        rows = np.asarray([one.row for one in report.shared(len(data["telling"]))], np.int32)
        sides = via(a, rows), via(b, rows)
        ids = ids_of(desk.bench, rows)
        for row, id_, one in zip(rows.tolist(), ids, data["telling"], strict=True):
            one |= {"id": id_, "in_a": _told(sides[0][row]), "in_b": _told(sides[1][row])}
        return {
            **data,
            "ids": ids_of(desk.bench, report.entities),
            "sides": [
                {"graph": name, "entities": len(view.entities), "links": len(view.links)}
                for name, view in zip(asked.sources[:2], (a, b), strict=True)
            ],
        }

    @routes.get("/graph/identity")
    async def identity(graph: str) -> list[dict[str, Any]]:
        """Pairs of entities that may be one, each with its reasons; nothing is joined."""
        bench = desk.bench
        told = []
        for one in suggestions(desk.view(graph)):
            ids = ids_of(bench, np.asarray([one.a, one.b], np.int32))
            values = [defang(it.value) for it in one.entities]
            told.append(
                {"ids": ids, "values": values, "type": one.entities[0].type,
                 "reasons": list(one.reasons)}
            )  # fmt: skip
        return told

    @routes.get("/graph/joined")
    async def joined(graph: str) -> list[dict[str, Any]]:
        """What was joined: for each entity that stands for others those others."""
        bench, view = desk.bench, desk.view(graph)
        groups: dict[int, list[int]] = {}
        for other in bench.state.decisions.merged:
            kept = bench.state.decisions.merged_into(other)
            if view.entity_places[kept] >= 0:
                groups.setdefault(kept, []).append(other)
        return [
            {"id": ids_of(bench, np.asarray([kept], np.int32))[0],
             "value": defang(view.entity(kept).value), "type": view.entity(kept).type,
             "others": ids_of(bench, np.asarray(others, np.int32)),
             "values": [defang(view.entity(other).value) for other in others]}
            for kept, others in groups.items()
        ]  # fmt: skip

    @routes.post("/nearest")
    async def nearest(asked: Chosen) -> list[str]:
        """Of every kind of link at the entities, the other ends that held nearest to the window."""
        window = desk.bench.window()
        if window is None:
            raise InvalidValue("window", "", "none is set", helps="Set D and k first.")
        middle = day(f"{window.start + (window.end - window.start) / 2:%Y-%m-%d}")
        view, rows = desk.view(asked.graph), rows_of(desk.bench, asked.entities)
        private = np.asarray([row for row, name, _, _ in view.states() if name in OUT], np.int32)
        found = [
            nearest_to(view, rows, middle, link_type=kind, leave_out=private).rows
            for kind in view.state.link_types.names
        ]
        return ids_of(desk.bench, np.unique(np.concatenate([np.empty(0, np.int32), *found])))

    @routes.post("/prune/proposal")
    async def proposal(asked: Pruned) -> dict[str, Any]:
        """What the rules would let fall, each with its reason; nothing has happened."""
        made = _propose(desk, asked)
        return {
            "entities_stay": made.entities_stay,
            "links_stay": made.links_stay,
            "entities_fall": len(made.entities),
            "links_fall": len(made.links),
            "reasons": {name: list(counts) for name, counts in made.counts().items()},
            "falling": [
                {"id": entity_id(entity.type, entity.value).hex(), "type": entity.type,
                 "value": entity.value, "reason": reason}
                for entity, reason in made.falling_entities(FALLING_MAX)
            ],
        }  # fmt: skip

    @routes.post("/prune")
    async def prune(asked: Pruned) -> Acknowledged:
        """Take out what the rules let fall, as one change."""
        made = _propose(desk, asked)
        label = f"Prune {len(made.entities)} entities and {len(made.links)} links"
        desk.bench.decide(as_change(made), label=label)
        desk.changed()
        return Acknowledged(seq=desk.bench.state.seq, label=label)

    return routes


def _told(found: Via) -> dict[str, Any]:
    some = [{"type": one.type, "value": one.value} for _, one in found.some]
    return {"some": some, "count": found.count}


def _propose(desk: Desk, asked: Pruned) -> PruneProposal:
    bench = desk.bench
    rules = PruneRules(
        window=bench.window() if asked.window else None,
        undated=UndatedPolicy(asked.undated),
        score_min=asked.score_min,
        lineages_min=asked.lineages_min,
        leaf_rounds=asked.leaf_rounds,
        hub_links_min=asked.hub_links_min,
        distance_max=asked.distance_max,
        sources=tuple(asked.sources),
        states=tuple(asked.states),
    )
    return propose(desk.view(asked.graph), rules, bench.catalogue, keep=rows_of(bench, asked.keep))
