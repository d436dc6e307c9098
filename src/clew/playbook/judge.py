"""The steps that judge: overlap, scores and pruning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from clew.analysis.corroboration import corroboration
from clew.analysis.prune import PruneRules, as_change, propose
from clew.graph.view import View
from clew.model.change import Remove
from clew.model.interval import UndatedPolicy, Window
from clew.playbook.format import PlaybookStep
from clew.playbook.result import StepResult
from clew.questions.overlap import OverlapAnswer
from clew.schema.registry import Catalogue

TELLING_MAX = 10
"""Shared entities that are listed with the reason of their weight."""


def overlap_data(found: OverlapAnswer) -> dict[str, Any]:
    """An overlap as playbooks and ``clew merge --json`` give it since 0.1, the telling first."""
    by_type: dict[str, list[str]] = {}
    for one in found.values:
        by_type.setdefault(one.type, []).append(one.value)
    return {
        "entities": found.entities,
        "links": found.links,
        "same_time": found.same_time,
        "values": [{"type": one.type, "value": one.value} for one in found.values],
        "telling": [
            {"type": one.type, "value": one.value, "weight": one.weight, "why": one.why,
             "same_time": one.same_time}
            for one in found.telling
        ],
        "chance": [one.sentence for one in found.chance],
        "contradictions": msgspec.to_builtins(found.contradictions),
        "by_type": by_type,
    }  # fmt: skip


def score_step(step: PlaybookStep, view: View, catalogue: Catalogue) -> StepResult:
    """How well the links of a graph are corroborated, in short."""
    scores = corroboration(view, catalogue)
    several = int(np.count_nonzero(scores.lineages > 1))
    mean = float(scores.values.mean()) if len(scores.values) else 0.0
    data = {"links": len(scores.values), "several_lineages": several, "mean": round(mean, 3)}
    return StepResult(step.id, step.title, step.kind, data=data)


def prune_step(
    step: PlaybookStep,
    view: View,
    keep: NDArray[np.int32],
    catalogue: Catalogue,
) -> tuple[StepResult, Remove]:
    """What falls out of a graph, and the change that takes it out."""
    arguments: Mapping[str, Any] = step.arguments
    window = Window.parse(str(arguments["window"])) if arguments.get("window") else None
    rules = PruneRules(
        window=window,
        undated=UndatedPolicy(arguments.get("undated", "with-ends")),
        score_min=float(arguments.get("score_min", 0)),
        lineages_min=int(arguments.get("lineages_min", 0)),
        leaf_rounds=int(arguments.get("leaf", 0)),
        hub_links_min=None if arguments.get("hub") is None else int(arguments["hub"]),
        distance_max=None if arguments.get("distance") is None else int(arguments["distance"]),
        sources=tuple(map(str, arguments.get("sources") or ())),
        states=tuple(map(str, arguments.get("states") or ())),
    )
    proposal = propose(view, rules, catalogue, keep=keep)
    falling = sorted(view.entity(int(row)) for row in proposal.entities)
    data = {
        "entities_stay": proposal.entities_stay,
        "links_stay": proposal.links_stay,
        "entities_fall": [{"type": one.type, "value": one.value} for one in falling],
        "reasons": {
            reason: {"entities": entities, "links": links}
            for reason, (entities, links) in proposal.counts().items()
        },
        "rules": str(rules),
    }
    if window is not None:
        data["window"] = [f"{window.start:%Y-%m-%d}", f"{window.end:%Y-%m-%d}"]
    stay = view.entities[~np.isin(view.entities, proposal.entities)]
    return StepResult(step.id, step.title, step.kind, rows=stay, data=data), as_change(proposal)
