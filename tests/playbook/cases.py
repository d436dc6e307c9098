"""An investigation without a file that playbooks run on, and steps from YAML lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from builders import append, decided, state_of
from clew.engine.analyst_change import analyst_change
from clew.engine.lookup_forecast import LookupForecast
from clew.errors import UnknownName
from clew.graph.view import entity_record
from clew.model.change import Change, Decision
from clew.playbook.case_access import RunResult
from clew.playbook.format import read_playbook
from clew.playbook.result import PlaybookResult, StepResult
from clew.playbook.run import run_playbook
from clew.schema.value import Value
from questions.benches import StateBench

NO_RESULT = RunResult("", 0, 0, 0, 0, 0)


@dataclass(frozen=True)
class StateCase(StateBench):
    """A working set that steps change, and what they asked of the program around it."""

    runs: list[Mapping[str, Any]] = field(default_factory=list)
    """Each run of a transform that was asked for."""
    result: RunResult = NO_RESULT
    """What each run is answered with."""
    kept_back: str = ""
    """What an export is told to keep back."""

    def add(self, values: Sequence[Value], *, graph: str, label: str) -> None:
        append(self.state, analyst_change(values, graph, label=label, actor="test", at=0))

    def decide(self, what: Decision, *, label: str, action: str = "") -> None:
        append(self.state, decided(what, action=action or label, at=self.state.seq))

    async def run_on(
        self, transform: str, rows: NDArray[np.int32], *, graph: str, **asked: Any
    ) -> RunResult:
        self.runs.append({"transform": transform, "inputs": len(rows), "graph": graph, **asked})
        return self.result

    def forecast_lookup(self, transform: str) -> LookupForecast:
        raise UnknownName("transform", transform)

    def export_file(self, graph: str, kind: str, name: str) -> tuple[str, str]:
        return f"{graph}-{name}.{kind}", self.kept_back


def case_of(*changes: Change, **parts: Any) -> StateCase:
    """An investigation after those changes."""
    return StateCase(state_of(*changes), **parts)


def run_steps(case: StateCase, *lines: str, answers: Mapping[str, str] | None = None,
              stop: str = "{}") -> PlaybookResult:  # fmt: skip
    """Run steps, each a line ``id: ..., kind: ...`` of YAML."""
    text = f"playbook: x\nstop: {stop}\nsteps:\n" + "".join(f"  - {{{line}}}\n" for line in lines)
    return run_playbook(read_playbook(text, name="x"), {}, case, answers=answers, credits_max=99)


def step_result(case: StateCase, *lines: str) -> StepResult:
    """What the last of those steps gives."""
    return run_steps(case, *lines).steps[-1]


def values(case: StateCase, result: StepResult) -> list[str]:
    """The values of a step's set, in order of the alphabet."""
    return sorted(entity_record(case.state, int(row)).value for row in result.rows)
