"""Steps that act or rank: notes, exports, questions to a person, ranks, shared hosting."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import observed
from clew.playbook.actions import RANKS
from clew.playbook.bounds import AnswerNeeded
from clew.playbook.format import PlaybookFault
from playbook.cases import case_of, run_steps, step_result, values
from strategies import lines

EVERY = "id: all, select: {}"


@pytest.mark.parametrize("by", RANKS)
@given(st.lists(lines, min_size=1, max_size=8), st.integers(1, 12))
def test_a_rank_takes_the_first(by: str, observed_lines: list[str], most: int) -> None:
    """More places add entities and drop none, and there are never more than were asked for."""
    case = case_of(observed(*observed_lines))
    step = f"id: r, rank: {{from: all, by: {by}, most: %d}}"
    fewer = values(case, step_result(case, EVERY, step % most))
    more = values(case, step_result(case, EVERY, step % (most + 1)))
    assert set(fewer) <= set(more)
    assert len(fewer) == min(most, len(values(case, step_result(case, EVERY))))


def test_the_middle_of_a_star_stands_out() -> None:
    """By every measure that tells them apart, the entity that all are linked with comes first."""
    case = case_of(observed(*(f"{letter}.example -resolves-to-> 192.0.2.1" for letter in "abc")))
    for by in ("neighbours", "rank", "betweenness"):
        found = step_result(case, EVERY, f"id: r, rank: {{from: all, by: {by}, most: 1}}")
        assert values(case, found) == ["192.0.2.1"]


@pytest.mark.parametrize(
    ("more", "what"),
    [("by: fame", "no rank named"), ("most: 0", "1 or more"), ("most: -2", "1 or")],
)
def test_a_rank_that_is_none_is_refused(more: str, what: str) -> None:
    """An unknown measure is named with those that exist; no places at all are no rank."""
    with pytest.raises(PlaybookFault, match=what):
        run_steps(case_of(observed("a.example")), EVERY, f"id: r, rank: {{from: all, {more}}}")


def test_shared_hosting_counts_domains_in_the_window() -> None:
    """An address is everybody's from so many registered domains on that pointed there in time."""
    case = case_of(observed(
        "a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01",
        "www.a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-02-01",
        "b.example -resolves-to-> 192.0.2.1 @2015-01-01..2015-02-01",
        "b.example -resolves-to-> 192.0.2.2",
    ))  # fmt: skip
    found = step_result(case, "id: many, crowds: {zones: 2}")
    assert values(case, found) == ["192.0.2.1"]
    assert found.data["crowds"] == {"192.0.2.1": "3 names of 2 registered domains"}
    assert values(case, step_result(case, "id: many, crowds: {zones: 2, window: 2013}")) == []
    assert values(case, step_result(case, "id: many, crowds: {}")) == []


def test_a_note_is_on_each_entity_or_on_the_whole() -> None:
    """With a set there is one note an entity, without one a note of the investigation."""
    case = case_of(observed("a.example", "b.example"))
    run_steps(case, EVERY, "id: n, note: {text: seen, of: all}", "id: m, note: {text: done}")
    assert [one.text for one in case.state.decisions.notes] == ["seen", "seen", "done"]
    assert case.state.decisions.notes[-1].entity == -1


def test_an_export_is_named_by_later_steps() -> None:
    """The file's name is the step's text; a step without a graph has nothing to write."""
    case = case_of(observed("a.example"))
    step = "id: file, export: {as: csv, name: out}"
    run_steps(case, step + ", graph: main", 'id: n, note: {text: "in ${file}"}')
    assert case.state.decisions.notes[0].text == "in main-out.csv"
    with pytest.raises(PlaybookFault, match="names no graph"):
        run_steps(case, step)


def test_a_person_answers_in_their_own_words_or_chooses() -> None:
    """Without choices any text is an answer; with them only one of theirs; none is waited for."""
    case, free, choice = (
        case_of(), "id: why, ask: {text: 'Why?'}", "id: why, ask: {text: 'Sure?', choices: [1, 2]}"
    )  # fmt: skip
    for step, choices in ((free, ()), (choice, ("1", "2"))):
        with pytest.raises(AnswerNeeded, match="Step why asks") as caught:
            run_steps(case, step)
        assert (caught.value.step, caught.value.choices) == ("why", choices)
    done = run_steps(case, free, 'id: n, note: {text: "${why}"}', answers={"why": "because"})
    assert done.steps[0].data == {"text": "Why?", "answer": "because"}
    assert case.state.decisions.notes[0].text == "because"
    assert run_steps(case, choice, answers={"why": "2"}).steps[0].value == "2"
    with pytest.raises(PlaybookFault, match="it is none of 1, 2"):
        run_steps(case, choice, answers={"why": "3"})
