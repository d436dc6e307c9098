"""Playbooks on the command line: for people, asked at a terminal, and where they stop."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.command import Clew
from cli.investigation import make_investigation

PARENTS = """\
playbook: parents
title: Parents of what is there
parameters:
  type: {about: What is looked up, default: domain-name}
steps:
  - {id: names, title: Names, select: {type: "${type}"}, graph: main}
  - {id: parents, title: Parents, transform: local.name_to_registered_domain, inputs: names,
     graph: main}
"""
ASKS = """\
playbook: asks
title: One that waits
steps:
  - {id: answer, title: A question, ask: {text: "Go on?", choices: ["yes", "no"]}}
  - {id: size, title: Size, count: main}
"""  # fmt: skip


@pytest.fixture
def clew(tmp_path: Path) -> Clew:
    """A folder with an investigation and two playbooks."""
    make_investigation(tmp_path / "a.clew")
    (tmp_path / "parents.yaml").write_text(PARENTS)
    (tmp_path / "asks.yaml").write_text(ASKS)
    return Clew(tmp_path, {"CLEW_KEYRING": "no"})


def test_a_play_is_told_step_by_step_and_compared(clew: Clew) -> None:
    """Each step has its line; the first play has none before it, the second brought nothing."""
    first = clew("play", "a.clew", "parents.yaml", "--compare").stdout
    assert "  1  Names: " in first
    assert "  2  Parents: " in first
    assert first.endswith("This is its first play.\n")
    again = clew("play", "a.clew", "parents.yaml", "--compare").stdout
    assert "Since the last play:" in again
    data = clew("play", "a.clew", "parents.yaml", "--compare", "--json").json
    assert data["compared"]["new"] == []


def test_a_plan_says_what_it_would_cost(clew: Clew) -> None:
    """A line a step and the sum; the file is not touched, and the same numbers are JSON."""
    before = (clew.folder / "a.clew").read_bytes()
    shown = clew("play", "a.clew", "parents.yaml", "--plan").stdout
    assert "Parents" in shown
    assert shown.rstrip().endswith("Nothing was asked.")
    assert "About 0 look-ups with about 0 calls and 0 credits" in shown
    data = clew("play", "a.clew", "parents.yaml", "--plan", "--json").json
    assert (data["calls"], data["credits"]) == (0, 0)
    assert (clew.folder / "a.clew").read_bytes() == before


def test_a_question_is_asked_at_a_terminal(clew: Clew) -> None:
    """Text and choices stand at the prompt; what is typed lets it go on."""
    shown = clew("play", "a.clew", "asks.yaml", text="yes\n", terminal=True)
    assert "Go on? [yes/no]" in shown.stdout
    assert "Size: " in shown.stdout
    clew("play", "a.clew", "asks.yaml", "--answer", "answer=no")
    wrong = clew("play", "a.clew", "asks.yaml", "--answer", "answer=perhaps", code=1).stderr
    assert "'perhaps'" in wrong
    assert "yes, no" in wrong


def test_without_a_person_a_question_stops_it(clew: Clew) -> None:
    """In a pipe, and as JSON, a play that waits is refused with how to answer it."""
    for more, terminal in (((), False), (("--json",), True)):
        ended = clew("play", "a.clew", "asks.yaml", *more, code=1, terminal=terminal)
        assert "Go on? Answer with one of: yes, no." in ended.stderr


def test_a_prompt_that_is_left_stops_it(clew: Clew) -> None:
    """Ending the input at the prompt is stopping: 130, with how to go on."""
    ended = clew("play", "a.clew", "asks.yaml", terminal=True, code=130)
    assert "Stopped." in ended.stderr


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("nothing",), "nothing"),
        (("gone.yaml",), "gone.yaml"),
        (("parents.yaml", "--with", "type"), "name=value"),
        (("parents.yaml", "--with", "colour=red"), "colour"),
    ],
)
def test_wrong_words_are_named(clew: Clew, words: tuple[str, ...], part: str) -> None:
    """Playbook, parameter and answer: what does not fit is quoted."""
    ended = clew("play", "a.clew", *words, code=2)
    assert part in ended.stderr
    assert "Traceback" not in ended.stderr


def test_what_was_done_becomes_a_playbook(clew: Clew) -> None:
    """The file says how many look-ups it holds; nothing to record, or no place, is told."""
    assert "no run" in clew("record", "a.clew", "none.yaml", code=2).stderr
    clew("run", "a.clew", "local.name_to_registered_domain")
    shown = clew("record", "a.clew", "done.yaml", "--title", "Done by hand").stdout
    assert shown == "done.yaml: a playbook of 1 look-ups.\n"
    assert "title: Done by hand" in (clew.folder / "done.yaml").read_text()
    assert "no/done.yaml" in clew("record", "a.clew", "no/done.yaml", code=5).stderr
    assert "done.yaml" in clew("record", "a.clew", "done.yaml", code=5).stderr
