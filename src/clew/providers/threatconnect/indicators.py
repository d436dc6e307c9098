"""Indicators of an incident, and what an indicator belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from clew.errors import InvalidValue
from clew.providers.threatconnect import PAGE_ROWS, PROVIDER, quote_tql
from clew.schema.types import (
    URL,
    AutonomousSystem,
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
from clew.schema.value import Value
from clew.transform.contract import Api, transform
from clew.transform.finding import Finding, Findings, Found, Problem
from clew.transform.row import Row

Indicator = URL | DomainName | IPAddress | EmailAddress | File
KINDS: dict[str, type[Value]] = {
    "Address": IPAddress,
    "EmailAddress": EmailAddress,
    "File": File,
    "Host": DomainName,
    "URL": URL,
    "ASN": AutonomousSystem,
    "CIDR": Netblock,
    "Mutex": Mutex,
    "Registry Key": RegistryKey,
    "User Agent": UserAgent,
}
GROUPS: dict[str, tuple[type[Value], str]] = {
    "Incident": (Incident, "related-to"),
    "Adversary": (ThreatActor, "attributed-to"),
    "Intrusion Set": (ThreatActor, "attributed-to"),
    "Malware": (MalwareFamily, "uses"),
    "Vulnerability": (Vulnerability, "exploits"),
}
ASKED: dict[str, Any] = {"count": True, "resultStart": 0, "resultLimit": PAGE_ROWS}


@transform(PROVIDER, link="has-indicator", expects=30)
async def incident_to_indicators(
    incident: Incident,
    api: Api,
    *,
    owner: Annotated[str, "The owner's name; all that the key can read where empty"] = "",
) -> Findings[Indicator]:
    """Indicators of an incident with type, rating, confidence, dates, tags and attributes."""
    clause = f'typeName in ("Incident") and summary = {quote_tql(incident)}'
    if owner:
        clause += f" and ownerName = {quote_tql(owner)}"
    async for group in api.pages("v3/groups", tql=clause, **ASKED):
        number = group.integer("id")
        if number is None:
            continue
        async for row in api.pages(
            "v3/indicators",
            tql=f"hasGroup(id = {number})",
            fields=["tags", "attributes", "securityLabels"],
            **ASKED,
        ):
            for finding in _indicator(row, "has-indicator"):
                yield finding


@transform(PROVIDER, link="related-to", expects=5)
async def incident_to_groups(
    incident: Incident, api: Api
) -> Findings[ThreatActor | MalwareFamily | Vulnerability | Incident]:
    """Actors, families, vulnerabilities and other incidents that an incident is associated with."""
    clause = f'typeName in ("Incident") and summary = {quote_tql(incident)}'
    async for group in api.pages("v3/groups", tql=clause, **ASKED):
        number = group.integer("id")
        if number is None:
            continue
        async for row in api.pages("v3/groups", tql=f"hasGroup(id = {number})", **ASKED):
            for finding in _group(row):
                yield finding


@transform(PROVIDER, link="has-indicator", expects=2)
async def indicator_to_incidents(indicator: Indicator, api: Api) -> Findings[Incident]:
    """Incidents that an indicator belongs to."""
    clause = f'typeName in ("Incident") and hasIndicator(summary = {quote_tql(indicator)})'
    async for row in api.pages("v3/groups", tql=clause, **ASKED):
        facts = {"event_date": row.text("eventDate")[:10], "owner": row.text("ownerName")}
        yield Found(Incident, row["name"], reverse=True, facts=facts)


@transform(PROVIDER, link="related-to", expects=2)
async def indicator_to_groups(
    indicator: Indicator, api: Api
) -> Findings[ThreatActor | MalwareFamily | Vulnerability]:
    """Actors, families and vulnerabilities that an indicator is associated with."""
    clause = f"hasIndicator(summary = {quote_tql(indicator)})"
    async for row in api.pages("v3/groups", tql=clause, **ASKED):
        if row.text("type") != "Incident":
            for finding in _group(row, link="related-to"):
                yield finding


@transform(PROVIDER, link="related-to", expects=5)
async def indicator_to_indicators(indicator: Indicator, api: Api) -> Findings[Indicator]:
    """Indicators that a community holds for related to this one, with the kind of relation."""
    clause = f"hasIndicator(summary = {quote_tql(indicator)})"
    async for row in api.pages("v3/indicators", tql=clause, **ASKED):
        for finding in _indicator(row, "related-to"):
            yield finding


def _indicator(row: Row, link: str) -> Iterator[Finding[Any]]:
    kind = KINDS.get(row.text("type"))
    if kind is None:
        yield Problem(f"indicators of the type {row.text('type')!r} are not known")
        return
    facts = {
        "threatconnect_id": row.text("id"),
        "owner": row.text("ownerName"),
        # A missing rating means "not rated", not 0; dateAdded is the record's, not a sighting's.
        "rating": row.number("rating"),
        "confidence": row.integer("confidence"),
        "date_added": row.text("dateAdded"),
        "description": row.text("description"),
        "tag": [tag.text("name") for tag in row.row("tags").rows("data")],
        "marking": [label.text("name") for label in row.row("securityLabels").rows("data")],
        "attribute": [
            f"{it.text('type')}: {it.text('value')}" for it in row.row("attributes").rows("data")
        ],
    }
    values = _values(kind, row)
    detail = {"relation": row.text("customAssociationName")}
    for value in values[:1]:
        yield Found(kind, value, link=link, facts=facts, detail=detail)
        for other in values[1:]:
            try:
                yield Found(kind, other, link="same-as", of=kind(value))
            except InvalidValue as error:
                yield Problem(str(error))


def _values(kind: type[Value], row: Row) -> list[str]:
    """The value; of a file all its hashes, which one summary may join by colons."""
    if kind is not File:
        return [row.text("summary")]
    hashes = [row.text(name) for name in ("md5", "sha1", "sha256")]
    joined = [part.strip() for part in row.text("summary").split(":")]
    return list(dict.fromkeys(text.lower() for text in (*hashes, *joined) if text))


def _group(row: Row, *, link: str | None = None) -> Iterator[Finding[Any]]:
    known = GROUPS.get(row.text("type"))
    if known is not None:
        yield Found(known[0], row["name"], link=link or known[1])
