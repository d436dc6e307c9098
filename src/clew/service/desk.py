"""The open investigation behind the service: drawing places, runs that go on, and who listens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from clew.engine.budget import Meter
from clew.engine.events import Event, RunEnded, TaskEnded
from clew.engine.readiness import readiness
from clew.engine.settings import Settings
from clew.errors import ClewError, Refusal
from clew.graph.view import View, view_of
from clew.graph.working_set import WorkingSet
from clew.service.listeners import Listeners
from clew.service.memory import Remembered
from clew.service.places import Places, Points
from clew.service.plays import Plays
from clew.service.shapes import ProviderInfo
from clew.service.shelf import Shelf
from clew.service.uploads import Uploads
from clew.store.runs import Run
from clew.transform.provider import Provider
from clew.workbench import Workbench

PROVIDERS_S = 20.0


class NothingOpen(Refusal):
    """An investigation is needed, and none is open."""


@dataclass(slots=True)
class Desk:
    """The open workbench, or none, for all pages; used from the event loop's thread only."""

    shelf: Shelf
    _bench: Workbench | None = None
    listeners: Listeners = field(default_factory=Listeners)
    uploads: Uploads = field(default_factory=Uploads)
    _running: dict[str, asyncio.Task[Any]] = field(default_factory=dict)
    _progress: dict[str, dict[str, Any]] = field(default_factory=dict)
    _providers: tuple[float, list[ProviderInfo]] = (0.0, [])
    _background: set[asyncio.Task[None]] = field(default_factory=set)
    _places: Places = field(init=False)
    plays: Plays = field(init=False)

    def __post_init__(self) -> None:
        self._places = Places(
            self._behind, lambda graph: self.listeners.tell({"kind": "placed", "graph": graph})
        )
        self.plays = Plays(self.changed)
        if self._bench is not None:
            self._bench.tell = self._tell

    @property
    def bench(self) -> Workbench:
        """The open workbench; raises NothingOpen."""
        if self._bench is None:
            raise NothingOpen("No investigation is open.", helps="Open one, or start a new one.")
        return self._bench

    @property
    def is_open(self) -> bool:
        """Whether an investigation is open."""
        return self._bench is not None

    @property
    def seq(self) -> int:
        """The last entry of what is open; 0 where nothing is."""
        return self._bench.state.seq if self._bench is not None else 0

    async def open(self) -> None:
        """Lay the largest graph out before a page asks for it, and remember the investigation."""
        if self._bench is None:
            return
        if views := self._views():
            await self.points(max(views, key=lambda view: len(view.entities)))
        self.remember()

    def remember(self) -> None:
        """Keep how the open investigation looks now, for the start page."""
        if self._bench is not None:
            self.shelf.memory.put(self._remembered())

    def remember_changes(self) -> None:
        """The same, but nothing is written where it looks as it did."""
        if self._bench is not None:
            self.shelf.memory.update(self._remembered())

    async def seat(self, bench: Workbench) -> None:
        """Put another investigation on the desk; runs of the one before stop and can go on."""
        await self.leave()
        self._bench = bench
        bench.tell = self._tell
        self._behind(self.open())
        self.listeners.tell({"kind": "opened", "seq": self.seq})

    def providers(self) -> list[ProviderInfo]:
        """Who can be asked; where keys are is looked up again after PROVIDERS_S."""
        until, told = self._providers
        if not told or time.monotonic() > until:
            settings, found = self.shelf.settings, self.shelf.registry.providers
            told = [provider_info(settings, found[name]) for name in sorted(found)]
            self._providers = (time.monotonic() + PROVIDERS_S, told)
        return told

    def keys_changed(self) -> None:
        """Keys are looked for anew."""
        self._providers = (0.0, [])

    def view(self, graph: str, seq: int | None = None) -> View:
        """A graph now, or after the entry *seq*."""
        state: WorkingSet = self.bench.state if seq is None else self.bench.case.at(seq)
        return view_of(state, graph)

    async def points(self, view: View) -> Points:
        """Where each entity of a view is drawn, by place."""
        return await self._places.of(view)

    def changed(self) -> None:
        """Tell all pages that the log has grown."""
        self.listeners.tell({"kind": "changed", "seq": self.seq})

    def begin(self, run: Run, meter: Meter, *, rows_max: int | None = None) -> None:
        """Work on a run in the background; it goes on when the page is closed."""
        self._progress[run.id] = {"done": 0, "total": 0, "fault": ""}
        self._running[run.id] = asyncio.get_running_loop().create_task(
            self._work(run, meter, rows_max)
        )

    def stop(self, run: str) -> bool:
        """Stop a run; what came stays. Gives whether it was running."""
        task = self._running.get(run)
        if task is None:
            return False
        task.cancel()
        return True

    async def close(self) -> None:
        """Stop all runs, close the file and the shelf."""
        await self.leave()
        self.shelf.close()

    def running(self, run: str) -> bool:
        """Whether a run is being worked on here."""
        return run in self._running

    def progress(self, run: str) -> dict[str, Any]:
        """How far a run of this process is; empty where it was another's."""
        return self._progress.get(run, {})

    async def leave(self) -> None:
        """Stop runs and plays, which can go on later, and close what is open."""
        await self.plays.clear()
        tasks: list[asyncio.Task[Any]] = [*self._running.values(), *self._background]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        self.remember()
        if self._bench is not None:
            self._bench.case.close()
        self._bench = None
        self._places.forget()
        self._progress.clear()
        self._providers = (0.0, [])

    def _behind(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    def _views(self) -> list[View]:
        return [self.view(name) for name in self.bench.state.decisions.graphs]

    def _remembered(self) -> Remembered:
        """The investigation as it looks now, small."""
        bench, views = self.bench, self._views()
        largest = max(views, key=lambda view: len(view.entities), default=None)
        return Remembered(
            path=str(bench.case.store.path.absolute()),
            title=bench.title,
            seen_s=time.time(),
            seq=bench.state.seq,
            entities=len(bench.view().entities),
            graphs=len(views),
            window=bench.state.decisions.time_window.window,
            dots=self._places.dots(largest, bench.catalogue) if largest is not None else (),
        )

    async def _work(self, run: Run, meter: Meter, rows_max: int | None) -> None:
        try:
            await self.bench.work_on(run, rows_max=rows_max, meter=meter)
        except ClewError as error:
            self._progress[run.id]["fault"] = str(error)
            self.listeners.tell(
                {"kind": "failed", "run": run.id, "what": error.what, "helps": error.helps}
            )
        finally:
            self._running.pop(run.id, None)
            self.changed()

    def _tell(self, event: Event) -> None:
        if isinstance(event, TaskEnded):
            self._progress.setdefault(event.run, {"fault": ""}).update(
                done=event.done, total=event.total
            )
            self.listeners.tell(
                {"kind": "progress", "run": event.run, "done": event.done, "total": event.total}
            )
            self.changed()
        elif isinstance(event, RunEnded):
            self.listeners.tell(
                {"kind": "ended", "run": event.run, "done": event.done, "failed": event.failed}
            )


def provider_info(settings: Settings, found: Provider) -> ProviderInfo:
    """One provider, as far as settings and keys tell."""
    known = readiness(settings, found)
    contact = int(settings.contact(found))
    return ProviderInfo(
        name=found.name,
        label=found.label,
        status=found.status,
        contact=contact,
        ready=known.ready,
        local=contact <= 1,
        keys=list(dict.fromkeys(name for one in found.sufficient_keys for name in one)),
        missing=list(known.missing),
        refused=known.refused,
        helps=known.helps,
    )
