"""What can be opened: files of a folder, those remembered, and the shipped cases with replicas."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from clew.engine.maltego.registry import DeclaredRegistry
from clew.engine.settings import Settings, home
from clew.errors import FileFault, InvalidValue, ReadOnly, UnknownName
from clew.playbook.library import load_playbook
from clew.playbook.result import StepResult
from clew.playbook.run import run_playbook
from clew.replicas.scenario import Scenario, load_scenario, shipped_scenarios
from clew.schema.registry import Catalogue, catalogue
from clew.service.recent_cases import RecentCase, RecentCases, path_id
from clew.store.folding import Watch
from clew.store.investigation import Investigation
from clew.store.machine import MachineFolder
from clew.transform.registry import Registry, load_registry
from clew.workbench import Workbench

if TYPE_CHECKING:
    from clew.replicas.server import ReplicaServer

NAME = re.compile(r"[^\s/\\.][^/\\]{0,99}")
NAME_BYTES_MAX = 200
"""Longest name in UTF-8: file systems count bytes, and endings need room."""
FILES_MAX = 200
"""Most files of the folder that are listed."""


class Library:
    """Opens workbenches; keeps the replicas of a case while it lives."""

    def __init__(
        self, folder: Path, environment: Mapping[str, str], *, kinds: Catalogue | None = None
    ) -> None:
        """
        Args:
            folder: Where new investigations go, and whose files are listed.
            environment: Settings and keys (CLEW_*).
            kinds: Entity, link and state types; the built-in ones where None.
        """
        self.folder = folder.absolute()
        self.environment = dict(environment)
        self.kinds = kinds or catalogue()
        self.recent = RecentCases(home(self.environment))
        self._registry = DeclaredRegistry(load_registry(), self.environment, self.kinds)
        self._replicas = ExitStack()

    @property
    def registry(self) -> Registry:
        """Who can be asked now, those that the user declared too."""
        return self._registry.current

    @property
    def settings(self) -> Settings:
        """Settings and keys of what is opened next."""
        return Settings.of_environment(self.environment)

    @property
    def _machine(self) -> MachineFolder | None:
        return MachineFolder.of_environment(self.environment)

    def close(self) -> None:
        """End the replicas."""
        self._replicas.close()

    def listed(self) -> list[RecentCase]:
        """Remembered ones first, then other files of the folder, latest first."""
        known = self.recent.all()
        paths = {one.path for one in known}
        others = []
        for path in sorted(self.folder.glob("*.clew"))[:FILES_MAX]:
            if str(path) not in paths:
                seen = path.stat().st_mtime
                others.append(RecentCase(path=str(path), title=path.stem, seen_s=seen))
        return known + sorted(others, key=lambda one: -one.seen_s)

    def path(self, id_: str) -> Path:
        """The file of a listed investigation; raises UnknownName."""
        for one in self.listed():
            if one.id == id_:
                return Path(one.path)
        raise UnknownName("investigation", id_)

    def free_path(self, name: str) -> Path:
        """The file of a new investigation; raises InvalidValue for what is no plain name."""
        name = name.strip().removesuffix(".clew").strip()
        if not plain_name(name):
            raise InvalidValue("name", name, "it can't be the name of a file")
        path = self.folder / f"{name}.clew"
        if path.exists():
            raise InvalidValue("name", name, "there is one of that name", helps="Open that one?")
        return path

    def create(self, name: str) -> Workbench:
        """A new investigation in the folder."""
        return self.begin(self.free_path(name))

    def begin(self, path: Path) -> Workbench:
        """A new investigation in a file; raises FileFault where there is one."""
        path.parent.mkdir(parents=True, exist_ok=True)
        return self._bench(Investigation.create(path, title=path.stem, machine=self._machine))

    def open(self, path: Path, *, watch: Watch | None = None) -> Workbench:
        """
        An investigation of a file, for reading only where it can't be written.

        Raises:
            FileFault: It can't be opened; *watch* is as Investigation.open has it.
        """
        try:
            case = Investigation.open(path, machine=self._machine, watch=watch)
        except ReadOnly:
            case = Investigation.open(path, readonly=True, machine=self._machine, watch=watch)
        return self._bench(case)

    def case(
        self,
        name: str,
        *,
        fresh: bool = False,
        prepare: Callable[[ReplicaServer], None] = lambda server: None,  # noqa: ARG005
        ends: Callable[[StepResult], None] = lambda result: None,  # noqa: ARG005
    ) -> Path:
        """
        Start a case's replicas in place of those before, and make its file where there is none.

        Args:
            name: A shipped case, or a folder of one.
            fresh: Begin with nothing; a file that is there is kept under another name.
            prepare: Told of the replicas before they are asked.
            ends: Called with each step's result when the case's playbook is played.
        """
        from clew.replicas.server import serve_replicas

        case = load_scenario(name)
        path = self._case_path(case)
        self._replicas.close()
        server = self._replicas.enter_context(serve_replicas(case))
        prepare(server)
        self.environment |= {**server.settings(), "CLEW_KEYRING": "no"}
        self.folder.mkdir(parents=True, exist_ok=True)
        if fresh:
            make_way(path)
        if not path.exists():
            title = case.title.partition(":")[0]
            made = Investigation.create(path, title=title, machine=self._machine)
            with self._bench(made) as bench:
                if not fresh:
                    playbook = load_playbook(case.playbook, folder=case.folder)
                    run_playbook(playbook, case.parameters, bench, ends=ends, credits_max=math.inf)
        return path

    def shipped_path(self, name: str) -> Path:
        """
        The file of a case that comes with Clew, made or not.

        Raises:
            UnknownName: No shipped case; a page may not name a folder.
        """
        if name not in shipped_scenarios():
            raise UnknownName("case", name, known=tuple(shipped_scenarios()))
        return self._case_path(load_scenario(name))

    def _case_path(self, case: Scenario) -> Path:
        return self.folder / f"{case_file(case)}.clew"

    def cases(self) -> Sequence[dict[str, Any]]:
        """The shipped cases, as the page shows them."""
        found = []
        for name in shipped_scenarios():
            case = load_scenario(name)
            found.append(
                {
                    "name": name, "title": case.title, "synthetic": case.synthetic,
                    "as_of": case.as_of, "incidents": len(case.incidents),
                    "indicators": len(case.indicators), "resolutions": len(case.resolutions),
                    "there": self._case_path(case).exists(),
                    "id": path_id(self._case_path(case)),
                }
            )  # fmt: skip
        return found

    def _bench(self, case: Investigation) -> Workbench:
        return Workbench(case, self.environment, kinds=self.kinds, registry=self._registry.base)


def case_file(case: Scenario) -> str:
    """The name of a case's file; raises InvalidValue where it can't be one."""
    if not plain_name(case.name):
        raise InvalidValue("case", case.name, "its name is no file name")
    return case.name


def plain_name(name: str) -> bool:
    """Whether a name can be a file's: no path, not hidden, every letter visible, not too long."""
    # What is printable holds no control character and no half of a surrogate pair.
    printable = name.isprintable() and NAME.fullmatch(name) is not None
    return printable and len(name.encode()) <= NAME_BYTES_MAX


def make_way(file: Path) -> Path | None:
    """An earlier file is kept under another name, which is given; nothing is overwritten."""
    if not file.exists():
        return None
    for number in range(1, 1000):
        moved = file.with_name(f"{file.stem}.{number}{file.suffix}")
        if not moved.exists():
            return file.rename(moved)
    raise FileFault(file, "there are too many earlier ones", helps="Remove some.")
