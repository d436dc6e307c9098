"""The cheapest ways through a small graph: best first with a look ahead, then Yen's detours."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from heapq import heappop, heappush
from itertools import pairwise
from math import inf

Way = tuple[int, ...]

SETTLED_MAX = 200_000
"""Places settled for one way before the search gives up."""


@dataclass(slots=True)
class Ways:
    """Costs between neighbours, either way, and tolls for passing through."""

    costs: dict[int, dict[int, float]] = field(default_factory=dict)
    tolls: Mapping[int, float] = field(default_factory=dict)
    """What passing through costs; the ends of a way pay none."""
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


def best_ways(
    ways: Ways, start: int, end: int, *, ways_max: int, steps_max: int
) -> list[tuple[Way, float]]:
    """
    The cheapest loopless ways of up to *steps_max* steps, cheapest first, with their costs.

    Source:
        Yen (1971), Finding the k shortest loopless paths in a network.
    """
    if start == end or start not in ways.costs or end not in ways.costs:
        return []
    ahead = _costs_to(ways, end)
    first = _cheapest(ways, ahead, (start,), end, steps_max, frozenset())
    found: list[tuple[Way, float]] = [] if first is None else [first]
    candidates: list[tuple[float, int, Way]] = []
    known = {way for way, _ in found}
    while found and len(found) < ways_max:
        last = found[-1][0]
        for at in range(len(last) - 1):
            root = last[: at + 1]
            barred = frozenset(
                way[at + 1] for way, _ in found if len(way) > at + 1 and way[: at + 1] == root
            )
            detour = _cheapest(ways, ahead, root, end, steps_max, barred)
            if detour is not None and detour[0] not in known:
                known.add(detour[0])
                heappush(candidates, (detour[1], len(detour[0]), detour[0]))
        if not candidates:
            break
        cost, _, way = heappop(candidates)
        found.append((way, cost))
    return found


def _costs_to(ways: Ways, end: int) -> dict[int, float]:
    """The least cost from each place to *end*, tolls on the way included."""
    least: dict[int, float] = {end: 0.0}
    heap = [(0.0, end)]
    while heap:
        cost, at = heappop(heap)
        if cost > least[at]:
            continue
        toll = 0.0 if at == end else ways.tolls.get(at, 0.0)
        for other, step in ways.costs[at].items():
            there = cost + toll + step
            if there < least.get(other, inf):
                least[other] = there
                heappush(heap, (there, other))
    return least


def _cheapest(
    ways: Ways,
    ahead: Mapping[int, float],
    root: Way,
    end: int,
    steps_max: int,
    barred: frozenset[int],
) -> tuple[Way, float] | None:
    """
    The cheapest way that begins with *root* and does not go on to a barred place.

    *ahead* never says too much (detours only cost more), so the first way out of the heap is best.
    """
    base = sum(ways.costs[a][b] for a, b in pairwise(root))
    base += sum(ways.tolls.get(place, 0.0) for place in root[1:-1])
    spur, walked = root[-1], frozenset(root)
    heap: list[tuple[float, int, float, Way]] = [(base + ahead.get(spur, inf), 0, base, (spur,))]
    settled: set[tuple[int, int]] = set()
    while heap and len(settled) < SETTLED_MAX:
        _, steps, cost, way = heappop(heap)
        at = way[-1]
        if at == end:
            return (*root[:-1], *way), cost
        if (at, steps) in settled or len(root) - 1 + steps >= steps_max:
            continue
        settled.add((at, steps))
        first = at == spur and steps == 0
        toll = ways.tolls.get(at, 0.0) if len(root) > 1 or not first else 0.0
        for other, step in ways.costs[at].items():
            if other in walked or other in way or other not in ahead:
                continue
            if first and other in barred:
                continue
            there = cost + toll + step
            beyond = 0.0 if other == end else ways.tolls.get(other, 0.0)
            heappush(heap, (there + beyond + ahead[other], steps + 1, there, (*way, other)))
    return None
