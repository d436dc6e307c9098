"""The list of verbs: in groups, with what a newcomer needs first."""

from __future__ import annotations

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from clew.cli.app import GOES_ON, app
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


def test_only_verbs_that_are_there_say_how_they_go_on() -> None:
    """What is told after Ctrl-C is of a verb that can be resumed."""
    listed = getattr(get_command(app), "commands")  # noqa: B009
    assert set(GOES_ON) <= set(listed)


@pytest.mark.parametrize("verb", sorted(questions()))
def test_the_default_limit_stands_in_one_pair_of_brackets(verb: str) -> None:
    """The number that a limit has where none is given is told as other defaults are."""
    shown = " ".join(CliRunner().invoke(app, [verb, "--help"]).output.split())
    limit = questions()[verb].request.__struct_fields__
    assert ("[default: " in shown.partition("--limit")[2]) == ("limit" in limit)
    assert "[default: (" not in shown
