"""A bench without a file, for questions about small investigations."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from clew.analysis.pivots import PivotTransform
from clew.errors import UnknownName
from clew.graph.view import View, view_of
from clew.graph.working_set import WorkingSet
from clew.model.interval import Window
from clew.model.marking import DEFAULT_MARKING, Marking
from clew.questions.question import BaseRequest
from clew.schema.registry import Catalogue
from clew.schema.registry import catalogue as builtin


@dataclass(frozen=True)
class StateBench:
    """A working set as questions look at it."""

    state: WorkingSet
    studied: str = ""

    @property
    def catalogue(self) -> Catalogue:
        return builtin()

    @property
    def default_marking(self) -> Marking:
        return DEFAULT_MARKING

    def view(self, graph: str | None = None) -> View:
        return view_of(self.state, graph)

    def state_at(self, entry: int) -> WorkingSet:
        if entry != self.state.seq:
            raise UnknownName("entry", str(entry))
        return self.state

    def window(self) -> Window | None:
        return Window.parse(self.studied) if self.studied else None

    def pivot_transforms(self) -> tuple[PivotTransform, ...]:
        return ()


def bare_request(kind: type[BaseRequest]) -> BaseRequest:
    """A request of a type, with nothing in the fields that it needs."""
    needed = (one.name for one in msgspec.structs.fields(kind) if one.required)
    return kind(**dict.fromkeys(needed, ()))
