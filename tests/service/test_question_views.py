"""Questions as the page reads them."""

from __future__ import annotations

from clew.questions.registry import question_named, questions
from clew.service.question_views import QuestionField, question_view


def _field(question: str, field: str) -> QuestionField:
    view = question_view(question_named(question))
    return next(one for one in view.fields if one.name == field)


def test_fields_say_what_they_name() -> None:
    """A form knows where an entity or a graph goes, alone or in a list, under any name."""
    named = {
        (question.name, field.name): field.names
        for question in questions().values()
        for field in question_view(question).fields
    }
    entities = {one for one, names in named.items() if names == "entity"}
    assert entities == {
        ("about", "entity"), ("between", "a"), ("between", "b"), ("why", "a"), ("why", "b"),
        ("nearest", "entities"), ("prune-proposal", "keep"),
    }  # fmt: skip
    graphs = {one for one, names in named.items() if names == "graph"}
    assert {("overlap", "a"), ("overlap", "b"), ("common", "graphs")} < graphs
    assert {field for _, field in graphs} == {"a", "b", "graphs", "graph"}


def test_fields_say_how_they_are_filled_in() -> None:
    """Kind, choices, bounds and default are the request's."""
    undated = _field("in-window", "undated")
    assert (undated.kind, undated.required) == ("choice", False)
    assert undated.choices == ["keep", "drop", "with-ends"]
    left_out = _field("nearest", "leave_out")
    assert (left_out.kind, left_out.default) == ("texts", ["privacy-registrant"])
    score = _field("prune-proposal", "score_min")
    assert (score.kind, score.minimum, score.maximum) == ("number", 0, 1)
    assert (_field("about", "entity").kind, _field("about", "entity").required) == ("text", True)


def test_columns_with_names_of_ours_are_plain() -> None:
    """Observation ids and transforms have dots and are no indicators."""
    columns = question_view(question_named("about")).columns
    assert [one.name for one in columns if one.plain] == ["transform", "observation"]
