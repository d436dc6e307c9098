"""The registration of a domain now, and its profile."""

from __future__ import annotations

from clew.providers.domaintools import PROVIDER
from clew.schema.registered_domain import registered_name
from clew.schema.types import DomainName, EmailAddress, IPAddress
from clew.transform.contract import Api, Cost, transform
from clew.transform.finding import Fact, Findings, LinkFinding, Sighting

LOOKUP = Cost(credits=1, unit="lookup")


@transform(PROVIDER, link="registered-by", cost=LOOKUP, narrow=registered_name, expects=3)
async def domain_whois(domain: DomainName, api: Api) -> Findings[EmailAddress | DomainName]:
    """Registrant, dates, registrar and name servers of a domain's current record."""
    answer = await api.get(("v1", str(domain), "whois", "parsed"))
    looked = answer.row("whois").text("date") or None
    seen = Sighting(looked, looked)
    parsed = answer.row("parsed_whois")
    for name in ("created_date", "updated_date", "expired_date"):
        yield Fact(name.removesuffix("_date"), parsed.text(name)[:10], seen)
    yield Fact("registrar", parsed.row("registrar").text("name"), seen)
    registrant = parsed.row("contacts").row("registrant")
    if "@" in registrant.text("email"):
        facts = {"registrant_name": registrant.text("name")}
        yield LinkFinding(EmailAddress, registrant["email"], seen, facts=facts)
    for server in parsed.texts("name_servers"):
        yield LinkFinding(DomainName, server, seen, link="served-by-name-server")


@transform(PROVIDER, cost=LOOKUP, narrow=registered_name)
async def domain_profile(domain: DomainName, api: Api) -> Findings[IPAddress]:
    """Counts of a domain's history, its server and registration, as facts."""
    answer = await api.get(("v1", str(domain)))
    registration, history = answer.row("registration"), answer.row("history")
    yield Fact("registrar", registration.text("registrar"))
    yield Fact("created", registration.text("created"))
    yield Fact("website_title", answer.row("website_data").text("title"))
    yield Fact("whois_records", history.row("whois").integer("records"))
    yield Fact("ip_events", history.row("ip_address").integer("events"))
    yield Fact("registrant_domains", answer.row("registrant").integer("domains"))
    yield LinkFinding(IPAddress, answer.row("server")["ip_address"], link="hosted-on")
