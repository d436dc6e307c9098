"""What two graphs share, and what that means."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.tendrit import expected, walkthrough
from builders import append, decided, observed, state_of
from clew.analysis.interval_columns import OVERLAPS, interval_overlap
from clew.analysis.overlap import OverlapReport, overlap
from clew.analysis.states import columns_of
from clew.graph.decide import link_refs
from clew.graph.view import view_of
from clew.graph.working_set import WorkingSet
from clew.model.change import AddToGraph
from clew.model.entity import Entity
from clew.model.interval import Interval, IntervalOverlap
from clew.schema.registry import catalogue
from strategies import lines

pytestmark = pytest.mark.assurance("judgement")

CATALOGUE = catalogue()


def report(state: WorkingSet) -> OverlapReport:
    """The overlap of graphs a and b."""
    return overlap(view_of(state, "a"), view_of(state, "b"), CATALOGUE)


def test_the_walkthrough_shares_what_was_worked_out() -> None:
    """The two graphs of the case share exactly the 39 entities expected."""
    facts = expected()["overlap"]
    found = [each.entity for each in report(walkthrough()).shared()]
    assert len(found) == facts["entities"] == 39
    assert sorted(found) == [Entity(**each) for each in facts["values"]]


@given(st.lists(lines, min_size=1, max_size=10), st.lists(lines, min_size=1, max_size=10))
def test_sharing_is_mutual(first: list[str], second: list[str]) -> None:
    """Shared entities, links, weights and times do not depend on the order of the graphs."""
    state = state_of(observed(*first, graph="a"), observed(*second, graph="b", at=1))
    there = report(state)
    back = overlap(view_of(state, "b"), view_of(state, "a"), CATALOGUE)
    both = set(view_of(state, "a").entities.tolist()) & set(view_of(state, "b").entities.tolist())
    assert set(there.entities.tolist()) == both
    for name in ("entities", "weights", "same_time", "links"):
        assert getattr(there, name).tolist() == getattr(back, name).tolist()
    assert there.links_same_time == back.links_same_time


@given(st.lists(lines, min_size=1, max_size=10), st.lists(lines, min_size=1, max_size=10))
def test_same_time_is_what_comparing_all_pairs_gives(first: list[str], second: list[str]) -> None:
    """Sweeping sorted starts finds what comparing each interval with each other one finds."""
    state = state_of(observed(*first, graph="a"), observed(*second, graph="b", at=1))
    overlap_report = report(state)
    a, b = overlap_report.graphs
    order = np.argsort(overlap_report.entities)
    seen = state.link_observations
    for at, row in enumerate(np.sort(overlap_report.entities).tolist()):
        mine = [seen.interval(r) for r in a.observations[a.about == a.number[row]].tolist()]
        theirs = [seen.interval(r) for r in b.observations[b.about == b.number[row]].tolist()]
        pairs = [_meets(one, other) for one in mine for other in theirs]
        want = IntervalOverlap.UNKNOWN
        if pairs:
            want = next(
                m
                for m in (IntervalOverlap.YES, IntervalOverlap.UNKNOWN, IntervalOverlap.NO)
                if m in pairs
            )
        assert OVERLAPS[int(overlap_report.same_time[order[at]])] is want


def _meets(one: Interval, other: Interval) -> IntervalOverlap:
    return OVERLAPS[int(interval_overlap(columns_of([one]), columns_of([other]))[0])]


@pytest.mark.parametrize(
    ("when", "overlap"),
    [
        ("@2013-06-01..2013-07-01", IntervalOverlap.YES),
        ("@2015-01-01..2015-02-01", IntervalOverlap.NO),
        ("@?..2015-02-01", IntervalOverlap.UNKNOWN),
        ("", IntervalOverlap.UNKNOWN),
    ],
)
def test_shared_at_the_same_time(when: str, overlap: IntervalOverlap) -> None:
    """Only dates that were told prove that both sides saw an entity at once."""
    state = state_of(
        observed("a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-12-31", graph="a"),
        observed(f"b.example -resolves-to-> 192.0.2.1 {when}".strip(), graph="b", at=1),
    )
    assert [each.same_time for each in report(state).shared()] == [overlap]


def test_a_copied_link_is_not_another_word() -> None:
    """What was copied from the first graph says nothing of the second one's own."""
    state = state_of(
        observed("a.example -resolves-to-> 192.0.2.1 @2013-01-01..2013-12-31 by dnsdb", graph="a")
    )
    ids = state.entities.id_rows(np.asarray([0, 1], np.int32)).tobytes()
    refs = link_refs(state, np.asarray([0], np.int32))
    append(state, decided(AddToGraph("b", ids, refs), at=1))
    overlap_report = report(state)
    assert (
        len(overlap_report.entities),
        len(overlap_report.links),
        overlap_report.links_same_time,
    ) == (2, 1, 0)
    assert [(each.providers_a, each.providers_b) for each in overlap_report.shared()] == [
        (("dnsdb",), ())
    ] * 2


