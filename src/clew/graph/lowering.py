"""Whether a change would lower how something is marked, and what of it must stay."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from clew.graph.markings import entity_marks, investigation_marking
from clew.graph.sharing import entity_levels
from clew.graph.working_set import WorkingSet
from clew.model.marking import PAP, TLP, UNMARKED, Marking
from clew.model.marking_text import is_marking_tag, read_marking

Rows = NDArray[np.int32]


def present_marking(state: WorkingSet, rows: Rows, default: Marking) -> Marking:
    """
    The strictest that counts now for entities, or for the investigation where there is none.

    Args:
        state: The working set.
        rows: Of the entities.
        default: How what carries no marking counts.
    """
    whole = investigation_marking(state)
    if not len(rows):
        return whole.filled(default)
    levels = entity_levels(state, default)[rows]
    marks = entity_marks(state)
    paps = [marks[row].marking.pap for row in rows.tolist() if row in marks]
    pap = max((*paps, whole.pap)) or default.pap
    return Marking(TLP(min(int(levels.max()), int(TLP.RED))), PAP(pap))


def lowers(now: Marking, wanted: Marking) -> bool:
    """Whether one of the schemes becomes looser."""
    return wanted.tlp < now.tlp or wanted.pap < now.pap


def stricter_tags(state: WorkingSet, rows: Sequence[int], marking: Marking) -> dict[str, list[int]]:
    """Tags that mark entities stricter than *marking*, with the rows of those that have them."""
    found: dict[str, list[int]] = {}
    for row in rows:
        for tag in state.decisions.tags.get(row, ()):
            if is_marking_tag(tag) and lowers(read_marking(tag)[0], marking):
                found.setdefault(tag, []).append(row)
    return found


def marking_of_tag(text: str) -> Marking:
    """What a tag marks; unmarked where it is no marking."""
    return read_marking(text)[0] if is_marking_tag(text) else UNMARKED
