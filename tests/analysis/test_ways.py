"""The cheapest ways through a small graph."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

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
    ways = Ways()
    plain = {**costs, **{(other, one): cost for (one, other), cost in costs.items()}}
    for number, ((one, other), cost) in enumerate(costs.items()):
        ways.add(one, other, number, cost)
    ways.tolls = toll
    found = best_ways(ways, 0, 6, ways_max=ways_max, steps_max=steps_max)

    def price(way: tuple[int, ...]) -> float:
        links = sum(plain[pair] for pair in pairwise(way))
        return float(links + sum(toll.get(place, 0) for place in way[1:-1]))

    def simple(way: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        if way[-1] == 6:
            yield way
        elif len(way) <= steps_max:
            for place in range(7):
                if place not in way and (way[-1], place) in plain:
                    yield from simple((*way, place))

    every = sorted(price(way) for way in simple((0,)))
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
