"""What belongs to an incident. It is looked up by its name, for the number that the rest needs."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Annotated

from clew.providers.threatconnect import PROVIDER
from clew.providers.threatconnect.findings import FIELDS, group, indicator
from clew.providers.threatconnect.tql import PAGED, incidents_of
from clew.schema.types import (
    URL,
    Alias,
    AutonomousSystem,
    Document,
    DomainName,
    EmailAddress,
    File,
    Incident,
    IPAddress,
    MalwareFamily,
    Mutex,
    Netblock,
    RegistryKey,
    ThreatActor,
    UserAgent,
    Vulnerability,
)
from clew.transform.contract import Api, Cost, transform
from clew.transform.finding import Findings

Owner = Annotated[str, "The owner's name; all that the key can read where empty"]
Indicator = (
    URL | DomainName | IPAddress | EmailAddress | File | AutonomousSystem | Netblock | Mutex
    | RegistryKey | UserAgent
)  # fmt: skip
Group = ThreatActor | Alias | MalwareFamily | Vulnerability | Incident | Document
TWO = Cost(calls=2)


async def _numbers(incident: Incident, api: Api, owner: str) -> AsyncIterator[int]:
    tql = incidents_of(owner=owner, name=incident)
    async for row in api.pages("v3/groups", tql=tql, **PAGED):
        number = row.integer("id")
        if number is not None:
            yield number


@transform(PROVIDER, link="has-indicator", cost=TWO, expects=30)
async def incident_to_indicators(
    incident: Incident,
    api: Api,
    *,
    owner: Owner = "",
    inactive: Annotated[bool, "Also those that the platform holds for inactive"] = False,
) -> Findings[Indicator]:
    """Indicators of an incident with type, rating, confidence, dates, tags and attributes."""
    async for number in _numbers(incident, api, owner):
        for active in ("", " and indicatorActive = false")[: 1 + inactive]:
            tql = f"hasGroup(id = {number}){active}"
            async for row in api.pages("v3/indicators", tql=tql, fields=FIELDS, **PAGED):
                for finding in indicator(row, "has-indicator"):
                    yield finding


@transform(PROVIDER, link="related-to", cost=TWO, expects=5)
async def incident_to_groups(incident: Incident, api: Api, *, owner: Owner = "") -> Findings[Group]:
    """Actors, families, vulnerabilities, reports and incidents that an incident is linked with."""
    async for number in _numbers(incident, api, owner):
        tql = f"hasGroup(id = {number})"
        async for row in api.pages("v3/groups", tql=tql, fields=FIELDS, **PAGED):
            for finding in group(row, incident):
                yield finding
