"""A running playbook: the investigation, what the steps gave so far, what is left to spend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clew.errors import InvalidValue, UnknownName
from clew.graph.view import View, entity_record, view_of
from clew.playbook.bounds import PlaybookBounds
from clew.playbook.case_access import CaseAccess
from clew.playbook.format import PlaybookStep
from clew.playbook.result import StepResult, entities_data

Rows = NDArray[np.int32]
EMPTY = np.empty(0, np.int32)


@dataclass(slots=True)
class RunContext:
    """A running playbook: the investigation, and what the steps gave so far."""

    case: CaseAccess
    values: dict[str, Any]
    """Parameters and texts of steps, for ``${name}``."""
    answers: Mapping[str, str]
    """What a person answered to steps that ask, by step."""
    bounds: PlaybookBounds
    sets: dict[str, Rows] = field(default_factory=dict)
    """Rows of entities by step."""

    def named(self, names: Any) -> Rows:
        """Rows of the sets of those names, together; raises UnknownName."""
        chosen = names if isinstance(names, list) else [names]
        for name in chosen:
            if name not in self.sets:
                raise UnknownName("set of entities", str(name), known=tuple(self.sets))
        found = [self.sets[name] for name in chosen]
        return np.unique(np.concatenate(found)).astype(np.int32) if found else EMPTY

    def view(self, graph: Any = None) -> View:
        """A graph, or the whole investigation."""
        return view_of(self.case.state, None if graph is None else str(graph))


def entities_result(context: RunContext, step: PlaybookStep, rows: Rows) -> StepResult:
    """A step's result that is a set of entities."""
    records = [entity_record(context.case.state, int(row)) for row in rows]
    return StepResult(step.id, step.title, step.kind, rows=rows, data=entities_data(records))


def graph_of(step: PlaybookStep) -> str:
    """The graph that a step names; raises InvalidValue where it names none."""
    if "graph" not in step.options:
        raise InvalidValue("step", step.id, "it names no graph for what it brings")
    return str(step.options["graph"])
