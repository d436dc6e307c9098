"""The façade: an investigation from its first value to its report."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clew.errors import UnknownName
from clew.graph.digest import state_digest
from clew.interop.importing import read_file
from clew.model.change import Mark, TimeWindow
from clew.model.marking import TLP
from clew.questions.registry import question_named
from clew.questions.requests import request_of
from clew.workbench import Workbench

CSV = b"domain,ip\na.example,192.0.2.1\nb.example,192.0.2.1\n"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.create(tmp_path / "a.clew", {"CLEW_HOME": str(tmp_path)}) as made:
        imported = read_file(CSV, made.catalogue, run="0" * 32, learnt=1)
        made.import_graph(imported, CSV, graph="main", label="Import")
        yield made


def test_everything_is_undone_and_brought_back(bench: Workbench) -> None:
    """An action is taken back whole, by entry; nothing undone can be brought back twice."""
    full = state_digest(bench.state)
    undone = bench.undo()
    assert undone
    assert len(bench.view().entities) == 0
    assert bench.redo()
    assert state_digest(bench.state) == full
    assert len(bench.state_at(undone[0]).entities) == 3
    assert bench.redo() == ()


@pytest.mark.parametrize("entry", [-1, 4, 99])
def test_an_entry_that_is_not_there_has_no_state(bench: Workbench, entry: int) -> None:
    """Before the first and after the last entry is nothing to look at, rather than the present."""
    assert bench.state.seq == 3
    with pytest.raises(UnknownName, match=str(entry)):
        bench.state_at(entry)
    assert len(bench.state_at(0).entities) == 0


def test_a_graph_is_exported_and_replayed(bench: Workbench, tmp_path: Path) -> None:
    """A file beside the investigation holds the graph, and the log alone gives the state anew."""
    name, kept_back = bench.export_file("main", "jsonl", "out")
    assert kept_back == ""
    assert b"a.example" in (tmp_path / name).read_bytes()
    assert state_digest(bench.replay_state()) == state_digest(bench.state)


def test_a_report_says_what_is_there(bench: Workbench) -> None:
    """Title, marking and window are the investigation's; a compared graph adds its tables."""
    bench.add([bench.catalogue.value("domain-name", "a.example")], graph="other", label="given")
    bench.decide(TimeWindow("2013", "drop"), label="window")
    assert bench.marking == "TLP:GREEN"
    bench.decide(Mark(int(TLP.AMBER)), label="mark")
    assert (bench.title, bench.marking) == ("a", "TLP:AMBER")
    alone, beside = bench.report_content("main"), bench.report_content("main", beside=["other"])
    assert len(beside.tables) > len(alone.tables)
    assert beside.marking == "TLP:AMBER"


def test_a_question_is_asked_by_its_request(bench: Workbench) -> None:
    """The façade finds the question of a request, and the registry the transforms."""
    question = question_named("scores")
    answer = bench.ask(request_of("scores", question.request, {"graph": "main"}))
    assert len(getattr(answer, question.table)) == 2
    assert "local.url_to_host" in bench.registry.transforms
