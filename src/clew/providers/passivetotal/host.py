"""Certificates, and attributes of hosts: components, trackers, pairs."""

from __future__ import annotations

from typing import Literal

from clew.providers.passivetotal import PROVIDER, vendor_day
from clew.schema.types import Certificate, Component, DomainName, IPAddress, Tracker
from clew.transform.contract import Api, Cost, transform
from clew.transform.finding import Findings, LinkFinding, Sighting
from clew.transform.row import Row

QUERY = Cost(credits=1, unit="search_api")
Host = DomainName | IPAddress


def _seen(row: Row) -> Sighting:
    return Sighting(vendor_day(row.text("firstSeen")), vendor_day(row.text("lastSeen")))


@transform(PROVIDER, link="presents-certificate", cost=QUERY, expects=3)
async def address_to_certificates(address: IPAddress, api: Api) -> Findings[Certificate]:
    """Certificates that an address has presented."""
    async for row in api.pages("ssl-certificate/history", query=address):
        yield LinkFinding(Certificate, row["sha1"], _seen(row))


@transform(PROVIDER, link="presents-certificate", cost=QUERY, expects=5)
async def certificate_to_addresses(certificate: Certificate, api: Api) -> Findings[IPAddress]:
    """Addresses that have presented a certificate."""
    async for row in api.pages("ssl-certificate/history", query=certificate):
        for address in row.texts("ipAddresses"):
            if address != "N/A":
                yield LinkFinding(IPAddress, address, _seen(row), reverse=True)


@transform(PROVIDER, link="runs-component", cost=QUERY, expects=5)
async def host_to_components(host: Host, api: Api) -> Findings[Component]:
    """Software and services seen on a host."""
    async for row in api.pages("host-attributes/components", query=host):
        name = " ".join(filter(None, (row.text("label"), row.text("version"))))
        detail = {"category": row.text("category")}
        yield LinkFinding(Component, name, _seen(row), detail=detail)


@transform(PROVIDER, link="has-tracker", cost=QUERY, expects=2)
async def host_to_trackers(host: Host, api: Api) -> Findings[Tracker]:
    """Analytics and advertising ids seen on a host."""
    async for row in api.pages("host-attributes/trackers", query=host):
        if row.text("attributeType") and row.text("attributeValue"):
            value = f"{row.text('attributeType')}:{row.text('attributeValue')}"
            yield LinkFinding(Tracker, value, _seen(row))


@transform(PROVIDER, link="embeds", cost=QUERY, expects=5)
async def host_to_pairs(
    host: DomainName, api: Api, *, direction: Literal["children", "parents"] = "children"
) -> Findings[DomainName]:
    """Hosts that this one loads from or points to, or that do so with this one."""
    other = "child" if direction == "children" else "parent"
    async for row in api.pages("host-attributes/pairs", query=host, direction=direction):
        detail = {"cause": row.text("cause")}
        reverse = direction == "parents"
        yield LinkFinding(DomainName, row[other], _seen(row), reverse=reverse, detail=detail)
