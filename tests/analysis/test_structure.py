"""How entities stand in their graph."""

from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import graph_of
from clew.analysis.structure import articulation, structure
from clew.graph.view import View, view_of
from clew.graph.working_set import WorkingSet

NAMES = st.sampled_from("abcdefghij")
PAIRS = st.lists(st.tuples(NAMES, NAMES), min_size=1, max_size=30)


def drawn(pairs: list[tuple[str, str]]) -> tuple[View, nx.Graph]:
    """The same graph as a view and as a peer's, whose nodes are places."""
    lines = [f"{a}.example -redirects-to-> {b}.example" for a, b in pairs]
    view = view_of(graph_of(*lines), "main")
    peer = nx.Graph()
    peer.add_nodes_from(range(len(view.entities)))
    ends = zip(view.source_places.tolist(), view.target_places.tolist(), strict=True)
    peer.add_edges_from((a, b) for a, b in ends if a != b)
    return view, peer


@given(PAIRS)
def test_columns_equal_those_of_networkx(pairs: list[tuple[str, str]]) -> None:
    """Neighbours, cores, measures, betweenness and articulation points are the peer's."""
    view, peer = drawn(pairs)
    measures = structure(view)
    size = len(view.entities)
    assert measures.neighbours.tolist() == [peer.degree(at) for at in range(size)]
    cores = nx.core_number(peer)
    assert measures.core.tolist() == [cores[at] for at in range(size)]
    ranks = nx.pagerank(peer, max_iter=1_000)
    assert measures.rank == pytest.approx([ranks[at] for at in range(size)], abs=1e-4)
    middles = nx.betweenness_centrality(peer)
    assert measures.betweenness == pytest.approx([middles[at] for at in range(size)])
    points = {int(view.entities[at]) for at in nx.articulation_points(peer)}
    assert set(articulation(view).tolist()) == points


@given(PAIRS)
def test_communities_part_a_graph_the_same_way_each_time(pairs: list[tuple[str, str]]) -> None:
    """Each entity is in one; none spans two components; the largest is 0; a seed repeats them."""
    view, peer = drawn(pairs)
    measures = structure(view, seed=3)
    parts = measures.communities()
    assert sorted(np.concatenate(parts).tolist()) == view.entities.tolist()
    assert [len(one) for one in parts] == sorted((len(one) for one in parts), reverse=True)
    component = {at: number for number, of in enumerate(nx.connected_components(peer)) for at in of}
    for number in range(len(parts)):
        assert (
            len({component[at] for at in np.flatnonzero(measures.community == number).tolist()})
            == 1
        )
    assert np.array_equal(measures.community, structure(view, seed=3).community)


def test_two_cliques_with_a_bridge_are_two_communities() -> None:
    """What anyone would see."""
    pairs = [(a, b) for a in "abcd" for b in "abcd" if a < b]
    pairs += [(a, b) for a in "efgh" for b in "efgh" if a < b] + [("d", "e")]
    view, _ = drawn(pairs)
    measures = structure(view)
    assert measures.modularity > 0.3
    parts = [one.tolist() for one in measures.communities()]
    values = {frozenset(view.entity(row).value[0] for row in one) for one in parts}
    assert values == {frozenset("abcd"), frozenset("efgh")}


def test_of_nothing() -> None:
    """An empty view has empty columns."""
    view = view_of(WorkingSet(), None)
    assert structure(view).frame().height == 0
    assert structure(view).communities() == []
    assert not len(articulation(view))
