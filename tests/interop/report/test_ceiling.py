"""What may be in a report."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from builders import decided, observed, state_of
from clew.graph.view import View, view_of
from clew.interop.report.ceiling import view_within
from clew.model.change import Mark
from clew.model.entity import Entity
from clew.model.marking import TLP
from clew.schema.value import entity_id

LINE = "a.example -resolves-to-> 192.0.2.1"
LEVELS = st.sampled_from(list(TLP))


def marked(whole: TLP, own: TLP) -> View:
    """Two linked entities and a lone one; the name has a marking of its own where it has one."""
    changes = [observed(LINE, "b.example", at=1)]
    if whole:
        changes.append(decided(Mark(int(whole)), at=2))
    if own:
        changes.append(decided(Mark(int(own), 0, entity_id("domain-name", "a.example")), at=3))
    return view_of(state_of(*changes), "main")


@given(LEVELS, LEVELS, LEVELS)
def test_nothing_stricter_than_the_ceiling_stays(whole: TLP, own: TLP, ceiling: TLP) -> None:
    """An entity goes by its own marking or that of the whole, its links with it; all is counted."""
    view = marked(whole, own)
    shown, left = view_within(view, ceiling)
    names = {record.value for record in shown.entity_records()}
    assert ("a.example" in names) is ((own or whole) <= ceiling)
    assert ("b.example" in names) is (whole <= ceiling)
    assert len(shown.links) == int({"a.example", "192.0.2.1"} <= names)
    assert left.entities == len(view.entities) - len(shown.entities)
    assert left.links == len(view.links) - len(shown.links)


def test_red_shows_all() -> None:
    """The strictest ceiling gives the view itself."""
    view = marked(TLP.RED, TLP.RED)
    shown, left = view_within(view, TLP.RED)
    assert shown is view
    assert (left.entities, left.links) == (0, 0)
    assert view.row_of(Entity("domain-name", "a.example")) >= 0
