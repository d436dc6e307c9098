"""The list of verbs: in groups, with what a newcomer needs first."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.main import get_command
from typer.testing import CliRunner

from clew.cli.app import GOES_ON, app
from clew.cli.help import FIRST, GROUPS, ORDER, verbs_by_group
from clew.questions.registry import questions
from questions.plugins import SOURCE, write_package


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


def clew(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """A run of the command with what is installed in a folder."""
    environment = {"PYTHONPATH": str(folder), "CLEW_KEYRING": "no", "CLEW_HOME": str(folder)}
    return subprocess.run(
        [sys.executable, "-m", "clew.cli.app", *words],
        cwd=folder, env={**os.environ, **environment}, capture_output=True, text=True,
    )  # fmt: skip


FAULTY = (
    ("questions", None, "No module named 'questions_0'"),
    ("questions", "import nothing_of_that_name", "No module named 'nothing_of_that_name'"),
    ("questions", "raise RuntimeError('out of order')", "out of order"),
    ("questions", SOURCE % "about", "the name about is taken"),
    ("questions", SOURCE % "show", "'clew show' is another verb"),
    ("questions", SOURCE % "new", "'clew new' is another verb"),
    ("questions", SOURCE % "maltego", "'clew maltego' is another verb"),
    ("commands", None, "No module named 'commands_7'"),
    ("commands", "1 / 0", "division by zero"),
)


def test_faulty_plug_ins_are_told_and_not_fatal(tmp_path: Path) -> None:
    """Verbs work as before; the help says what is left out and why, and so does a missing verb."""
    for at, (group, source, _) in enumerate(FAULTY):
        write_package(tmp_path, f"{group}_{at}", f"clew.{group}", source)
    made = clew(tmp_path, "new", "a.clew")
    assert (made.returncode, made.stdout, made.stderr) == (0, "a.clew: a new investigation.\n", "")
    shown = clew(tmp_path, "--help")
    assert shown.returncode == 0, shown.stderr
    listed = " ".join(shown.stdout.partition("Left out:")[2].split())
    missing = clew(tmp_path, "added", "a.clew")
    assert missing.returncode == 2
    for _, _, reason in FAULTY:
        assert reason in listed
        assert reason in missing.stderr


def test_a_sound_plug_in_has_its_verb(tmp_path: Path) -> None:
    """A question of a plug-in is listed among the questions, and nothing is left out."""
    write_package(tmp_path, "added", "clew.questions", SOURCE % "graph-size")
    shown = clew(tmp_path, "--help").stdout
    assert "graph-size" in shown.partition("Ask:")[2].partition("Judge:")[0]
    assert "Left out" not in shown
