"""Views of a state as it stands, each made once until what is in graphs changes."""

from __future__ import annotations

from clew.graph.view import View, view_of
from clew.graph.working_set import WorkingSet

VIEWS_MAX = 8
"""Most views that are kept; each holds a few numbers for every entity and link."""


class ViewCache:
    """
    The views of one investigation that were asked for since what is in graphs last changed.

    A star, a note or a marking leaves them as they are, with all that was computed of them.
    """

    def __init__(self) -> None:
        self._state: WorkingSet | None = None
        self._shape_seq = 0
        self._views: dict[str | None, View] = {}

    def view(self, state: WorkingSet, graph: str | None) -> View:
        """A graph of a state, or all of it; raises UnknownName."""
        if self._state is not state or self._shape_seq != state.shape_seq:
            self._state, self._shape_seq = state, state.shape_seq
            self._views.clear()
        if (known := self._views.get(graph)) is not None:
            return known
        while len(self._views) >= VIEWS_MAX:
            del self._views[next(iter(self._views))]
        found = self._views[graph] = view_of(state, graph)
        return found
