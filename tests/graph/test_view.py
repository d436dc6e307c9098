"""A graph at one moment: what counts, by rows and as records."""

from __future__ import annotations

import pytest

from builders import decided, graph_of, observed, state_of, value_of
from clew.errors import UnknownName
from clew.graph.view import empty_view, link_observation, property_observation, view_of
from clew.model.change import EntityMerge, Hide
from clew.model.entity import Entity, Link

LINES = (
    "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01 by one from x,y",
    "a.example -resolves-to-> 192.0.2.1 @2014-01-01..open by two",
    "b.example -resolves-to-> 192.0.2.1 by one",
    "192.0.2.1 is sinkhole @2014-01-01..open by one",
    "a.example has registrar=Sample by two",
)
A, B, ADDRESS = (
    Entity("domain-name", "a.example"),
    Entity("domain-name", "b.example"),
    Entity("ip-address", "192.0.2.1"),
)


def test_records_and_places_agree() -> None:
    """Links, degrees and observations are those of the lines."""
    view = view_of(graph_of(*LINES), "main")
    assert set(view.entity_records()) == {A, B, ADDRESS}
    assert view.link_records() == [view.link(place) for place in range(len(view.links))]
    assert set(view.link_records()) == {
        Link(A, "resolves-to", ADDRESS),
        Link(B, "resolves-to", ADDRESS),
    }
    degree = {view.entity(row): n for row, n in zip(view.entities, view.degree, strict=True)}
    assert degree == {A: 1, B: 1, ADDRESS: 2}
    assert len(view.observations) == 3
    assert view.observed_places[view.repeated].tolist() == [view.observed_places[0]] * 2
    assert [len(column) for column in view.seen] == [3, 3, 3]
    assert view.type_flags("ip-address").sum() == 1
    assert view.link_type_flags("resolves-to", "alias-of").all()


def test_states_and_observations_are_told_whole() -> None:
    """A state has its span; an observation its provider, collectors and value."""
    state = graph_of(*LINES)
    view = view_of(state, "main")
    ((row, name, span, _),) = view.states()
    assert (view.entity(row), name) == (ADDRESS, "sinkhole")
    assert str(span).startswith("2014-01-01")
    first = link_observation(state, int(view.observations[0]))
    assert (first.provenance.provider, first.collectors) == ("one", ("x", "y"))
    facts = [property_observation(state, row) for row in view.properties.tolist()]
    assert {(one.subject, one.name, one.value) for one in facts} == {
        (ADDRESS, "state", "sinkhole"), (A, "registrar", "Sample"),
    }  # fmt: skip


def test_merged_entities_are_one() -> None:
    """The one that stands for both has the links and properties of both."""
    merge = EntityMerge(value_of("b.example").id, value_of("a.example").id)
    view = view_of(state_of(observed(*LINES), decided(merge, at=1)), "main")
    assert set(view.entity_records()) == {B, ADDRESS}
    assert set(view.link_records()) == {Link(B, "resolves-to", ADDRESS)}
    assert view.row_of(A) == view.row_of(B)
    assert len(view.properties) == 2


def test_what_is_hidden_or_unknown_is_not_there() -> None:
    """A hidden entity takes its links along, and can be asked for; an unknown graph is refused."""
    state = state_of(observed(*LINES), decided(Hide("main", value_of("a.example").id), at=1))
    view = view_of(state, "main")
    assert A not in view.entity_records()
    assert len(view.observations) == len(view.links) == 1
    assert A in view_of(state, "main", hidden=True).entity_records()
    for wrong in (A, Entity("domain-name", "z.example")):
        with pytest.raises(UnknownName):
            view.row_of(wrong)
    with pytest.raises(UnknownName, match="main"):
        view_of(state, "mian")
    assert len(empty_view(state).entities) == 0
