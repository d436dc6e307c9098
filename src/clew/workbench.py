"""The façade: an open investigation with all rooms wired. It delegates, and decides nothing."""

from __future__ import annotations

import asyncio
import random
import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from clew.engine.asker import Asker
from clew.engine.bounds import Bounds
from clew.engine.client import Client
from clew.engine.events import Event, RunEnded
from clew.engine.foresee import Foreseen, foresee
from clew.engine.given import given_change
from clew.engine.inputs import cached_values, inputs_of
from clew.engine.plan import Plan, plan
from clew.engine.price import quotes
from clew.engine.quota import known_allowance, record
from clew.engine.replay import replay
from clew.engine.run import Budget, Runner, queue, summary
from clew.engine.saved import SavedAsker
from clew.engine.settings import Settings
from clew.graph.view import View, view_of
from clew.graph.working_set import WorkingSet
from clew.interop.export import write_export
from clew.model.change import Change, Decision, Revert
from clew.model.interval import Window
from clew.playbook.desk import Ran
from clew.schema.registry import Catalogue, catalogue
from clew.schema.value import Value
from clew.store.investigation import Investigation
from clew.store.runs import Run
from clew.transform.contract import Transform
from clew.transform.registry import Registry, load_registry

Rows = NDArray[np.int32]


class Workbench:
    """One investigation, with the providers that it can ask."""

    def __init__(
        self,
        case: Investigation,
        environment: Mapping[str, str],
        *,
        kinds: Catalogue | None = None,
        registry: Registry | None = None,
        bounds: Bounds | None = None,
        actor: str = "analyst",
        tell: Callable[[Event], None] = lambda event: None,  # noqa: ARG005
    ) -> None:
        """
        Args:
            case: The open investigation; closed with the workbench.
            environment: Settings and keys (CLEW_*).
            kinds: Entity, link and state types; the built-in ones where None.
            registry: Providers and transforms; those of the entry points where None.
            bounds: Bounds of runs.
            actor: Who decides.
            tell: Called with each event of a run.
        """
        self.case = case
        self.catalogue = kinds or catalogue()
        self.registry = registry or load_registry()
        self.settings = Settings.of_environment(environment)
        self.bounds = bounds or Bounds()
        self.actor = actor
        self.tell = tell
        self.budget = Budget()
        self.refresh = False
        """Whether playbooks ask anew what kept replies would answer."""

    @classmethod
    def create(cls, path: Path | str, environment: Mapping[str, str], **parts: Any) -> Self:
        """A workbench on a new file."""
        return cls(Investigation.create(path), environment, **parts)

    @classmethod
    def open(
        cls,
        path: Path | str,
        environment: Mapping[str, str],
        *,
        readonly: bool = False,
        **parts: Any,
    ) -> Self:
        """A workbench on an existing file."""
        return cls(Investigation.open(path, readonly=readonly), environment, **parts)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.case.close()

    @property
    def state(self) -> WorkingSet:
        """The working set as it stands."""
        return self.case.state

    def view(self, graph: str | None = None) -> View:
        """A graph, or the whole investigation."""
        return view_of(self.state, graph)

    def window(self) -> Window | None:
        """The window under study."""
        study = self.state.decisions.study
        return Window.parse(study.window) if study.window else None

    def add(self, values: Sequence[Value], *, graph: str, label: str) -> None:
        """Values that a person gave enter a graph."""
        self.case.append([given_change(values, graph, label=label, actor=self.actor, at=_now())])

    def decide(self, what: Decision, *, label: str) -> None:
        """A decision is appended."""
        self.case.append([Change(what, _now(), uuid.uuid4().hex, label, self.actor)])

    def undo(self) -> tuple[int, ...]:
        """Take the latest action back; gives the entries that no longer count."""
        return self._revert(self.state.history.undo(), "undo")

    def redo(self) -> tuple[int, ...]:
        """Bring back what was undone last; gives the undo that no longer counts."""
        return self._revert(self.state.history.redo(), "redo")

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
            cached=cached_values(self.case.store, found, checked, self.catalogue, _now()),
            window=self.window(),
            through=through,
            allowance=known_allowance(self.settings, found.provider, _now() // 1_000_000),
        )
        if with_quotes and found.quoter is not None:
            made = asyncio.run(self.quoted(made))
        return made

    def start(self, made: Plan, *, graph: str, label: str = "") -> Run:
        """Make a plan durable; raises OverBudget before anything leaves."""
        self.budget.check(made)
        return queue(
            self.case, made, graph=graph, label=label or made.transform.title, actor=self.actor,
            at=_now(),
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
        runner = Runner(self.case, run, transform, asker, self.catalogue, _now, self.tell)
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
    ) -> Ran:
        """Plan and run at once, as playbooks do; raises OverBudget before anything leaves."""
        made = await self.quoted(self.plan(transform, rows, settings, through=through))
        Budget(calls_max, credits_max).check(made)
        started = self.start(made, graph=graph)
        ended = await self.work_on(started, refresh=self.refresh)
        return Ran(
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

    def run(self, transform: str, rows: Rows, **options: Any) -> Ran:
        """The same outside of an event loop."""
        return asyncio.run(self.run_on(transform, rows, **options))

    def foresee(self, transform: str) -> Foreseen:
        """What a look-up of a transform costs, and who is asked."""
        return foresee(self.registry.transform(transform), self.settings)

    def export(self, graph: str, kind: str, name: str) -> str:
        """A graph is written beside the investigation's file; gives the file's name."""
        return write_export(self.view(graph), kind, name, folder=self.case.store.path.parent)

    def replayed(self) -> WorkingSet:
        """The state derived anew from the kept replies, without a network."""
        return replay(self.case.store, self.registry, self.catalogue)

    def _revert(self, targets: tuple[int, ...], label: str) -> tuple[int, ...]:
        if targets:
            self.case.append([Change(Revert(targets), _now(), uuid.uuid4().hex, label, self.actor)])
        return targets

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
                self.case, run, transform, asker, self.catalogue, _now, self.tell, rows_max
            )
            before = summary(self.case, run)
            try:
                return await runner.work()
            finally:
                spent = summary(self.case, run)
                record(
                    self.settings, asker.asking, _now() // 1_000_000,
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


def _now() -> int:
    """Microseconds since 1970."""
    return time.time_ns() // 1_000
