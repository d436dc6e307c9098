"""Views of a state as it stands, each made once until the state goes on."""

from __future__ import annotations

from clew.graph.view import View, view_of
from clew.graph.working_set import WorkingSet

VIEWS_MAX = 8
"""Most views that are kept; each holds a few numbers for every entity and link."""


class ViewCache:
    """The views of one investigation that were asked for since its last entry."""

    def __init__(self) -> None:
        self._state: WorkingSet | None = None
        self._seq = 0
        self._views: dict[str | None, View] = {}

    def view(self, state: WorkingSet, graph: str | None) -> View:
        """A graph of a state, or all of it; raises UnknownName."""
        if self._state is not state or self._seq != state.seq:
            self._state, self._seq = state, state.seq
            self._views.clear()
        if (known := self._views.get(graph)) is not None:
            return known
        while len(self._views) >= VIEWS_MAX:
            del self._views[next(iter(self._views))]
        found = self._views[graph] = view_of(state, graph)
        return found
