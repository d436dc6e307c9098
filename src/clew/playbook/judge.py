"""The steps that judge: overlap, scores and pruning."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clew.analysis.corroboration import corroboration
from clew.analysis.overlap import OverlapReport, overlap
from clew.analysis.prune import PruneRules, as_change, propose
from clew.graph.view import View
from clew.model.change import Remove
from clew.model.interval import UndatedPolicy, Window
from clew.playbook.format import PlaybookStep
from clew.playbook.result import StepResult
from clew.schema.registry import Catalogue

TELLING_MAX = 10
"""Shared entities that are listed with the reason of their weight."""


def overlap_step(step: PlaybookStep, a: View, b: View, catalogue: Catalogue) -> StepResult:
    """What two graphs share."""
    report = overlap(a, b, catalogue)
    data = overlap_data(report)
    return StepResult(step.id, step.title, step.kind, rows=np.sort(report.entities), data=data)


def overlap_data(report: OverlapReport) -> dict[str, Any]:
    """An overlap as JSON, the most telling first in ``telling``."""
    a = report.a
    records = sorted(a.entity(row) for row in report.entities.tolist())
    return {
        "entities": len(records),
        "links": len(report.links),
        "same_time": report.counts(),
        "values": [{"type": one.type, "value": one.value} for one in records],
        "telling": [
            {
                "type": one.entity.type,
                "value": one.entity.value,
                "weight": round(one.weight, 4),
                "why": one.why,
                "same_time": one.same_time.value,
            }
            for one in report.shared(TELLING_MAX)
        ],
        "chance": [str(chance) for chance in report.chance],
        "by_type": _by_type([(one.type, one.value) for one in records]),
    }


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


def _by_type(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for type_, value in pairs:
        found.setdefault(type_, []).append(value)
    return found
