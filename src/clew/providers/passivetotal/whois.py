"""Whois, now and by e-mail."""

from __future__ import annotations

from clew.providers.passivetotal import PROVIDER, vendor_day
from clew.schema.registered_domain import registered_name
from clew.schema.types import DomainName, EmailAddress
from clew.transform.contract import Api, Cost, transform
from clew.transform.finding import Fact, Findings, LinkFinding, Sighting

QUERY = Cost(credits=1, unit="search_api")


@transform(PROVIDER, link="registered-by", cost=QUERY, narrow=registered_name, expects=3)
async def domain_whois(domain: DomainName, api: Api) -> Findings[EmailAddress | DomainName]:
    """The current registration of a domain: registrant, dates, name servers."""
    row = await api.get("whois", query=domain)
    loaded = vendor_day(row.text("lastLoadedAt"))
    seen = Sighting(loaded, loaded)
    yield Fact("registrar", row.text("registrar"), seen)
    yield Fact("registered", vendor_day(row.text("registered")), seen)
    yield Fact("expires", vendor_day(row.text("expiresAt")), seen)
    registrant = row.row("registrant")
    email = registrant.text("email") or row.text("contactEmail")
    if "@" in email:
        facts = {"registrant_name": registrant.text("name") or row.text("name")}
        yield LinkFinding(EmailAddress, email, seen, facts=facts)
    for server in row.texts("nameServers"):
        yield LinkFinding(DomainName, server, seen, link="served-by-name-server")


@transform(PROVIDER, link="registered-by", cost=QUERY, expects=5)
async def email_to_domains(email: EmailAddress, api: Api) -> Findings[DomainName]:
    """Domains whose current record names this e-mail."""
    async for row in api.pages("whois/search", query=email, field="email"):
        loaded = vendor_day(row.text("lastLoadedAt"))
        yield LinkFinding(DomainName, row["domain"], Sighting(loaded, loaded), reverse=True)
