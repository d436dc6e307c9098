"""Every command is one action with a label in every face, and one undo takes it back."""

from __future__ import annotations

import io
import json
import shutil
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

import pytest

import clew.api
from builders import records
from clew.api import Case
from clew.cli.do import verb_of
from clew.commands.command import Command
from clew.commands.registry import commands
from clew.errors import InvalidValue, UnknownName
from clew.graph.digest import state_digest
from clew.graph.working_set import WorkingSet
from service.page import served

DONE = [one for one in commands().values() if one.name not in ("undo", "redo")]
NAMES = [one.name for one in DONE]
VALUES = "a.example.org\nb.example.org\n192.0.2.7"
SEEDS: dict[str, dict[str, Any]] = {
    "add-text": {"text": "c[.]example[.]org", "graph": "main"},
    "copy": {"source": "main", "target": "copy", "entities": ["a.example.org"]},
    "create-graph": {"graph": "new"},
    "hide": {"entities": ["a.example.org"]},
    "label": {"kind": "tag", "entities": ["a.example.org"], "text": "seen"},
    "mark": {"tlp": 3, "entities": ["a.example.org"]},
    "merge-entities": {"keep": "a.example.org", "others": ["b.example.org"]},
    "merge-graphs": {"sources": ["main", "other"], "target": "merged"},
    "move": {"entities": ["a.example.org"], "positions": [1.0, 2.0]},
    "note": {"text": "looked at", "entity": "a.example.org"},
    "prune": {"graph": "main", "leaf_rounds": 1},
    "remove": {"entities": ["a.example.org"]},
    "set-ceiling": {"ceiling": 2},
    "set-window": {"window": "2013"},
    "split-entities": {"entities": ["b.example.org"]},
}
BEFORE = {"split-entities": ("merge-entities", SEEDS["merge-entities"])}


def made(file: Path) -> Case:
    """A new case of three entities in two graphs."""
    case = clew.api.create(file, environment={"CLEW_KEYRING": "no", "CLEW_HOME": str(file.parent)})
    for graph in ("main", "other"):
        case.add(VALUES, graph=graph)
    return case


@pytest.fixture(params=DONE, ids=NAMES)
def command(request: pytest.FixtureRequest) -> Command:
    """Each command but undo and redo."""
    found: Command = request.param
    return found


@pytest.fixture
def file(tmp_path: Path, command: Command) -> Path:
    """A file of a case that the command can be given on."""
    with made(tmp_path / "case.clew") as found:
        if command.name in BEFORE:
            name, given = BEFORE[command.name]
            found.change(name, **given)
    return tmp_path / "case.clew"


def test_one_undo_takes_it_back(file: Path, command: Command) -> None:
    """What a command did has its label in the history, and is gone after one undo."""
    with clew.api.open(file) as case:
        before = state_digest(case.bench.state)
        done = case.change(command.name, **SEEDS[command.name])
        assert done.label
        assert done.seq == case.bench.state.seq
        assert state_digest(case.bench.state) != before
        assert case.undo().label == done.label
        assert state_digest(case.bench.state) == before
        assert case.redo().label == "undo"


def outcome(state: WorkingSet, command: Command) -> object:
    """What two files must have alike: all, or entities and links where moments are told too."""
    return records(state) if command.name == "add-text" else state_digest(state)


def test_faces_do_the_same(file: Path, command: Command) -> None:
    """Python, the terminal and HTTP make the same change under the same label."""
    copies = [file.with_name(name) for name in ("terminal.clew", "served.clew")]
    for copy in copies:
        shutil.copy(file, copy)
    with clew.api.open(file) as case:
        done, state = case.change(command.name, **SEEDS[command.name]), case.bench.state
    with redirect_stdout(io.StringIO()) as out:
        verb_of(command)(file=copies[0], as_json=True, **SEEDS[command.name])
    assert json.loads(out.getvalue()) == {"seq": done.seq, "label": done.label}
    with served(copies[1], {"CLEW_KEYRING": "no"}) as page:
        answer = page.post(f"/commands/{command.name}", **SEEDS[command.name])
    assert answer == {"seq": done.seq, "label": done.label}
    for copy in copies:
        with clew.api.open(copy) as other:
            assert outcome(other.bench.state, command) == outcome(state, command)


def test_every_command_has_a_seed() -> None:
    """A command that is added is tried here too."""
    assert sorted(SEEDS) == sorted(NAMES)


@pytest.mark.parametrize(
    ("name", "given", "error"),
    [
        ("hide", {"entities": []}, InvalidValue),
        ("hide", {"entities": ["nothing.example.org"]}, UnknownName),
        ("hide", {"entities": ["a.example.org"], "graph": "nowhere"}, UnknownName),
        ("mark", {"tlp": 9}, InvalidValue),
        ("move", {"entities": ["a.example.org"], "positions": [1.0]}, InvalidValue),
        ("note", {"text": ""}, InvalidValue),
        ("create-graph", {"graph": "main"}, InvalidValue),
        ("set-window", {"window": "yesterday"}, InvalidValue),
        ("note", {"text": "x", "colour": "red"}, InvalidValue),
    ],
)
def test_what_does_not_fit_changes_nothing(
    tmp_path: Path, name: str, given: dict[str, Any], error: type[Exception]
) -> None:
    """A request that is wrong is refused in words, and the log stays as it was."""
    with made(tmp_path / "case.clew") as case:
        before = case.bench.state.seq
        with pytest.raises(error):
            case.change(name, **given)
        assert case.bench.state.seq == before
