"""What a playbook needs of the program around it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from clew.engine.lookup_forecast import LookupForecast
from clew.model.change import Decision
from clew.questions.bench import Bench
from clew.schema.value import Value

Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class RunResult:
    """A finished run of a transform, in short."""

    action: str
    """The action of its changes in the log."""
    inputs: int
    asked: int
    calls: int
    cached: int
    credits: int
    skipped: tuple[str, ...] = ()
    """What was not asked, each with its reason."""
    incomplete: tuple[str, ...] = ()
    """What was cut or failed, each with its reason."""
    problems: tuple[str, ...] = ()


class CaseAccess(Bench, Protocol):
    """The open investigation, as a playbook uses it."""

    def add(self, values: Sequence[Value], *, graph: str, label: str) -> None:
        """Values that an analyst gave are added to a graph."""
        ...

    def decide(self, what: Decision, *, label: str, action: str = "") -> None:
        """A decision is appended; of an existing *action* it is undone together with it."""
        ...

    async def run_on(
        self,
        transform: str,
        rows: Rows,
        *,
        graph: str,
        settings: Mapping[str, Any],
        through: Sequence[str] = (),
        calls_max: int | None = None,
        credits_max: float | None = 0.0,
    ) -> RunResult:
        """
        A transform is planned and run on entities, its results in a graph.

        Raises:
            OverBudget: It would cost more; nothing has left.
        """
        ...

    def forecast_lookup(self, transform: str) -> LookupForecast:
        """What a look-up of a transform costs, and who is asked; raises UnknownName."""
        ...

    def export_file(self, graph: str, kind: str, name: str) -> tuple[str, str]:
        """A graph is written beside the file; gives the file's name, and what was kept back."""
        ...
