"""What could fall out of a graph, and why; applied as one change that can be undone."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from clew.analysis.pruning import PruneState
from clew.errors import Refusal
from clew.graph.decide import link_refs
from clew.graph.view import View
from clew.model.change import Remove
from clew.model.entity import Entity, Link
from clew.model.interval import UndatedPolicy, Window
from clew.schema.registry import Catalogue

Rows = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class PruneRules:
    """What falls. A rule that is off lets everything pass; they apply in the order given here."""

    window: Window | None = None
    """Dated links stay where one of their dated observations overlaps it."""
    undated: UndatedPolicy = UndatedPolicy.WITH_ENDS
    """For links without a date, and those whose dates can't be placed."""
    states: tuple[str, ...] = ()
    """Entities in one of these states (in the window, where there is one) fall."""
    sources: tuple[str, ...] = ()
    """Links that only these providers speak of fall."""
    hub_links_min: int | None = None
    """Entities with so many links or more fall."""
    score_min: float = 0.0
    """Links with a lower corroboration fall."""
    lineages_min: int = 0
    """Links that fewer independent lineages speak for fall."""
    distance_max: int | None = None
    """Entities further from those that are kept fall, and those that can't be reached."""
    leaf_rounds: int = 0
    """How often entities with one link or none fall."""
    keep_types: tuple[str, ...] = ("incident",)
    keep_seeds: bool = True
    keep_starred: bool = True
    keep_noted: bool = True

    def __str__(self) -> str:
        rules = []
        if self.window is not None:
            rules.append(f"window {self.window}, undated {self.undated.value}")
        if self.states:
            rules.append(f"without {', '.join(self.states)}")
        if self.sources:
            rules.append(f"not by {', '.join(self.sources)} alone")
        if self.hub_links_min is not None:
            rules.append(f"without hubs of {self.hub_links_min} links or more")
        if self.score_min > 0:
            rules.append(f"score at least {self.score_min:g}")
        if self.lineages_min > 0:
            rules.append(f"at least {self.lineages_min} lineages")
        if self.distance_max is not None:
            rules.append(f"within {self.distance_max} steps")
        if self.leaf_rounds:
            rules.append(f"without leaves, {self.leaf_rounds} rounds")
        return "; ".join(rules) or "no rule"


@dataclass(frozen=True, slots=True, eq=False)
class PruneProposal:
    """What falls and why; nothing has happened yet."""

    view: View = field(repr=False)
    rules: PruneRules
    entity_reasons: NDArray[np.uint8] = field(repr=False)
    """By place: 0 stays, otherwise a number into *reasons*."""
    link_reasons: NDArray[np.uint8] = field(repr=False)
    """By place: 0 stays, otherwise a number into *reasons*."""
    reasons: tuple[str, ...]

    @property
    def entities(self) -> Rows:
        """Rows of the entities that fall, ascending."""
        return self.view.entities[self.entity_reasons > 0]

    @property
    def links(self) -> Rows:
        """Rows of the links that fall, ascending."""
        return self.view.links[self.link_reasons > 0]

    @property
    def entities_stay(self) -> int:
        """Number of entities that stay."""
        return int(np.count_nonzero(self.entity_reasons == 0))

    @property
    def links_stay(self) -> int:
        """Number of links that stay."""
        return int(np.count_nonzero(self.link_reasons == 0))

    def counts(self) -> dict[str, tuple[int, int]]:
        """Entities and links that fall, by reason, in order of the rules."""
        entities = Counter(self.entity_reasons[self.entity_reasons > 0].tolist())
        links = Counter(self.link_reasons[self.link_reasons > 0].tolist())
        return {
            reason: (entities[at], links[at])
            for at, reason in enumerate(self.reasons)
            if entities[at] or links[at]
        }

    def falling_entities(self, most: int = 1_000) -> list[tuple[Entity, str]]:
        """Up to *most* of the entities that fall, each with its reason."""
        places = np.flatnonzero(self.entity_reasons)[:most].tolist()
        return [
            (
                self.view.entity(int(self.view.entities[place])),
                self.reasons[int(self.entity_reasons[place])],
            )
            for place in places
        ]

    def falling_links(self, most: int = 1_000) -> list[tuple[Link, str]]:
        """Up to *most* of the links that fall, each with its reason."""
        places = np.flatnonzero(self.link_reasons)[:most].tolist()
        return [
            (self.view.link(place), self.reasons[int(self.link_reasons[place])]) for place in places
        ]


def propose(
    view: View, rules: PruneRules, catalogue: Catalogue, *, keep: Rows | None = None
) -> PruneProposal:
    """
    What *rules* would let fall out of a graph.

    With a window: a link stays if one of its dated observations overlaps it (an open end counts
    as going on); what can't be placed follows the policy; an entity stays if it is kept or an
    end of a link that stays by its dates (under ``keep`` by any link). A kept entity never falls.

    Args:
        view: The graph.
        rules: What falls.
        catalogue: Says what states are worth, for scores.
        keep: Rows of entities that stay whatever the rules say, beside those that they keep.
    """
    pruning = PruneState(view, _keep_flags(view, rules, keep))
    if rules.window is not None:
        pruning.by_window(rules.window, rules.undated)
    if rules.states:
        pruning.by_state(rules.states, rules.window)
    if rules.sources:
        pruning.by_source(rules.sources)
    if rules.hub_links_min is not None:
        pruning.by_hub(rules.hub_links_min)
    if rules.score_min > 0 or rules.lineages_min > 0:
        pruning.by_score(catalogue, rules.window, rules.score_min, rules.lineages_min)
    if rules.distance_max is not None:
        pruning.by_distance(rules.distance_max)
    for _ in range(rules.leaf_rounds):
        if not pruning.by_leaf():
            break
    return PruneProposal(view, rules, pruning.entities, pruning.links, tuple(pruning.reasons))


def as_change(proposal: PruneProposal) -> Remove:
    """
    The proposal as one change; reverting it brings everything back.

    Raises:
        Refusal: The view is of the whole investigation: only a named graph can be pruned.
    """
    view = proposal.view
    if view.graph is None:
        raise Refusal("The whole investigation can't be pruned.", helps="Name the graph to prune.")
    fallen = np.zeros(len(view.state.entities), np.bool_)
    fallen[proposal.entities] = True
    for other in view.state.decisions.merged:
        fallen[other] = fallen[view.state.decisions.merged_into(other)]
    alone = proposal.link_reasons > 0
    alone &= ~(fallen[view.sources] | fallen[view.targets])
    entities = np.flatnonzero(fallen).astype(np.int32)
    return Remove(
        view.graph,
        view.state.entities.id_rows(entities).tobytes(),
        link_refs(view.state, view.links[alone]),
        f"prune: {proposal.rules}",
    )


def _keep_flags(view: View, rules: PruneRules, keep: Rows | None) -> NDArray[np.bool_]:
    decisions = view.state.decisions
    rows: set[int] = set() if keep is None else set(keep.tolist())
    if rules.keep_seeds:
        rows |= decisions.seeds
    if rules.keep_starred:
        rows |= decisions.stars
    if rules.keep_noted:
        rows |= {note.entity for note in decisions.notes if note.entity >= 0}
    flags = view.type_flags(*rules.keep_types)
    stands = np.asarray([decisions.merged_into(row) for row in rows], np.int32)
    places = view.entity_places[stands]
    flags[places[places >= 0]] = True
    return flags
