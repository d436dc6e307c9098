"""What indexes find of an entity is what looking at everything finds."""

from __future__ import annotations

import numpy as np
from hypothesis import given

from clew.graph.view import view_of
from clew.graph.view_cache import ViewCache
from clew.graph.working_set import WorkingSet
from clew.model.change import Change, Entry, Revert
from strategies import changes

ARRAYS = ("entities", "links", "sources", "targets", "observations", "properties", "degree")


@given(changes())
def test_indexes_find_what_a_whole_look_finds(log: list[Change]) -> None:
    """Links, observations, properties, states and mentions of each entity, after merges too."""
    state = WorkingSet.fold(Entry(at, one, b"") for at, one in enumerate(log, 1))
    for graph in (None, *state.decisions.graphs):
        view = view_of(state, graph)
        for row in range(len(state.entities)):
            places = np.flatnonzero((view.sources == row) | (view.targets == row))
            assert view.around.links_at(row).tolist() == places.tolist()
            seen = view.observations[np.isin(view.observed_places, places)]
            assert view.around.observations_at(places.tolist()).tolist() == seen.tolist()
            subjects = state.properties.subject.values[view.properties]
            own = view.properties[subjects == row]
            assert view.around.properties_of([row]).tolist() == own.tolist()
            spans = [one for one in view.states() if one[0] == row]
            assert list(view.states([row])) == spans
            brought = [
                (seq, number)
                for seq, index in sorted(state.observe_index.items())
                for number in index.provenance[index.entities == row].tolist()
                if view.counting[number]
            ]
            assert view.around.mentions_of(row) == brought


@given(changes())
def test_a_kept_view_is_the_view_of_now(log: list[Change]) -> None:
    """After each entry of any log, and after taking each back, a kept view is as a new one."""
    state, cache = WorkingSet(), ViewCache()
    undone = [Change(Revert((at,)), 0, f"undo{at}", "undo") for at in range(1, len(log) + 1)]
    for at, change in enumerate((*log, *undone), 1):
        state.extend(Entry(at, change, b""))
        for graph in (None, *state.decisions.graphs):
            kept, made = cache.view(state, graph), view_of(state, graph)
            for name in ARRAYS:
                assert np.array_equal(getattr(kept, name), getattr(made, name)), name
            assert list(kept.states()) == list(made.states())
