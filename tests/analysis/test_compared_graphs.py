"""Whose word an observation is, of two graphs."""

from __future__ import annotations

import numpy as np

from builders import append, decided, observed, state_of
from clew.analysis.compared_graphs import ComparedGraph, compared_graphs
from clew.graph.view import view_of
from clew.graph.working_set import WorkingSet
from clew.model.change import EntityMerge, GraphMerge
from clew.schema.value import entity_id

LINE = "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01"


def sides(state: WorkingSet, a: str, b: str) -> tuple[ComparedGraph, ComparedGraph]:
    """Both sides' own words about what they share."""
    views = view_of(state, a), view_of(state, b)
    shared = np.intersect1d(views[0].entities, views[1].entities).astype(np.int32)
    return compared_graphs(*views, shared)


def providers_of(side: ComparedGraph) -> set[str]:
    """All providers that one side has of its own."""
    return {name for names in side.providers(side.shared).values() for name in names}


def test_each_side_has_its_own_runs() -> None:
    """The same link told into both graphs is each graph's own word."""
    state = state_of(
        observed(f"{LINE} by circl", graph="a"), observed(f"{LINE} by mnemonic", graph="b", at=1)
    )
    assert tuple(map(providers_of, sides(state, "a", "b"))) == ({"circl"}, {"mnemonic"})


def test_a_merged_graph_speaks_for_what_came_from_elsewhere() -> None:
    """What was merged in from a third graph is its word, where the other lacks the link."""
    state = state_of(
        observed(f"{LINE} by circl", graph="a"),
        observed("b.example -resolves-to-> 192.0.2.1 by mnemonic", graph="b", at=1),
        decided(GraphMerge("merged", ("a",)), at=2),
    )
    assert tuple(map(providers_of, sides(state, "merged", "b"))) == ({"circl"}, {"mnemonic"})
    assert tuple(map(providers_of, sides(state, "merged", "a"))) == (set(), {"circl"})


def test_merged_entities_count_as_one() -> None:
    """What was said of an entity counts for the one that stands for it, states too."""
    state = state_of(
        observed(f"{LINE} by circl", "a.example is parked by local", graph="a"),
        observed("b.example -resolves-to-> 192.0.2.2 by mnemonic", graph="b", at=1),
    )
    keep, other = (entity_id("domain-name", f"{name}.example") for name in "ba")
    append(state, decided(EntityMerge(keep, other), at=2))
    assert tuple(map(providers_of, sides(state, "a", "b"))) == ({"circl", "local"}, {"mnemonic"})
