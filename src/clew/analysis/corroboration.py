"""How strongly independent sources agree that links hold, all at once or line by line."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clew.analysis.evidence import Factor, factors_of, observation_weights
from clew.analysis.lineage import Lineage, lineages
from clew.analysis.lineage_table import Kind
from clew.analysis.observation_lineages import UNKNOWN_LINEAGE, day_of, observation_lineages
from clew.analysis.states import states_of
from clew.graph.view import View, link_observation
from clew.model.interval import Window
from clew.schema.registry import Catalogue

Scores32 = NDArray[np.float32]

SHARED_WEIGHT = 0.5
"""What all observations of unknown lineage count together: they may be one, or another's."""
ROUNDS_MAX = 6
"""Lineages of a link that are settled without sorting, one a round."""


@dataclass(frozen=True, slots=True, eq=False)
class Scores:
    """The corroboration of each link of a view, by place."""

    values: Scores32 = field(repr=False)
    """From 0 (nothing counts) to 1."""
    lineages: NDArray[np.uint16] = field(repr=False)
    """Number of lineages that count; all of unknown lineage are one."""
    window: Window | None
    """What observations were weighed by; None for all of time."""


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One lineage's part in a score: its strongest observation, and what was made of it."""

    lineage: Lineage
    observation: int
    """Row of the link observation."""
    factors: tuple[Factor, ...]
    """Their product is *weight*."""
    weight: float
    doubt: float
    """What is left of the doubt: 1 - weight. The product of all lines' is 1 - the score."""
    repeats: int
    """Further observations of the same lineage, which add nothing."""

    def __str__(self) -> str:
        product = " x ".join(f"{factor.value:g} ({factor.why})" for factor in self.factors)
        more = f"; {self.repeats} more of the same lineage add nothing" if self.repeats else ""
        return f"{self.lineage}: {product} = {self.weight:.3g}, leaves {self.doubt:.3g}{more}"


@dataclass(frozen=True, slots=True)
class ScoreExplained:
    """A score with its arithmetic."""

    score: float
    lines: tuple[ScoreLine, ...]
    """Strongest first."""
    window: Window | None

    @property
    def weakest_without(self) -> tuple[ScoreLine, float] | None:
        """
        The line whose loss, if its observation were wrong, would change the score most.

        With the score that would be left, when nothing else of its lineage takes its place: the
        worst case. None where no line counts.
        """
        if not self.lines:
            return None
        left = [
            1 - float(np.prod([other.doubt for other in self.lines if other is not line]))
            for line in self.lines
        ]
        at = int(np.argmin(left))
        return self.lines[at], left[at]

    def sensitivity(self) -> str:
        """The same as a sentence; empty where no line counts."""
        found = self.weakest_without
        if found is None:
            return ""
        line, left = found
        return f"if {line.lineage} were wrong, {self.score:.3g} would become {left:.3g}"

    def __str__(self) -> str:
        doubts = " x ".join(f"{line.doubt:.3g}" for line in self.lines) or "1"
        return f"1 - {doubts} = {self.score:.3g}"


def corroboration(view: View, catalogue: Catalogue, *, window: Window | None = None) -> Scores:
    """
    How strongly independent lineages agree that each link holds.

    Args:
        view: The graph.
        catalogue: Says what states are worth.
        window: What is weighed by time; None where any time counts.

    Source:
        Noisy-OR of independent causes; Pearl (1988), chapter 4. Within a lineage the strongest
        observation counts, so repeats change nothing.
    """
    origin = observation_lineages(view)
    weights = observation_weights(view, catalogue, origin.confidence, window)
    places, codes = view.observed_places, origin.codes
    weights[np.flatnonzero(codes[: len(weights)] == UNKNOWN_LINEAGE)] *= np.float32(SHARED_WEIGHT)
    doubt = np.ones(len(view.links), np.float32)
    doubt[places] = 1 - weights
    counted = (doubt < 1).astype(np.uint16)
    several = view.repeated
    if origin.at is not None:
        several = _several(origin.at, places)
        weights, places = weights[origin.at], places[origin.at]
    if len(several):
        owners, doubts, counts = _noisy_or(places[several], codes[several], weights[several])
        doubt[owners], counted[owners] = doubts, counts
    return Scores(1 - doubt, counted, window)


