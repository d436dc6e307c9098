"""What an action found: every end but the one that was asked about."""

from __future__ import annotations

from builders import observed, state_of
from clew.graph.results import result_rows
from clew.graph.view import entity_record


def test_the_asked_entity_is_no_result() -> None:
    """Both ends of links count, but for what was asked; other actions and facts do not."""
    state = state_of(
        observed("a.example", action="given"),
        observed("a.example -resolves-to-> 192.0.2.1", "192.0.2.2 -has-reverse-name-> a.example",
                 action="run", at=1, about="a.example"),
        observed("b.example -alias-of-> c.example", action="run", at=2),
        observed("d.example -alias-of-> e.example", action="other", at=3),
    )  # fmt: skip
    found = [entity_record(state, row).value for row in result_rows(state, "run").tolist()]
    assert sorted(found) == ["192.0.2.1", "192.0.2.2", "b.example", "c.example"]
    assert result_rows(state, "given").tolist() == []
