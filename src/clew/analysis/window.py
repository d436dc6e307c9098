"""What of a graph overlaps a window: observations, links, entities; yes, no or unknown."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from clew.analysis.interval_columns import NO, UNKNOWN, YES, Codes, has_dates, window_overlap
from clew.graph.view import View
from clew.model.interval import UndatedPolicy, Window

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many of how many are shown, and how many could not be placed in time."""

    shown: int
    known: int
    """All that there are."""
    unknown: int
    """Neither proven to meet the window nor proven not to."""

    def __str__(self) -> str:
        unsure = f"; {self.unknown} without a date that tells" if self.unknown else ""
        return f"{self.shown} of {self.known} shown{unsure}"


@dataclass(frozen=True, eq=False)
class WindowResult:
    """A graph seen through a window. Codes are those of analysis/interval_columns.py."""

    view: View = field(repr=False)
    window: Window
    undated: UndatedPolicy
    """The policy for what can't be placed in time."""
    observations: Codes = field(repr=False)
    """Of each of the view's observations."""
    links: Codes = field(repr=False)
    """Of each link by place: yes if one observation says so, else unknown if one is, else no."""

    @cached_property
    def entities(self) -> Codes:
        """Of each entity by place: the best of its links; unknown where it has none."""
        view = self.view
        codes = np.where(view.degree > 0, np.uint8(NO), np.uint8(UNKNOWN))
        for code in (UNKNOWN, YES):
            chosen = np.flatnonzero(self.links == code)
            codes[view.source_places[chosen]] = code
            codes[view.target_places[chosen]] = code
        return codes

    @cached_property
    def shown_entities(self) -> Flags:
        """Whether each entity, by place, is shown under the policy."""
        least = UNKNOWN if self.undated is UndatedPolicy.KEEP else YES
        shown: Flags = self.entities >= least
        return shown

    @cached_property
    def shown_links(self) -> Flags:
        """Whether each link, by place, is shown under the policy."""
        least = UNKNOWN if self.undated is UndatedPolicy.KEEP else YES
        shown: Flags = self.links >= least
        if self.undated is UndatedPolicy.WITH_ENDS:
            unsure = np.flatnonzero(self.links == UNKNOWN)
            ends = self.shown_entities
            shown[unsure] = (
                ends[self.view.source_places[unsure]] & ends[self.view.target_places[unsure]]
            )
        return shown

    @property
    def link_counts(self) -> Counts:
        """Links shown of those known."""
        return _counts(self.shown_links, self.links)

    @property
    def entity_counts(self) -> Counts:
        """Entities shown of those known."""
        return _counts(self.shown_entities, self.entities)

    def __str__(self) -> str:
        policy = {
            UndatedPolicy.KEEP: "what has no date that tells is kept",
            UndatedPolicy.DROP: "what has no date that tells is left out",
            UndatedPolicy.WITH_ENDS: "an undated link is kept where both its ends are",
        }[self.undated]
        return f"{self.window}: links {self.link_counts}; {policy}"


def in_window(view: View, window: Window, undated: UndatedPolicy) -> WindowResult:
    """What of *view* overlaps *window*; *undated* says what happens to the rest."""
    codes = window_overlap(view.seen, window)
    return WindowResult(view, window, undated, codes, by_link(view, codes))


def dated_links(view: View, codes: Codes) -> tuple[Codes, Flags]:
    """
    The verdict of each link by its dated observations alone, and whether it has one.

    Args:
        view: The graph.
        codes: Of each of the view's observations (``WindowResult.observations``).
    """
    has_date = has_dates(view.seen[2])
    best = by_link(view, np.where(has_date, codes, np.uint8(NO)))
    has = np.zeros(len(view.links), np.bool_)
    has[view.observed_places[has_date]] = True
    return best, has


def by_link(view: View, codes: Codes) -> Codes:
    """The largest code of each link's observations."""
    places = view.observed_places
    best = np.zeros(len(view.links), np.uint8)
    for code in (UNKNOWN, YES):
        best[places[np.flatnonzero(codes == code)]] = code
    return best


def _counts(shown: Flags, codes: Codes) -> Counts:
    return Counts(int(np.count_nonzero(shown)), len(codes), int(np.count_nonzero(codes == UNKNOWN)))