def explain_score(
    view: View, place: int, catalogue: Catalogue, *, window: Window | None = None
) -> ScoreExplained:
    """The arithmetic behind one link's corroboration, a line for each lineage."""
    spans = states_of(view, (int(view.sources[place]), int(view.targets[place])))
    best: dict[Lineage, ScoreLine] = {}
    repeats: dict[Lineage, int] = {}
    link_type = view.link(place).type
    for row in view.around.observations_at((place,)).tolist():
        observation = link_observation(view.state, row)
        provider = observation.provenance.provider
        for origin in lineages(provider, link_type, observation.collectors):
            lineage = day_of(origin, observation.seen)
            key = lineage if lineage.known else _ANYBODY
            factors = factors_of(view, place, row, spans, catalogue, window)
            if not lineage.known:
                factors = (*factors, Factor("lineage", SHARED_WEIGHT, "may be another's word"))
            weight = float(np.prod([factor.value for factor in factors]))
            repeats[key] = repeats.get(key, -1) + 1
            if weight > 0 and (key not in best or weight > best[key].weight):
                best[key] = ScoreLine(lineage, row, factors, weight, 1 - weight, 0)
    lines = [
        ScoreLine(
            line.lineage, line.observation, line.factors, line.weight, line.doubt, repeats[key]
        )
        for key, line in best.items()
    ]
    lines.sort(key=lambda line: (-line.weight, line.lineage.kind.value, line.observation))
    score = 1 - float(np.prod([line.doubt for line in lines]))
    return ScoreExplained(score, tuple(lines), window)


_ANYBODY = Lineage(Kind.OTHER, "")


def _several(at: NDArray[np.int32], places: NDArray[np.int32]) -> NDArray[np.int32]:
    """Index of the observations whose link has several."""
    owners = places[at]
    return np.flatnonzero((np.bincount(owners) > 1)[owners]).astype(np.int32)


def _noisy_or(
    places: NDArray[np.int32], codes: NDArray[np.int32], weights: Scores32
) -> tuple[NDArray[np.int32], Scores32, NDArray[np.uint16]]:
    """The links that lineages speak for, what is left of the doubt, and how many lineages count."""
    owners, places = _compact(places)
    doubt = np.ones(len(owners), np.float32)
    counted = np.zeros(len(owners), np.uint16)
    elected = np.zeros(len(owners), np.int32)
    for _ in range(ROUNDS_MAX):
        if not len(places):
            return owners, doubt, counted
        # Each link settles the lineage that was written last; what is left has another one.
        elected[places] = codes
        other = elected[places] != codes
        mine = np.flatnonzero(~other)
        strongest = np.zeros(len(owners), np.float32)
        np.maximum.at(strongest, places[mine], weights[mine])
        doubt *= 1 - strongest
        counted += strongest > 0
        rest = np.flatnonzero(other)
        places, codes, weights = places[rest], codes[rest], weights[rest]
    if len(places):
        order = np.lexsort((codes, places))
        places, codes, weights = places[order], codes[order], weights[order]
        begins = np.flatnonzero(_changes(places) | _changes(codes))
        strongest = np.maximum.reduceat(weights, begins)
        there = places[begins]
        starts = np.flatnonzero(_changes(there))
        doubt[there[starts]] *= np.multiply.reduceat(1 - strongest, starts)
        counted[there[starts]] += np.add.reduceat(strongest > 0, starts, dtype=np.uint16)
    return owners, doubt, counted


def _compact(places: NDArray[np.int32]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The distinct places, ascending, and the index of each place among them."""
    occurs = np.zeros(int(places.max()) + 1, np.bool_)
    occurs[places] = True
    owners = np.flatnonzero(occurs).astype(np.int32)
    number = np.zeros(len(occurs), np.int32)
    number[owners] = np.arange(len(owners), dtype=np.int32)
    return owners, number[places]


def _changes(sorted_rows: NDArray[np.int32]) -> NDArray[np.bool_]:
    changes = np.ones(len(sorted_rows), np.bool_)
    changes[1:] = sorted_rows[1:] != sorted_rows[:-1]
    return changes
