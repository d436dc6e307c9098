"""Owners and their incidents."""

from __future__ import annotations

from typing import Annotated

from clew.providers.threatconnect import PAGE_ROWS, PROVIDER, quote_tql
from clew.schema.types import Incident, Organisation
from clew.transform.contract import Api, transform
from clew.transform.finding import Fact, Findings, Found


@transform(PROVIDER, expects=1)
async def owner_details(owner: Organisation, api: Api) -> Findings[Organisation]:
    """Kind and id of an owner that this key can read: organisation, community or source."""
    async for row in api.pages("v3/security/owners", resultStart=0, resultLimit=PAGE_ROWS):
        if row.text("name") == owner:
            yield Fact("owner_type", row.text("type"))
            yield Fact("threatconnect_id", row.text("id"))


@transform(PROVIDER, link="reported-in", expects=50)
async def owner_to_incidents(
    owner: Organisation,
    api: Api,
    *,
    after: Annotated[str, "Event date from this day on"] = "",
    before: Annotated[str, "Event date up to this day"] = "",
    name: Annotated[str, "Part of the incident's name"] = "",
) -> Findings[Incident]:
    """Incidents of an owner, by date and name."""
    clauses = [f'typeName in ("Incident") and ownerName = {quote_tql(owner)}']
    if after:
        clauses.append(f"eventDate >= {quote_tql(after)}")
    if before:
        clauses.append(f"eventDate <= {quote_tql(before)}")
    if name:
        clauses.append(f"summary contains {quote_tql(name)}")
    async for row in api.pages(
        "v3/groups",
        tql=" and ".join(clauses),
        fields=["tags", "attributes", "securityLabels"],
        count=True,
        resultStart=0,
        resultLimit=PAGE_ROWS,
    ):
        yield Found(
            Incident,
            row["name"],
            link="related-to",
            facts={
                "threatconnect_id": row.text("id"),
                "owner": row.text("ownerName"),
                # The wire writes a time, the platform means the day.
                "event_date": row.text("eventDate")[:10],
                "date_added": row.text("dateAdded"),
                "status": row.text("status"),
                "tag": [tag.text("name") for tag in row.row("tags").rows("data")],
                "marking": [it.text("name") for it in row.row("securityLabels").rows("data")],
                "description": [
                    it.text("value")
                    for it in row.row("attributes").rows("data")
                    if it.text("type") == "Description"
                ],
            },
        )
