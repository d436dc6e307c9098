"""A plug-in whose transforms have the names that the recorded requests ask for."""

from __future__ import annotations

import sys

from clew.errors import ProviderDown
from clew.schema.types import DomainName, IPAddress, Person, Phrase
from clew.transform.contract import Api, Cost, transform
from clew.transform.finding import Fact, Findings, InState, LinkFinding, Sighting
from clew.transform.provider import Contact, Provider
from clew.transform.registry import registry_of

VECTOR = Provider("vector", "Vector", "For tests.", contact=Contact.LOCAL)
VEC = Provider("vec", "Vector server", "For tests.", contact=Contact.LOCAL)
FREE = Cost(calls=0)


@transform(VECTOR, link="resolves-to", cost=FREE)
async def kitchensink(
    name: DomainName, api: Api, *, count: int = 2, since: str = "2013-05-20"
) -> Findings[IPAddress]:
    """Addresses, dated and not, a state and a fact of the name."""
    for number in range(count):
        seen = Sighting(since, "2013-06-01") if number % 2 == 0 else Sighting()
        yield LinkFinding(
            IPAddress,
            f"192.0.2.{number + 1}",
            seen,
            ("sensor <1>", "other"),
            facts={"asn": "64500"},
        )
    yield InState("dynamic-dns", Sighting("2013"))
    yield Fact("registrar", "Example & Sons")


@transform(VECTOR, link="related-to", cost=FREE)
async def crash(name: DomainName, api: Api) -> Findings[IPAddress]:
    """Fails by a fault of its own."""
    if name:
        raise RuntimeError("no")
    yield LinkFinding(IPAddress, name)


@transform(VECTOR, link="related-to", cost=FREE)
async def exception(name: DomainName, api: Api) -> Findings[IPAddress]:
    """Fails by a fault of the other side."""
    yield LinkFinding(IPAddress, "192.0.2.1")
    raise ProviderDown("Vector", "refused the key upstream", status=503, helps="Try later.")


@transform(VECTOR, link="related-to", cost=FREE)
async def overlayexample(person: Person, api: Api) -> Findings[Phrase]:
    """A greeting, in a link that runs to the person."""
    yield LinkFinding(Phrase, f"Hi {person}, nice to meet you!", reverse=True)


@transform(VEC, link="resolves-to", cost=FREE)
async def vector_hello(name: DomainName, api: Api) -> Findings[IPAddress | DomainName]:
    """Two addresses, and a name behind one of them."""
    yield LinkFinding(IPAddress, "192.0.2.10", Sighting("2013-05-20"))
    yield LinkFinding(IPAddress, "192.0.2.11")
    yield LinkFinding(DomainName, "b.example.org", of=IPAddress("192.0.2.10"), link="related-to")


@transform(VEC, cost=FREE)
async def vector_boom(name: DomainName, api: Api) -> Findings[Phrase]:
    """Fails by a fault of its own."""
    if name:
        raise RuntimeError("no")
    yield LinkFinding(Phrase, name)


REGISTRY = registry_of([sys.modules[__name__]])
