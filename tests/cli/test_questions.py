"""Every question as a command: for people, for programs, and where something is wrong."""

from __future__ import annotations

import re
from typing import Any

import msgspec
import pytest
import typer
from typer.main import get_command

from clew.cli.questions import declare
from clew.questions.registry import questions
from clew.questions.table import fields_of
from cli.command import Clew
from cli.investigation import LINK, make_investigation

QUESTIONS = tuple(questions().values())
NAMES = tuple(one.name for one in QUESTIONS)
OF_A_GRAPH = tuple(one.name for one in QUESTIONS if "graph" in one.request.__struct_fields__)
GIVEN: dict[str, tuple[str, ...]] = {
    "about": ("a.example",),
    "between": ("a.example", "192.0.2.1"),
    "common": ("main", "other"),
    "compare": ("2",),
    "in-window": ("--window", "2013"),
    "nearest": ("a.example", "--day", "2013-05-01"),
    "observation": (LINK,),
    "overlap": ("main", "other"),
    "why": ("a.example", "b.example"),
}
"""What a question needs beside the file."""


@pytest.fixture(scope="module")
def clew(tmp_path_factory: pytest.TempPathFactory) -> Clew:
    """A folder with an investigation, and one with nothing in it."""
    folder = tmp_path_factory.mktemp("questions")
    make_investigation(folder / "a.clew")
    found = Clew(folder, {"CLEW_KEYRING": "no"})
    found("new", "empty.clew")
    return found


def at_width(clew: Clew, width: int) -> Clew:
    """The same user at a terminal of that many columns."""
    return Clew(clew.folder, {**clew.settings, "COLUMNS": str(width)})


@pytest.mark.parametrize("name", NAMES)
def test_a_narrow_terminal_folds_and_loses_nothing(clew: Clew, name: str) -> None:
    """At 40 columns every letter is there that a wide terminal shows."""
    wide, narrow = (
        at_width(clew, width)(name, "a.clew", *GIVEN.get(name, ())).stdout for width in (400, 40)
    )
    assert wide.strip()
    assert sorted("".join(narrow.split())) == sorted("".join(wide.split()))


@pytest.mark.parametrize("name", NAMES)
def test_json_has_every_field_of_the_answer(clew: Clew, name: str) -> None:
    """One value, of the answer's own form; nothing is written to the file by asking."""
    before = (clew.folder / "a.clew").read_bytes()
    answer = questions()[name].answer
    ended = clew(name, "a.clew", *GIVEN.get(name, ()), "--json")
    assert ended.stderr == ""
    assert set(ended.json) == set(answer.__struct_fields__)
    msgspec.convert(ended.json, answer)
    assert (clew.folder / "a.clew").read_bytes() == before


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_investigation_is_answered_or_refused_in_words(clew: Clew, name: str) -> None:
    """Where nothing is known a question gives an empty table, or says what it can't find."""
    unknown = {"about", "between", "common", "compare", "nearest", "observation", "overlap", "why"}
    code = 2 if name in unknown else 0
    ended = clew(name, "empty.clew", *GIVEN.get(name, ()), code=code)
    assert bool(ended.stdout) == (code == 0)
    assert ended.stderr.startswith("clew: ") == (code == 2)


@pytest.mark.parametrize("name", OF_A_GRAPH)
def test_a_graph_that_is_not_there_is_named(clew: Clew, name: str) -> None:
    """Wrong words have their exit code, and the graphs that are there are told."""
    ended = clew(name, "a.clew", *GIVEN.get(name, ()), "-g", "zzz", code=2)
    assert "'zzz'" in ended.stderr
    assert "main" in ended.stderr


@pytest.mark.parametrize(
    ("words", "part"),
    [
        (("scores", "a.clew", "--limit", "many"), "--limit"),
        (("scores", "a.clew", "--limit", "0"), "--limit"),
        (("scores", "a.clew", "--window", "yesterday"), "yesterday"),
        (("prune-proposal", "a.clew", "--score-min", "7"), "--score-min"),
        (("in-window", "a.clew", "--window", "2013", "--undated", "sometimes"), "sometimes"),
        (("nearest", "a.clew", "a.example", "--day", "noon"), "noon"),
        (("observation", "a.clew", "o9.l9"), "o9.l9"),
        (("about", "a.clew", "nobody.example"), "nobody"),
        (("about", "a.clew"), "entity"),
    ],
)
def test_wrong_words_are_named(clew: Clew, words: tuple[str, ...], part: str) -> None:
    """What does not fit is quoted, with the exit code for wrong words and without a trace."""
    ended = clew(*words, code=2)
    assert part in ended.stderr
    assert ended.stdout == ""
    assert "Traceback" not in ended.stderr