def test_a_rare_entity_weighs_more_than_a_hub() -> None:
    """An address that everything resolves to counts less than one that two names share."""
    rare = ["a.example -resolves-to-> 192.0.2.1", "b.example -resolves-to-> 192.0.2.1"]
    hub = [f"n{at}.example -resolves-to-> 192.0.2.9" for at in range(20)]
    state = state_of(
        observed(rare[0], *hub[:10], graph="a"), observed(rare[1], *hub[10:], graph="b", at=1)
    )
    first, second = report(state).shared()
    assert (first.entity.value, second.entity.value) == ("192.0.2.1", "192.0.2.9")
    assert first.weight > 2 * second.weight > 0


def test_a_state_takes_weight() -> None:
    """A sinkhole in both graphs means little."""
    state = state_of(
        observed("a.example -resolves-to-> 192.0.2.1", "192.0.2.1 is sinkhole", graph="a"),
        observed("b.example -resolves-to-> 192.0.2.1", graph="b", at=1),
    )
    (shared,) = report(state).shared()
    assert shared.weight < 0.05
    assert "its states" in shared.why


@given(st.lists(lines, min_size=1, max_size=10))
def test_a_graph_shares_all_with_itself(observed_lines: list[str]) -> None:
    """Compared with itself it shares each entity and link, and with a copy of it no more."""
    state = state_of(
        observed(*observed_lines, graph="a"), observed(*observed_lines, graph="b", at=1)
    )
    view = view_of(state, "a")
    alone = overlap(view, view, CATALOGUE)
    assert sorted(alone.entities.tolist()) == view.entities.tolist()
    assert alone.links.tolist() == view.links.tolist()
    copy = report(state)
    assert sorted(copy.entities.tolist()) == view.entities.tolist()
    assert copy.links.tolist() == view.links.tolist()


def test_chance_is_told_with_its_spread() -> None:
    """Two small corners of a large investigation that share much share more than chance gives."""
    other = [f"n{at}.example -resolves-to-> 198.51.100.{at % 200}" for at in range(400)]
    mine = [f"a{at}.example -resolves-to-> 192.0.2.{at}" for at in range(5)]
    theirs = [f"b{at}.example -resolves-to-> 192.0.2.{at}" for at in range(5)]
    state = state_of(
        observed(*other, graph="c"), observed(*mine, graph="a", at=1),
        observed(*theirs, graph="b", at=2),
    )  # fmt: skip
    (addresses,) = [each for each in report(state).chance if each.type == "ip-address"]
    assert (addresses.in_a, addresses.in_b, addresses.shared, addresses.known) == (5, 5, 5, 205)
    assert addresses.has_background
    assert addresses.even == pytest.approx(25 / 205)
    assert 0 < addresses.expected < 1
    assert addresses.z is not None
    assert addresses.z > 3


def test_two_graphs_alone_have_no_background() -> None:
    """Where nothing else is known, chance can't be judged, and the report says so."""
    state = state_of(
        observed("a.example -resolves-to-> 192.0.2.1", graph="a"),
        observed("b.example -resolves-to-> 192.0.2.1", graph="b", at=1),
    )
    assert not any(each.has_background for each in report(state).chance)
    assert "no background" in str(report(state).chance[0])
