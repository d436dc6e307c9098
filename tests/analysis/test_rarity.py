"""How rare an entity is, in the whole investigation."""

from __future__ import annotations

import numpy as np
import pytest

from builders import decided, graph_of, observed, state_of, undo, value_of
from clew.analysis.rarity import rarity, whole_degrees
from clew.graph.view import view_of
from clew.graph.working_set import WorkingSet
from clew.model.change import EntityMerge, Hide
from clew.model.entity import Entity

LINES = ("a.example -resolves-to-> 192.0.2.1", "b.example -resolves-to-> 192.0.2.1")


def degrees(state: WorkingSet) -> dict[str, int]:
    view = view_of(state, hidden=True)
    found = whole_degrees(view)
    return {view.entity(row).value: int(found[row]) for row in view.entities.tolist()}


def test_few_links_tell_much_and_a_hub_little() -> None:
    """1 for at most one link, 0 for a link to everything, between them by the logarithm."""
    found = rarity(np.asarray([0, 1, 4, 16, 99]), 16)
    assert found.tolist() == pytest.approx([1.0, 1.0, 0.5, 0.0, 0.0])
    assert rarity(np.asarray([1]), 0).tolist() == [1.0]


def test_degrees_are_those_of_all_graphs() -> None:
    """Hidden entities count, merged ones are one, and what was undone is not there."""
    assert degrees(graph_of(*LINES)) == {"a.example": 1, "b.example": 1, "192.0.2.1": 2}
    first = observed(*LINES)
    hidden = state_of(first, decided(Hide("main", value_of("a.example").id), at=1))
    assert degrees(hidden)["192.0.2.1"] == 2
    merge = EntityMerge(value_of("b.example").id, value_of("a.example").id)
    assert degrees(state_of(first, decided(merge, at=1))) == {"b.example": 2, "192.0.2.1": 2}
    state = state_of(first, observed("c.example -resolves-to-> 192.0.2.1", action="x", at=1))
    undo(state)
    row = view_of(state).row_of(Entity("ip-address", "192.0.2.1"))
    assert whole_degrees(view_of(state))[row] == 2
