"""The open investigation behind the service: drawing places, jobs that go on, and who listens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from clew.engine.budget import Meter
from clew.engine.events import Event, RunEnded, TaskEnded
from clew.errors import ClewError, Refusal
from clew.graph.view import View, view_of
from clew.service.case_looks import case_looks
from clew.service.command_queue import CommandQueue
from clew.service.events import (
    CaseOpened,
    JobChanged,
    LogGrew,
    PageEvent,
    RunFailed,
    RunFinished,
    RunProgress,
)
from clew.service.jobs import Job, JobKind, Jobs
from clew.service.library import Library
from clew.service.listeners import Listeners
from clew.service.opening import read_as_job
from clew.service.places import Places, Points
from clew.service.provider_list import ProviderList
from clew.service.recent_cases import RecentCase
from clew.service.uploads import Uploads
from clew.service.worker import Workers
from clew.store.runs import Run
from clew.workbench import Workbench

WATCH_S = 0.1
"""How often the file is looked at for what other processes wrote, in seconds."""
T = TypeVar("T")


class NothingOpen(Refusal):
    """An investigation is needed, and none is open."""


@dataclass(slots=True)
class CaseHome:
    """The open workbench, or none, for all pages; used from the home's thread only."""

    library: Library
    _bench: Workbench | None = None
    listeners: Listeners = field(default_factory=Listeners)
    uploads: Uploads = field(default_factory=Uploads)
    providers: ProviderList = field(init=False)
    _places: Places = field(init=False)
    jobs: Jobs = field(init=False)
    workers: Workers = field(init=False)
    table_worker: Workers = field(init=False)
    """A process of its own for large tables: a page doesn't wait for a layout that goes on."""
    commands: CommandQueue = field(init=False)
    question_workers: Workers = field(init=False)
    """Processes of their own for questions that look at a whole large graph."""
    _remembered: int = -1
    """The entry at which it was remembered how the investigation looks."""
    _fault: str = ""
    """What keeps the open file from being read or written; a sentence, or empty."""

    def __post_init__(self) -> None:
        self.providers = ProviderList(self.library)
        self.commands = CommandQueue(lambda: self.bench, self.changed)
        self.jobs = Jobs(self._job_changed)
        self.workers = Workers(self.library.environment)
        self.table_worker = Workers(self.library.environment, workers_max=1)
        self.question_workers = Workers(self.library.environment)
        self._places = Places(self.workers)
        if self._bench is not None:
            self._begin_with(self._bench)

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
    def notice(self) -> str:
        """What of the open file is not as it should be; sentences, or empty."""
        if self._bench is None:
            return ""
        fault = f"{self._bench.case.store.path.name}: {self._fault}" if self._fault else ""
        return " ".join(filter(None, (fault, self._bench.case.difference)))

    @property
    def seq(self) -> int:
        """The last entry of what is open; 0 where nothing is."""
        return self._bench.state.seq if self._bench is not None else 0

    async def prepare(self) -> None:
        """Lay the largest graph out before a page asks for it, and remember the investigation."""
        if self._bench is None:
            return
        if views := self._views():
            await self.points(max(views, key=lambda view: len(view.entities)))
        self.remember()

    def remember(self) -> None:
        """Keep how the open investigation looks now, for the start page."""
        if self._bench is not None:
            self.library.recent.put(case_looks(self._bench, self._places))
            self._remembered = self.seq

    def remember_changes(self) -> None:
        """The same where it has changed since; nothing is written where it looks as it did."""
        if self._bench is not None and self._remembered != self.seq:
            self.library.recent.update(case_looks(self._bench, self._places))
            self._remembered = self.seq

    async def open(self, bench: Workbench) -> None:
        """
        Open an investigation in place of the one before, whose runs stop and can go on.

        The one before is closed by a thread, which may have much to write: pages are answered
        meanwhile, of the new one.
        """
        await self._stop_work()
        before, looks = self._bench, self._looks()
        self._forget_open()
        self._begin_with(bench)
        self.jobs.begin("layout", "The first picture", lambda _: self.prepare())
        self.listeners.tell(CaseOpened(self.seq))
        if before is not None:
            await asyncio.to_thread(self._put_away, before, looks)

    async def watch(self) -> None:
        """Tell pages what other processes write to the file, until this is cancelled."""
        while True:
            self.look()
            await asyncio.sleep(WATCH_S)

    def look(self) -> None:
        """Take in what other processes wrote; what is wrong with the file becomes the notice."""
        if self._bench is None:
            return
        case, before = self._bench.case, self._fault
        found = False
        try:
            found = case.store.changed_elsewhere() and case.catch_up() > 0
            self._fault = case.store.lost
        except ClewError as error:
            self._fault = str(error)
        if found:
            self.changed()
        elif self._fault != before:
            self.listeners.tell(LogGrew(-1))

    async def open_file(self, path: Path) -> None:
        """Read an investigation beside all else, as a job, and open it; raises FileFault."""
        await self.open(await read_as_job(self.jobs, self.library, path))

    def settings_changed(self) -> None:
        """What is asked from now on goes by what is set now; a run that goes on stays as it is."""
        self.providers.forget()
        if self._bench is not None:
            self._bench.take_settings(self.library.settings)

    def view(self, graph: str, seq: int | None = None) -> View:
        """A graph now, or after the entry *seq*."""
        bench = self.bench
        return bench.view(graph) if seq is None else view_of(bench.state_at(seq), graph)

    async def points(self, view: View) -> Points:
        """Where each entity of a view is drawn, by place."""
        return await self._places.of(view)

    async def laid_out(self, layout: str, view: View) -> Points:
        """Where a layout of that name puts each entity of a view, as a job."""
        return await self.jobs.run(
            "layout", f"Lay out {view.graph}, {layout}", lambda _: self._places.named(layout, view)
        )

    def changed(self) -> None:
        """Tell all pages that the log has grown."""
        self.listeners.tell(LogGrew(self.seq))

    def begin(self, run: Run, meter: Meter, *, rows_max: int | None = None) -> None:
        """Work on a run as a job; it goes on when the page is closed."""
        bench = self.bench

        async def work(_: Job) -> None:
            try:
                await bench.work_on(run, rows_max=rows_max, meter=meter)
            except ClewError as error:
                self.listeners.tell(RunFailed(run.id, error.what, error.helps))
                raise

        self.jobs.begin("run", run.label, work, id_=run.id)

    async def in_worker(
        self, kind: JobKind, title: str, function: Callable[..., T], *args: Any, seconds: float
    ) -> T:
        """What a function gives, called in a process beside as a job; see Workers.call."""
        return await self.jobs.run(
            kind, title, lambda _: self.workers.call(function, *args, seconds=seconds)
        )

    async def close(self) -> None:
        """Stop all jobs, close the file and the library."""
        await self.close_case()
        self.library.close()

    def kill_workers(self) -> None:
        """End all processes beside at once, from any thread."""
        for workers in self._all_workers:
            workers.kill()

    async def close_case(self) -> None:
        """Stop all jobs (runs can go on later), and close what is open."""
        await self._stop_work()
        before, looks = self._bench, self._looks()
        self._forget_open()
        if before is not None:
            await asyncio.to_thread(self._put_away, before, looks)

    @property
    def _all_workers(self) -> tuple[Workers, ...]:
        return self.workers, self.table_worker, self.question_workers

    async def _stop_work(self) -> None:
        await self.jobs.clear()
        # They read the file, and whoever closes it last leaves it whole, with nothing beside it.
        for workers in self._all_workers:
            await workers.close()

    def _looks(self) -> RecentCase | None:
        return case_looks(self._bench, self._places) if self._bench is not None else None

    def _put_away(self, bench: Workbench, looks: RecentCase | None) -> None:
        if looks is not None:
            self.library.recent.put(looks)
        bench.case.close()

    def _forget_open(self) -> None:
        self._bench = None
        self._fault = ""
        self._remembered = -1
        self._places.forget()
        self.providers.forget()

    def _begin_with(self, bench: Workbench) -> None:
        self._bench = bench
        bench.tell = self._tell
        # What is new from here on is told.
        bench.case.store.changed_elsewhere()
        bench.case.catch_up()

    def _views(self) -> list[View]:
        return [self.view(name) for name in self.bench.state.decisions.graphs]

    def _job_changed(self, event: PageEvent) -> None:
        """A page that hears of a job's end reads anew what the job brought."""
        self.listeners.tell(event)
        if isinstance(event, JobChanged) and event.state != "running":
            self.changed()

    def _tell(self, event: Event) -> None:
        match event:
            case TaskEnded():
                if (job := self.jobs.get(event.run)) is not None:
                    self.jobs.progress(job, event.done, event.total)
                self.listeners.tell(RunProgress(event.run, event.done, event.total))
                self.changed()
            case RunEnded():
                self.listeners.tell(RunFinished(event.run, event.done, event.failed))
