"""Maltego transforms on the command line: declared, looked at, enabled, asked, taken back."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from clew.cli.maltego import maltego_app
from clew.errors import FileFault, InvalidValue, Refusal, UnknownName
from clew.workbench import Workbench
from corpus.files import corpus

MTZ = corpus("mtz/trx-local.mtz")
PROGRAM = """\
import sys
print("<MaltegoMessage><MaltegoTransformResponseMessage><Entities><Entity Type='maltego.Phrase'>"
      "<Value>Hi %s</Value><Weight>100</Weight></Entity></Entities>"
      "</MaltegoTransformResponseMessage></MaltegoMessage>" % sys.argv[1])
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user's folder, and an investigation with two entities in the present folder."""
    monkeypatch.setenv("CLEW_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("CLEW_KEYRING", "no")
    monkeypatch.setenv("CLEW_CONTACT_LIMIT", "2")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hi.py").write_text(PROGRAM)
    with Workbench.create(tmp_path / "a.clew", {"CLEW_KEYRING": "no"}) as bench:
        given = [bench.catalogue.value("domain-name", name) for name in ("a.example", "b.example")]
        bench.add([*given, bench.catalogue.value("person", "Ada")], graph="main", label="given")
    return tmp_path


def clew(*words: str, code: int = 0) -> str:
    done = CliRunner().invoke(maltego_app, words)
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    assert done.exit_code == code, done.output
    return done.stdout


def declare_hi(*more: str) -> None:
    program = str(Path("hi.py").resolve())
    clew("add-local", "hi", "--command", sys.executable, "--parameters", program, "--input",
         "maltego.Website", "--contact", "local", *more)  # fmt: skip


def test_from_declaration_to_undo(home: Path) -> None:
    """A declared program runs when it is enabled, about what it takes, and one undo is enough."""
    declare_hi()
    (row,) = json.loads(clew("list", "--json"))["declared"]
    assert (row["enabled"], row["contact"], row["command"]) == (False, "local", sys.executable)
    words = ("a.clew", "hi", "--type", "domain-name", "--type", "person")
    plan = json.loads(clew("plan", *words, "--json"))
    assert [one["sent_as"] for one in plan["asks"]] == ["maltego.Website"] * 2
    assert [one["value"] for one in plan["held"]] == ["Ada"]
    with pytest.raises(Refusal, match="not enabled"):
        clew("run", *words)
    clew("enable", "hi")
    ran = json.loads(clew("run", *words, "--json"))
    assert (ran["done"], ran["failed"], ran["requests"]) == (2, 0, 0)
    with Workbench.open(home / "a.clew", {"CLEW_KEYRING": "no"}) as bench:
        values = {one.value for one in bench.view("main").entity_records()}
        assert {"Hi a.example", "Hi b.example"} <= values
        bench.undo()
        values = {one.value for one in bench.view("main").entity_records()}
        assert values == {"a.example", "b.example", "Ada"}
    assert "held back" in clew("run", "a.clew", "hi", "a.example", "person: Ada")
    clew("disable", "hi")
    with pytest.raises(Refusal):
        clew("run", "a.clew", "hi", "a.example")
    clew("remove", "hi")
    assert "Nothing is declared" in clew("list")


def test_a_run_that_is_cut_says_so_by_its_exit_code(home: Path) -> None:
    """Done in part is exit code 3, with the reason in words."""
    declare_hi()
    clew("enable", "hi")
    told = clew("run", "a.clew", "hi", "a.example", "--limit", "1", code=3)
    assert "as many came as were asked for" in told


def test_entities_are_named_by_whoever_asks(home: Path) -> None:
    """Without values, a type or a graph nothing is asked about everything by accident."""
    declare_hi()
    with pytest.raises(InvalidValue, match="none is named"):
        clew("plan", "a.clew", "hi")
    with pytest.raises(UnknownName):
        clew("plan", "a.clew", "ho", "a.example")
    with pytest.raises(InvalidValue, match="not in the environment"):
        clew("plan", "a.clew", "hi", "a.example", "--secret", "key=CLEW_NOT_THERE")


def test_servers_are_declared_disabled(home: Path) -> None:
    """A server is not asked before it is enabled, and the address is looked at."""
    clew("add-server", "far", "https://example.org/seed", "--protocol", "v3", "--contact", "own")
    assert json.loads(clew("list", "--json"))["declared"][0]["contact"] == "own"
    with pytest.raises(Refusal, match="not enabled"):
        clew("discover", "far")
    for url, protocol, contact in (
        ("http://example.org", "v3", "own"), ("https://example.org", "v9", "own"),
        ("https://example.org", "v3", "all"),
    ):  # fmt: skip
        with pytest.raises(InvalidValue):
            clew("add-server", "other", url, "--protocol", protocol, "--contact", contact)


def test_a_damaged_file_is_not_overwritten(home: Path) -> None:
    """What can't be read is told, and a new declaration does not take its place."""
    path = home / "home" / "maltego.json"
    path.parent.mkdir()
    path.write_text("{")
    with pytest.raises(FileFault, match="damaged"):
        declare_hi()
    assert path.read_text() == "{"


def test_a_configuration_is_shown_and_taken_one_by_one(home: Path) -> None:
    """Looking at a file declares nothing; taking one declares that one, disabled."""
    offers = json.loads(clew("offer", str(MTZ), "--json"))
    assert "Nothing is declared" in clew("list")
    local = next(one for one in offers if one["kind"] == "local")
    told = clew("offer", str(MTZ), "--take", local["name"])
    assert "none is enabled" in told
    (row,) = json.loads(clew("list", "--json"))["declared"]
    assert (row["name"], row["enabled"], row["command"]) == (
        local["name"], False, local["command"]
    )  # fmt: skip
    with pytest.raises(UnknownName):
        clew("offer", str(MTZ), "--take", "nothing")
