"""Whole investigations and cases on the command line: open, demo, replicas, facts, texts."""

from __future__ import annotations

import threading
import webbrowser
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

import pytest

from clew.cli import demo
from clew.playbook.result import StepResult
from clew.replicas import server
from clew.replicas.scenario import Scenario, load_scenario
from cli.command import Clew
from corpus.files import corpus

ADDRESS = "http://127.0.0.1:8600/enter?token=x"


@pytest.fixture
def clew(tmp_path: Path) -> Clew:
    """An empty folder."""
    return Clew(tmp_path, {"CLEW_KEYRING": "no"})


def test_a_demo_is_opened_on_its_case(clew: Clew, monkeypatch: pytest.MonkeyPatch) -> None:
    """The case's replicas answer, its file is made, and the page's address is printed."""
    served: list[dict[str, Any]] = []

    def take(library: object, bench: Any, *, ready: Any, **given: Any) -> None:
        served.append({"title": bench.title, **given})
        ready(ADDRESS)
        bench.case.close()

    monkeypatch.setattr(import_module("clew.service.serve"), "serve", take)
    monkeypatch.setattr(webbrowser, "open", lambda _: pytest.fail("no browser was wanted"))
    words = ("demo", "--case", "tendrit", "--fresh", "--no-browser", "--out", "out")
    shown = clew(*words, "--misbehave", "passivetotal:html").stdout
    assert "nothing leaves this machine" in shown
    assert ADDRESS in shown.splitlines()
    assert [one["title"] for one in served] == ["Tendrit"]
    assert (clew.folder / "out" / "tendrit.clew").exists()
    assert "no-such" in clew(*words, "--misbehave", "no-such:html", code=2).stderr


def test_replicas_serve_until_they_are_stopped(clew: Clew, monkeypatch: pytest.MonkeyPatch) -> None:
    """The settings to use are printed as a shell takes them; Ctrl-C ends it."""

    class Stopped(threading.Event):
        def wait(self, timeout: float | None = None) -> NoReturn:
            raise KeyboardInterrupt

    @contextmanager
    def ready(case: Scenario) -> Iterator[server.ReplicaServer]:
        with serve_replicas(case) as found, pytest.MonkeyPatch.context() as patch:
            patch.setattr(threading, "Event", Stopped)
            yield found

    serve_replicas = server.serve_replicas
    monkeypatch.setattr(server, "serve_replicas", ready)
    words = ("replicas", "--case", "tendrit", "--misbehave", "passivetotal:html")
    ended = clew(*words, code=130)
    lines = ended.stdout.splitlines()
    assert lines
    assert all(line.startswith("export CLEW_") and "=" in line for line in lines)
    assert any("http://127.0.0.1:" in line for line in lines)


def test_facts_become_a_case(clew: Clew) -> None:
    """A folder of facts in its own layout is made a case; another is refused."""
    source = str(corpus("scenario/tendrit"))
    shown = clew("case", "import-facts", source, "made").stdout
    indicators = len(load_scenario("tendrit").indicators)
    assert shown == f"made: the case tendrit, {indicators} indicators.\n"
    assert load_scenario(str(clew.folder / "made")).name == "tendrit"
    (clew.folder / "other").mkdir()
    assert "facts folder" in clew("case", "import-facts", "other", "x", code=2).stderr
    assert not (clew.folder / "x").exists()


@pytest.mark.parametrize(("extents", "problems", "more"), [(9, 0, 5), (9, 9, 10), (1, 2, 0)])
def test_long_lists_of_faults_are_cut_by_number(
    capsys: pytest.CaptureFixture[str], extents: int, problems: int, more: int
) -> None:
    """A step shows some of what was cut and wrong, and how many more there are."""
    step = StepResult(
        "one", "A step", "note", data={"text": "done"},
        extents=tuple(f"cut {n}" for n in range(extents)),
        problems=tuple(f"wrong {n}" for n in range(problems)),
    )  # fmt: skip
    demo.announce(quiet=False)(step)
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "  1  A step: done"
    assert len(lines) - 1 == extents + problems - more + (more > 0)
    assert (f"       ! and {more} more" in lines) == (more > 0)
    demo.announce(quiet=True)(step)
    assert capsys.readouterr().out == ""


def test_pasted_lines_that_are_nothing_are_named(clew: Clew) -> None:
    """What is understood enters; the rest is told with its line, on standard error."""
    clew("new", "a.clew")
    ended = clew("add", "a.clew", "--json", text="a.example\n???\n192.0.2.1\n")
    assert [one["value"] for one in ended.json["added"]] == ["a.example", "192.0.2.1"]
    assert "line 2: '???'" in ended.stderr
    assert clew("add", "a.clew", "--json", text="# nothing\n").json == {"added": []}
    assert len(clew("history", "a.clew", "--json").json) == 1


def test_own_types_that_are_wrong_are_told_and_left_out(clew: Clew) -> None:
    """A fault has its file and line, and a file that is no text keeps no command from working."""
    folder = clew.home / "types"
    folder.mkdir(parents=True)
    (folder / "bad.yaml").write_bytes(b"entity_types:\n  - name: caf\xe9\n")
    (folder / "odd.yaml").write_text("entity_types:\n  - name: x\n    colour: red\n")
    ended = clew("new", "a.clew")
    ended = clew("add", "a.clew", "a.example")
    assert "clew: bad.yaml can't be read" in ended.stderr
    assert "clew: odd.yaml, line " in ended.stderr
    assert "a[.]example" in ended.stdout
