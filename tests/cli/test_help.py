"""The list of verbs: in groups, with what a newcomer needs first."""

from __future__ import annotations

from typer.main import get_command

from clew.cli.app import app
from clew.cli.help import FIRST, GROUPS, ORDER, verbs_by_group
from clew.questions.registry import questions


def test_each_verb_stands_in_one_group() -> None:
    """All visible verbs are listed once, and no group names one that is not there."""
    listed = getattr(get_command(app), "commands")  # noqa: B009
    names = [name for name, one in listed.items() if not one.hidden]
    groups = verbs_by_group(names)
    assert sorted(name for of in groups.values() for name in of) == sorted(names)
    assert {name for of in GROUPS.values() for name in of} <= set(names)
    assert groups["Start"][: len(FIRST)] == list(FIRST)
    assert groups["Ask"] == sorted(questions())
    assert list(groups) == list(ORDER)
