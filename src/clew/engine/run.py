"""Running a plan: durable tasks, several at once, results recorded in whole batches."""

from __future__ import annotations

import asyncio
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from clew.engine.api import Requester, TaskApi
from clew.engine.budget import LookupMeter, Meter
from clew.engine.events import Event, RunEnded, TaskEnded
from clew.engine.observe import changes_of
from clew.engine.perform import TaskResult, failed_task, perform
from clew.engine.price import pricing_of
from clew.engine.worker_identity import is_gone, new_owner
from clew.errors import KeyMissing, KeyRefused, ProviderLimited
from clew.model.change import Change
from clew.model.journal import (
    FinishedTask,
    Outcome,
    RunClosed,
    TasksFinished,
)
from clew.model.marking import DEFAULT_MARKING, Marking
from clew.model.marking_text import marking_of
from clew.model.provenance import Extent
from clew.schema.registry import Catalogue
from clew.schema.value import Value
from clew.store.index import AlreadyFinished
from clew.store.investigation import Investigation
from clew.store.replies import StoredReply, record_of
from clew.store.runs import Run, Task
from clew.transform.contract import Transform

LEASED_AT_ONCE = 4
"""Most tasks that are leased before one is worked on."""
RENEWALS = 3
"""How often a lease is renewed before its time is over."""


@dataclass(slots=True)
class _Ready:
    task: Task
    result: TaskResult
    api: TaskApi
    outcome: Outcome


