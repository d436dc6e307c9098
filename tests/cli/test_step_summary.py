"""Steps of a playbook as the terminal tells them: each kind says what it gave."""

from __future__ import annotations

from typing import Any

import pytest

from clew.cli.step_summary import SUMMARIES, step_summary
from clew.playbook.format import KINDS
from clew.playbook.result import StepResult

VALUES = [{"type": "domain-name", "value": f"{one}.example"} for one in "abcde"]
FOUND = {"count": 5, "values": VALUES}
NONE = {"count": 0, "values": [], "run": {"asked": 3, "calls": 2, "cached": 1}}
GIVEN: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("add", FOUND, "5 (a[.]example, b[.]example, c[.]example, d[.]example and 1 more)"),
    ("select", {"count": 0, "values": []}, "0"),
    ("transform", NONE, "3 looked up, 2 calls, 1 kept replies"),
    ("transform", {**FOUND, "values": VALUES[:1]}, "1 (a[.]example)"),
    ("read", {"value": "a.example"}, "a[.]example"),
    ("window", {"window": ["2013-01-01", "2013-12-31"]}, "2013-01-01 to 2013-12-31"),
    ("count", {"entities": 3, "links": 2}, "3 entities, 2 links"),
    ("merge", {"entities": 3, "links": 2}, "3 entities, 2 links"),
    ("pairs", {"pairs": {"a.example": ["x", "y"]}}, "a[.]example: 2"),
    ("pairs", {"pairs": {}}, "none"),
    ("rows", {"count": 2, "rows": ["x", "y"], "rule": "all"}, "2 (all)"),
    ("overlap", {"entities": 1, "telling": VALUES[:1]},
     "1 entities in both, the most telling: a[.]example"),
    ("score", {"links": 9, "several_lineages": 4, "mean": 0.25},
     "9 links, 4 of several lineages, 0.25 on average"),
    ("prune", {"entities_stay": 5, "links_stay": 4, "entities_fall": VALUES},
     "5 entities and 4 links stay, 5 fall"),
    ("note", {"text": "see a.example"}, "see a[.]example"),
    ("export", {"file": "case.stix.json"}, "case.stix.json"),
    ("ask", {"text": "Go on?", "answer": "yes"}, "yes"),
    ("rank", FOUND, "5 (a[.]example, b[.]example, c[.]example, d[.]example and 1 more)"),
    ("crowds", {"count": 0, "values": [], "crowds": {}}, "0"),
    ("repeat", {"rounds": 3}, "3 rounds"),
    ("structure", {"modularity": 0.1, "entities": [1], "entities_total": 7}, "7 entities"),
    ("prune-proposal", {"entities_stay": 1, "falling": [1, 2]}, "2 falling"),
)  # fmt: skip


@pytest.mark.parametrize(("kind", "data", "text"), GIVEN)
def test_a_step_says_what_it_gave(kind: str, data: dict[str, Any], text: str) -> None:
    """Values are defanged and bounded, numbers stand for the rest; a question tells its rows."""
    assert step_summary(StepResult("x", "X", kind, data=data)) == text


def test_each_kind_of_step_has_its_words() -> None:
    """What is no question is told in a way of its own."""
    assert set(SUMMARIES) == set(KINDS)
