"""What follows from a value itself."""

from __future__ import annotations

from clew.providers.local import PROVIDER
from clew.schema.detect import detect
from clew.schema.lists import listed_states
from clew.schema.registered import registered_domain
from clew.schema.registry import catalogue
from clew.schema.types import URL, DomainName, IPAddress
from clew.transform.contract import Api, Cost, transform
from clew.transform.finding import Findings, Found, InState

FREE = Cost(calls=0)


@transform(PROVIDER, link="has-host", cost=FREE, expects=1)
async def url_to_host(url: URL, api: Api) -> Findings[DomainName | IPAddress]:  # noqa: ARG001
    """The host that a URL names."""
    for host in detect(url.host, catalogue())[:1]:
        yield Found(DomainName if isinstance(host, DomainName) else IPAddress, str(host))


@transform(PROVIDER, link="under-domain", cost=FREE, expects=1)
async def name_to_registered_domain(
    name: DomainName,
    api: Api,  # noqa: ARG001
) -> Findings[DomainName]:
    """The domain that was registered for a name, by the public suffix list."""
    domain = registered_domain(name)
    if domain is not None and domain != name:
        yield Found(DomainName, domain)


@transform(PROVIDER, cost=FREE)
async def listed(
    value: DomainName | IPAddress,
    api: Api,  # noqa: ARG001
) -> Findings[DomainName]:
    """Shipped lists that a name or address is on: sinkholes, dynamic DNS, parking, CDN."""
    # A list says that something is so, not since when: the state has no dates.
    for state, name in listed_states(value):
        yield InState(state, sources=(name,))
