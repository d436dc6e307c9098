"""Why two entities are connected: the strongest paths, step by step with their sources."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import exp, log, log10

import numpy as np
from numpy.typing import NDArray

from clew.analysis.corroboration import Scores, corroboration
from clew.analysis.expand import Neighbourhood, expand
from clew.analysis.shortest_paths import CostGraph, shortest_paths
from clew.model.entity import Link
from clew.model.interval import Window
from clew.schema.registry import Catalogue

Rows = NDArray[np.int32]

PATHS_MAX = 3
"""Paths given, unless asked for more."""
STEPS_MAX = 6
"""Links in the longest path looked at."""
ENTITIES_MAX = 50_000
"""Entities around each end that are looked at."""
HUB_LINKS_MAX = 5_000
"""Entities with more links than that are no part of an explanation."""
OBSERVATIONS_MAX = 20
"""Observations given of one step."""


@dataclass(frozen=True, slots=True)
class PathStep:
    """One link of a path."""

    source: int
    """Row of the entity that the path comes from."""
    target: int
    """Row of the entity that it goes to."""
    place: int
    link: Link
    """As observed; it may point against the path."""
    score: float
    """Its corroboration, 0 to 1."""
    parallel: int
    """Further links between the same two entities."""
    observations: tuple[int, ...]
    """Up to OBSERVATIONS_MAX: those without a start first, then oldest first."""
    observed: int
    """How many there are."""


@dataclass(frozen=True, slots=True)
class Path:
    """A path from one entity to another."""

    steps: tuple[PathStep, ...]
    hubs: tuple[tuple[int, int, float], ...]
    """Entities passed through that cost strength: row, number of links, factor."""
    strength: float
    """Product of the steps' scores and the hubs' factors."""

    @property
    def weakest(self) -> PathStep:
        """The step with the lowest score, which decides what the path is worth."""
        return min(self.steps, key=lambda step: step.score)


@dataclass(frozen=True, slots=True)
class Connection:
    """Why two entities are connected, strongest path first."""

    a: int
    b: int
    paths: tuple[Path, ...]
    looked_at: int
    """Entities among which paths were looked for."""
    limits: tuple[str, ...]
    """What was not looked at, as sentences."""


def why_connected(
    around: Neighbourhood,
    a: int,
    b: int,
    catalogue: Catalogue,
    *,
    window: Window | None = None,
    scores: Scores | None = None,
    paths_max: int = PATHS_MAX,
    steps_max: int = STEPS_MAX,
    hub_links_max: int = HUB_LINKS_MAX,
) -> Connection:
    """
    The strongest paths between two entities.

    The strength of a path is the product of its links' corroboration and, for each entity passed
    through with more than ten links, a factor ``1 / (1 + log10(links / 10))``.

    Args:
        around: The surroundings of a view's entities.
        a: Row of the one entity.
        b: Row of the other.
        catalogue: Says what states are worth.
        window: What observations are weighed by; None where any time counts.
        scores: The view's corroboration, where it is there already.
        paths_max: Paths to give, at most.
        steps_max: Links in the longest path.
        hub_links_max: Entities with more links are reached but not passed through.

    Source:
        Yen (1971), Finding the k shortest loopless paths; on -log of strength.
    """
    view = around.view
    if scores is None:
        scores = corroboration(view, catalogue, window=window)
    near = expand(
        around, _one(a), steps=(steps_max + 1) // 2,
        entities_max=ENTITIES_MAX, hub_links_max=hub_links_max,
    )  # fmt: skip
    far = expand(
        around, _one(b), steps=steps_max // 2,
        entities_max=ENTITIES_MAX, hub_links_max=hub_links_max,
    )  # fmt: skip
    rows = np.union1d(near.links, far.links)
    places = np.searchsorted(view.links, rows)
    strengths = scores.values[places]
    limits = [
        f"around {view.entity(row).value}: {each.cut}"
        for row, each in ((a, near), (b, far))
        if each.cut.startswith("cut")
    ]
    weak = int(np.count_nonzero(strengths <= 0))
    if weak:
        limits.append(f"{weak} links with no corroboration were passed over")
    sources, targets = view.sources[places], view.targets[places]
    large = around.degrees > hub_links_max
    large[[a, b]] = False
    at_hub = large[sources] | large[targets]
    if at_hub.any():
        ends = np.concatenate((sources[large[sources]], targets[large[targets]]))
        limits.append(f"{len(np.unique(ends))} hubs were not passed through")
    graph = CostGraph()
    for at in np.flatnonzero((strengths > 0) & ~at_hub).tolist():
        cost = -log(min(float(strengths[at]), 1.0))
        graph.add(int(sources[at]), int(targets[at]), int(places[at]), cost)
    graph.tolls = {
        row: -log(factor)
        for row in graph.entities()
        if (factor := hub_factor(int(around.degrees[row]))) < 1
    }
    found = shortest_paths(graph, a, b, paths_max=paths_max, steps_max=steps_max)
    paths = tuple(_path(around, scores, graph, route, cost) for route, cost in found)
    looked_at = len(np.union1d(near.entities, far.entities))
    return Connection(a, b, paths, looked_at, tuple(limits))


def hub_factor(links: int) -> float:
    """What is left of a path that passes through an entity with that many links."""
    return 1.0 if links <= 10 else 1 / (1 + log10(links / 10))


def _path(
    around: Neighbourhood, scores: Scores, graph: CostGraph, route: tuple[int, ...], cost: float
) -> Path:
    view = around.view
    steps = []
    for source, target in pairwise(route):
        place, parallel = graph.link(source, target)
        rows = view.around.observations_at((place,))
        columns = view.state.link_observations
        oldest = rows[np.argsort(columns.first.values[rows], kind="stable")][:OBSERVATIONS_MAX]
        steps.append(
            PathStep(
                source, target, place, view.link(place), float(scores.values[place]), parallel,
                tuple(oldest.tolist()), len(rows),
            )
        )  # fmt: skip
    hubs = tuple(
        (row, int(around.degrees[row]), exp(-graph.tolls[row]))
        for row in route[1:-1]
        if row in graph.tolls
    )
    return Path(tuple(steps), hubs, exp(-cost))


def _one(row: int) -> Rows:
    return np.asarray([row], np.int32)
