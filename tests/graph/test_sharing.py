"""The gate of all that leaves: what may, what stays, and that it is counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import decided, observed, state_of
from clew.graph.sharing import Ceiling, KeptBack, shareable
from clew.graph.view import View, view_of
from clew.model.block import BlockBuilder
from clew.model.change import Change, EntityMerge, Mark, Note, Observe
from clew.model.entity import Entity
from clew.model.marking import PAP, TLP, Marking
from clew.model.provenance import Provenance
from clew.schema.value import entity_id

pytestmark = pytest.mark.assurance("marks")

LINE = "a.example -resolves-to-> 192.0.2.1"
LEVELS = st.sampled_from(list(TLP))
A, B = (entity_id("domain-name", f"{name}.example") for name in "ab")


def marked(whole: TLP, own: TLP) -> View:
    """Two linked entities and a lone one; the name has a marking of its own where it has one."""
    changes = [observed(LINE, "b.example", at=1)]
    if whole:
        changes.append(decided(Mark(int(whole)), at=2))
    if own:
        changes.append(decided(Mark(int(own), 0, A), at=3))
    return view_of(state_of(*changes), "main")


def names(view: View) -> set[str]:
    return {record.value for record in view.entity_records()}


@given(LEVELS, LEVELS, LEVELS, LEVELS)
def test_nothing_stricter_than_the_ceiling_leaves(
    whole: TLP, own: TLP, ceiling: TLP, default: TLP
) -> None:
    """An entity goes by its own marking, else the whole's, else the default; all is counted."""
    view = marked(whole, own)
    part = shareable(view, Ceiling(ceiling, Marking(default)))
    shown, left = part.view, part.kept_back
    rest = whole or default
    assert ("a.example" in names(shown)) is ((own or rest) <= ceiling)
    assert ("b.example" in names(shown)) is (rest <= ceiling)
    both = {"a.example", "192.0.2.1"} <= names(shown)
    assert len(shown.links) == int(both and rest <= ceiling)
    assert left.entities == len(view.entities) - len(shown.entities)
    assert left.links == len(view.links) - len(shown.links)
    assert bool(left) is bool(left.entities or left.links)


def test_red_shows_all() -> None:
    """The strictest ceiling gives the view itself."""
    view = marked(TLP.RED, TLP.RED)
    part = shareable(view, Ceiling(TLP.RED))
    assert part.view is view
    assert not part.kept_back
    assert str(part.kept_back) == ""
    assert view.row_of(Entity("domain-name", "a.example")) >= 0


def learnt(*levels: TLP, facts: bool = True) -> Change:
    """One link and one property of a.example, told once under each level."""
    builder = BlockBuilder()
    for by in range(len(levels)):
        a = builder.entity("domain-name", "a.example", by)
        b = builder.entity("ip-address", "192.0.2.1", by)
        builder.link(a, "resolves-to", b, by)
        if facts:
            builder.property(a, "about", f"told under {by}", by)
    sources = tuple(Provenance("p", "p.t", "0" * 32, 0, tlp=level) for level in levels)
    return Change(Observe("main", sources), 1, "a", "l", block=builder.build())


def test_what_was_learnt_under_a_stricter_marking_stays() -> None:
    """The entity and the link leave for what others say of them; what is stricter does not."""
    view = view_of(state_of(learnt(TLP.GREEN, TLP.RED)))
    part = shareable(view, Ceiling(TLP.AMBER))
    assert (len(part.view.entities), len(part.view.links)) == (2, 1)
    assert len(part.view.observations) == 1
    texts = part.view.state.properties.texts.take(part.view.properties)
    assert list(texts) == ["told under 0"]
    assert part.kept_back == KeptBack(facts=2, ceiling=Ceiling(TLP.AMBER))
    assert str(part.kept_back) == "Kept back, marked stricter than TLP:AMBER: 2 facts."
    assert (part.admits(0), part.admits(1)) == (True, False)


def test_what_carries_none_is_not_looser_than_the_default() -> None:
    """Facts without a marking count as the default, entities as who brought them."""
    view = view_of(state_of(learnt(TLP.UNMARKED, TLP.CLEAR)))
    clear = shareable(view, Ceiling(TLP.CLEAR))
    assert not len(clear.view.entities)
    assert not len(shareable(view, Ceiling(TLP.AMBER, Marking(TLP.RED))).view.entities)
    assert len(shareable(view, Ceiling(TLP.GREEN)).view.observations) == 2


def test_the_investigation_is_the_least_for_what_was_learnt() -> None:
    """Under an investigation of TLP:RED a fact that was learnt under TLP:CLEAR stays."""
    state = state_of(learnt(TLP.CLEAR), decided(Mark(5)), decided(Mark(1, 0, A)))
    part = shareable(view_of(state), Ceiling(TLP.GREEN))
    assert names(part.view) == {"a.example"}
    assert not len(part.view.properties)


@pytest.mark.parametrize(
    ("text", "ceiling", "leaves"),
    [
        ("seen by us", TLP.GREEN, True), ("seen by us", TLP.CLEAR, False),
        ("[TLP:RED] of the victim", TLP.AMBER, False), ("TLP:PINK", TLP.AMBER, False),
        ("TLP:CLEAR", TLP.CLEAR, True), ("TLP:RED", TLP.RED, True),
    ],
)  # fmt: skip
def test_a_note_is_marked_by_what_stands_in_it(text: str, ceiling: TLP, leaves: bool) -> None:
    """A note leaves under its own marking, else under the default, and is counted."""
    state = state_of(observed(LINE), decided(Note(text)))
    part = shareable(view_of(state), Ceiling(ceiling))
    assert [one.text for one in part.notes] == [text] * leaves
    assert part.kept_back.notes == int(not leaves)


def test_who_is_merged_is_told_with_its_note() -> None:
    """A note of an entity that stays, stays."""
    state = state_of(observed("a.example", "b.example"), decided(EntityMerge(A, B)),
                     decided(Note("secret", B)), decided(Mark(5, 0, B)))  # fmt: skip
    part = shareable(view_of(state), Ceiling())
    assert (names(part.view), part.notes) == (set(), ())


def test_lowering_overrules_what_was_said_before_and_not_after() -> None:
    """Who lowers an entity for a reason overrules its sources and properties up to then."""

    def said(text: str) -> Change:
        builder = BlockBuilder()
        builder.property(builder.entity("domain-name", "a.example", 0), "tlp", text, 0)
        sources = (Provenance("p", "p.t", "0" * 32, 0, tlp=TLP.RED),)
        return Change(Observe("main", sources), 5, text, "l", block=builder.build())

    lowered = decided(Mark(2, 0, A, "the source agreed"))
    state = state_of(said("RED"), lowered)
    assert names(shareable(view_of(state), Ceiling(TLP.GREEN)).view) == {"a.example"}
    assert not len(shareable(view_of(state), Ceiling(TLP.GREEN)).view.properties)
    later = state_of(said("RED"), lowered, said("TLP:AMBER"))
    assert names(shareable(view_of(later), Ceiling(TLP.GREEN)).view) == set()
    assert names(shareable(view_of(later), Ceiling(TLP.AMBER)).view) == {"a.example"}


def test_a_ceiling_of_a_pap_bounds_it_and_one_without_does_not() -> None:
    """What may be done with a fact is no question of how far it may be shared."""
    assert Marking(TLP.GREEN, PAP.RED).allows(Marking(TLP.AMBER))
    assert not Marking(TLP.GREEN, PAP.RED).allows(Marking(TLP.AMBER, PAP.GREEN))
