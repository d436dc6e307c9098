"""How entities are marked."""

from __future__ import annotations

import pytest

from builders import append, decided, observed, state_of
from clew.graph.markings import entity_markings, investigation_marking
from clew.graph.working_set import WorkingSet
from clew.model.block import BlockBuilder
from clew.model.change import Change, EntityMerge, Label, Mark, Observe, Revert
from clew.model.marking import PAP, TLP, Marking
from clew.model.provenance import Provenance
from clew.schema.value import entity_id

A, B = (entity_id("domain-name", f"{name}.example") for name in "ab")


def said(name: str, text: str) -> Change:
    """A property of a.example."""
    builder = BlockBuilder()
    builder.property(builder.entity("domain-name", "a.example", 0), name, text, 0)
    what = Observe("main", (Provenance("p", "p.t", "0" * 32, 0),))
    return Change(what, 5, f"{name}{text}", "l", block=builder.build())


def marked(*changes: Change) -> dict[str, Marking]:
    """The markings of a.example and b.example after some changes."""
    state = state_of(observed("a.example", "b.example"), *changes)
    return {state.entities.values[row]: mark for row, mark in entity_markings(state).items()}


@pytest.mark.parametrize(
    ("change", "marking"),
    [
        (decided(Mark(3, 1, A)), Marking(TLP.AMBER, PAP.CLEAR)),
        (said("marking", "TLP:AMBER"), Marking(TLP.AMBER)),
        (said("marking", "PAP:RED"), Marking(pap=PAP.RED)),
        (said("tlp", "amber"), Marking(TLP.AMBER)),
        (said("pap", "amber"), Marking(pap=PAP.AMBER)),
        (said("marking", "for friends"), Marking(TLP.RED)),
        (decided(Label("tag", A, "tlp:amber")), Marking(TLP.AMBER)),
        (decided(Label("tag", A, "tlp:mauve")), Marking(TLP.RED)),
        (decided(Mark(99, 0, A)), Marking(TLP.RED)),
        (decided(Mark(-1, 0, A)), Marking(TLP.RED)),
    ],
)
def test_where_a_marking_comes_from(change: Change, marking: Marking) -> None:
    """People, properties and tags mark; what is not understood is the strictest."""
    assert marked(change) == {"a.example": marking}


def test_the_strictest_counts_and_what_is_undone_does_not() -> None:
    """Of several the strictest; tags that are no markings say nothing."""
    changes = (said("marking", "TLP:GREEN"), decided(Label("tag", A, "apt")), said("tlp", "RED"))
    assert marked(*changes) == {"a.example": Marking(TLP.RED)}
    assert marked(*changes, decided(Revert((4,)))) == {"a.example": Marking(TLP.GREEN)}


def test_merged_entities_share_their_markings() -> None:
    """Who stands for a marked one is marked, and the other way round."""
    both = {name: Marking(TLP.RED) for name in ("a.example", "b.example")}
    for into, other in ((A, B), (B, A)):
        assert marked(decided(Mark(5, 0, A)), decided(EntityMerge(into, other))) == both


def test_the_whole_investigation() -> None:
    """Its marking is its own; without one it is unmarked."""
    state = WorkingSet()
    assert investigation_marking(state) == Marking()
    append(state, decided(Mark(2, 3)))
    assert investigation_marking(state) == Marking(TLP.GREEN, PAP.AMBER)
    assert entity_markings(state) == {}
