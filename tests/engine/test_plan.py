"""Plans: what is asked, what is held back, what it costs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.engine.plan import Input, Plan, plan
from clew.model.interval import UNDATED, Interval, Window
from clew.model.marking import PAP, TLP, Marking
from clew.schema.registered_domain import registered_domain
from clew.schema.registry import catalogue
from clew.schema.types import DomainName, IPAddress
from clew.transform.contract import Api, Cost, transform
from clew.transform.finding import Findings, LinkFinding
from clew.transform.provider import Contact, Provider

VENDOR = Provider("vendor", "Vendor", "For tests.")


@transform(
    VENDOR,
    link="resolves-to",
    cost=Cost(calls=1, credits=2),
    narrow=lambda name: DomainName(found) if (found := registered_domain(name)) else None,
)
async def domain(name: DomainName, api: Api) -> Findings[IPAddress]:
    """Addresses of a name's domain."""
    yield LinkFinding(IPAddress, (await api.get("x"))["a"])


@transform(VENDOR, link="resolves-to", expects=3)
async def address(value: IPAddress, api: Api) -> Findings[DomainName]:
    """Names of an address."""
    yield LinkFinding(DomainName, (await api.get("x"))["a"])


def planned(which: object, *inputs: Input, **options: object) -> Plan:
    settings = {
        "catalogue": catalogue(), "contact": Contact.THIRD_PARTY,
        "contact_limit": Contact.THIRD_PARTY, "ceiling": Marking(TLP.GREEN),
    }  # fmt: skip
    return plan(which, inputs, {}, **{**settings, **options})  # type: ignore[arg-type]


names = st.sampled_from(("a.x.example", "b.x.example", "x.example", "y.example"))


@given(st.lists(names, max_size=6))
def test_what_several_inputs_lead_to_is_asked_once(texts: list[str]) -> None:
    """Hosts of one domain are one look-up, whatever their order."""
    made = planned(domain, *(Input(DomainName(text)) for text in texts))
    wanted = {registered_domain(text) for text in texts}
    assert {str(lookup.value) for lookup in made.lookups} == wanted
    assert made.credits == 2 * len(wanted)


def test_wrong_types_are_held_back() -> None:
    """An input that the transform does not take is told."""
    made = planned(address, Input(DomainName("a.example")))
    assert (len(made.lookups), len(made.skipped)) == (0, 1)


@pytest.mark.parametrize(
    ("seen", "held"),
    [(UNDATED, 1), (Interval.parse("2013-01-01", ""), 1), (Interval.parse("2015-01-01", ""), 0)],
)
def test_sinkholes_bound_pivots_in_their_time(seen: Interval, held: int) -> None:
    """A sinkhole without dates or of those days is not asked about; one of later years is."""
    given_ = Input(IPAddress("192.0.2.1"), states=(("sinkhole", seen),))
    made = planned(address, given_, window=Window.parse("2013"))
    assert len(made.skipped) == held
    assert len(planned(address, given_, through=("sinkhole",)).skipped) == 0


def test_strict_markings_and_far_contacts_stay() -> None:
    """Marking ceiling and contact limit hold inputs back with the reason."""
    value = IPAddress("192.0.2.1")
    red = planned(address, Input(value, Marking(TLP.RED)))
    assert "TLP:RED" in red.skipped[0].reason
    far = planned(address, Input(value), contact=Contact.TARGET)
    assert "contact class 4" in far.skipped[0].reason


def test_kept_replies_cost_nothing() -> None:
    """What a kept reply answers is no call."""
    value = IPAddress("192.0.2.1")
    made = planned(address, Input(value), cached=(value,))
    assert (made.calls, made.credits, made.cached) == (0, 0, 1)
    assert made.expected == 3


@pytest.mark.assurance("marks")
@pytest.mark.parametrize("contact", list(Contact))
@pytest.mark.parametrize("pap", list(PAP))
def test_a_pap_bounds_the_contact_class(pap: PAP, contact: Contact) -> None:
    """RED lets own servers be asked, AMBER third parties, GREEN resolvers, CLEAR the target."""
    most = {PAP.RED: 1, PAP.AMBER: 2, PAP.GREEN: 3}.get(pap, 4)
    one = Input(IPAddress("192.0.2.1"), Marking(pap=pap))
    made = planned(address, one, contact=contact, contact_limit=Contact.TARGET)
    assert bool(made.lookups) is (contact <= most)
    if made.skipped:
        assert f"PAP:{pap.name}" in made.skipped[0].reason
        assert f"class {most} at most" in made.skipped[0].reason


@pytest.mark.assurance("marks")
def test_what_carries_no_marking_counts_as_the_default() -> None:
    """A default over the provider's ceiling, or a PAP in it, keeps what is unmarked here."""
    one = Input(IPAddress("192.0.2.1"))
    strict = planned(address, one, default=Marking(TLP.AMBER))
    assert "TLP:AMBER" in strict.skipped[0].reason
    careful = planned(address, one, default=Marking(TLP.GREEN, PAP.RED))
    assert "PAP:RED" in careful.skipped[0].reason
    assert planned(
        address, Input(one.value, Marking(TLP.GREEN)), default=Marking(TLP.AMBER)
    ).lookups


@given(st.lists(st.tuples(st.sampled_from(list(TLP)), st.sampled_from(list(PAP))), min_size=1))
def test_inputs_of_one_look_up_share_the_strictest_marking(marks: list[tuple[TLP, PAP]]) -> None:
    """What several inputs lead to is marked as the strictest of each scheme."""
    inputs = [Input(DomainName(f"h{at}.x.example"), Marking(*one)) for at, one in enumerate(marks)]
    made = planned(
        domain, *inputs, contact=Contact.LOCAL, contact_limit=Contact.TARGET,
        ceiling=Marking(TLP.RED),
    )  # fmt: skip
    (lookup,) = made.lookups
    assert lookup.marking == Marking(max(one[0] for one in marks), max(one[1] for one in marks))
