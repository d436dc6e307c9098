"""Replay: the graph derived again from the kept replies, without a network."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import msgspec

from clew.engine.api import TaskApi
from clew.engine.bounds import Bounds
from clew.engine.budget import LookupMeter
from clew.engine.observe import observe
from clew.engine.page_size import page_sizes
from clew.engine.perform import TaskResult, perform
from clew.engine.session import ProviderAnswer, read_stored
from clew.engine.settings import ProviderConfig
from clew.errors import BadReply, ClewError, OverBudget
from clew.graph.working_set import WorkingSet
from clew.model.change import Change, Entry, Observe
from clew.model.journal import Exchange, Outcome
from clew.model.marking import Marking
from clew.model.marking_text import marking_of
from clew.schema.registry import Catalogue
from clew.store.runs import Run, Task
from clew.store.store import Store
from clew.transform.contract import Cost, Transform
from clew.transform.registry import Registry
from clew.transform.request import Request

ANY_BASE = "https://replay.invalid"


class ReplayRequester:
    """Answers a task's requests from its kept exchanges only, in their order."""

    def __init__(
        self,
        config: ProviderConfig,
        store: Store,
        exchanges: list[Exchange],
        *,
        over_budget: bool = False,
    ) -> None:
        """
        Args:
            config: How the provider is asked.
            store: Where the replies are.
            exchanges: What the task asked, in order.
            over_budget: Whether the task ended where its run might spend no more.
        """
        self.config = config
        self.bounds = Bounds()
        self._store = store
        self._left = list(exchanges)
        self._asked = frozenset(exchange.fingerprint for exchange in exchanges)
        self._over_budget = over_budget

    async def ask(
        self,
        request: Request,
        *,
        meter: LookupMeter,  # noqa: ARG002
        purchase: bool = False,  # noqa: ARG002
    ) -> ProviderAnswer:
        """The kept answer; raises BadReply (or OverBudget, as then) where none was kept."""
        fingerprint = request.fingerprint(self.config.base_url)
        for at, exchange in enumerate(self._left):
            if exchange.fingerprint == fingerprint or self.config.provider.user_declared:
                del self._left[at]
                reply = self._store.reply(exchange.digest)
                if reply is None:
                    break
                row = read_stored(self.config, request, exchange, reply)
                return ProviderAnswer(row, exchange, reply, fresh=False)
        if self._over_budget and not self._left:
            raise OverBudget("The run ended here, as it might spend no more.")
        raise BadReply(self.config.provider.label, "was asked what no kept reply answers")

    async def sized(
        self,
        request: Request,
        cost: Cost,
        rows_max: int,  # noqa: ARG002
        *,
        meter: LookupMeter,  # noqa: ARG002
    ) -> Request:
        """The page of the size that was asked for then."""
        asked = (
            one
            for one in page_sizes(request, cost)
            if one.fingerprint(self.config.base_url) in self._asked
        )
        return next(asked, request)

    def own(self, request: Request) -> Request:
        """A next page below our own base, where it was asked for below the base of then."""
        path = request.url.partition("?")[0]
        for at in (place for place, sign in enumerate(path) if sign == "/"):
            if request.fingerprint(request.url[:at]) in self._asked:
                return replace(request, url=f"{self.config.base_url}{request.url[at:]}")
        return request


def replay(store: Store, registry: Registry, catalogue: Catalogue) -> WorkingSet:
    """
    The state that the log leads to when each run is derived anew from its kept replies.

    Decisions and what came from no run are taken from the log. Equal digests
    (graph.digest.state_digest) show that the log holds what the replies say.

    Raises:
        ClewError: A change names a run that the file does not know.
    """
    derived = _Derived(store, registry, catalogue)
    state = WorkingSet()
    for entry in store.entries():
        change = derived.change(entry)
        state.extend(Entry(entry.seq, change, entry.digest))
    return state


def _by_hand(provider: str) -> bool:
    """Whether a change came from no run of ours: a person, a file, a transform of Maltego."""
    return provider in ("analyst", "import") or provider.startswith("maltego-")


class _Derived:
    """Changes of runs, made again."""

    def __init__(self, store: Store, registry: Registry, catalogue: Catalogue) -> None:
        self._store = store
        self._registry = registry
        self._catalogue = catalogue
        self._runs = {run.id: run for run in store.runs()}
        self._results: dict[tuple[str, bytes], tuple[TaskResult, Marking]] = {}

    def change(self, entry: Entry) -> Change:
        """The entry's change; an Observe of a run from the kept replies."""
        what = entry.change.what
        if not isinstance(what, Observe):
            return entry.change
        run = self._runs.get(what.provenance[0].run) if what.provenance else None
        if run is None:
            if what.provenance and not _by_hand(what.provenance[0].provider):
                raise ClewError(f"Entry {entry.seq} names a run that the file does not know.")
            return entry.change
        transform = self._registry.transform(run.transform)
        inputs = dict.fromkeys(record.input for record in what.provenance)
        done = [self._task(run, transform, input_) for input_ in inputs]
        for result, _ in done:
            # What a reply said of markings is compared with the default of then: the log keeps it.
            result.markings = {
                record.reply: marking_of(record)
                for record in what.provenance
                if record.input == result.value.id
            }
        made = observe(run, transform.provider.name, done, at=entry.change.at)
        assert made is not None, "a change of a run brought something"
        return made

    def _task(self, run: Run, transform: Transform, input_: bytes) -> tuple[TaskResult, Marking]:
        key = (run.id, input_)
        if key not in self._results:
            for task, outcome in self._store.tasks(run.id):
                value = self._catalogue.kind(task.type).value.trusted(task.value)
                if value.id == input_:
                    self._results[key] = self._again(run, transform, task, outcome, value)
        return self._results[key]

    def _again(
        self, run: Run, transform: Transform, task: Task, outcome: Outcome | None, value: Any
    ) -> tuple[TaskResult, Marking]:
        provider = transform.provider
        config = ProviderConfig(provider, ANY_BASE, "", provider.ceiling, {})
        requester = ReplayRequester(
            config,
            self._store,
            self._store.exchanges(run.id, task.position),
            over_budget=outcome is not None and outcome.over_budget,
        )
        settings = transform.settings(msgspec.json.decode(run.settings))
        rows_max = outcome.rows_max if outcome is not None else None
        api = TaskApi(requester, rows_max=rows_max, cost=transform.cost)
        result = asyncio.run(
            perform(transform, value, api, settings, self._catalogue, requester.bounds)
        )
        if outcome is not None:
            # How much came is what the run recorded; a fault on the way leaves no reply to repeat.
            result.completeness = outcome.completeness
        return result, marking_of(task)
