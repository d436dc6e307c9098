"""What a question needs of the program around it: the open investigation, read only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from clew.analysis.pivots import PivotTransform
    from clew.graph.view import View
    from clew.graph.working_set import WorkingSet
    from clew.model.interval import Window
    from clew.model.marking import Marking
    from clew.schema.registry import Catalogue


class Bench(Protocol):
    """An open investigation, as questions look at it."""

    @property
    def state(self) -> WorkingSet:
        """The working set as it stands."""
        ...

    @property
    def catalogue(self) -> Catalogue:
        """The kinds that exist."""
        ...

    @property
    def default_marking(self) -> Marking:
        """How what carries no marking counts."""
        ...

    def view(self, graph: str | None = None) -> View:
        """A graph as it stands, or the whole investigation; raises UnknownName."""
        ...

    def state_at(self, entry: int) -> WorkingSet:
        """The working set as it was after an entry of the log; raises UnknownName."""
        ...

    def window(self) -> Window | None:
        """The window under study."""
        ...

    def pivot_transforms(self) -> Sequence[PivotTransform]:
        """The transforms that can be asked as things are."""
        ...
