"""The façade: an open investigation with all rooms wired. It delegates, and decides nothing."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import NDArray

from clew.engine.analyst_change import analyst_change
from clew.engine.bounds import Bounds
from clew.engine.events import Event
from clew.engine.maltego.registry import DeclaredRegistry, with_undeclared
from clew.engine.replay import replay
from clew.engine.settings import Settings, usable_bounds
from clew.errors import UnknownName
from clew.graph.markings import investigation_marking
from clew.graph.sharing import Shareable, shareable
from clew.graph.view_cache import ViewCache
from clew.graph.working_set import WorkingSet
from clew.interop.export_file import write_export
from clew.interop.formats import formats
from clew.model.change import Change, Decision, Revert
from clew.schema.registry import Catalogue, catalogue
from clew.schema.value import Value
from clew.store.investigation import Investigation
from clew.store.machine import MachineFolder
from clew.transform.registry import Registry, load_registry
from clew.workbench.case_part import write_case_part
from clew.workbench.case_terms import AnyCeiling
from clew.workbench.graph_files import export_graph, import_graph
from clew.workbench.provider_plans import now_us
from clew.workbench.provider_runs import ProviderRuns

if TYPE_CHECKING:
    from clew.commands.command import CommandResult
    from clew.interop.exchange_graph import ExchangeGraph
    from clew.interop.importing import ImportedFile
    from clew.interop.report.content import ReportContent
    from clew.questions.question import BaseRequest

Rows = NDArray[np.int32]


class Workbench(ProviderRuns):
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
        passphrase: Callable[[], str] | None = None,
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
            passphrase: Asks for what opens the key file, where the environment does not say it.
        """
        self.case = case
        self.views = ViewCache()
        self.catalogue = kinds or catalogue()
        self._registry = DeclaredRegistry(registry or load_registry(), environment, self.catalogue)
        self.settings = Settings.of_environment(environment, passphrase=passphrase)
        self._bounded_by_settings = bounds is None
        self.bounds = bounds or usable_bounds(self.settings)
        self.actor = actor
        self.tell = tell
        self.refresh = False
        """Whether playbooks ask anew what stored replies would answer."""
        self.secrets: dict[str, Mapping[str, str]] = {}

    @classmethod
    def create(cls, path: Path | str, environment: Mapping[str, str], **parts: Any) -> Self:
        """A workbench on a new file."""
        case = Investigation.create(path, machine=MachineFolder.of_environment(environment))
        return cls(case, environment, **parts)

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
        machine = MachineFolder.of_environment(environment)
        case = Investigation.open(path, readonly=readonly, machine=machine)
        return cls(case, environment, **parts)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.case.close()

    def take_settings(self, settings: Settings) -> None:
        """Ask by other settings from now on."""
        self.settings = settings
        if self._bounded_by_settings:
            self.bounds = usable_bounds(settings)

    @property
    def registry(self) -> Registry:
        """Providers and transforms that can be asked now, those that the user declared too."""
        return self._registry.current

    @property
    def state(self) -> WorkingSet:
        """The working set as it stands."""
        return self.case.state

    def state_at(self, entry: int) -> WorkingSet:
        """The working set as it was after an entry of the log; raises UnknownName."""
        if not 0 <= entry <= self.state.seq:
            raise UnknownName("entry", str(entry))
        return self.case.at(entry)

    def ask(self, request: BaseRequest) -> Any:
        """The answer to a question (clew/questions): the record that its request asks for."""
        from clew.questions.registry import question_of

        return question_of(request)(self, request)

    def do(self, request: BaseRequest) -> CommandResult:
        """Do what a command (clew/commands) says, as one action that undo takes back."""
        from clew.commands.registry import command_of

        return command_of(request)(self, request)

    def add(self, values: Sequence[Value], *, graph: str, label: str) -> None:
        """Values that a person gave are added to a graph."""
        self.case.append(
            [analyst_change(values, graph, label=label, actor=self.actor, at=now_us())]
        )

    def decide(self, what: Decision, *, label: str, action: str = "") -> None:
        """A decision is appended; of an existing *action* it is undone together with it."""
        self.case.append([Change(what, now_us(), action or uuid.uuid4().hex, label, self.actor)])

    def shareable(self, graph: str | None, ceiling: AnyCeiling = None) -> Shareable:
        """What of a graph, or of the whole investigation, may leave."""
        return shareable(self.view(graph), self.ceiling(ceiling))

    def write_part(
        self, graph: str | None, to: Path, *, ceiling: AnyCeiling = None
    ) -> tuple[int, str]:
        """Write a graph under a ceiling as a file; gives its entries, and what was kept back."""
        exchange = self.export_graph(graph, "jsonl", ceiling=ceiling)
        source = self.case.store.tail[1].hex()
        entries = write_case_part(
            exchange, to, source=source, graph=graph or "main", actor=self.actor
        )
        return entries, str(exchange.kept_back)

    def undo(self) -> tuple[int, ...]:
        """Take the latest action back; gives the entries that no longer count."""
        return self._revert(self.state.history.undo(), "undo")

    def redo(self) -> tuple[int, ...]:
        """Bring back what was undone last; gives the undo that no longer counts."""
        return self._revert(self.state.history.redo(), "redo")

    def export_file(self, graph: str, kind: str, name: str) -> tuple[str, str]:
        """A graph is written beside the file; gives the file's name, and what was kept back."""
        exchange = self.export_graph(graph, kind)
        written = formats().writer(kind)(exchange)
        folder = self.case.store.path.parent
        return write_export(written, kind, name, folder=folder), str(exchange.kept_back)

    def import_graph(self, imported: ImportedFile, data: bytes, *, graph: str, label: str) -> int:
        """A file's graph is added to the investigation; gives how many entries that took."""
        return import_graph(
            self.case, imported, data, graph=graph, label=label, actor=self.actor,
            default=self.default_marking,
        )  # fmt: skip

    def export_graph(
        self, graph: str | None, kind: str, *, ceiling: AnyCeiling = None
    ) -> ExchangeGraph:
        """What may leave of a graph, to be written in a format."""
        part = self.shareable(graph, ceiling)
        return export_graph(self.case, part, self.catalogue, kind, title=self.title)

    def report_content(
        self,
        graph: str,
        *,
        places: NDArray[np.float64] | None = None,
        ceiling: AnyCeiling = None,
        beside: Sequence[str] = (),
    ) -> ReportContent:
        """What a report of a graph says; *beside* are graphs that it is compared with."""
        # Pictures and layouts are loaded when they are asked for, not with every command.
        from clew.analysis.overlap import overlap
        from clew.interop.report.content import report_content
        from clew.interop.report.judgement_tables import contradiction_table, overlap_table

        time_window, kinds = self.state.decisions.time_window, self.catalogue
        # What is compared lies under the ceiling too.
        part, *others = (self.shareable(one, ceiling) for one in (graph, *beside))
        marking = str(investigation_marking(self.state).filled(part.ceiling.default))
        reports = [overlap(part.view, other.view, kinds) for other in others]
        more = [make(it, kinds) for it in reports for make in (overlap_table, contradiction_table)]
        return report_content(
            part, kinds, title=self.title, places=places, marking=marking,
            window=self.window(), undated=time_window.undated, more=more,
            at=datetime.fromtimestamp(time.time(), UTC), log_digest=self.case.store.tail[1].hex(),
        )  # fmt: skip

    @property
    def title(self) -> str:
        """What the investigation is called."""
        return self.case.store.meta.get("title") or self.case.store.path.stem

    @property
    def marking(self) -> str:
        """The investigation's marking: what people gave it, else the default."""
        return str(investigation_marking(self.state).filled(self.default_marking))

    def replay_state(self) -> WorkingSet:
        """The state derived anew from the stored replies, without a network."""
        registry = with_undeclared(self.registry, self.catalogue)
        return replay(self.case.store, registry, self.catalogue)

    def _revert(self, targets: tuple[int, ...], label: str) -> tuple[int, ...]:
        if targets:
            self.case.append(
                [Change(Revert(targets), now_us(), uuid.uuid4().hex, label, self.actor)]
            )
        return targets
