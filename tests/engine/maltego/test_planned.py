"""Plans of asking transforms: types that fit, properties that may go, entities that stay."""

from __future__ import annotations

import pytest

from builders import observed, state_of
from clew.engine.maltego.declared import Declared, Known, LocalTransform, Server
from clew.engine.maltego.planned import (
    Given,
    MaltegoPlan,
    Target,
    fitting,
    given_of,
    plan_maltego,
    target_of,
)
from clew.errors import InvalidValue, UnknownName
from clew.graph.view import view_of
from clew.interop.maltego.exchange import thing_of
from clew.model.block import BlockBuilder
from clew.model.change import Change, Observe
from clew.model.entity import Entity
from clew.model.marking import TLP, UNMARKED, Marking
from clew.model.provenance import Provenance
from clew.schema.registry import catalogue
from clew.transform.provider import Contact

KINDS = catalogue()
LOCAL = LocalTransform("hi", "Hi", "python3", input_type="maltego.Domain", contact=Contact.LOCAL)
KNOWN = Known("acme.to", "To", "https://example.org/run", ("maltego.Person",), (), ("k",), ("k",))
FAR = Server("far", "https://example.org", "tds", Contact.THIRD_PARTY, offers=(KNOWN,))
V3 = Server("new", "https://example.org/seed", "v3", Contact.THIRD_PARTY)


@pytest.mark.parametrize(
    ("entity", "types", "sent"),
    [
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
        (Entity("maltego-gadget", "x"), ("maltego.Gadget",), "maltego.Gadget"),
        (Entity("maltego-gadget", "x"), ("maltego.Phrase",), None),
    ],
)  # fmt: skip
def test_an_entity_is_sent_as_the_type_that_is_taken(
    entity: Entity, types: tuple[str, ...], sent: str | None
) -> None:
    """One of our types stands for several of Maltego's; another kind of thing is not sent."""
    made = fitting(thing_of(entity, {}), entity, types, KINDS)
    assert (made.type if made else None) == sent


def planned(how: LocalTransform | Server, *givens: Given, **more: object) -> MaltegoPlan:
    options = {"limit": 10, "catalogue": KINDS, "contact_limit": Contact.THIRD_PARTY, **more}
    settings = options.pop("settings", {})
    known = how.offers[0] if isinstance(how, Server) and how.offers else None
    target = Target("acme.to" if isinstance(how, Server) else how.name, how, known)
    return plan_maltego(target, givens, settings, **options)  # type: ignore[arg-type]


def test_what_leaves_is_said_and_counted() -> None:
    """A plan names kinds, properties and the receiver; a program makes no counted requests."""
    ada = Given(Entity("person", "Ada"), properties={"born": "1815"})
    plan = planned(FAR, ada)
    assert plan.leaves == "1 entity (person) with 1 property to https://example.org"
    assert (plan.calls, plan.target.provider) == (1, "maltego-far")
    plan = planned(LOCAL, Given(Entity("domain-name", "example.org")))
    assert plan.leaves.endswith("to the program python3")
    assert (plan.calls, plan.target.provider) == (0, "maltego-local")


@pytest.mark.parametrize("tlp", TLP)
def test_a_marking_over_the_ceiling_stays(tlp: TLP) -> None:
    """What is marked stricter than GREEN stays, but for a program that touches nobody."""
    far = planned(FAR, Given(Entity("person", "Ada"), Marking(tlp)))
    assert bool(far.asks) == (tlp <= TLP.GREEN)
    local = planned(LOCAL, Given(Entity("domain-name", "example.org"), Marking(tlp)))
    assert len(local.asks) == 1


def test_secrets_are_known_by_declaration_option_and_name() -> None:
    """A setting that the server says is a key, that the user hides, or that is named so."""
    settings = {"k": "1", "mine": "2", "global#x.api_key": "3", "Auth-Token": "4", "plain": "5"}
    plan = planned(FAR, settings=settings, secrets=["mine"])
    assert plan.secrets == {"k", "mine", "global#x.api_key", "Auth-Token"}


@pytest.mark.parametrize("limit", [0, -1, 10_001])
def test_a_limit_out_of_bounds_is_refused(limit: int) -> None:
    """A limit is above nothing and below too much."""
    with pytest.raises(InvalidValue):
        planned(FAR, limit=limit)


def test_a_local_transform_takes_no_settings() -> None:
    """There is no way to hand them over, so they are refused and not dropped."""
    with pytest.raises(InvalidValue, match="takes none"):
        planned(LOCAL, settings={"a": "b"})


def test_targets_by_name() -> None:
    """A local transform by its name, a server's by both; what a list lacks is unknown."""
    declared = Declared().with_one(LOCAL).with_one(FAR).with_one(V3)
    assert target_of(declared, "hi") == Target("hi", LOCAL)
    assert target_of(declared, "far/acme.to") == Target("acme.to", FAR, KNOWN)
    assert target_of(declared, "new/any.thing").url == "https://example.org"
    for name in ("hi/x", "far", "far/other", "far/", "nothing", "new/"):
        with pytest.raises(UnknownName):
            target_of(declared, name)


def test_properties_under_the_ceiling_go_along() -> None:
    """Those of a stricter source stay here, and so does what only Clew understands."""
    builder = BlockBuilder()
    row = builder.entity("domain-name", "example.org", 0)
    for name, by in (("whois-info", 0), ("secret", 1), ("state", 0), ("original:misp", 0)):
        builder.property(row, name, f"of {name}", by)
    sources = tuple(Provenance("x", "x.y", "0" * 32, 0, tlp=tlp) for tlp in (TLP.GREEN, TLP.RED))
    change = Change(Observe("main", sources), 0, "a", "test", block=builder.build())
    view = view_of(state_of(change), "main")
    (far,) = given_of(view, [0], FAR, KINDS)
    assert (far.entity, far.properties) == (
        Entity("domain-name", "example.org"), {"whois-info": "of whois-info"}
    )  # fmt: skip
    (local,) = given_of(view, [0], LOCAL, KINDS)
    assert local.properties.keys() == {"whois-info", "secret"}


def test_unmarked_entities_are_unmarked() -> None:
    """Entities that nobody marked come with no marking and no properties."""
    view = view_of(state_of(observed("a.example -resolves-to-> 192.0.2.1")), "main")
    givens = given_of(view, view.entities.tolist(), FAR, KINDS)
    assert [(one.marking, dict(one.properties)) for one in givens] == [(UNMARKED, {})] * 2
