"""Folding, extending, undo and redo of the working set."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import append, decided, entries, graph_of, observed, records, redo, state_of, undo
from clew.graph.decide import link_refs
from clew.graph.digest import state_digest
from clew.graph.view import view_of
from clew.graph.working_set import WorkingSet
from clew.model.change import Change, EntityMerge, EntitySplit, GraphMerge, Remove
from clew.model.entity import Entity
from clew.schema.value import entity_id
from strategies import changes

pytestmark = pytest.mark.assurance("state-machine")


@given(changes())
def test_extending_equals_folding_anew(made: list[Change]) -> None:
    """A state extended change by change equals one folded at once."""
    state = WorkingSet()
    for change in made:
        append(state, change)
    assert state_digest(state) == state_digest(state_of(*made))


@given(changes())
def test_undoing_all_gives_nothing_and_redoing_gives_the_same(made: list[Change]) -> None:
    """Undo step by step ends in the empty state; redo step by step in the same digest."""
    state = state_of(*made)
    full = state_digest(state)
    steps = 0
    while state.history.undo():
        undo(state)
        steps += 1
    assert state_digest(state) == state_digest(WorkingSet())
    assert not len(view_of(state).entities)
    while state.history.redo():
        redo(state)
        steps -= 1
    assert steps == 0
    assert state_digest(state) == full


@given(changes(), st.data())
def test_an_undone_change_is_as_if_it_never_was(made: list[Change], data: st.DataObject) -> None:
    """Undoing the last actions gives what the log before them gives."""
    state = state_of(*made)
    back = data.draw(st.integers(0, len(made)))
    for _ in range(back):
        undo(state)
    before = state_of(*made[: len(made) - back])
    assert state_digest(state) == state_digest(before)
    assert records(state) == records(before)


def test_a_new_change_ends_redo() -> None:
    """After an undo, a new change leaves nothing to redo."""
    state = graph_of("a.example -resolves-to-> 192.0.2.1")
    undo(state)
    append(state, observed("b.example", at=9))
    assert state.history.redo() == ()


def test_one_action_is_one_undo() -> None:
    """Changes of one action are undone together."""
    state = state_of(observed("a.example", action="run"), observed("b.example", action="run"))
    assert state.history.undo() == (1, 2)


def test_links_belong_to_the_graph_they_came_into() -> None:
    """Two graphs that share both ends of a link don't share the link."""
    state = state_of(
        observed("a.example -resolves-to-> 192.0.2.1", graph="a"),
        observed("a.example", "192.0.2.1", graph="b", at=1),
    )
    assert len(view_of(state, "a").links) == 1
    assert len(view_of(state, "b").links) == 0
    append(state, decided(GraphMerge("both", ("a", "b")), at=2))
    assert (len(view_of(state, "both").entities), len(view_of(state, "both").links)) == (2, 1)


def test_removing_an_entity_takes_its_links() -> None:
    """Links of a removed entity leave the graph, and a later find brings both back."""
    line = "a.example -resolves-to-> 192.0.2.1"
    state = graph_of(line, "b.example -resolves-to-> 192.0.2.1")
    append(state, decided(Remove("main", entity_id("domain-name", "a.example")), at=1))
    assert len(view_of(state, "main").links) == 1
    append(state, observed(line, at=2))
    assert len(view_of(state, "main").links) == 2


def test_removed_links_leave_their_ends() -> None:
    """Links can be removed alone."""
    state = graph_of("a.example -resolves-to-> 192.0.2.1", "b.example -resolves-to-> 192.0.2.1")
    refs = link_refs(state, np.asarray([0], np.int32))
    append(state, decided(Remove("main", links=refs), at=1))
    assert len(view_of(state, "main").entities) == 3
    assert len(view_of(state, "main").links) == 1


def test_split_restores_both_entities() -> None:
    """Splitting a join gives back the entities and links it joined."""
    state = graph_of("a.example -resolves-to-> 192.0.2.1", "b.example -resolves-to-> 192.0.2.1")
    before = records(state)
    keep, other = entity_id("domain-name", "a.example"), entity_id("domain-name", "b.example")
    append(state, decided(EntityMerge(keep, other), at=1))
    view = view_of(state)
    assert Entity("domain-name", "b.example") not in view.entity_records()
    assert {link.source.value for link in view.link_records()} == {"a.example"}
    append(state, decided(EntitySplit(other), at=2))
    assert records(state) == before


def test_repeats_are_one_link_with_many_observations() -> None:
    """The same link told twice is one link with two observations, each with its source."""
    state = graph_of(
        "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01 by dnsdb",
        "a.example -resolves-to-> 192.0.2.1 @2013-01-05..2013-03-01 by circl",
    )
    view = view_of(state)
    assert (len(view.links), len(view.observations)) == (1, 2)


def test_entries_come_in_order() -> None:
    """A gap in the log is refused."""
    state = WorkingSet()
    with pytest.raises(AssertionError, match="entry 1 comes next"):
        state.extend(entries([observed("a.example")], start=2)[0])
