"""Questions to Maltego transforms that go on in the background, told as runs are."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from clew.engine.events import Event, RunEnded, TaskEnded
from clew.engine.maltego.planned import MaltegoPlan
from clew.errors import ClewError
from clew.graph.results import result_rows
from clew.graph.working_set import WorkingSet
from clew.model.provenance import Extent
from clew.schema.refang import defang, defang_words
from clew.schema.value import entity_id
from clew.service.maltego_told import label_of, name_of

ASKS_MAX = 200
"""Most questions that are remembered; the oldest that ended leave."""
LINES_MAX = 200
"""Most problems and cuts of one that are listed."""

Ask = Callable[[Callable[[Event], None]], Awaitable[RunEnded]]
"""Asks, and tells of each entity."""


@dataclass(slots=True)
class MaltegoRun:
    """One question on its way, or over."""

    id: str
    target: str
    label: str
    provider: str
    graph: str
    at: int
    """Microseconds since 1970."""
    inputs: tuple[str, ...]
    """Ids of the entities that are asked about, in hexadecimal."""
    run: str = ""
    """The id that its observations have; empty before the first answer."""
    done: int = 0
    failed: int = 0
    calls: int = 0
    cuts: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    fault: str = ""
    task: asyncio.Task[None] | None = None

    @property
    def running(self) -> bool:
        """Whether it goes on."""
        return self.task is not None and not self.task.done()

    def heard(self, event: Event) -> None:
        """Take up what the engine tells."""
        self.run = event.run
        if isinstance(event, RunEnded):
            self.calls = event.calls
            return
        self.failed += event.failed
        self.done = event.done - self.failed
        value = defang(event.value)
        if event.completeness.extent is not Extent.COMPLETE:
            self.cuts.append(f"{value}: {defang_words(str(event.completeness))}")
        self.problems += [f"{value}: {defang_words(one)}" for one in event.problems]
        del self.cuts[LINES_MAX:], self.problems[LINES_MAX:]

    def as_data(self) -> dict[str, Any]:
        """As the other runs are told."""
        total = len(self.inputs)
        return {
            "id": self.id, "label": self.label, "transform": f"maltego.{self.target}",
            "graph": self.graph, "at": self.at, "running": self.running,
            "provider": self.provider, "done": self.done, "failed": self.failed,
            "left": total - self.done - self.failed, "total": total, "calls": self.calls,
            "cached": 0, "credits": 0, "cuts": self.cuts, "problems": self.problems,
            "fault": self.fault, "maltego": self.target,
        }  # fmt: skip


class MaltegoRuns:
    """All of this process; used from the event loop's thread only."""

    def __init__(self, tell: Callable[[dict[str, Any]], None], changed: Callable[[], None]) -> None:
        """*tell* takes events for the pages; *changed* is called when the log has grown."""
        self._runs: dict[str, MaltegoRun] = {}
        self._tell, self._changed = tell, changed

    def all(self) -> list[MaltegoRun]:
        """The latest first."""
        return [*self._runs.values()][::-1]

    def get(self, id_: str) -> MaltegoRun | None:
        """One by its id; None where there is none."""
        return self._runs.get(id_)

    def begin(self, plan: MaltegoPlan, graph: str, ask: Ask) -> MaltegoRun:
        """Ask in the background; it goes on when the page is closed."""
        made = MaltegoRun(
            uuid.uuid4().hex, name_of(plan.target), f"Maltego: {label_of(plan.target)}",
            plan.target.provider, graph, time.time_ns() // 1_000,
            tuple(entity_id(one.entity.type, one.entity.value).hex() for one in plan.asks),
        )  # fmt: skip
        self._runs[made.id] = made
        for old in [*self._runs][:-ASKS_MAX]:
            if not self._runs[old].running:
                del self._runs[old]
        made.task = asyncio.get_running_loop().create_task(self._work(made, ask))
        return made

    def stop(self, id_: str) -> bool:
        """Stop one; what came stays. Gives whether it was running."""
        found = self._runs.get(id_)
        if found is None or found.task is None or not found.running:
            return False
        found.task.cancel()
        return True

    async def clear(self) -> None:
        """Stop all and forget them."""
        tasks = [one.task for one in self._runs.values() if one.task is not None]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self._runs.clear()

    async def _work(self, run: MaltegoRun, ask: Ask) -> None:
        def heard(event: Event) -> None:
            run.heard(event)
            if isinstance(event, TaskEnded):
                told = {"done": event.done, "total": event.total}
                self._tell({"kind": "progress", "run": run.id, **told})
                self._changed()

        try:
            ended = await ask(heard)
            told = {"done": ended.done, "failed": ended.failed}
            self._tell({"kind": "ended", "run": run.id, **told})
        except ClewError as error:
            run.fault = str(error)
            self._tell({"kind": "failed", "run": run.id, "what": error.what, "helps": error.helps})
        finally:
            # The task itself is done a turn later; who reads meanwhile must not miss the end.
            asyncio.get_running_loop().call_soon(self._changed)


def found_by(state: WorkingSet, run: str) -> np.ndarray[Any, np.dtype[np.int32]]:
    """Rows of the entities that a question found, by the id of its observations."""
    numbers = [at for at, one in enumerate(state.provenances.records) if one.run == run]
    told = state.link_observations.provenance.values
    for step in state.history.entries():
        brought = state.observe_index.get(step.seq)
        if brought is None or not step.counts or not run:
            continue
        if np.isin(told[brought.links], numbers).any():
            return result_rows(state, step.action)
    return np.empty(0, np.int32)
