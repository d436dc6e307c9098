"""What a step's result says as JSON."""

from __future__ import annotations

import json
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from clew.model.entity import Entity
from clew.playbook.result import PlaybookResult, StepResult, entities_data, step_data

texts = st.text(max_size=5)
sentences = st.lists(texts, max_size=3).map(tuple)
some_entities = st.lists(st.builds(Entity, st.sampled_from(("domain-name", "alias")), texts))
some_steps = st.builds(
    StepResult, texts, texts, st.sampled_from(("add", "count")),
    data=st.dictionaries(texts, st.integers()), problems=sentences, extents=sentences,
)  # fmt: skip


@given(some_entities)
def test_every_entity_is_listed_and_counted_once(entities: list[Entity]) -> None:
    """Values, count and counts by type agree with what was given, in an order of their own."""
    data = entities_data(entities)
    assert data == entities_data(entities[::-1])
    assert data["count"] == len(data["values"]) == sum(data["by_type"].values())
    assert Counter((one["type"], one["value"]) for one in data["values"]) == Counter(
        (one.type, one.value) for one in entities
    )
    assert data["by_type"] == dict(Counter(sorted(one.type for one in entities)))


@given(some_steps)
def test_a_step_says_what_is_incomplete_and_only_then(step: StepResult) -> None:
    """Problems and cut look-ups are there word for word; a whole answer has neither key."""
    data = json.loads(json.dumps(step_data(step)))
    assert (data["id"], data["title"], data["kind"]) == (step.id, step.title, step.kind)
    assert data["result"] == step.data
    assert tuple(data.get("problems", ())) == step.problems
    assert tuple(data.get("incomplete", ())) == step.extents
    assert ("problems" in data, "incomplete" in data) == (
        bool(step.problems), bool(step.extents)
    )  # fmt: skip


@given(st.lists(some_steps, max_size=3).map(tuple), st.dictionaries(texts, st.integers()))
def test_a_run_is_its_steps_with_the_report_on_top(
    steps: tuple[StepResult, ...], report: dict[str, int]
) -> None:
    """Steps keep their order, and each name of the report is a name of the result."""
    data = PlaybookResult("x", {"days": 3}, steps, {f"my {name}": report[name] for name in report})
    given_back = data.as_data()
    assert given_back["steps"] == [step_data(step) for step in steps]
    assert (given_back["playbook"], given_back["settings"]) == ("x", {"days": 3})
    assert {name: given_back[f"my {name}"] for name in report} == report
