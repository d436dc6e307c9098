"""What is known of entities and may be sent along with them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from clew.graph.entities import pack_ids
from clew.graph.view import View, property_observation
from clew.interop.maltego.names import ICON, OVERLAY
from clew.model.block import ORIGINAL, STATE
from clew.model.marking import Marking
from clew.model.marking_text import marking_of
from clew.schema.value import entity_id
from clew.store.runs import Task

PROPERTIES_MAX = 200
"""Most properties of one entity that are sent."""
_OURS = frozenset({STATE, "marking", "weight", "bookmark"})
_WRITER_ONLY = (ORIGINAL, OVERLAY, ICON)


def sendable_properties(
    view: View, rows: NDArray[np.int32], may_get: Callable[[Marking], bool]
) -> dict[int, dict[str, str]]:
    """
    Properties by row and name.

    What only Clew understands stays here, and so does what is stricter than the entity itself.

    Args:
        view: Where the entities are.
        rows: Of the entities.
        may_get: Whether the receiver may get what carries a marking.
    """
    state = view.state
    found: dict[int, dict[str, str]] = {row: {} for row in rows.tolist()}
    for at in view.properties.tolist():
        row = state.decisions.merged_into(int(state.properties.subject.values[at]))
        if row not in found or len(found[row]) >= PROPERTIES_MAX:
            continue
        one = property_observation(state, at)
        if one.name in _OURS or one.name.startswith(_WRITER_ONLY):
            continue
        if may_get(marking_of(one.provenance)):
            found[row].setdefault(one.name, one.value)
    return found


def properties_of_tasks(
    view: View, tasks: Sequence[Task], may_get: Callable[[Marking], bool]
) -> dict[bytes, dict[str, str]]:
    """The same of the inputs of a run's tasks, by their ids."""
    ids = [entity_id(task.type, task.value) for task in tasks]
    rows = view.state.entities.find(pack_ids(b"".join(ids)))
    found = sendable_properties(view, rows[rows >= 0], may_get)
    return {id_: found[row] for id_, row in zip(ids, rows.tolist(), strict=True) if row in found}
