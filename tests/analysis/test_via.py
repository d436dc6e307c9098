"""Through what an entity hangs in a graph."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from builders import graph_of
from clew.analysis.via import via
from clew.graph.view import view_of
from clew.graph.working_set import WorkingSet

NAMES = st.sampled_from("abcdefgh")


@given(st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=20))
def test_through_names_neighbours_and_counts_all_of_them(pairs: list[tuple[str, str]]) -> None:
    """The number is that of all other ends; those named are among them, each once."""
    lines = [f"{a}.example -redirects-to-> {b}.example" for a, b in pairs]
    view = view_of(graph_of(*lines), "main")
    neighbours = via(view, view.entities, most=2)
    for row in view.entities.tolist():
        ends = set(view.targets[view.sources == row].tolist())
        ends |= set(view.sources[view.targets == row].tolist())
        ends.discard(row)
        assert neighbours[row].count == len(ends)
        named = [end for end, _ in neighbours[row].some]
        assert len(named) == len(set(named)) == min(2, len(ends))
        assert set(named) <= ends


def test_of_nothing_is_nothing() -> None:
    """No rows, no answer."""
    assert via(view_of(WorkingSet(), None), np.empty(0, np.int32)) == {}
