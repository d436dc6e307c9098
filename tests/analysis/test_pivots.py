"""What to ask next."""

from __future__ import annotations

import pytest

from builders import append, graph_of, observed, state_of
from clew.analysis.lookups import lookup_history
from clew.analysis.pivots import EXPECTED_UNKNOWN, HUB_ROWS_MIN, PivotTransform, next_pivots
from clew.graph.view import view_of
from clew.graph.working_set import WorkingSet
from clew.model.change import Change, Observe
from clew.model.interval import Window
from clew.model.provenance import Completeness, Extent, Provenance
from clew.schema.registry import catalogue
from clew.schema.value import entity_id

CATALOGUE = catalogue()
NAMES = PivotTransform("pdns.name_to_addresses", frozenset({"domain-name"}))
PAID = PivotTransform("whois.domain_to_registrants", frozenset({"domain-name"}), 5.0)
ADDRESSES = PivotTransform("pdns.address_to_names", frozenset({"ip-address"}))


def asked(change: Change, transform: str, value: str, completeness: Completeness) -> Change:
    """The same change as the answer to a look-up about a domain."""
    id_ = entity_id("domain-name", value)
    record = Provenance("pdns", transform, "0" * 32, 0, id_, completeness=completeness)
    assert isinstance(change.what, Observe)
    what = Observe(change.what.graph, (record,) * len(change.what.provenance))
    return Change(what, change.at, change.action, change.label, change.actor, block=change.block)


def case(completeness: Completeness, names: int = 3) -> WorkingSet:
    """a.example was asked for its addresses; b.example was not."""
    answer = observed(*(f"a.example -resolves-to-> 192.0.2.{n}" for n in range(names)), at=2)
    begin = observed("a.example", "b.example", at=1)
    return state_of(begin, asked(answer, NAMES.id, "a.example", completeness))


def test_what_was_answered_is_not_asked_again() -> None:
    """The asked one is counted and left out; a cut answer may be asked for the rest."""
    view = view_of(case(Completeness(Extent.COMPLETE, 3)), "main")
    (pivot,) = next_pivots(view, [NAMES], CATALOGUE)
    assert [view.entity(row).value for row in pivot.rows] == ["b.example"]
    assert pivot.asked == 1
    view = view_of(case(Completeness(Extent.CUT, 3, 9, "limit")), "main")
    (pivot,) = next_pivots(view, [NAMES], CATALOGUE)
    assert {view.entity(row).value for row in pivot.rows} == {"a.example", "b.example"}


def test_what_was_brought_is_expected_again() -> None:
    """Three new addresses of one look-up: three are expected; of others a guess is."""
    state = case(Completeness(Extent.COMPLETE, 3))
    assert lookup_history(state).gains[NAMES.id] == pytest.approx(3)
    found = {one.transform: one for one in next_pivots(view_of(state), [NAMES, PAID], CATALOGUE)}
    assert found[NAMES.id].expected == pytest.approx(3)
    assert found[PAID.id].expected == EXPECTED_UNKNOWN
    assert found[NAMES.id].score > found[PAID.id].score
    assert "never used here" in found[PAID.id].why


def test_a_look_up_made_again_is_one() -> None:
    """Asking again brings nothing new, and does not make less to be expected of the next."""
    state, told = case(Completeness(Extent.COMPLETE, 3)), Completeness(Extent.COMPLETE, 3)
    again = observed(*(f"a.example -resolves-to-> 192.0.2.{n}" for n in range(3)), run="2", at=3)
    append(state, asked(again, NAMES.id, "a.example", told))
    assert lookup_history(state).gains[NAMES.id] == pytest.approx(3)


def test_bounds_are_left_out_with_their_reason_and_hubs_are_announced() -> None:
    """A sinkhole is not asked about; what a provider holds very much of is told."""
    lines = ["a.example -resolves-to-> 192.0.2.1", "192.0.2.1 is sinkhole @2014-01-01..open"]
    view = view_of(graph_of(*lines, "a.example -resolves-to-> 192.0.2.2"), "main")
    (pivot,) = next_pivots(view, [ADDRESSES], CATALOGUE)
    assert [view.entity(row).value for row in pivot.rows] == ["192.0.2.2"]
    assert "sinkhole" in pivot.bounded[0]
    early = next_pivots(view, [ADDRESSES], CATALOGUE, window=Window.parse("2013"))
    assert not early[0].bounded
    state = case(Completeness(Extent.CUT, 3, HUB_ROWS_MIN, "limit"))
    (pivot,) = next_pivots(view_of(state), [NAMES], CATALOGUE)
    assert [(one.entity.value, one.rows) for one in pivot.hubs] == [("a.example", HUB_ROWS_MIN)]


def test_rare_and_timely_ones_come_first() -> None:
    """One link before many; inside the window before outside."""
    lines = [f"busy.example -resolves-to-> 192.0.2.{n}" for n in range(1, 9)]
    view = view_of(graph_of(*lines, "rare.example -resolves-to-> 192.0.2.1"), "main")
    (pivot,) = next_pivots(view, [NAMES], CATALOGUE)
    assert view.entity(pivot.rows[0]).value == "rare.example"
    old = "old.example -resolves-to-> 192.0.2.9 @2011-01-01..2011-02-01"
    new = "new.example -resolves-to-> 192.0.2.8 @2013-01-01..2013-02-01"
    view = view_of(graph_of(old, new), "main")
    (pivot,) = next_pivots(view, [NAMES], CATALOGUE, window=Window.parse("2013"))
    assert [view.entity(row).value for row in pivot.rows] == ["new.example", "old.example"]


def test_nothing_fits_nothing() -> None:
    """No proposal for a type that is not there."""
    assert next_pivots(view_of(graph_of("a.example"), "main"), [ADDRESSES], CATALOGUE) == ()
