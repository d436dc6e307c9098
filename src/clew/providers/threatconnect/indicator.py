"""What an indicator belongs to, in all owners that the key can read."""

from __future__ import annotations

from clew.providers.threatconnect import PROVIDER
from clew.providers.threatconnect.findings import FIELDS, association_finding, group, group_facts
from clew.providers.threatconnect.incident import Group, Indicator
from clew.providers.threatconnect.tql import PAGED, incidents_of, indicator_is
from clew.schema.types import DomainName, Incident, IPAddress
from clew.transform.contract import Api, transform
from clew.transform.finding import Cut, Findings, LinkFinding, Sighting


@transform(PROVIDER, link="has-indicator", expects=2)
async def indicator_to_incidents(indicator: Indicator, api: Api) -> Findings[Incident]:
    """Incidents that an indicator belongs to."""
    tql = f"{incidents_of()} and hasIndicator({indicator_is(indicator)})"
    async for row in api.pages("v3/groups", tql=tql, fields=FIELDS, **PAGED):
        yield LinkFinding(Incident, row["name"], reverse=True, facts=group_facts(row))


@transform(PROVIDER, link="related-to", expects=2)
async def indicator_to_groups(indicator: Indicator, api: Api) -> Findings[Group]:
    """Actors, families, vulnerabilities and reports that an indicator is linked with."""
    tql = f'typeName not in ("Incident") and hasIndicator({indicator_is(indicator)})'
    async for row in api.pages("v3/groups", tql=tql, fields=FIELDS, **PAGED):
        for finding in group(row, indicator):
            yield finding


@transform(PROVIDER, link="related-to", expects=5)
async def indicator_to_indicators(indicator: Indicator, api: Api) -> Findings[Indicator]:
    """Indicators that an owner holds for related to this one, and the kind of relation."""
    tql = indicator_is(indicator)
    async for row in api.pages("v3/indicators", tql=tql, fields=["customAssociations"], **PAGED):
        found = row.row("customAssociations")
        others = found.listed("data") if found else ()
        for other in others:
            for finding in association_finding(other, indicator):
                yield finding
        total = found.integer("count")
        if total is not None and total > len(others):
            yield Cut("the platform nests only so many associations", len(others), total)


@transform(PROVIDER, link="resolves-to", expects=5)
async def name_to_addresses(name: DomainName, api: Api) -> Findings[IPAddress]:
    """Addresses that ThreatConnect's own DNS tracking saw for a host, in your organisation."""
    # Version 3 lacks this; version 2 reads the key's own organisation where no owner is named.
    path = ("v2", "indicators", "hosts", str(name), "dnsResolutions")
    answer = await api.get(path, resultStart=0, resultLimit=500)
    found = answer.row("data")
    looks = found.listed("dnsResolution") if found else ()
    for looked in looks:
        at = looked.text("resolutionDate") or None
        for address in looked.listed("addresses"):
            yield LinkFinding(IPAddress, address["ip"], Sighting(at, at))
    total = found.integer("resultCount")
    if total is not None and total > len(looks):
        yield Cut("the platform gives only so many resolutions", len(looks), total)
