"""Runs of providers: begun, worked on and gone on with; the façade's other half."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from clew.engine.api import Requester
from clew.engine.budget import Budget, Meter
from clew.engine.events import Event, RunEnded
from clew.engine.inputs import withheld_inputs
from clew.engine.plan import Plan
from clew.engine.properties import properties_of_tasks
from clew.engine.queue_run import queue
from clew.engine.quota import grant
from clew.engine.run import Runner
from clew.engine.saved_reply import SavedReplyRequester
from clew.playbook.case_access import RunResult
from clew.store.runs import Run
from clew.transform.contract import Transform
from clew.workbench.provider_plans import ProviderPlans, Rows, now_us


class ProviderRuns(ProviderPlans):
    """Running transforms, for a workbench that has what they need."""

    tell: Callable[[Event], None]
    refresh: bool

    def start(self, made: Plan, *, graph: str, label: str = "", meter: Meter | None = None) -> Run:
        """Make a plan durable; raises OverBudget where it needs more than *meter* lets it."""
        if meter is not None:
            meter.admit(made)
        run = queue(
            self.case, made, graph=graph, label=label or made.transform.title, actor=self.actor,
            at=now_us(),
        )  # fmt: skip
        if meter is not None and made.transform.cost.credits:
            grant(self.settings, run.id, meter.budget.credits)
        if keys := {it: str(made.settings[it]) for it in made.secrets if made.settings.get(it)}:
            self.secrets[run.id] = keys
        return run

    def work(
        self,
        run: Run,
        *,
        refresh: bool = False,
        buy_again: bool = False,
        rows_max: int | None = None,
        meter: Meter | None = None,
    ) -> RunEnded:
        """Do what is left of a run."""
        return asyncio.run(
            self.work_on(run, refresh=refresh, buy_again=buy_again, rows_max=rows_max, meter=meter)
        )

    def work_saved(self, run: Run, body: bytes) -> RunEnded:
        """Do a run of one input from a saved reply; nothing is sent."""
        transform = self.registry.transform(run.transform)
        requester = SavedReplyRequester(transform.provider, body)
        return asyncio.run(self._runner(run, transform, requester).work())

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
        """Plan and run at once, as playbooks do; raises OverBudget before anything leaves."""
        meter = Meter(Budget(calls_max, credits_max))
        made = self.plan(transform, rows, settings, through=through, refresh=self.refresh)
        made = await self.quoted(made, meter=meter)
        started = self.start(made, graph=graph, meter=meter)
        ended = await self.work_on(started, refresh=self.refresh, meter=meter)
        return RunResult(
            started.action,
            made.inputs,
            len(made.lookups),
            ended.calls,
            ended.cached,
            ended.credits,
            tuple(f"{skipped.value}: {skipped.reason}" for skipped in made.skipped),
            ended.incomplete,
            ended.problems,
        )

    def run(self, transform: str, rows: Rows, **options: Any) -> RunResult:
        """The same outside of an event loop."""
        return asyncio.run(self.run_on(transform, rows, **options))

    async def work_on(
        self,
        run: Run,
        *,
        refresh: bool = False,
        buy_again: bool = False,
        rows_max: int | None = None,
        meter: Meter | None = None,
    ) -> RunEnded:
        """Do what is left of a run, inside an event loop; *meter* bounds what may be sent."""
        transform = self.registry.transform(run.transform)
        async with self._requester(
            transform, run, refresh=refresh, buy_again=buy_again
        ) as requester:
            tasks = [task for task, _ in self.case.store.tasks(run.id)]
            properties = (
                properties_of_tasks(self.view(), tasks, self._may_get(transform))
                if transform.wants_properties
                else {}
            )
            withheld = withheld_inputs(
                self.view(), tasks, self.catalogue, partial(self._marking_reason, transform)
            )
            return await self._runner(
                run, transform, requester, rows_max=rows_max, meter=meter or Meter(),
                properties=properties, withheld=withheld,
            ).work()  # fmt: skip

    def _runner(self, run: Run, transform: Transform, requester: Requester, **more: Any) -> Runner:
        return Runner(
            self.case, run, transform, requester, self.catalogue, now_us, self.tell,
            default=self.default_marking, **more,
        )  # fmt: skip
