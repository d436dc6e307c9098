"""The rules of pruning, each marking what falls with its reason; an earlier reason stands."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clew.analysis.corroboration import corroboration
from clew.analysis.interval_columns import NO, UNKNOWN, YES
from clew.analysis.states import in_state
from clew.analysis.window import dated_links, in_window
from clew.graph.view import View
from clew.model.interval import UndatedPolicy, Window
from clew.schema.registry import Catalogue

Flags = NDArray[np.bool_]


class PruneState:
    """What has fallen so far, by place: 0 stays, otherwise a number into ``reasons``."""

    def __init__(self, view: View, keep: Flags) -> None:
        self.view = view
        self.keep = keep
        self.entities = np.zeros(len(view.entities), np.uint8)
        self.links = np.zeros(len(view.links), np.uint8)
        self.reasons = ["stays"]

    def by_window(self, window: Window, undated: UndatedPolicy) -> None:
        """Links and entities that the window does not hold."""
        view = self.view
        codes, has_date = dated_links(view, in_window(view, window, undated).observations)
        holds = has_date & (codes == YES)
        unsure = ~has_date | (codes == UNKNOWN)
        if undated is UndatedPolicy.KEEP:
            holds |= unsure
        self._fall_links(has_date & (codes == NO), f"no dated observation within {window}")
        if undated is UndatedPolicy.DROP:
            self._fall_links(unsure, "no date that tells, and undated links are dropped")
        stays = self.keep.copy()
        stays[view.source_places[holds]] = True
        stays[view.target_places[holds]] = True
        if undated is UndatedPolicy.KEEP:
            stays |= view.degree == 0
        what = "link" if undated is UndatedPolicy.KEEP else "dated link"
        self._fall_entities(~stays, f"end of no {what} within {window}")

    def by_state(self, states: tuple[str, ...], window: Window | None) -> None:
        """Entities in one of the states."""
        within = "" if window is None else f" within {window}, or undated"
        codes = in_state(self.view, *states, window=window)
        self._fall_entities(codes >= UNKNOWN, f"in state {' or '.join(states)}{within}")

    def by_source(self, providers: tuple[str, ...]) -> None:
        """Links that nobody but these providers speaks of, and entities that lose all by it."""
        view, columns = self.view, self.view.state.link_observations
        records = view.state.provenances.records
        theirs = np.asarray([one.provider in providers for one in records] or [False])
        others = ~theirs[columns.provenance.values[view.observations]]
        heard = np.zeros(len(view.links), np.bool_)
        heard[view.observed_places[others]] = True
        before = self._degree()
        self._fall_links(~heard, f"only {', '.join(providers)} says so")
        self._fall_entities((before > 0) & (self._degree() == 0), "no link is left")

    def by_hub(self, links_min: int) -> None:
        """Entities with so many links that they tell nothing."""
        self._fall_entities(self._degree() >= links_min, f"a hub: {links_min} links or more")

    def by_score(
        self, catalogue: Catalogue, window: Window | None, score_min: float, lineages_min: int
    ) -> None:
        """Links that too little speaks for, and entities that lose all their links by it."""
        scores = corroboration(self.view, catalogue, window=window)
        before = self._degree()
        self._fall_links(scores.values < score_min, f"corroboration below {score_min:g}")
        few = scores.lineages < lineages_min
        self._fall_links(few, f"fewer than {lineages_min} independent lineages")
        self._fall_entities((before > 0) & (self._degree() == 0), "no link is left")

    def by_distance(self, steps_max: int) -> None:
        """Entities that are further from the kept ones than that."""
        far = self._distances(steps_max) > steps_max
        self._fall_entities(far, f"more than {steps_max} steps from what is kept")

    def by_leaf(self) -> bool:
        """Entities with one link or none; whether there were any."""
        leaves = (self._degree() <= 1) & (self.entities == 0) & ~self.keep
        self._fall_entities(leaves, "a leaf: one link or none")
        return bool(leaves.any())

    def _fall_links(self, falls: Flags, reason: str) -> None:
        self.links[falls & (self.links == 0)] = self._number(reason)

    def _fall_entities(self, falls: Flags, reason: str) -> None:
        falls = falls & ~self.keep & (self.entities == 0)
        self.entities[falls] = self._number(reason)
        gone = self.entities > 0
        loose = gone[self.view.source_places] | gone[self.view.target_places]
        self._fall_links(loose, "one of its ends falls")

    def _number(self, reason: str) -> int:
        if reason not in self.reasons:
            self.reasons.append(reason)
        return self.reasons.index(reason)

    def _degree(self) -> NDArray[np.int64]:
        size, stays = len(self.entities), self.links == 0
        starts = np.bincount(self.view.source_places[stays], minlength=size)
        return starts + np.bincount(self.view.target_places[stays], minlength=size)

    def _distances(self, steps_max: int) -> NDArray[np.int64]:
        """Steps from the kept entities along links that stay; one more than the most if beyond."""
        distances = np.full(len(self.entities), steps_max + 1, np.int64)
        distances[self.keep] = 0
        stays = np.flatnonzero(self.links == 0)
        sources, targets = self.view.source_places[stays], self.view.target_places[stays]
        for step in range(steps_max):
            near = distances <= step
            distances[targets[near[sources] & ~near[targets]]] = step + 1
            distances[sources[near[targets] & ~near[sources]]] = step + 1
        return distances