def test_a_limit_cuts_for_people_and_says_so(clew: Clew) -> None:
    """A table that is cut says of how many; JSON is whole unless a limit is asked for."""
    shown = clew("scores", "a.clew", "--limit", "2").stdout
    assert "2 of 5 shown" in shown
    assert len(clew("scores", "a.clew", "--json").json["links"]) == 5
    assert len(clew("scores", "a.clew", "--json", "--limit", "2").json["links"]) == 2


def test_a_list_is_given_by_repeating(clew: Clew) -> None:
    """An option of many values replaces the default as a whole."""
    kept = clew("prune-proposal", "a.clew", "--leaf-rounds", "1", "--json").json
    fewer = clew(
        "prune-proposal", "a.clew", "--leaf-rounds", "1", "--keep", "c.example",
        "--keep", "d.example", "--json",
    ).json  # fmt: skip
    gone = {one["value"] for one in kept["falling"]} - {one["value"] for one in fewer["falling"]}
    assert gone == {"c.example", "d.example"}


def test_ids_of_observations_can_be_given_back(clew: Clew) -> None:
    """An id is shown as it is written, in whichever table it stands."""
    assert f"id {LINK}" in clew("observation", "a.clew", LINK).stdout
    wide = at_width(clew, 400)
    shown = " ".join(wide(name, "a.clew", *GIVEN.get(name, ())).stdout for name in NAMES)
    cited = set(re.findall(r"\bo\d+\.[lp]\d+\b", shown))
    assert len(cited) > 2
    assert not re.search(r"\bo\d+\[\.\]", shown)
    for one in cited:
        assert clew("explain", "a.clew", one, "--json").json["id"] == one


def test_why_says_when_there_is_no_path(clew: Clew) -> None:
    """Paths have numbered steps with who says so; where there is none that is said."""
    shown = clew("why", "a.clew", "a.example", "b.example").stdout
    assert shown.startswith("1. strength ")
    assert "2013-01-01 to 2013-06-30  dnsdb" in shown
    assert "reply none" in shown
    assert "No path was found" in clew("why", "a.clew", "a.example", "d.example").stdout


def test_about_shows_all_that_is_claimed(clew: Clew) -> None:
    """States with their periods, links with dates and sources, properties, and notes of people."""
    shown = at_width(clew, 200)("about", "a.clew", "192.0.2.2").stdout
    assert re.search(r"sinkhole +2014-02-01 +open +census +o2\.p1", shown)
    assert "b[.]example -resolves-to-> 192.0.2[.]2" in shown
    noted = at_width(clew, 200)("about", "a.clew", "a.example").stdout
    assert "looked at" in noted
    assert "States" not in noted
    assert re.search(r"registrar +Example_Registrar +2012-01-01 +2013-01-01 +census", noted)


def test_what_a_file_said_is_told_by_its_length(clew: Clew) -> None:
    """Words of a file that have no place are named for people, and given whole as JSON."""
    bundle = {
        "type": "bundle", "id": "bundle--9a1b7a5c-9d0e-4f57-8a54-0d6f0a3a1c11",
        "objects": [{
            "type": "domain-name", "spec_version": "2.1", "value": "told.example",
            "id": "domain-name--3c10e93f-798e-5a26-a0c1-08156efab7f5", "x_colour": "mauve",
        }],
    }  # fmt: skip
    (clew.folder / "told.json").write_bytes(msgspec.json.encode(bundle))
    clew("import", "told.json", "--into", "told.clew")
    assert "As the stix file said it" in clew("about", "told.clew", "told.example").stdout
    (original,) = clew("about", "told.clew", "told.example", "--json").json["originals"]
    assert "mauve" in original["text"]


def test_each_question_is_a_verb_with_its_options() -> None:
    """A question that a plug-in adds is a command: its summary, its fields, and ``--json``."""
    app = typer.Typer()
    declare(app)
    group: Any = get_command(app)
    assert set(group.commands) == set(NAMES)
    for question in QUESTIONS:
        verb = group.commands[question.name]
        assert verb.help == question.summary
        named = {one.name: one for one in verb.params}
        assert set(named) - {"help"} == {"file", "as_json", *question.request.__struct_fields__}
        for field in fields_of(question.request):
            assert named[field.name].help.startswith(field.doc)
            assert named[field.name].required == field.required
