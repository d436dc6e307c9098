"""Every question has the same answer in every face, on both shipped cases."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from clew.api import Case
from clew.cli.reference import pages
from clew.questions.question import AnyQuestion
from clew.questions.registry import questions
from clew.questions.table import cell, fields_of, shown_columns
from questions.faces import (
    CASES,
    beside_answer,
    frame_answer,
    opened_case,
    page_of,
    playbook_answer,
    played_in_terminal,
    record_answer,
    seeded,
    terminal,
    terminal_answer,
)

QUESTIONS = tuple(questions().values())


@pytest.fixture(scope="module", params=CASES)
def case(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Case]:
    """A shipped case, played once."""
    with opened_case(request.param, tmp_path_factory.mktemp("case")) as found:
        yield found


@pytest.fixture(scope="module")
def page(case: Case) -> Iterator[Any]:
    """The service on the case."""
    with page_of(case) as found:
        yield found


@pytest.mark.parametrize("question", QUESTIONS, ids=[one.name for one in QUESTIONS])
def test_one_question_has_one_answer(case: Case, page: Any, question: AnyQuestion) -> None:
    """The record, the frame, HTTP, the terminal and a playbook step answer alike."""
    given = seeded(question, case)
    answer = record_answer(case, question, given)
    assert terminal_answer(case, question, given) == answer
    assert page.post(f"/questions/{question.name}", **given) == answer
    assert beside_answer(case, question, given) == answer
    assert playbook_answer(case, question, given) == answer
    assert frame_answer(case, question, given) == answer[question.table]


@pytest.mark.parametrize("question", QUESTIONS, ids=[one.name for one in QUESTIONS])
def test_the_terminal_shows_a_table(case: Case, question: AnyQuestion) -> None:
    """A person sees what the question says it shows."""
    given = seeded(question, case)
    shown = terminal(case, question, given, as_json=False)
    rows = record_answer(case, question, given)[question.table]
    assert shown.strip()
    column = shown_columns(question)[0]
    if rows and not isinstance(rows[0][column], str):
        assert cell(rows[0][column]) in shown


@pytest.mark.parametrize("question", QUESTIONS, ids=[one.name for one in QUESTIONS])
def test_a_play_in_the_terminal_tells_how_large_the_answer_is(
    case: Case, question: AnyQuestion
) -> None:
    """Its step is told in one line, with the number of rows that the answer has in all."""
    given = seeded(question, case)
    answer = record_answer(case, question, given)
    table = question.table
    shown = played_in_terminal(case, question, given)
    if question.name == "overlap":
        assert f"Asked: {answer['entities']} entities in both" in shown
    else:
        total = answer.get(f"{table}_total", len(answer[table]))
        assert any(line.endswith(f"Asked: {total} {table}") for line in shown.splitlines())


def test_the_seeds_answer_something(case: Case) -> None:
    """Questions have rows to compare on a shipped case, so that parity is no empty word."""
    empty = {
        one.name for one in QUESTIONS if not record_answer(case, one, seeded(one, case))[one.table]
    }
    # No two entities of these cases look like one, none is a host of many domains, and the real
    # case's sources tell no states.
    assert empty <= {"identity", "shared-hosting", "states"}


def test_every_question_has_its_reference() -> None:
    """The made page describes each question with all its fields and columns."""
    text = pages()["questions.md"]
    for one in QUESTIONS:
        assert f"## {one.name}" in text
        for field in (*fields_of(one.request), *fields_of(one.answer)):
            assert f"`{field.name}`" in text
            assert field.doc, f"{one.name}: {field.name} says nothing"


def test_every_question_is_described_to_the_page(page: Any) -> None:
    """The page's table of questions is made from the registry."""
    listed = {one["name"]: one for one in page.get("/questions")}
    assert set(listed) == {one.name for one in QUESTIONS}
    for one in QUESTIONS:
        fields = [field["name"] for field in listed[one.name]["fields"]]
        assert fields == list(one.request.__struct_fields__)
