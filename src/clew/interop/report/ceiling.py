"""What may be in a report: what is marked stricter than its ceiling is left out, and counted."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clew.graph.markings import entity_markings, investigation_marking
from clew.graph.view import View
from clew.graph.working_set import WorkingSet
from clew.model.marking import TLP
from clew.model.marking_text import tlp_of

NEVER_OBSERVED = 99
"""Stricter than any marking: nothing that counts brought the entity."""


@dataclass(frozen=True, slots=True)
class OmittedCounts:
    """How much a ceiling kept out."""

    entities: int
    links: int


def view_within(view: View, ceiling: TLP) -> tuple[View, OmittedCounts]:
    """
    The part of a view whose entities may be told under *ceiling*, and what is missing.

    A link stays where both its ends do and at least one observation of it may be told. The
    marking of the whole investigation holds for entities that have none of their own.
    """
    state = view.state
    stays = permitted_entities(state, ceiling)[view.entities]
    learnt = np.asarray([one.tlp for one in state.provenances.records] or [0])
    loose = learnt[state.link_observations.provenance.values[view.observations]] <= ceiling
    allowed = np.zeros(len(view.links), np.bool_)
    allowed[view.observed_places[loose]] = True
    unseen = np.ones(len(view.links), np.bool_)
    unseen[view.observed_places] = False
    links = stays[view.source_places] & stays[view.target_places] & (allowed | unseen)
    left = OmittedCounts(int(np.count_nonzero(~stays)), int(np.count_nonzero(~links)))
    if not left.entities and not left.links:
        return view, left
    part = View(
        state, view.graph, view.entities[stays], view.links[links], view.sources[links],
        view.targets[links],
    )  # fmt: skip
    return part, left


def permitted_entities(state: WorkingSet, ceiling: TLP) -> NDArray[np.bool_]:
    """
    Whether each entity of a working set may be told under a ceiling.

    It may where nobody marked it stricter, by hand, by a property or by a tag, and where at least
    one of those who brought it was learnt from under a marking that allows it.
    """
    whole = int(investigation_marking(state).tlp)
    marks = np.full(len(state.entities), whole, np.int64)
    for row, (tlp, _) in state.decisions.marks.items():
        if row >= 0:
            marks[row] = tlp_of(tlp)
    for row, marking in entity_markings(state).items():
        marks[row] = max(int(marks[row]), int(marking.tlp))
    levels = np.asarray([one.tlp for one in state.provenances.records] or [0], np.int64)
    least = np.full(len(state.entities), NEVER_OBSERVED, np.int64)
    flags = state.history.flags(state.seq)
    for seq, change in state.observe_index.items():
        if flags[seq]:
            np.minimum.at(least, change.entities, levels[change.provenance])
    allowed: NDArray[np.bool_] = (marks <= ceiling) & (least <= ceiling)
    return allowed
