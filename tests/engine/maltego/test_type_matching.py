"""Types that fit: one of ours stands for several of Maltego's."""

from __future__ import annotations

import pytest

from clew.engine.maltego.type_matching import kinds_of, takes_any, thing_for
from clew.model.entity import Entity
from clew.schema.registry import catalogue

KINDS = catalogue()
CASES = [
    (Entity("domain-name", "example.org"), (), "maltego.DNSName"),
    (Entity("domain-name", "example.org"), ("maltego.Domain",), "maltego.Domain"),
    (Entity("domain-name", "example.org"), ("maltego.Website",), "maltego.Website"),
    (Entity("domain-name", "example.org"), ("maltego.Person", "maltego.NSRecord"),
     "maltego.NSRecord"),
    (Entity("domain-name", "example.org"), ("maltego.IPv4Address",), None),
    (Entity("domain-name", "example.org"), ("maltego.Unknown",), "maltego.DNSName"),
    (Entity("ip-address", "192.0.2.1"), ("maltego.IPv4Address",), "maltego.IPv4Address"),
    (Entity("ip-address", "2001:db8::1"), ("maltego.IPv4Address",), None),
    (Entity("ip-address", "2001:db8::1"), ("maltego.IPv6Address",), "maltego.IPv6Address"),
    (Entity("ip-address", "192.0.2.1"), ("maltego.IPv6Address",), None),
    (Entity("organisation", "Example"), ("maltego.Company",), "maltego.Company"),
    (Entity("mutex", "x"), ("clew.mutex",), "clew.mutex"),
    (Entity("maltego-gadget", "x"), ("maltego.Gadget",), "maltego.Gadget"),
    (Entity("maltego-gadget", "x"), ("maltego.Phrase",), None),
]  # fmt: skip


@pytest.mark.parametrize(("entity", "types", "sent"), CASES)
def test_an_entity_is_sent_as_the_type_that_is_taken(
    entity: Entity, types: tuple[str, ...], sent: str | None
) -> None:
    """One of our types stands for several of Maltego's; another kind of thing is not sent."""
    made = thing_for(entity, {}, types, KINDS)
    assert (made.type if made else None) == sent


@pytest.mark.parametrize(("entity", "types", "sent"), CASES)
def test_what_fits_is_of_an_accepted_type(
    entity: Entity, types: tuple[str, ...], sent: str | None
) -> None:
    """The types that are told before an entity is looked at leave out none that fits."""
    accepted = {kind.type.name for kind in kinds_of(types, KINDS)}
    if sent is not None:
        assert takes_any(types) or entity.type in accepted


def test_types_that_are_not_known_are_own_ones() -> None:
    """A type of another's making is accepted under the name that its entities have here."""
    names = [kind.type.name for kind in kinds_of(("acme.My Thing", "maltego.Domain"), KINDS)]
    assert names == ["acme-my-thing", "domain-name"]
