"""An investigation in Python: answers are frames, changes go into the log."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest

import clew
from clew.api import Case
from clew.errors import OverBudget, UnknownName
from clew.replicas.scenario import load_scenario
from clew.replicas.server import serve_replicas

NAME = "firehappy.dyn3.example"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with clew.create(tmp_path / "a.clew", environment={"CLEW_HOME": str(tmp_path)}) as made:
        yield made


def test_text_becomes_entities_with_its_problems(case: Case) -> None:
    """Each line is a value or a problem; what is there can be seen as frame, text and picture."""
    added = case.add("a[.]example\n192.0.2.1\n:::\n")
    assert added.select("type", "value").rows()[:2] == [
        ("domain-name", "a.example"), ("ip-address", "192.0.2.1"),
    ]  # fmt: skip
    assert added["problem"].to_list()[2]
    assert sorted(case.entities("main")["value"]) == ["192.0.2.1", "a.example"]
    assert "2 entities; graphs: main" in repr(case)
    assert "a.example" not in case._repr_svg_()
    assert "a[.]example" in case.picture("main")


def test_a_file_comes_in_and_goes_out(case: Case, tmp_path: Path) -> None:
    """A file is imported with its problems, and a graph exported with what is lost."""
    (tmp_path / "x.csv").write_bytes(b"domain,ip\na.example,192.0.2.1\nb.example,300.1.2.3\n")
    problems = case.import_file(tmp_path / "x.csv")
    assert problems.columns == ["where", "text", "reason"]
    assert problems.height == 1
    assert case.links("main").height == 1
    assert case.export_file(tmp_path / "x.stix") == []
    assert "full provenance" in case.export_file(tmp_path / "x.mtgx", graph="main")


def test_questions_are_frames_and_commands_are_undone(case: Case, tmp_path: Path) -> None:
    """A question's answer is typed also where it is empty; a command is one action."""
    (tmp_path / "x.csv").write_bytes(b"domain,ip\na.example,192.0.2.1\n")
    assert case.links().schema["score"] == pl.Float64()
    case.import_file(tmp_path / "x.csv", graph="one")
    case.add("192.0.2.1", graph="two")
    assert case.merge("one", "two")["value"].to_list()
    assert case.graphs == ["one", "two", "merged"]
    assert case.frame("scores", graph="one", limit=1).height == 1
    assert case.window("2013", graph="one")["in_window"].to_list() == ["unknown"]
    before = case.bench.state.seq
    case.create_graph("third")
    assert case.bench.state.seq == before + 1
    with pytest.raises(UnknownName):
        case.frame("no-such-question")


def test_a_transform_is_run_within_its_budget(tmp_path: Path) -> None:
    """What it would cost is refused before anything leaves; the frame holds what is new."""
    with serve_replicas(load_scenario("tendrit")) as server:
        settings = {**server.settings(), "CLEW_KEYRING": "no", "CLEW_HOME": str(tmp_path)}
        with clew.create(tmp_path / "b.clew", environment=settings) as case:
            asked = case.add(NAME)
            transform = "passivetotal.name_to_addresses"
            with pytest.raises(OverBudget):
                case.run(transform, asked)
            found = case.run(transform, asked, credits_max=5)
            assert set(found["value"]) == {"192.0.2.33", "192.0.2.37", "203.0.113.48"}
            played = case.run_playbook("registrant-hunt", domains="harborlights.example")
            assert played.as_data()
    with clew.open(tmp_path / "b.clew", environment={}) as again:
        assert NAME in again.entities("main")["value"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("bring", "import_file"), ("hand_on", "export_file"), ("play", "run_playbook"),
        ("together", "common_entities"),
    ],
)  # fmt: skip
def test_python_keeps_the_names_of_the_first_version(old: str, new: str) -> None:
    """What a notebook of version 0.1 calls is still there, and is the same."""
    assert getattr(Case, old) is getattr(Case, new)
