"""How entities are marked: by people, by what was observed of them, and by their tags."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from clew.graph.working_set import WorkingSet
from clew.model.marking import Marking, strictest
from clew.model.marking_text import (
    MARKING_NAMES,
    is_marking_tag,
    pap_of,
    read_marking,
    scheme_of,
    tlp_of,
)


def entity_markings(state: WorkingSet) -> Mapping[int, Marking]:
    """
    The strictest marking of each entity that has one of its own, by row.

    It comes from people, from properties (``marking``, ``tlp``, ``pap``) that count, and from tags
    such as ``tlp:red``; what is not understood is the strictest. Entities that were merged share
    theirs. The investigation's marking and those of provenance are not in it.
    """
    found: dict[int, list[Marking]] = {}
    decisions = state.decisions
    for row, (tlp, pap) in decisions.marks.items():
        if row >= 0:
            found.setdefault(row, []).append(Marking(tlp_of(tlp), pap_of(pap)))
    for row, tags in decisions.tags.items():
        marks = [read_marking(tag)[0] for tag in tags if is_marking_tag(tag)]
        if marks:
            found.setdefault(row, []).extend(marks)
    columns = state.properties
    names = {name: code for name in MARKING_NAMES if (code := state.names.known(name)) >= 0}
    named = np.isin(columns.names.values, list(names.values()))
    if named.any():
        schemes = {code: scheme_of(name) for name, code in names.items()}
        rows = np.flatnonzero(named & state.counting()[columns.provenance.values])
        for at in rows.tolist():
            scheme = schemes[int(columns.names.values[at])]
            marking, _ = read_marking(columns.texts[at], scheme=scheme)
            found.setdefault(int(columns.subject.values[at]), []).append(marking)
    shared: dict[int, list[Marking]] = {}
    for row, marks in found.items():
        shared.setdefault(decisions.merged_into(row), []).extend(marks)
    members = {row: decisions.merged_into(row) for row in decisions.merged}
    markings = {row: strictest(marks) for row, marks in shared.items()}
    return markings | {row: markings[into] for row, into in members.items() if into in markings}


def investigation_marking(state: WorkingSet) -> Marking:
    """The marking of the whole investigation; unmarked where it has none."""
    tlp, pap = state.decisions.marks.get(-1, (0, 0))
    return Marking(tlp_of(tlp), pap_of(pap))
