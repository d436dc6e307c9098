"""Laws of all verbs: their help, and what they say of a file that is of no use."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from clew.cli.app import command_line
from clew.cli.help import ORDER
from cli.command import Clew
from cli.investigation import make_investigation


def _verbs(group: Any, words: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    for name, command in sorted(group.commands.items()):
        if hasattr(command, "commands"):
            yield from _verbs(command, (*words, name))
        else:
            yield (*words, name), command


TOP: Any = command_line()
VERBS = dict(_verbs(TOP))
MAKERS = {("new",), ("open",), ("trx", "serve")}
"""These make a file that is not there."""
READERS = tuple(
    words
    for words, verb in VERBS.items()
    if words not in MAKERS and verb.params and "The investigation" in (verb.params[0].help or "")
)
"""These need a file that is there."""
FILLERS = {
    "entry": "1", "seq": "1", "tlp": "1", "positions": "1", "kind": "tag", "to": "out.md",
    "sources": "x y", "playbook": "walkthrough",
}  # fmt: skip


def needed(words: tuple[str, ...]) -> Iterator[str]:
    """Words that fill what a verb needs beside the file."""
    for one in VERBS[words].params[1:]:
        if one.required:
            yield from one.opts if one.opts[0].startswith("-") else ()
            yield from FILLERS.get(one.name, "x").split()


@pytest.fixture(scope="module")
def clew(tmp_path_factory: pytest.TempPathFactory) -> Clew:
    """A folder without an investigation in it."""
    folder = tmp_path_factory.mktemp("verbs")
    (folder / "folder.clew").mkdir()
    (folder / "text.clew").write_text("no investigation\n" * 100)
    (folder / "empty.clew").touch()
    return Clew(folder, {"CLEW_KEYRING": "no"})


@pytest.mark.parametrize("words", READERS, ids=[" ".join(one) for one in READERS])
def test_a_file_that_is_of_no_use_is_named(clew: Clew, words: tuple[str, ...]) -> None:
    """Missing, a folder, or no investigation: one line, its own exit code, and nothing is made."""
    before = sorted(clew.folder.iterdir())
    for name in ("missing.clew", "folder.clew", "text.clew", "empty.clew"):
        ended = clew(*words, name, *needed(words), code=5)
        assert name in (ended.stdout if words == ("check",) else ended.stderr)
        assert len(ended.stderr.splitlines()) <= 1
    assert [one for one in sorted(clew.folder.iterdir()) if one != clew.home] == before


@pytest.mark.parametrize("words", VERBS, ids=[" ".join(one) for one in VERBS])
def test_help_says_what_a_verb_does_and_needs(
    clew: Clew, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Summary, every option, and the file, in a narrow terminal too."""
    monkeypatch.setenv("COLUMNS", "50")
    shown = clew(*words, "--help").stdout
    verb = VERBS[words]
    assert " ".join(verb.help.split()) in " ".join(shown.split())
    for one in verb.params:
        assert one.hidden or one.opts[0] in shown
        assert one.hidden or one.help, f"{one.name} says nothing"


def test_verbs_are_listed_in_groups(clew: Clew, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every visible verb stands once under a heading, with what it does, at any width."""
    for width in (40, 80, 200):
        monkeypatch.setenv("COLUMNS", str(width))
        lines = clew("--help").stdout.splitlines()
        headings = [line for line in lines if line.rstrip(":") in ORDER and line.endswith(":")]
        assert [line.rstrip(":") for line in headings] == list(ORDER)
        listed = [line.split()[0] for line in lines if line[:2] == "  " and line[2:3].strip()]
        for name, verb in TOP.commands.items():
            assert listed.count(name) == (not verb.hidden), name


def test_a_path_that_can_not_be_used_is_named(clew: Clew) -> None:
    """Nowhere to write to, nothing to read: the path, its exit code, no trace, nothing made."""
    make_investigation(clew.folder / "a.clew")
    (clew.folder / "t.csv").write_text("domain,ip\na.example,192.0.2.1\n")
    entries = clew("history", "a.clew", "--json").json
    for words in (
        ("export", "a.clew", "no/x.csv"),
        ("export", "a.clew", "no/x.svg"),
        ("report", "a.clew", "no/x.md"),
        ("convert", "a.clew", "no/x.csv"),
        ("convert", "a.clew", "no/x.clew"),
        ("convert", "no/x.csv", "x.clew"),
        ("columns", "t.csv", "--to", "no/x.json"),
        ("columns", "t.csv", "--mapping", "no/x.json"),
        ("columns", "no/x.csv"),
        ("check", "a.clew", "--salvage", "no/x.clew"),
        ("new", "no/x.clew"),
        ("extract", "no/x.txt"),
        ("extract", "t.csv", "--into", "no/x.clew"),
        ("maltego", "offer", "no/x.mtz"),
        ("trx", "serve", "no/x.clew"),
        ("run", "a.clew", "passivetotal.name_to_addresses", "a.example", "--reply", "no/x"),
        ("demo", "--headless", "--out", "t.csv"),
    ):
        ended = clew(*words, code=5)
        assert ("t.csv" if words[0] == "demo" else "no/x") in ended.stderr
        assert len(ended.stderr.splitlines()) == 1
        assert words[0] == "check" or ended.stdout == ""
    assert not (clew.folder / "no").exists()
    assert clew("history", "a.clew", "--json").json == entries
