"""Plans: what is asked, what is held back, what it costs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.engine.plan import Input, Plan, plan
from clew.model.interval import UNDATED, Interval, Window
from clew.model.marking import TLP, Marking
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
