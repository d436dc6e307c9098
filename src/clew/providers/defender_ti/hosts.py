"""Passive DNS, registration and attributes of hosts."""

from __future__ import annotations

from clew.providers.defender_ti import PROVIDER
from clew.schema.record_type import ADDRESS_RECORDS, RECORD_TYPES
from clew.schema.registered_domain import registered_name
from clew.schema.types import (
    Component,
    DomainName,
    EmailAddress,
    IPAddress,
    Organisation,
    Tracker,
)
from clew.transform.contract import Api, transform
from clew.transform.finding import Fact, Findings, LinkFinding, Sighting
from clew.transform.row import Row

Host = DomainName | IPAddress


def _seen(row: Row) -> Sighting:
    return Sighting(row["firstSeenDateTime"], row["lastSeenDateTime"])


@transform(PROVIDER, link="resolves-to", expects=5)
async def name_to_addresses(name: DomainName, api: Api) -> Findings[IPAddress]:
    """Addresses this name has resolved to, as passive DNS sensors saw it."""
    async for row in api.pages(("hosts", str(name), "passiveDns")):
        record_type = row.word("recordType", RECORD_TYPES)
        if record_type in ADDRESS_RECORDS:
            detail = {"record_type": record_type}
            yield LinkFinding(IPAddress, row.row("artifact")["id"], _seen(row), detail=detail)


@transform(PROVIDER, link="resolves-to", expects=20)
async def address_to_names(address: IPAddress, api: Api) -> Findings[DomainName]:
    """Names that have resolved to this address, as passive DNS sensors saw it."""
    async for row in api.pages(("hosts", str(address), "passiveDnsReverse")):
        record_type = row.word("recordType", RECORD_TYPES)
        if record_type in ADDRESS_RECORDS:
            detail = {"record_type": record_type}
            name = _found_end(row, address)
            yield LinkFinding(DomainName, name, _seen(row), reverse=True, detail=detail)


def _found_end(row: Row, asked: IPAddress) -> str:
    """
    The end of a resolution that was not asked about.

    The artifact is what was found and the parent host what was asked for, in both directions; the
    vendor's documentation says "generally", so an artifact that is the asked value is not taken.
    """
    found = row.row("artifact").text("id")
    return found if found != asked else row.row("parentHost").text("id")


@transform(PROVIDER)
async def host_details(host: Host, api: Api) -> Findings[IPAddress]:
    """Netblock, AS, country and hosting provider of an address; registrar of a name."""
    answer = await api.get(("hosts", str(host)))
    system = answer.row("autonomousSystem")
    yield Fact("network", answer.text("netblock"))
    yield Fact("asn", f"AS{number}" if (number := system.label("number")) else "")
    yield Fact("as_name", system.text("organization"))
    yield Fact("country", answer.text("countryOrRegion"))
    yield Fact("hosting", answer.text("hostingProvider"))
    yield Fact("registrar", answer.text("registrar"))


@transform(PROVIDER)
async def host_reputation(host: Host, api: Api) -> Findings[IPAddress]:
    """Reputation of a host: classification, score and the rules behind it."""
    answer = await api.get(("hosts", str(host), "reputation"))
    yield Fact("reputation", answer.text("classification"))
    yield Fact("reputation_score", answer.integer("score"))
    yield Fact("reputation_rule", [rule.text("name") for rule in answer.rows("rules")])


@transform(PROVIDER, link="registered-by", narrow=registered_name, expects=3)
async def domain_whois(
    domain: DomainName, api: Api
) -> Findings[EmailAddress | DomainName | Organisation]:
    """The registration of a domain now: registrant, registrar, dates and name servers."""
    row = await api.get(("hosts", str(domain), "whois"))
    # A record that is not dated itself was so when the registry last changed it.
    seen = Sighting(row["firstSeenDateTime"], row["lastSeenDateTime"] or row["lastUpdateDateTime"])
    for name, member in (
        ("created", "registrationDateTime"),
        ("updated", "lastUpdateDateTime"),
        ("expires", "expirationDateTime"),
    ):
        yield Fact(name, row.text(member), seen)
    registrar = row.row("registrar")
    yield Fact("registrar", registrar.text("organization") or registrar.text("name"), seen)
    registrant = row.row("registrant")
    if "@" in registrant.text("email"):
        facts = {"registrant_name": registrant.text("name")}
        yield LinkFinding(EmailAddress, registrant["email"], seen, facts=facts)
    yield LinkFinding(Organisation, registrant.text("organization"), seen)
    for server in row.listed("nameservers") if "nameservers" in row else ():
        of_server = _seen(server) if server["firstSeenDateTime"] else seen
        name = server.row("host")["id"]
        yield LinkFinding(DomainName, name, of_server, link="served-by-name-server")


@transform(PROVIDER, link="embeds", expects=5)
async def host_to_pairs(host: DomainName, api: Api) -> Findings[DomainName]:
    """Hosts that this one loads from or points to."""
    async for row in api.pages(("hosts", str(host), "childHostPairs")):
        detail = {"cause": row.text("linkKind")}
        yield LinkFinding(DomainName, row.row("childHost")["id"], _seen(row), detail=detail)


@transform(PROVIDER, link="runs-component", expects=5)
async def host_to_components(host: Host, api: Api) -> Findings[Component]:
    """Software and services seen on a host."""
    async for row in api.pages(("hosts", str(host), "components")):
        name = " ".join(filter(None, (row.text("name"), row.text("version"))))
        detail = {"category": row.text("category")}
        yield LinkFinding(Component, name, _seen(row), detail=detail)


@transform(PROVIDER, link="has-tracker", expects=2)
async def host_to_trackers(host: Host, api: Api) -> Findings[Tracker]:
    """Analytics and advertising ids seen on a host."""
    async for row in api.pages(("hosts", str(host), "trackers")):
        if row.text("kind") and row.text("value"):
            yield LinkFinding(Tracker, f"{row.text('kind')}:{row.text('value')}", _seen(row))
