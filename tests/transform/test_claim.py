"""Findings become claims or problems."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clew.model.interval import Interval
from clew.model.moment import OPEN, parse_moment
from clew.schema.registry import catalogue
from clew.schema.types import DomainName, IPAddress
from clew.transform.claim import (
    Claim,
    EntityClaim,
    LinkClaim,
    PropertyClaim,
    RemarkClaim,
    claims,
)
from clew.transform.finding import (
    Count,
    Cut,
    Fact,
    InState,
    LinkFinding,
    Mention,
    Problem,
    Remark,
    Sighting,
)

NAME = DomainName("a.example")


def said(finding: object) -> list[Claim]:
    return claims(finding, NAME, "resolves-to", catalogue())


def test_a_found_value_is_a_link_with_dates_and_sources() -> None:
    """Value, dates and sources are checked and canonical."""
    found = said(
        LinkFinding(IPAddress, "::ffff:192.0.2.1", Sighting("2013-01-02", "2013-02"), ("b", "a"))
    )
    seen = Interval.parse("2013-01-02", "2013-02")
    assert found == [LinkClaim(NAME, "resolves-to", IPAddress("192.0.2.1"), seen, ("b", "a"), None)]


def test_a_bad_value_is_a_problem() -> None:
    """A value that its type refuses costs the row only."""
    assert [type(claim) for claim in said(LinkFinding(IPAddress, "nonsense"))] == [Problem]
    assert [type(claim) for claim in said(LinkFinding(IPAddress, {"a": 1}))] == [Problem]
    assert said(LinkFinding(IPAddress, None)) == []


def test_a_bad_date_costs_the_date_only() -> None:
    """The claim stays, undated, with a problem."""
    problem, link = said(LinkFinding(IPAddress, "192.0.2.1", Sighting("soon", None)))
    assert isinstance(problem, Problem)
    assert isinstance(link, LinkClaim)
    assert not link.seen.dated


def test_reversed_dates_are_no_interval() -> None:
    """A first sighting after the last is told and taken for unknown."""
    problem, link = said(LinkFinding(IPAddress, "192.0.2.1", Sighting("2014-01-01", "2013-01-01")))
    assert isinstance(problem, Problem)
    assert isinstance(link, LinkClaim)
    assert not link.seen.dated


def test_still_going_on_is_an_open_end() -> None:
    """Sighting(open=True) ends open, whatever the last look was."""
    (link,) = said(
        LinkFinding(IPAddress, "192.0.2.1", Sighting("2013-01-01", "2014-01-01", open=True))
    )
    assert isinstance(link, LinkClaim)
    assert link.seen == Interval(parse_moment("2013-01-01"), OPEN)


def test_facts_and_states_are_properties() -> None:
    """A fact may have many values; nothing said is left out; a state is a property."""
    assert said(Fact("tag", ["c2", None, "", 3])) == [
        PropertyClaim(NAME, "tag", "c2", Interval(), ()),
        PropertyClaim(NAME, "tag", "3", Interval(), ()),
    ]
    (state,) = said(InState("sinkhole", Sighting("2014-01-01")))
    assert isinstance(state, PropertyClaim)
    assert (state.name, state.value) == ("state", "sinkhole")


def test_a_mention_is_an_entity_with_its_facts() -> None:
    """A value that stands alone is claimed by itself; a bad one is a problem."""
    address = IPAddress("192.0.2.1")
    undated = Interval.parse(None, None)
    assert said(Mention(IPAddress, "192.0.2.1", facts={"country": ["DE", "AT"]})) == [
        EntityClaim(address),
        PropertyClaim(address, "country", "DE", undated, ()),
        PropertyClaim(address, "country", "AT", undated, ()),
    ]
    assert [type(claim) for claim in said(Mention(IPAddress, "nonsense"))] == [Problem]
    assert said(Mention(IPAddress, "")) == []


def test_a_remark_is_about_the_input_or_another() -> None:
    """A free word is claimed of what it is about; blanks say nothing."""
    address = IPAddress("192.0.2.1")
    assert said(Remark(" look \ud800 ")) == [RemarkClaim(NAME, "look ?")]
    assert said(Remark("look", address)) == [RemarkClaim(address, "look")]
    assert said(Remark(" ")) == []
    assert said(Count(7)) == [Count(7)]


def test_texts_that_no_file_can_hold_are_replaced_or_told() -> None:
    """Half of a surrogate pair, which JSON can carry, costs the text and not the claim."""
    half = "\ud800"
    (fact,) = said(Fact(half, half))
    assert isinstance(fact, PropertyClaim)
    assert (fact.name, fact.value) == ("?", "?")
    problem, link = said(LinkFinding(IPAddress, "192.0.2.1", detail={"note": half}))
    assert isinstance(link, LinkClaim)
    assert (type(problem), link.detail) == (Problem, None)


def test_reverse_runs_from_the_value() -> None:
    """A reverse finding starts at the found value."""
    (link,) = said(LinkFinding(DomainName, "b.example", link="alias-of", reverse=True))
    assert isinstance(link, LinkClaim)
    assert (link.source, link.target) == (DomainName("b.example"), NAME)


@given(
    st.one_of(
        st.builds(LinkFinding, st.sampled_from([IPAddress, DomainName]), st.text() | st.integers()),
        st.builds(Fact, st.just("x"), st.text() | st.floats() | st.lists(st.text())),
        st.builds(Cut, st.text(), st.integers()),
        st.builds(Mention, st.just(IPAddress), st.text()),
        st.builds(Remark, st.text(st.characters())),
        st.none(),
    )
)
def test_any_finding_gives_claims_or_problems(finding: object) -> None:
    """Nothing that a transform yields makes the check fail."""
    for claim in said(finding):
        assert isinstance(claim, Claim)
