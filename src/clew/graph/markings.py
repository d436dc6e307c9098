"""How entities are marked: by people, by what was observed of them, and by their tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from clew.graph.working_set import WorkingSet
from clew.model.change import SharingTerms
from clew.model.marking import TLP, UNMARKED, Marking, strictest
from clew.model.marking_text import (
    MARKING_NAMES,
    is_marking_tag,
    pap_of,
    read_marking,
    scheme_of,
    tlp_of,
)


@dataclass(frozen=True, slots=True)
class EntityMark:
    """What an entity is marked, apart from the investigation and from who told of it."""

    marking: Marking
    by_hand: bool = False
    """Whether a person set its TLP, so that the investigation's is no floor for it."""
    lowered: int = 0
    """The entry that lowered it for a reason: what was said before does not count; else 0."""


def entity_markings(state: WorkingSet) -> Mapping[int, Marking]:
    """The marking of each entity that has one of its own, by row (entity_marks)."""
    marks = entity_marks(state).items()
    return {row: mark.marking for row, mark in marks if mark.marking != UNMARKED}


def entity_marks(state: WorkingSet) -> Mapping[int, EntityMark]:
    """
    How each entity is marked that has a marking of its own or was lowered, by row.

    It comes from people, from properties (``marking``, ``tlp``, ``pap``) that count, and from tags
    such as ``tlp:red``, the strictest of them; what is not understood is the strictest. Who lowers
    it for a reason overrules the properties of before. Entities that were merged share theirs. The
    investigation's marking and those of provenance are not in it.
    """
    decisions = state.decisions
    found: dict[int, list[EntityMark]] = {}
    for row, (tlp, pap) in decisions.marks.items():
        if row >= 0:
            marking = Marking(tlp_of(tlp), pap_of(pap))
            mark = EntityMark(marking, bool(marking.tlp), decisions.lowered.get(row, 0))
            found.setdefault(row, []).append(mark)
    for row, tags in decisions.tags.items():
        marks = [EntityMark(read_marking(tag)[0]) for tag in tags if is_marking_tag(tag)]
        if marks:
            found.setdefault(row, []).extend(marks)
    for row, marking in _of_properties(state):
        found.setdefault(row, []).append(EntityMark(marking))
    shared: dict[int, list[EntityMark]] = {}
    for row, marks in found.items():
        shared.setdefault(decisions.merged_into(row), []).extend(marks)
    members = {row: decisions.merged_into(row) for row in decisions.merged}
    together = {row: _together(marks) for row, marks in shared.items()}
    return together | {row: together[into] for row, into in members.items() if into in together}


def investigation_marking(state: WorkingSet) -> Marking:
    """The marking that people gave the whole investigation; unmarked where none did."""
    tlp, pap = state.decisions.marks.get(-1, (0, 0))
    return Marking(tlp_of(tlp), pap_of(pap))


def decided_ceiling(terms: SharingTerms) -> TLP:
    """
    The strictest TLP that people let leave; unmarked where they left it to the settings.

    A level that no Clew writes lets nothing marked leave.
    """
    level = tlp_of(terms.ceiling)
    return TLP.CLEAR if level is TLP.RED else level


def decided_default(terms: SharingTerms) -> Marking:
    """How people let count what carries no marking; unmarked where they left it to the settings."""
    return Marking(tlp_of(terms.default_tlp), pap_of(terms.default_pap))


def _of_properties(state: WorkingSet) -> list[tuple[int, Marking]]:
    """Row and marking of each property that marks, counts, and came after what lowered it."""
    columns = state.properties
    names = {name: code for name in MARKING_NAMES if (code := state.names.known(name)) >= 0}
    named = np.isin(columns.names.values, list(names.values()))
    if not named.any():
        return []
    schemes = {code: scheme_of(name) for name, code in names.items()}
    lowered, changes = state.decisions.lowered, state.provenances.changes.values
    found = []
    for at in np.flatnonzero(named & state.counting()[columns.provenance.values]).tolist():
        row = int(columns.subject.values[at])
        if int(changes[columns.provenance.values[at]]) < lowered.get(row, 0):
            continue
        scheme = schemes[int(columns.names.values[at])]
        found.append((row, read_marking(columns.texts[at], scheme=scheme)[0]))
    return found


def _together(marks: list[EntityMark]) -> EntityMark:
    """What several say of one entity, or of several that were merged."""
    return EntityMark(
        strictest(one.marking for one in marks),
        any(one.by_hand for one in marks),
        max(one.lowered for one in marks),
    )
