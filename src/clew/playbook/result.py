"""What a step gives: sets of entities, texts, and what people and machines read of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clew.model.entity import Entity

Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True, eq=False)
class StepResult:
    """The outcome of one step."""

    id: str
    title: str
    kind: str
    rows: Rows = field(default_factory=lambda: np.empty(0, np.int32))
    """Rows of the entities that later steps name by the step's id; empty for other kinds."""
    value: Any = None
    """The text that later steps name as ``${id}``; None where there is none."""
    data: Mapping[str, Any] = field(default_factory=dict)
    """What the result says, as JSON."""
    problems: tuple[str, ...] = ()
    extents: tuple[str, ...] = ()
    """Each cut or failed look-up of the step, as a sentence."""


@dataclass(frozen=True, slots=True, eq=False)
class PlaybookResult:
    """A playbook's steps with their results, and its report."""

    playbook: str
    settings: Mapping[str, Any]
    steps: tuple[StepResult, ...]
    report: Mapping[str, Any]

    def as_data(self) -> dict[str, Any]:
        """One JSON object: the report's names at the top, beside the steps."""
        return {
            "playbook": self.playbook,
            "settings": dict(self.settings),
            "steps": [step_data(step) for step in self.steps],
            **self.report,
        }


def step_data(step: StepResult) -> dict[str, Any]:
    """A step as JSON."""
    data: dict[str, Any] = {"id": step.id, "title": step.title, "kind": step.kind}
    data["result"] = dict(step.data)
    if step.problems:
        data["problems"] = list(step.problems)
    if step.extents:
        data["incomplete"] = list(step.extents)
    return data


def entities_data(entities: Sequence[Entity]) -> dict[str, Any]:
    """Count, count by type, and the values by type and value."""
    by_type: dict[str, int] = {}
    for entity in entities:
        by_type[entity.type] = by_type.get(entity.type, 0) + 1
    return {
        "count": len(entities),
        "by_type": dict(sorted(by_type.items())),
        "values": [{"type": e.type, "value": e.value} for e in sorted(entities)],
    }
