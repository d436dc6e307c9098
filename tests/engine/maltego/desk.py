"""An investigation with entities to ask about, and asking a declared transform about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clew.engine.bounds import Bounds
from clew.engine.events import RunEnded
from clew.engine.maltego.declarations import (
    Declarations,
    ProgramDeclaration,
    ServerDeclaration,
    declarations_path,
    save_declarations,
)
from clew.engine.maltego.question import LIMIT
from clew.engine.maltego.registry import transform_id
from clew.engine.plan import Plan
from clew.graph.view import link_observation
from clew.model.change import Mark
from clew.model.entity import Entity, Observation
from clew.model.marking import TLP
from clew.workbench import Workbench


@dataclass
class Desk:
    """A new file in a folder, with those values in the graph ``main``."""

    folder: Path
    values: dict[str, str]
    """Type by value."""
    environment: dict[str, str] = field(default_factory=dict)
    bounds: Bounds | None = None

    def __enter__(self) -> Desk:
        self.environment = {
            "CLEW_KEYRING": "no", "CLEW_HOME": str(self.folder / "home"), **self.environment
        }  # fmt: skip
        self.bench = Workbench.create(
            self.folder / "case.clew", self.environment, bounds=self.bounds
        )
        given = [self.bench.catalogue.value(type_, text) for text, type_ in self.values.items()]
        self.bench.add(given, graph="main", label="given")
        return self

    def __exit__(self, *error: object) -> None:
        self.bench.case.close()

    def mark(self, value: str, tlp: TLP) -> None:
        given = self.bench.catalogue.value(self.values[value], value)
        self.bench.decide(Mark(int(tlp), 0, given.id), label="mark")

    def declare(self, *all_: ProgramDeclaration | ServerDeclaration) -> Declarations:
        """Those are declared, and nothing else."""
        declared = Declarations()
        for one in all_:
            declared = declared.with_one(one)
        save_declarations(declarations_path(self.environment), declared)
        return declared

    def plan(
        self, how: ProgramDeclaration | ServerDeclaration, name: str = "",
        settings: dict[str, str] | None = None, *, limit: int = 256, **more: Any,
    ) -> Plan:  # fmt: skip
        """A plan of asking about the whole graph."""
        id_ = transform_id(self.declare(how), f"{how.name}/{name}" if name else how.name)
        rows = self.bench.view("main").entities
        return self.bench.plan(id_, rows, {**(settings or {}), LIMIT: limit}, **more)

    def ask(self, plan: Plan, **more: Any) -> RunEnded:
        """Do a plan."""
        return self.bench.work(self.bench.start(plan, graph="main"), **more)

    def entities(self) -> set[Entity]:
        return set(self.bench.view("main").entity_records())

    def links(self) -> set[tuple[str, str, str]]:
        return {
            (one.source.value, one.type, one.target.value)
            for one in self.bench.view("main").link_records()
        }

    def observations(self) -> list[Observation]:
        view = self.bench.view("main")
        return [link_observation(self.bench.state, row) for row in view.observations.tolist()]
