"""An investigation with entities to ask about, and asking a declared transform about them."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from clew.engine.events import RunEnded
from clew.engine.maltego.ask import Means, ask
from clew.engine.maltego.declared import Declared, LocalTransform, Server
from clew.engine.maltego.planned import MaltegoPlan, given_of, plan_maltego, target_of
from clew.graph.view import link_observation
from clew.model.change import Mark
from clew.model.entity import Entity, Observation
from clew.model.marking import TLP
from clew.workbench import Workbench
from clew.workbench.provider_runs import now_us


@dataclass
class Desk:
    """A new file in a folder, with those values in the graph ``main``."""

    folder: Path
    values: dict[str, str]
    """Type by value."""
    environment: dict[str, str] = field(default_factory=dict)

    def __enter__(self) -> Desk:
        told = {"CLEW_KEYRING": "no", "CLEW_HOME": str(self.folder / "home"), **self.environment}
        self._told = told
        self.bench = Workbench.create(self.folder / "case.clew", told)
        given = [self.bench.catalogue.value(type_, text) for text, type_ in self.values.items()]
        self.bench.add(given, graph="main", label="given")
        return self

    def __exit__(self, *error: object) -> None:
        self.bench.case.close()

    def mark(self, value: str, tlp: TLP) -> None:
        given = self.bench.catalogue.value(self.values[value], value)
        self.bench.decide(Mark(int(tlp), 0, given.id), label="mark")

    def plan(
        self, how: LocalTransform | Server, name: str = "", settings: dict[str, str] | None = None,
        *, limit: int = 256, **more: Any,
    ) -> MaltegoPlan:  # fmt: skip
        declared = Declared().with_one(how)
        target = target_of(declared, f"{how.name}/{name}" if name else how.name)
        view = self.bench.view("main")
        kinds = self.bench.catalogue
        givens = given_of(self.bench.view(), view.entities.tolist(), how, kinds)
        return plan_maltego(
            target, givens, settings or {},
            limit=limit, catalogue=self.bench.catalogue,
            contact_limit=self.bench.settings.contact_limit, **more,
        )  # fmt: skip

    def ask(self, plan: MaltegoPlan, **means: Any) -> RunEnded:
        return asyncio.run(
            ask(
                self.bench.case, plan, Means(self._told, self.bench.settings, **means),
                graph="main", catalogue=self.bench.catalogue, now_us=now_us,
            )
        )  # fmt: skip

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
