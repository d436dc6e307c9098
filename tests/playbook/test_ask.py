"""Questions as steps: what they are asked about, and what later steps have of them."""

from __future__ import annotations

import pytest

from builders import observed
from clew.playbook.format import PlaybookFault
from clew.questions.registry import questions
from playbook.cases import StateCase, case_of, run_steps, step_result, values

ADDRESSES = "id: addresses, select: {type: ip-address}"


@pytest.fixture
def case() -> StateCase:
    """Two graphs that share an address, and a name that is alone."""
    return case_of(
        observed("a.example -resolves-to-> 192.0.2.1", graph="a"),
        observed("b.example -resolves-to-> 192.0.2.1", "c.example", graph="b", at=1),
    )


def test_the_entities_of_the_table_are_the_step_s_set(case: StateCase) -> None:
    """What an answer lists can be worked on by later steps."""
    shared = step_result(case, "id: shared, common: {graphs: [a, b]}")
    assert values(case, shared) == ["192.0.2.1"]
    names = "id: names, select: {from: shared, follow: {link: resolves-to}}"
    found = step_result(case, "id: shared, common: {graphs: [a, b]}", names)
    assert values(case, found) == ["a.example", "b.example"]


def test_rows_without_entities_are_no_set(case: StateCase) -> None:
    """The set of a question about scores of links is empty, and its answer is whole."""
    found = step_result(case, "id: agree, scores: {graph: a}")
    assert values(case, found) == []
    assert len(found.data["links"]) == 1


def test_a_step_s_id_stands_for_its_entities(case: StateCase) -> None:
    """A question about entities takes sets of earlier steps, beside names, in any mixture."""
    ask = "id: q, prune-proposal: {leaf_rounds: 9, keep: [%s]}"
    by_name = step_result(case, ask % "192.0.2.1, c.example").data
    lone = "id: lone, select: {value: c.example}"
    for keep in ("addresses, c.example", "lone, addresses", "192.0.2.1, lone"):
        assert step_result(case, ADDRESSES, lone, ask % keep).data == by_name
    assert step_result(case, ask % "").data != by_name


def test_one_entity_is_asked_about_by_the_step_that_found_it(case: StateCase) -> None:
    """A set of one stands for its entity; one of none or of several is refused, with its size."""
    by_name = step_result(case, "id: q, about: {entity: 192.0.2.1}")
    found = step_result(case, ADDRESSES, "id: q, about: {entity: addresses}")
    assert found.data == by_name.data
    for pick, count in (("type: domain-name", 3), ("state: sinkhole", 0)):
        select = f"id: some, select: {{{pick}}}"
        with pytest.raises(PlaybookFault, match=f"that step found {count}, and one is asked about"):
            run_steps(case, select, "id: q, about: {entity: some}")


def test_a_graph_is_never_taken_for_a_step(case: StateCase) -> None:
    """A field that names graphs means graphs, where a step has the same id."""
    alone = step_result(case, "id: q, common: {graphs: [a, b]}")
    same = ["id: a, select: {type: ip-address}", "id: b, select: {type: domain-name}"]
    assert step_result(case, *same, "id: q, common: {graphs: [a, b]}").data == alone.data


def test_the_step_s_graph_is_asked_about_where_the_question_has_one(case: StateCase) -> None:
    """``graph`` beside the kind counts, what the question's own mapping says comes first."""
    beside = step_result(case, "id: q, structure: {}, graph: b")
    inside = step_result(case, "id: q, structure: {graph: b}, graph: a")
    assert beside.data == inside.data != step_result(case, "id: q, structure: {}, graph: a").data


@pytest.mark.parametrize("name", questions())
def test_what_no_question_takes_is_refused_with_the_step(case: StateCase, name: str) -> None:
    """A value that does not fit, and an entity or graph that is not there, name the step."""
    for fields in ("at: many, graph: a", "graph: nowhere", "entity: x.example", "entities: 7"):
        field = fields.partition(":")[0]
        if field not in questions()[name].request.__struct_fields__:
            continue
        with pytest.raises(PlaybookFault, match="step odd can't be played"):
            run_steps(case, f"id: odd, {name}: {{{fields}}}")


def test_years_and_days_need_no_quotes() -> None:
    """A number where a text is wanted is that text, and a date is what is written."""
    case = case_of(observed("a.example -resolves-to-> 192.0.2.1 @2013-05-01..2013-06-01"))
    for bare, quoted in (
        ("scores: {window: 2013}", 'scores: {window: "2013"}'),
        ("nearest: {entities: [a.example], day: 2013-05-20}",
         'nearest: {entities: [a.example], day: "2013-05-20"}'),
    ):  # fmt: skip
        assert (
            step_result(case, f"id: q, {bare}").data == step_result(case, f"id: q, {quoted}").data
        )
