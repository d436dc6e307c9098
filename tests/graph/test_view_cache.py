"""Kept views: the same until something is appended, and never those of another state."""

from __future__ import annotations

import numpy as np
import pytest

from builders import observed
from clew.errors import UnknownName
from clew.graph.view import view_of
from clew.graph.view_cache import VIEWS_MAX, ViewCache
from clew.graph.working_set import WorkingSet
from clew.model.change import Change, CreateGraph, Entry


def grown(state: WorkingSet, change: Change) -> WorkingSet:
    state.extend(Entry(state.seq + 1, change, b""))
    return state


def test_a_view_is_made_once_until_an_entry_comes() -> None:
    """The same view comes again; after an entry it is the one of the state as it is."""
    cache, state = ViewCache(), grown(WorkingSet(), observed("a.example"))
    first = cache.view(state, "main")
    assert cache.view(state, "main") is first
    assert cache.view(state, None) is not first
    grown(state, observed("b.example"))
    again = cache.view(state, "main")
    assert np.array_equal(again.entities, view_of(state, "main").entities)
    assert len(again.entities) == 2


def test_another_state_of_the_same_entry_has_its_own_view() -> None:
    """A state that was read anew is another one, though it ends at the same entry."""
    cache = ViewCache()
    one, other = (
        grown(WorkingSet(), observed(*names))
        for names in (("a.example",), ("b.example", "c.example"))
    )
    assert len(cache.view(one, "main").entities) == 1
    assert len(cache.view(other, "main").entities) == 2


def test_kept_views_are_bounded_and_unknown_graphs_refused() -> None:
    """Few views are kept; a graph that is not there is an error each time."""
    cache, state = ViewCache(), grown(WorkingSet(), observed("a.example"))
    for _ in range(2):
        with pytest.raises(UnknownName):
            cache.view(state, "other")
    for number in range(VIEWS_MAX + 2):
        grown(state, Change(CreateGraph(f"g{number}"), 0, f"{number}", "make", "test"))
    for graph in state.decisions.graphs:
        cache.view(state, graph)
    assert len(cache._views) == VIEWS_MAX
