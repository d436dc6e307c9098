"""Runs of providers: plans, prices and the work itself; the façade's other half."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clew.analysis.pivots import PivotTransform
from clew.engine.asker import Asker
from clew.engine.bounds import Bounds
from clew.engine.client import Client
from clew.engine.events import Event, RunEnded
from clew.engine.foresee import Foreseen, foresee, offers
from clew.engine.inputs import cached_values, inputs_of
from clew.engine.plan import Plan, plan
from clew.engine.price import quotes
from clew.engine.quota import known_allowance, record
from clew.engine.run import Budget, Runner, queue, summary
from clew.engine.saved import SavedAsker
from clew.engine.settings import Settings
from clew.graph.view import View, view_of
from clew.model.interval import Window
from clew.playbook.case_access import RunResult
from clew.schema.registry import Catalogue
from clew.store.investigation import Investigation
from clew.store.runs import Run
from clew.transform.contract import Transform
from clew.transform.registry import Registry

Rows = NDArray[np.int32]


class ProviderRuns:
    """Planning and running transforms, for a workbench that has what they need."""

    case: Investigation
    catalogue: Catalogue
    registry: Registry
    settings: Settings
    bounds: Bounds
    actor: str
    tell: Callable[[Event], None]
    budget: Budget
    refresh: bool

    def view(self, graph: str | None = None) -> View:
        """A graph, or the whole investigation."""
        return view_of(self.case.state, graph)

    def window(self) -> Window | None:
        """The window under study."""
        time_window = self.case.state.decisions.time_window
        return Window.parse(time_window.window) if time_window.window else None

    def plan(
        self,
        transform: str,
        rows: Rows,
        settings: Mapping[str, Any],
        *,
        through: Sequence[str] = (),
        with_quotes: bool = False,
    ) -> Plan:
        """What a run would do; with quotes, vendors are asked for their prices first."""
        found = self.registry.transform(transform)
        checked = found.settings(dict(settings))
        made = plan(
            found,
            inputs_of(self.view(), rows, self.catalogue),
            checked,
            catalogue=self.catalogue,
            contact=self.settings.contact(found.provider),
            contact_limit=self.settings.contact_limit,
            ceiling=self.settings.ceiling(found.provider),
            cached=cached_values(self.case.store, found, checked, self.catalogue, now_us()),
            window=self.window(),
            through=through,
            allowance=known_allowance(self.settings, found.provider, now_us() // 1_000_000),
        )
        if with_quotes and found.quoter is not None:
            made = asyncio.run(self.quoted(made))
        return made

    def start(self, made: Plan, *, graph: str, label: str = "") -> Run:
        """Make a plan durable; raises OverBudget before anything leaves."""
        self.budget.check(made)
        return queue(
            self.case, made, graph=graph, label=label or made.transform.title, actor=self.actor,
            at=now_us(),
        )  # fmt: skip

    def work(
        self,
        run: Run,
        *,
        refresh: bool = False,
        buy_again: bool = False,
        rows_max: int | None = None,
    ) -> RunEnded:
        """Do what is left of a run."""
        return asyncio.run(
            self.work_on(run, refresh=refresh, buy_again=buy_again, rows_max=rows_max)
        )

    def work_saved(self, run: Run, body: bytes) -> RunEnded:
        """Do a run of one input from a saved reply; nothing is sent."""
        transform = self.registry.transform(run.transform)
        asker = SavedAsker(transform.provider, body)
        runner = Runner(self.case, run, transform, asker, self.catalogue, now_us, self.tell)
        return asyncio.run(runner.work())

    async def run_on(
        self,
        transform: str,
        rows: Rows,
        *,
        graph: str,
        settings: Mapping[str, Any],
        through: Sequence[str] = (),
        calls_max: int | None = None,
        credits_max: float | None = None,
    ) -> RunResult:
        """Plan and run at once, as playbooks do; raises OverBudget before anything leaves."""
        made = await self.quoted(self.plan(transform, rows, settings, through=through))
        Budget(calls_max, credits_max).check(made)
        started = self.start(made, graph=graph)
        ended = await self.work_on(started, refresh=self.refresh)
        return RunResult(
            started.action,
            made.inputs,
            len(made.asks),
            ended.calls,
            ended.cached,
            ended.credits,
            tuple(f"{held.value}: {held.reason}" for held in made.held),
            ended.incomplete,
            ended.problems,
        )

    def run(self, transform: str, rows: Rows, **options: Any) -> RunResult:
        """The same outside of an event loop."""
        return asyncio.run(self.run_on(transform, rows, **options))

    def foresee(self, transform: str) -> Foreseen:
        """What a look-up of a transform costs, and who is asked."""
        return foresee(self.registry.transform(transform), self.settings)

    def pivot_transforms(self) -> list[PivotTransform]:
        """The transforms that can be asked as things are."""
        return offers(self.registry, self.settings)

    async def quoted(self, made: Plan) -> Plan:
        """A plan with the vendor's prices, inside an event loop."""
        if made.transform.quoter is None:
            return made
        async with Client(self.bounds, contact_limit=self.settings.contact_limit) as client:
            return await quotes(made, self._asker(made.transform, client))

    async def work_on(
        self,
        run: Run,
        *,
        refresh: bool = False,
        buy_again: bool = False,
        rows_max: int | None = None,
    ) -> RunEnded:
        """Do what is left of a run, inside an event loop."""
        transform = self.registry.transform(run.transform)
        async with Client(self.bounds, contact_limit=self.settings.contact_limit) as client:
            asker = self._asker(transform, client, refresh=refresh, buy_again=buy_again)
            runner = Runner(
                self.case, run, transform, asker, self.catalogue, now_us, self.tell, rows_max
            )
            before = summary(self.case, run)
            try:
                return await runner.work()
            finally:
                spent = summary(self.case, run)
                record(
                    self.settings, asker.asking, now_us() // 1_000_000,
                    calls=spent.calls - before.calls, credits_=spent.credits - before.credits,
                )  # fmt: skip

    def _asker(self, transform: Transform, client: Client, **options: bool) -> Asker:
        return Asker(
            self.settings.asking(transform.provider),
            client,
            self.case.store,
            self.bounds,
            now_s=time.time,
            clock=time.monotonic,
            chance=random.random,
            **options,
        )


def now_us() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1_000
