"""The ceiling and default of an investigation: stricter at once, looser only for a reason."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from clew.commands.mark import MarkRequest
from clew.commands.set_ceiling import SetCeilingRequest
from clew.errors import InvalidValue
from clew.graph.lowering import lowers
from clew.graph.markings import decided_ceiling
from clew.graph.sharing import Ceiling
from clew.model.change import SharingTerms
from clew.model.marking import PAP, TLP, Marking
from clew.workbench import Workbench

pytestmark = pytest.mark.assurance("marks")

SETTINGS = {"CLEW_MARKING_CEILING": "TLP:GREEN", "CLEW_DEFAULT_MARKING": "TLP:CLEAR"}


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Workbench]:
    with Workbench.create(tmp_path / "a.clew", SETTINGS) as made:
        value = made.catalogue.value("domain-name", "a.example")
        made.add([value], graph="main", label="Add")
        yield made


def test_the_settings_are_for_cases_without_a_decision(bench: Workbench) -> None:
    """What is decided counts, what is left open is as the settings say."""
    assert bench.ceiling() == Ceiling(TLP.GREEN, Marking(TLP.CLEAR))
    bench.do(SetCeilingRequest(default_tlp=3))
    assert bench.ceiling() == Ceiling(TLP.GREEN, Marking(TLP.AMBER))
    bench.do(SetCeilingRequest(ceiling=1))
    assert bench.ceiling() == bench.certain_ceiling() == Ceiling(TLP.CLEAR, Marking(TLP.AMBER))
    bench.do(SetCeilingRequest(ceiling=0, reason="agreed"))
    assert bench.ceiling() == Ceiling(TLP.GREEN, Marking(TLP.AMBER))


def test_a_decision_is_undone_and_past_moments_know_it(bench: Workbench) -> None:
    """Undo and redo bring the ceiling of before and after; an entry of the past has its own."""
    first = bench.state.seq
    bench.do(SetCeilingRequest(ceiling=1))
    second = bench.state.seq
    bench.do(SetCeilingRequest(ceiling=4, reason="the partners signed"))
    assert bench.ceiling().tlp is TLP.AMBER_STRICT
    past = [bench.state_at(entry).decisions.sharing.ceiling for entry in (first, second)]
    assert past == [0, 1]
    bench.undo()
    assert bench.ceiling().tlp is TLP.CLEAR
    bench.undo()
    assert bench.ceiling().tlp is TLP.GREEN
    bench.redo()
    assert bench.ceiling().tlp is TLP.CLEAR


levels = st.integers(-1, 4)
requests = st.builds(SetCeilingRequest, ceiling=levels, default_tlp=levels, default_pap=levels)


@settings(max_examples=10)
@given(before=requests, after=requests)
def test_more_leaves_only_for_a_reason(before: SetCeilingRequest, after: SetCeilingRequest) -> None:
    """A ceiling that is raised or a default that is lowered says why, and no other needs to."""
    with (
        TemporaryDirectory() as folder,
        Workbench.create(Path(folder) / "a.clew", SETTINGS) as bench,
    ):
        bench.do(replace(before, reason="first"))
        was, entry = bench.ceiling(), bench.state.seq
        try:
            label = bench.do(after).label
        except InvalidValue:
            assert bench.state.seq == entry
            label = bench.do(replace(after, reason="why not")).label
            now = bench.ceiling()
            assert now.tlp > was.tlp or lowers(was.default, now.default)
            assert label.endswith(": why not")
        else:
            now = bench.ceiling()
            assert now.tlp <= was.tlp
            assert not lowers(was.default, now.default)
            assert (bench.state.seq > entry) == bool(label)


def test_what_leaves_and_what_is_asked_go_by_it(bench: Workbench) -> None:
    """A file and a plan keep back what the investigation's ceiling holds."""
    bench.do(MarkRequest(tlp=2, entities=("a.example",)))
    rows = bench.view("main").entities
    assert not bench.shareable("main").kept_back
    assert bench.plan("passivetotal.name_to_addresses", rows, {}).lookups
    bench.do(SetCeilingRequest(ceiling=1))
    assert bench.shareable("main").kept_back.entities == 1
    (skipped,) = bench.plan("passivetotal.name_to_addresses", rows, {}).skipped
    assert "may get TLP:CLEAR at most" in skipped.reason


def test_a_default_that_is_decided_marks_what_carries_none(bench: Workbench) -> None:
    """What carries no marking stays where it counts as stricter than the ceiling."""
    assert not bench.shareable("main").kept_back
    bench.do(SetCeilingRequest(default_tlp=5, default_pap=4))
    assert bench.default_marking == Marking(TLP.RED, PAP.RED)
    assert bench.shareable("main").kept_back.entities == 1


def test_a_settings_fault_does_not_hide_a_decision(tmp_path: Path) -> None:
    """A ceiling that is decided counts whatever the settings file says."""
    with Workbench.create(tmp_path / "a.clew", {"CLEW_MARKING_CEILING": "TLP:RED"}) as bench:
        with pytest.raises(InvalidValue, match="can't stand in the settings"):
            bench.ceiling()
        bench.decide(SharingTerms(ceiling=2), label="Leaves")
        assert bench.ceiling().tlp is TLP.GREEN


@pytest.mark.parametrize("level", [5, 6, 99, -3])
def test_a_level_that_no_clew_writes_lets_nothing_marked_leave(level: int) -> None:
    """RED and what is no level are no ceilings that an entry can give."""
    assert decided_ceiling(SharingTerms(ceiling=level)) is TLP.CLEAR
