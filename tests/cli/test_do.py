"""What changes an investigation, as ``clew do NAME``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import typer
from typer.main import get_command

from clew.cli.do import declare
from clew.cli.output import safe
from clew.commands.registry import commands
from clew.questions.table import fields_of
from cli.command import Clew
from cli.investigation import make_investigation

DONE = tuple(name for name in commands() if name not in ("undo", "redo"))
GIVEN: dict[str, tuple[str, ...]] = {
    "add-text": ("e[.]example",),
    "copy": ("main", "copied", "a.example"),
    "create-graph": ("third",),
    "hide": ("a.example",),
    "label": ("tag", "a.example", "--text", "seen"),
    "mark": ("3", "--entities", "a.example"),
    "merge-entities": ("a.example", "b.example", "c.example"),
    "merge-graphs": ("main", "other"),
    "move": ("a.example", "--positions", "-1.5", "--positions", "2"),
    "note": ("looked again", "--entity", "b.example"),
    "prune": ("--graph", "main", "--leaf-rounds", "1"),
    "remove": ("a.example",),
    "set-ceiling": ("--ceiling", "2"),
    "set-window": ("2013",),
    "split-entities": ("b.example",),
}
"""The words of each command after the file."""


@pytest.fixture
def clew(tmp_path: Path) -> Clew:
    """A folder with an investigation."""
    make_investigation(tmp_path / "a.clew")
    return Clew(tmp_path, {"CLEW_KEYRING": "no"})


def digest(clew: Clew) -> Any:
    """What an investigation holds."""
    return clew("show", "a.clew", "--json").json["digest"]


@pytest.mark.parametrize("name", DONE)
def test_it_says_what_it_did_and_one_undo_takes_it_back(clew: Clew, name: str) -> None:
    """A sentence with its entry for people; after one undo all is as before."""
    if name == "split-entities":
        clew("do", "merge-entities", "a.clew", *GIVEN["merge-entities"])
    before = digest(clew)
    shown = clew("do", name, "a.clew", *GIVEN[name]).stdout
    assert shown.endswith(").\n")
    assert digest(clew) != before
    latest = [one for one in clew("history", "a.clew", "--json").json if one["counts"]][-1]
    assert shown == f"{safe(latest['what'])} (entry {latest['entry']}).\n"
    clew("undo", "a.clew")
    assert digest(clew) == before


def test_json_has_label_and_entry(clew: Clew) -> None:
    """A program reads which entry of the log it was."""
    done = clew("do", "note", "a.clew", "read twice", "--json").json
    latest = clew("history", "a.clew", "--json").json[-1]
    assert done == {"seq": latest["entry"], "label": latest["what"]}


def test_what_is_so_already_is_not_done_again(clew: Clew) -> None:
    """A command without an effect says so, and the log does not grow."""
    clew("do", "prune", "a.clew", "--graph", "main", "--leaf-rounds", "9")
    entries = len(clew("history", "a.clew", "--json").json)
    again = clew("do", "prune", "a.clew", "--graph", "main", "--leaf-rounds", "9")
    assert again.stdout == "Nothing to do.\n"
    assert len(clew("history", "a.clew", "--json").json) == entries


@pytest.mark.parametrize("name", DONE)
def test_what_is_switched_on_can_be_switched_off(name: str) -> None:
    """A yes or no has both words, so that no command works one way only."""
    group: Any = get_command(_app())
    verb = group.commands["do"].commands[name]
    for field in fields_of(commands()[name].request):
        if field.type is bool:
            (option,) = (one for one in verb.params if one.name == field.name)
            assert option.secondary_opts == [f"--no-{field.name}"]


def test_a_star_is_put_on_and_taken_off(clew: Clew) -> None:
    """What is off is off: the investigation holds what it held."""
    starred = ("do", "label", "a.clew", "star", "a.example")
    clew(*starred)
    assert "star" in clew("about", "a.clew", "a.example").stdout.splitlines()
    clew(*starred, "--no-on")
    assert "star" not in clew("about", "a.clew", "a.example").stdout.splitlines()


@pytest.mark.parametrize(
    ("words", "code", "part"),
    [
        (("hide", "missing.clew", "a.example"), 5, "missing.clew"),
        (("hide", "a.clew", "nobody.example"), 2, "nobody"),
        (("hide", "a.clew", "a.example", "-g", "zzz"), 2, "zzz"),
        (("mark", "a.clew", "9"), 2, "tlp"),
        (("label", "a.clew", "colour", "a.example"), 2, "kind"),
        (("move", "a.clew", "a.example"), 2, "--positions"),
        (("move", "a.clew", "a.example", "--positions", "1"), 2, "positions"),
        (("set-window", "a.clew", "yesterday"), 2, "yesterday"),
        (("undo", "a.clew"), 2, "undo"),
    ],
)
def test_wrong_words_change_nothing(
    clew: Clew, words: tuple[str, ...], code: int, part: str
) -> None:
    """What does not fit is named, with its exit code, and the file is as it was."""
    before = (clew.folder / "a.clew").read_bytes()
    ended = clew("do", *words, code=code)
    assert part in ended.stderr
    assert "Traceback" not in ended.stderr
    assert (clew.folder / "a.clew").read_bytes() == before


def test_each_command_is_a_verb_with_its_options() -> None:
    """All but undo and redo, which are verbs of their own, with the request's fields."""
    group: Any = get_command(_app()).commands["do"]  # type: ignore[attr-defined]
    assert tuple(sorted(group.commands)) == tuple(sorted(DONE))
    for name in DONE:
        verb = group.commands[name]
        assert verb.help == commands()[name].summary
        named = {one.name for one in verb.params}
        assert named - {"help"} == {
            "file", "as_json", *commands()[name].request.__struct_fields__
        }  # fmt: skip


def _app() -> typer.Typer:
    app = typer.Typer()
    declare(app)
    return app
