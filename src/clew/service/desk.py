"""The open investigation behind the service: drawing places, runs that go on, and who listens."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from clew.engine.events import Event, RunEnded, TaskEnded
from clew.errors import ClewError
from clew.graph.view import View, view_of
from clew.graph.working_set import WorkingSet
from clew.layout.organic import STEPS, organic
from clew.service.shapes import ProviderInfo
from clew.store.runs import Run
from clew.workbench import Workbench

PROVIDERS_S = 20.0
QUICK_ENTITIES = 3_000
"""From here on the first picture comes before its layout is finished."""
QUICK_STEPS = 32
LISTENERS_MAX = 32
"""Most pages that listen at once."""
EVENTS_MAX = 1_000
"""Most events that wait for one slow page; then it is told to read all anew."""

Points = NDArray[np.float64]


@dataclass(slots=True)
class Desk:
    """One workbench for all pages; used from the event loop's thread only."""

    bench: Workbench
    keys: Mapping[str, str] = field(default_factory=dict)
    _listeners: set[asyncio.Queue[dict[str, Any]]] = field(default_factory=set)
    _running: dict[str, asyncio.Task[Any]] = field(default_factory=dict)
    _places: dict[str, dict[int, tuple[float, float]]] = field(default_factory=dict)
    _progress: dict[str, dict[str, Any]] = field(default_factory=dict)
    _providers: tuple[float, list[ProviderInfo]] = (0.0, [])
    _refining: asyncio.Task[None] | None = None

    def __post_init__(self) -> None:
        self.bench.tell = self._tell

    async def open(self) -> None:
        """Lay the largest graph out before a page asks for it."""
        views = [self.view(name) for name in self.bench.state.decisions.graphs]
        if views:
            await self.points(max(views, key=lambda view: len(view.entities)))

    def providers(self) -> list[ProviderInfo]:
        """Who can be asked; where keys are is looked up again after PROVIDERS_S."""
        until, told = self._providers
        if not told or time.monotonic() > until:
            names = sorted(self.bench.registry.providers)
            told = [provider_info(self.bench, name) for name in names]
            self._providers = (time.monotonic() + PROVIDERS_S, told)
        return told

    def view(self, graph: str, seq: int | None = None) -> View:
        """A graph now, or after the entry *seq*."""
        state: WorkingSet = self.bench.state if seq is None else self.bench.case.at(seq)
        return view_of(state, graph)

    async def points(self, view: View) -> Points:
        """
        Where each entity of a view is drawn, by place.

        What has no position gets one near its neighbours; nothing that has one moves.
        """
        graph = view.graph or ""
        known = self._places.setdefault(graph, {})
        told = view.state.decisions.graphs[graph].positions if graph else {}
        rows = view.entities.tolist()
        nowhere = (np.nan, np.nan)
        start = np.asarray([told.get(r) or known.get(r) or nowhere for r in rows], np.float64)
        start = start.reshape(-1, 2)
        new = np.isnan(start[:, 0])
        if not new.any():
            return start
        fresh = bool(new.all())
        large = fresh and len(rows) > QUICK_ENTITIES
        made = await self._laid_out(view, None if fresh else start, QUICK_STEPS if large else STEPS)
        start = made if fresh else _still(start, made)
        placed = zip(rows, start.tolist(), new.tolist(), strict=True)
        known.update((row, (x, y)) for row, (x, y), was_new in placed if was_new)
        if large:
            self._refining = asyncio.get_running_loop().create_task(self._refine(view, known))
        return start

    async def _laid_out(self, view: View, start: Points | None, steps: int) -> Points:
        ends = view.source_places.astype(np.int32), view.target_places.astype(np.int32)
        size = len(view.entities)
        return await asyncio.to_thread(organic, size, *ends, start=start, steps=steps)

    async def _refine(self, view: View, known: dict[int, tuple[float, float]]) -> None:
        """Places of a large graph's first picture get their full layout; pages are told."""
        made = await self._laid_out(view, None, STEPS)
        known.update(zip(view.entities.tolist(), map(tuple, made.tolist()), strict=True))
        self._send({"kind": "placed", "graph": view.graph})

    def listen(self) -> asyncio.Queue[dict[str, Any]]:
        """A queue that gets every event from now on; raises RuntimeError past LISTENERS_MAX."""
        if len(self._listeners) >= LISTENERS_MAX:
            raise RuntimeError(f"at most {LISTENERS_MAX} pages listen at once")
        queue: asyncio.Queue[dict[str, Any]] = asyncio.Queue(EVENTS_MAX)
        self._listeners.add(queue)
        return queue

    def leave(self, queue: asyncio.Queue[dict[str, Any]]) -> None:
        """End listening."""
        self._listeners.discard(queue)

    def changed(self) -> None:
        """Tell all pages that the log has grown."""
        self._send({"kind": "changed", "seq": self.bench.state.seq})

    def begin(self, run: Run, *, rows_max: int | None = None) -> None:
        """Work on a run in the background; it goes on when the page is closed."""
        self._progress[run.id] = {"done": 0, "total": 0, "fault": ""}
        self._running[run.id] = asyncio.get_running_loop().create_task(self._work(run, rows_max))

    def stop(self, run: str) -> bool:
        """Stop a run; what came stays. Gives whether it was running."""
        task = self._running.get(run)
        if task is None:
            return False
        task.cancel()
        return True

    async def close(self) -> None:
        """Stop all runs and close the file."""
        running: list[asyncio.Task[Any]] = list(self._running.values())
        if self._refining is not None:
            running.append(self._refining)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
        self.bench.case.close()

    def running(self, run: str) -> bool:
        """Whether a run is being worked on here."""
        return run in self._running

    def progress(self, run: str) -> dict[str, Any]:
        """How far a run of this process is; empty where it was another's."""
        return self._progress.get(run, {})

    async def _work(self, run: Run, rows_max: int | None) -> None:
        try:
            await self.bench.work_on(run, rows_max=rows_max)
        except ClewError as error:
            self._progress[run.id]["fault"] = str(error)
            self._send({"kind": "failed", "run": run.id, "what": error.what, "helps": error.helps})
        finally:
            self._running.pop(run.id, None)
            self.changed()

    def _tell(self, event: Event) -> None:
        if isinstance(event, TaskEnded):
            self._progress.setdefault(event.run, {"fault": ""}).update(
                done=event.done, total=event.total
            )
            self._send(
                {"kind": "progress", "run": event.run, "done": event.done, "total": event.total}
            )
            self.changed()
        elif isinstance(event, RunEnded):
            self._send(
                {"kind": "ended", "run": event.run, "done": event.done, "failed": event.failed}
            )

    def _send(self, event: dict[str, Any]) -> None:
        for queue in self._listeners:
            if queue.full():
                while not queue.empty():
                    queue.get_nowait()
                queue.put_nowait({"kind": "changed", "seq": self.bench.state.seq})
            else:
                queue.put_nowait(event)


def _still(start: Points, made: Points) -> Points:
    """The new ones of *made*, moved back with it, beside what stays."""
    old = ~np.isnan(start[:, 0])
    shift = np.mean(start[old] - made[old], axis=0)
    return np.where(old[:, None], start, made + shift)


def provider_info(bench: Workbench, name: str) -> ProviderInfo:
    """One provider, as far as settings and keys tell."""
    settings, found = bench.settings, bench.registry.providers[name]
    where = settings.secrets.where(found)
    contact = int(settings.contact(found))
    return ProviderInfo(
        name=name,
        label=found.label,
        status=found.status,
        contact=contact,
        ready=all(where[key.name] for key in found.keys if key.required),
        local=contact <= 1,
    )
