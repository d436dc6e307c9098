"""Past moments: what the first entries give, whatever came after them."""

from __future__ import annotations

from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import append, decided, entries, observed, records, state_of
from clew.graph import checkpoints
from clew.graph.digest import state_digest
from clew.graph.past import past_state
from clew.graph.working_set import WorkingSet
from clew.model.change import Change, Revert
from clew.schema.value import entity_id
from strategies import changes

pytestmark = pytest.mark.assurance("state-machine")


@given(changes(), st.data())
def test_a_past_moment_is_the_fold_up_to_it(made: list[Change], data: st.DataObject) -> None:
    """Any moment of a log with undos equals its first entries folded, and stays as it is."""
    spacing, later = data.draw(st.sampled_from((1, 2, 5))), data.draw(st.lists(st.booleans()))
    with patch.object(checkpoints, "SPACING", spacing), patch.object(checkpoints, "SHARE", 2):
        log, state = list(made), state_of(*made)
        for back in later[:4]:
            if targets := state.history.undo() if back else state.history.redo():
                log.append(decided(Revert(targets)))
                append(state, log[-1])
        moment = data.draw(st.integers(0, state.seq))
        past, expected = past_state(state, moment), WorkingSet.fold(entries(log[:moment]))
        late = entity_id("domain-name", "late.example")
        append(state, observed("late.example", "a.example -resolves-to-> 192.0.2.99", graph="a"))
    assert past.seq == moment
    assert state_digest(past) == state_digest(expected)
    assert records(past) == records(expected)
    assert past.names.names == expected.names.names
    assert past.link_types.names == expected.link_types.names
    assert past.history.entries(records=True) == expected.history.entries(records=True)
    assert past.links.degrees(len(past.entities)).tolist() == (
        expected.links.degrees(len(expected.entities)).tolist()
    )
    for row in range(len(past.entities)):
        assert past.links.out_of(row).tolist() == expected.links.out_of(row).tolist()
        assert past.links.into(row).tolist() == expected.links.into(row).tolist()
    assert late not in {past.entities.id(row) for row in range(len(past.entities))}


def test_few_checkpoints_are_points_of_many_entries() -> None:
    """Their number grows far slower than the log, and the latest is near its end."""
    found = checkpoints.Checkpoints()
    state = state_of(observed("a.example"))
    for seq in range(100_000):
        if found.is_due(seq):
            found.add(seq, state.history.flags(1), state.decisions)
    kept = [one.seq for one in found._points]
    assert len(kept) < 80
    for one, after in zip([0, *kept], [*kept, 100_000], strict=True):
        assert after - one <= max(checkpoints.SPACING, (100_000 - one) / checkpoints.SHARE)
