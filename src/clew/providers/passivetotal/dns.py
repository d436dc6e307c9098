"""Passive DNS, both ways."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from clew.errors import InvalidValue
from clew.model.interval import Window
from clew.providers.passivetotal import PROVIDER, vendor_day
from clew.schema.record_type import ADDRESS_RECORDS, RECORD_TYPES
from clew.schema.types import DomainName, EmailAddress, IPAddress
from clew.transform.contract import Api, Cost, transform
from clew.transform.finding import Cut, Findings, LinkFinding, Sighting
from clew.transform.row import Row

QUERY = Cost(credits=1, unit="search_api")
RESOLVE_TYPES = frozenset({"", "ip", "domain", "host", "email"})
"""What the found end of a row is; bodies of 2015 tell none."""
LINKS = {"CNAME": "alias-of", "NS": "served-by-name-server", "MX": "served-by-mail-server"}


async def _rows(query: str, api: Api, window: Window | None) -> AsyncIterator[Row | Cut]:
    """Rows of one query; says when the vendor holds more than it gave."""
    answer = await api.get(
        "dns/passive",
        query=query,
        start=f"{window.start:%Y-%m-%d}" if window else None,
        end=f"{window.end:%Y-%m-%d}" if window else None,
    )
    rows = answer.listed("results") if answer else ()
    for row in rows:
        record_type = _record_type(row)
        # Of an address only names can be told, so there a missing type leaves nothing open.
        if record_type not in RECORD_TYPES and (record_type or not isinstance(query, IPAddress)):
            row.note("recordType", "is none that is known")
        yield row
    total = answer.integer("totalRecords")
    if total is not None and total > len(rows):
        yield Cut("the vendor gave less than it holds", len(rows), total)


def _record_type(row: Row) -> str:
    """The record type; bodies of 2015 tell none, and there an address says that it is one."""
    declared = row.text("recordType")
    if declared or row.text("resolveType") not in ("", "ip"):
        return declared
    try:
        return "AAAA" if ":" in IPAddress(row.text("resolve")) else "A"
    except InvalidValue:
        return ""


def _seen(row: Row) -> Sighting:
    return Sighting(vendor_day(row.text("firstSeen")), vendor_day(row.text("lastSeen")))


def _found(kind: Any, row: Row, link: str, *, reverse: bool = False) -> LinkFinding[Any]:
    return LinkFinding(
        kind,
        row["resolve"],
        _seen(row),
        row.texts("source"),
        link=link,
        reverse=reverse,
        detail={"record_type": _record_type(row), "record_hash": row.text("recordHash")},
    )


@transform(PROVIDER, link="resolves-to", cost=QUERY, expects=5)
async def name_to_addresses(
    name: DomainName, api: Api, *, window: Window | None = None
) -> Findings[IPAddress]:
    """Addresses this name has resolved to, as passive DNS sensors saw it."""
    async for row in _rows(name, api, window):
        if isinstance(row, Cut):
            yield row
        elif _record_type(row) in ADDRESS_RECORDS:
            yield _found(IPAddress, row, "resolves-to")


@transform(PROVIDER, link="alias-of", cost=QUERY, expects=3)
async def name_to_names(
    name: DomainName, api: Api, *, window: Window | None = None
) -> Findings[DomainName | EmailAddress]:
    """Aliases, name servers, mail servers and SOA contacts of a name over time."""
    async for row in _rows(name, api, window):
        if isinstance(row, Cut):
            yield row
        elif row.word("resolveType", RESOLVE_TYPES) == "email":
            yield _found(EmailAddress, row, "has-contact")
        elif link := LINKS.get(row.text("recordType")):
            yield _found(DomainName, row, link)


@transform(PROVIDER, link="resolves-to", cost=QUERY, expects=20)
async def address_to_names(
    address: IPAddress, api: Api, *, window: Window | None = None
) -> Findings[DomainName]:
    """Names that have resolved to this address, as passive DNS sensors saw it."""
    async for row in _rows(address, api, window):
        if isinstance(row, Cut):
            yield row
        elif row.word("resolveType", RESOLVE_TYPES) in ("domain", "host", ""):
            yield _found(DomainName, row, "resolves-to", reverse=True)


@transform(PROVIDER, link="under-domain", cost=QUERY, expects=10)
async def domain_to_subdomains(domain: DomainName, api: Api) -> Findings[DomainName]:
    """Names below a domain that the sensors know, without dates."""
    answer = await api.get("enrichment/subdomains", query=f"*.{domain}")
    for label in answer.listed_texts("subdomains") if answer else ():
        yield LinkFinding(DomainName, f"{label}.{domain}", reverse=True)
