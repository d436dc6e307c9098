"""The cheapest ways through a small graph."""

from __future__ import annotations

from itertools import pairwise

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.analysis.ways import Ways, best_ways

edges = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from((0.1, 0.25, 0.5, 1.0, 2.0)),
    max_size=14,
)
tolls = st.dictionaries(st.integers(0, 6), st.sampled_from((0.2, 0.7)), max_size=4)


@given(edges, tolls, st.integers(1, 5), st.integers(1, 6))
def test_ways_are_the_cheapest_of_all(
    costs: dict[tuple[int, int], float], toll: dict[int, float], ways_max: int, steps_max: int
) -> None:
    """The k ways found cost what the k cheapest of all simple paths cost."""
    ways, plain = Ways(), nx.Graph()
    plain.add_nodes_from((0, 6))
    for number, ((one, other), cost) in enumerate(costs.items()):
        ways.add(one, other, number, cost)
        plain.add_edge(one, other, cost=cost)
    ways.tolls = toll
    found = best_ways(ways, 0, 6, ways_max=ways_max, steps_max=steps_max)

    def price(way: tuple[int, ...]) -> float:
        links = sum(plain.edges[pair]["cost"] for pair in pairwise(way))
        return float(links + sum(toll.get(place, 0) for place in way[1:-1]))

    every = sorted(price(tuple(way)) for way in nx.all_simple_paths(plain, 0, 6, cutoff=steps_max))
    assert [cost for _, cost in found] == pytest.approx(every[:ways_max])
    assert [price(way) for way, _ in found] == pytest.approx([cost for _, cost in found])
    assert len({way for way, _ in found}) == len(found)


def test_of_parallel_links_the_cheapest_is_used() -> None:
    """The others are counted."""
    ways = Ways()
    for link, cost in ((7, 0.5), (8, 0.2), (9, 0.9)):
        ways.add(1, 2, link, cost)
    assert ways.link(2, 1) == (8, 2)
    assert best_ways(ways, 2, 1, ways_max=3, steps_max=3) == [((2, 1), 0.2)]
