"""The cheapest ways through a small graph."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.analysis.shortest_paths import CostGraph, shortest_paths

edges = st.dictionaries(
    st.tuples(st.integers(0, 6), st.integers(0, 6)).filter(lambda pair: pair[0] < pair[1]),
    st.sampled_from((0.1, 0.25, 0.5, 1.0, 2.0)),
    max_size=14,
)
tolls = st.dictionaries(st.integers(0, 6), st.sampled_from((0.2, 0.7)), max_size=4)


@given(edges, tolls, st.integers(1, 5), st.integers(1, 6))
def test_ways_are_the_cheapest_of_all(
    costs: dict[tuple[int, int], float], toll: dict[int, float], paths_max: int, steps_max: int
) -> None:
    """The k ways found cost what the k cheapest of all simple paths cost."""
    graph = CostGraph()
    plain = {**costs, **{(other, one): cost for (one, other), cost in costs.items()}}
    for number, ((one, other), cost) in enumerate(costs.items()):
        graph.add(one, other, number, cost)
    graph.tolls = toll
    found = shortest_paths(graph, 0, 6, paths_max=paths_max, steps_max=steps_max)

    def price(route: tuple[int, ...]) -> float:
        links = sum(plain[pair] for pair in pairwise(route))
        return float(links + sum(toll.get(place, 0) for place in route[1:-1]))

    def simple(route: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if route[-1] == 6:
            yield route
        elif len(route) <= steps_max:
            for place in range(7):
                if place not in route and (route[-1], place) in plain:
                    yield from simple((*route, place))

    every = sorted(price(route) for route in simple((0,)))
    assert [cost for _, cost in found] == pytest.approx(every[:paths_max])
    assert [price(route) for route, _ in found] == pytest.approx([cost for _, cost in found])
    assert len({route for route, _ in found}) == len(found)


def test_of_parallel_links_the_cheapest_is_used() -> None:
    """The others are counted."""
    graph = CostGraph()
    for link, cost in ((7, 0.5), (8, 0.2), (9, 0.9)):
        graph.add(1, 2, link, cost)
    assert graph.link(2, 1) == (8, 2)
    assert shortest_paths(graph, 2, 1, paths_max=3, steps_max=3) == [((2, 1), 0.2)]
