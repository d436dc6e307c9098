"""What may be in a report: what is marked stricter than its ceiling is left out, and counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from clew.graph.view import View
from clew.model.marking import TLP


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How much a ceiling kept out."""

    entities: int
    links: int


def within(view: View, ceiling: TLP) -> tuple[View, LeftOut]:
    """
    The part of a view whose entities are marked no stricter than *ceiling*, and what is missing.

    A link stays where both its ends do and at least one observation of it may be told. The
    marking of the whole investigation holds for entities that have none of their own.
    """
    decisions, state = view.state.decisions, view.state
    whole = decisions.marks.get(-1, (0, 0))[0]
    marks = np.full(len(state.entities), whole, np.int64)
    for row, (tlp, _) in decisions.marks.items():
        if row >= 0:
            marks[row] = tlp
    stays = marks[view.entities] <= ceiling
    learnt = np.asarray([one.tlp for one in state.provenances.records] or [0])
    tellable = learnt[state.link_observations.provenance.values[view.observations]] <= ceiling
    told = np.zeros(len(view.links), np.bool_)
    told[view.observed_places[tellable]] = True
    unseen = np.ones(len(view.links), np.bool_)
    unseen[view.observed_places] = False
    links = stays[view.source_places] & stays[view.target_places] & (told | unseen)
    left = LeftOut(int(np.count_nonzero(~stays)), int(np.count_nonzero(~links)))
    if not left.entities and not left.links:
        return view, left
    kept = View(
        state, view.graph, view.entities[stays], view.links[links], view.sources[links],
        view.targets[links],
    )  # fmt: skip
    return kept, left
