"""Owners and their incidents."""

from __future__ import annotations

from typing import Annotated

from clew.providers.threatconnect import PROVIDER
from clew.providers.threatconnect.findings import FIELDS, group_facts
from clew.providers.threatconnect.tql import PAGED, incidents_of, quote_string
from clew.schema.types import Incident, Organisation
from clew.transform.contract import Api, transform
from clew.transform.finding import Findings, LinkFinding


@transform(PROVIDER, link="related-to", expects=5)
async def owners(
    owner: Organisation,  # noqa: ARG001
    api: Api,
) -> Findings[Organisation]:
    """Owners that this key can read: organisations, communities and sources."""
    async for row in api.pages("v3/security/owners", **PAGED):
        facts = {"owner_type": row.text("type"), "platform_id": row.label("id")}
        yield LinkFinding(Organisation, row["name"], facts=facts)


@transform(PROVIDER, link="related-to", expects=50)
async def owner_to_incidents(
    owner: Organisation,
    api: Api,
    *,
    after: Annotated[str, "Event date from this day on"] = "",
    before: Annotated[str, "Event date up to this day"] = "",
    name: Annotated[str, "Part of the incident's name"] = "",
) -> Findings[Incident]:
    """Incidents of an owner, by date and name."""
    clauses = [incidents_of(owner=owner)]
    if after:
        clauses.append(f"eventDate >= {quote_string(after)}")
    if before:
        clauses.append(f"eventDate <= {quote_string(before)}")
    if name:
        clauses.append(f"summary contains {quote_string(name)}")
    tql = " and ".join(clauses)
    async for row in api.pages("v3/groups", tql=tql, fields=FIELDS, **PAGED):
        yield LinkFinding(Incident, row["name"], facts=group_facts(row))
