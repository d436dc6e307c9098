"""What follows from a value itself, or from lists that come with Clew."""

from __future__ import annotations

from clew.providers.local import PROVIDER
from clew.schema.lists import listed_states
from clew.schema.registered_domain import registered_domain
from clew.schema.types import URL, DomainName, EmailAddress, IPAddress
from clew.transform.contract import Api, Cost, transform
from clew.transform.finding import Findings, InState, LinkFinding

FREE = Cost(calls=0)


@transform(PROVIDER, link="has-host", cost=FREE, expects=1)
async def url_to_host(url: URL, api: Api) -> Findings[DomainName | IPAddress]:  # noqa: ARG001
    """The host that a URL names."""
    # A canonical URL has a canonical host, and only addresses have colons or digits alone.
    numeric = ":" in url.host or url.host.replace(".", "").isdigit()
    yield LinkFinding(IPAddress if numeric else DomainName, url.host)


@transform(PROVIDER, link="under-domain", cost=FREE, expects=1)
async def name_to_registered_domain(
    name: DomainName,
    api: Api,  # noqa: ARG001
) -> Findings[DomainName]:
    """The domain that was registered for a name, by the public suffix list."""
    domain = registered_domain(name)
    if domain is not None and domain != name:
        yield LinkFinding(DomainName, domain)


@transform(PROVIDER, cost=FREE)
async def listed(
    value: DomainName | IPAddress | EmailAddress,
    api: Api,
) -> Findings[DomainName]:
    """Lists that a value is on, own ones too: sinkholes, dynamic DNS, parking, CDN, privacy."""
    # A list says that something is so, not since when: the state has no dates.
    for state, name in listed_states(value, extra=api.lists):
        yield InState(state, sources=(name,))
