"""What is claimed of an entity, told once however often it was asked for."""

from __future__ import annotations

from builders import observed, state_of
from clew.analysis.corroboration import corroboration, explain_score
from clew.analysis.facts import entity_facts
from clew.analysis.states import states_of
from clew.graph.view import view_of
from clew.model.change import Change
from clew.schema.registry import catalogue

LINK = "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01 by dnsdb from x,y"
STATE = "192.0.2.1 is sinkhole @2014-01-01..2014-02-01 by dnsdb"


def lookup(run: str, at: int = 0) -> Change:
    """The same look-up in one run."""
    return observed(LINK, STATE, run=run, about="a.example", at=at)


def test_a_look_up_made_again_doubles_no_fact() -> None:
    """Facts, origins, states and scores are those of one run, with the latest provenance."""
    kinds = catalogue()
    before = view_of(state_of(lookup("one")), "main")
    after = view_of(state_of(lookup("one"), lookup("two", 1)), "main")
    row = int(after.entities[0])
    facts = entity_facts(after, row, kinds)
    assert [one["run"] for one in facts["links"]] == ["two"]
    assert [one["run"] for one in facts["brought"]] == ["two"]
    assert facts["scores"] == entity_facts(before, row, kinds)["scores"]
    assert [line.repeats for line in explain_score(after, 0, kinds).lines] == [0, 0]
    assert [len(span.observations) for span in states_of(after)] == [1]
    scores = [corroboration(view, kinds).values.tolist() for view in (before, after)]
    assert scores[0] == scores[1]
