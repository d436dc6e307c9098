"""What is claimed of an entity, told once however often it was asked for."""

from __future__ import annotations

import pytest

from builders import observed, state_of
from clew.analysis.corroboration import corroboration, explain_score
from clew.analysis.states import states_of
from clew.graph.view import view_of
from clew.model.change import Change
from clew.questions.about import AboutAnswer, AboutRequest, about
from clew.schema.registry import catalogue
from questions.benches import StateBench

LINK = "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01 by dnsdb from x,y"
STATE = "192.0.2.1 is sinkhole @2014-01-01..2014-02-01 by dnsdb"
LATER = "192.0.2.1 is sinkhole @2016-01-01..open by dnsdb"


def lookup(run: str, at: int = 0) -> Change:
    """The same look-up in one run."""
    return observed(LINK, STATE, run=run, about="a.example", at=at)


def asked(*changes: Change, entity: str = "a.example") -> AboutAnswer:
    """What is said of an entity after some changes."""
    return about(StateBench(state_of(*changes)), AboutRequest(entity=entity))


def test_a_look_up_made_again_doubles_no_fact() -> None:
    """Facts, origins, states and scores are those of one run, with the latest provenance."""
    kinds = catalogue()
    before, after = asked(lookup("one")), asked(lookup("one"), lookup("two", 1))
    assert [one.run for one in after.links] == ["two"]
    assert [one.run for one in after.brought] == ["two"]
    assert [one.arithmetic for one in after.scores] == [one.arithmetic for one in before.scores]
    views = [
        view_of(state_of(lookup("one")), "main"),
        view_of(state_of(lookup("one"), lookup("two", 1)), "main"),
    ]
    assert [line.repeats for line in explain_score(views[1], 0, kinds).lines] == [0, 0]
    assert [len(span.observations) for span in states_of(views[1])] == [1]
    scores = [corroboration(view, kinds).values.tolist() for view in views]
    assert scores[0] == scores[1]


def test_every_period_of_a_state_is_told() -> None:
    """Two sinkhole periods are two, each with its dates and the observation that says so."""
    found = asked(observed(LINK, STATE, LATER), entity="192.0.2.1").states
    assert [(one.first, one.last) for one in found] == [
        ("2014-01-01", "2014-02-01"),
        ("2016-01-01", "open"),
    ]
    assert [one.cites for one in found] == [("o1.p1",), ("o1.p2",)]


def test_an_entity_is_found_by_value_defanged_value_and_id() -> None:
    """All three names lead to the same answer."""
    first = asked(observed(LINK))
    for name in ("a[.]example", first.id):
        assert asked(observed(LINK), entity=name) == first


@pytest.mark.assurance("look-alikes")
def test_names_that_look_alike_are_two_and_both_forms_are_told() -> None:
    """A homograph is an entity of its own, with how it reads and of which scripts it is."""
    latin, cyrillic = "paypal.com", "p\u0430ypal.com"
    state = observed(f"{latin} -resolves-to-> 192.0.2.1", f"{cyrillic} -resolves-to-> 192.0.2.2")
    one, other = asked(state, entity=latin), asked(state, entity=cyrillic)
    assert one.id != other.id
    assert (one.reads, one.scripts) == ("", ())
    assert (other.value, other.reads) == ("xn--pypal-4ve.com", cyrillic)
    assert other.scripts == ("Cyrillic", "Latin")
