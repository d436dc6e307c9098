"""The shortest paths through a small graph: best first with a look ahead, then Yen's detours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise
from math import inf

Route = tuple[int, ...]

SETTLED_MAX = 200_000
"""Places settled for one path before the search gives up."""


@dataclass(slots=True)
class CostGraph:
    """Costs between neighbours, either way, and tolls for passing through."""

    costs: dict[int, dict[int, float]] = field(default_factory=dict)
    tolls: Mapping[int, float] = field(default_factory=dict)
    """What passing through costs; the ends of a path pay none."""
    _links: dict[tuple[int, int], tuple[float, int, int]] = field(default_factory=dict)

    def add(self, one: int, other: int, link: int, cost: float) -> None:
        """Take in a link; of several between two the cheapest is used."""
        key = min(one, other), max(one, other)
        best, which, count = self._links.get(key, (inf, link, -1))
        if cost < best:
            best, which = cost, link
            self.costs.setdefault(one, {})[other] = cost
            self.costs.setdefault(other, {})[one] = cost
        self._links[key] = (best, which, count + 1)

    def link(self, one: int, other: int) -> tuple[int, int]:
        """The cheapest link between two, and how many more there are."""
        _, which, more = self._links[min(one, other), max(one, other)]
        return which, more

    def entities(self) -> Iterable[int]:
        """All that have a link."""
        return self.costs.keys()


def shortest_paths(
    graph: CostGraph, start: int, end: int, *, paths_max: int, steps_max: int
) -> list[tuple[Route, float]]:
    """
    The cheapest loopless routes of up to *steps_max* steps, cheapest first, with their costs.

    Source:
        Yen (1971), Finding the k shortest loopless paths in a network.
    """
    if start == end or start not in graph.costs or end not in graph.costs:
        return []
    ahead = _costs_to(graph, end)
    first = _cheapest(graph, ahead, (start,), end, steps_max, frozenset())
    found: list[tuple[Route, float]] = [] if first is None else [first]
    candidates: list[tuple[float, int, Route]] = []
    known = {route for route, _ in found}
    while found and len(found) < paths_max:
        last = found[-1][0]
        for at in range(len(last) - 1):
            root = last[: at + 1]
            barred = frozenset(
                route[at + 1]
                for route, _ in found
                if len(route) > at + 1 and route[: at + 1] == root
            )
            detour = _cheapest(graph, ahead, root, end, steps_max, barred)
            if detour is not None and detour[0] not in known:
                known.add(detour[0])
                heappush(candidates, (detour[1], len(detour[0]), detour[0]))
        if not candidates:
            break
        cost, _, route = heappop(candidates)
        found.append((route, cost))
    return found


def _costs_to(graph: CostGraph, end: int) -> dict[int, float]:
    """The least cost from each place to *end*, tolls between included."""
    least: dict[int, float] = {end: 0.0}
    heap = [(0.0, end)]
    while heap:
        cost, at = heappop(heap)
        if cost > least[at]:
            continue
        toll = 0.0 if at == end else graph.tolls.get(at, 0.0)
        for other, step in graph.costs[at].items():
            there = cost + toll + step
            if there < least.get(other, inf):
                least[other] = there
                heappush(heap, (there, other))
    return least


def _cheapest(
    graph: CostGraph,
    ahead: Mapping[int, float],
    root: Route,
    end: int,
    steps_max: int,
    barred: frozenset[int],
) -> tuple[Route, float] | None:
    """
    The cheapest route that begins with *root* and does not go on to a barred place.

    *ahead* is never too much (detours only cost more), so the first route out of the heap is best.
    """
    base = sum(graph.costs[a][b] for a, b in pairwise(root))
    base += sum(graph.tolls.get(place, 0.0) for place in root[1:-1])
    spur, walked = root[-1], frozenset(root)
    heap: list[tuple[float, int, float, Route]] = [(base + ahead.get(spur, inf), 0, base, (spur,))]
    settled: set[tuple[int, int]] = set()
    while heap and len(settled) < SETTLED_MAX:
        _, steps, cost, route = heappop(heap)
        at = route[-1]
        if at == end:
            return (*root[:-1], *route), cost
        if (at, steps) in settled or len(root) - 1 + steps >= steps_max:
            continue
        settled.add((at, steps))
        first = at == spur and steps == 0
        toll = graph.tolls.get(at, 0.0) if len(root) > 1 or not first else 0.0
        for other, step in graph.costs[at].items():
            if other in walked or other in route or other not in ahead:
                continue
            if first and other in barred:
                continue
            there = cost + toll + step
            beyond = 0.0 if other == end else graph.tolls.get(other, 0.0)
            heappush(heap, (there + beyond + ahead[other], steps + 1, there, (*route, other)))
    return None