@dataclass(slots=True)
class Runner:
    """Works on one run of one provider until nothing is left, it is stopped, or it is useless."""

    case: Investigation
    run: Run
    transform: Transform
    requester: Requester
    catalogue: Catalogue
    at: Callable[[], int]
    """The present moment, in microseconds since 1970."""
    tell: Callable[[Event], None] = lambda event: None  # noqa: ARG005
    rows_max: int | None = None
    meter: Meter = field(default_factory=Meter)
    """Counts what is sent, and ends what would go past its budget."""
    properties: Mapping[bytes, Mapping[str, str]] = field(default_factory=dict)
    """What is known of the inputs and may be sent, by the ids of entities."""
    withheld: Mapping[bytes, str] = field(default_factory=dict)
    """Why inputs may not be asked about any more, by the ids of entities."""
    default: Marking = DEFAULT_MARKING
    """How what carries no marking counts."""
    _owner: str = field(default_factory=new_owner)
    _leased: list[Task] = field(default_factory=list)
    _ready: list[_Ready] = field(default_factory=list)
    _useless: str = ""
    _done: int = 0
    _total: int = 0
    _flushed_us: int = 0

    async def work(self) -> RunEnded:
        """
        Do the run's unfinished tasks.

        Whatever ends it (a fault, a stop), finished tasks are recorded and the rest stays queued.
        """
        store, bounds = self.case.store, self.requester.bounds
        tasks = store.tasks(self.run.id)
        self._total = len(tasks)
        self._done = sum(outcome is not None for _, outcome in tasks)
        self._flushed_us = self.at()
        for owner in {lease.owner for lease in store.leases(self.run.id)}:
            if is_gone(owner):
                store.release(self.run.id, owner)
        workers = max(1, self.transform.provider.rate.concurrency)
        renewing = asyncio.create_task(self._renew(bounds.lease_s / RENEWALS))
        try:
            await _gather([self._worker() for _ in range(workers)])
        finally:
            renewing.cancel()
            self._flush()
            store.release(self.run.id, self._owner)
        ended = summary(self.case, self.run)
        if not ended.left:
            self.case.append(
                [Change(RunClosed(self.run.id, "done"), self.at(), *self._record_head)]
            )
        self.tell(ended)
        return ended

    def _next(self) -> Task | None:
        """The next open task, leased; only what is worked on is held, and a little before it."""
        if not self._leased:
            self._leased = self.case.store.lease(
                self.run.id,
                self._owner,
                now_s=self.at() // 1_000_000,
                lease_s=self.requester.bounds.lease_s,
                count=LEASED_AT_ONCE,
            )
        return self._leased.pop(0) if self._leased else None

    async def _renew(self, every_s: float) -> None:
        while True:
            await asyncio.sleep(every_s)
            now_s = self.at() // 1_000_000
            bounds = self.requester.bounds
            self.case.store.renew(self.run.id, self._owner, now_s=now_s, lease_s=bounds.lease_s)

    async def _worker(self) -> None:
        settings = self.transform.settings(msgspec.json.decode(self.run.settings))
        while (task := self._next()) is not None:
            value = self.catalogue.kind(task.type).value.trusted(task.value)
            pricing = pricing_of(self.transform, value, settings, self.requester, self.meter)
            api = TaskApi(
                self.requester,
                rows_max=self.rows_max,
                meter=LookupMeter(self.meter, pricing=pricing),
                cost=self.transform.cost,
                properties=self.properties.get(value.id),
                default=self.default,
            )
            result = await self._perform(value, api, settings)
            outcome = Outcome(
                result.completeness,
                tuple(result.problems),
                api.meter.calls,
                api.cached,
                math.ceil(api.meter.credits),
                api.over_budget,
                self.rows_max,
            )
            self._ready.append(_Ready(task, result, api, outcome))
            waited_s = (self.at() - self._flushed_us) / 1e6
            bounds = self.requester.bounds
            if len(self._ready) >= bounds.batch_tasks or waited_s >= bounds.batch_s:
                self._flush()

    async def _perform(self, value: Value, api: TaskApi, settings: dict[str, Any]) -> TaskResult:
        if self._useless:
            return failed_task(value, self._useless)
        if reason := self.withheld.get(value.id):
            return failed_task(value, f"not asked: {reason}")
        result = await perform(
            self.transform, value, api, settings, self.catalogue, self.requester.bounds
        )
        if _ends_the_run(result):
            self._useless = f"not asked after: {result.completeness.reason}"
        return result

    def _flush(self) -> None:
        ready, self._ready = self._ready, []
        self._flushed_us = self.at()
        if not ready:
            return
        try:
            self._record(ready)
        except AlreadyFinished:
            # Another process took some of them over; each that is still open is recorded alone.
            for one in ready:
                try:
                    self._record([one])
                except AlreadyFinished:
                    continue
        for one in ready:
            self._done += 1
            self.tell(
                TaskEnded(
                    self.run.id,
                    one.task.value,
                    one.outcome.completeness.extent is Extent.FAILED,
                    one.outcome.completeness,
                    self._done,
                    self._total,
                    one.outcome.problems,
                )
            )

    def _record(self, ready: Sequence[_Ready]) -> None:
        done = [(one.result, marking_of(one.task)) for one in ready]
        changes = changes_of(self.run, self.transform.provider.name, done, at=self.at())
        replies: dict[str, StoredReply] = {}
        for one in ready:
            replies.update(one.api.replies)
        tasks = tuple(
            FinishedTask(
                one.task.position,
                one.outcome.completeness.extent is Extent.FAILED,
                one.outcome,
                tuple(one.api.exchanges),
            )
            for one in ready
        )
        finished = TasksFinished(self.run.id, tasks, tuple(map(record_of, replies.values())))
        changes.append(Change(finished, self.at(), *self._record_head))
        self.case.append(changes, replies=list(replies.values()))

    @property
    def _record_head(self) -> tuple[str, str, str]:
        """Action, label and actor of its records."""
        return self.run.action, self.run.label, self.run.actor


def summary(case: Investigation, run: Run) -> RunEnded:
    """What a run came to so far."""
    tasks = case.store.tasks(run.id)
    outcomes = [outcome for _, outcome in tasks if outcome is not None]
    incomplete = tuple(
        f"{task.value}: {outcome.completeness}"
        for task, outcome in tasks
        if outcome is not None and outcome.completeness.extent is not Extent.COMPLETE
    )
    problems = tuple(
        f"{task.value}: {what}"
        for task, outcome in tasks
        if outcome is not None
        for what in outcome.problems
    )
    return RunEnded(
        run.id,
        sum(task.state == "done" for task, _ in tasks),
        sum(task.state == "failed" for task, _ in tasks),
        sum(task.state in ("queued", "leased") for task, _ in tasks),
        sum(outcome.calls for outcome in outcomes),
        sum(outcome.cached for outcome in outcomes),
        sum(outcome.credits for outcome in outcomes),
        incomplete,
        problems,
    )


async def _gather(workers: Sequence[Any]) -> None:
    async with asyncio.TaskGroup() as group:
        for worker in workers:
            group.create_task(worker)


def _ends_the_run(result: TaskResult) -> bool:
    fault = result.fault
    return isinstance(fault, KeyMissing | KeyRefused) or (
        isinstance(fault, ProviderLimited) and fault.quota
    )
