"""Where a domain was hosted, and what else is hosted there."""

from __future__ import annotations

from clew.errors import InvalidValue
from clew.providers.domaintools import PROVIDER
from clew.schema.registered_domain import registered_name
from clew.schema.types import DomainName, IPAddress
from clew.transform.contract import Api, Cost, transform
from clew.transform.finding import Cut, Fact, Findings, LinkFinding, Problem, Sighting

LOOKUP = Cost(credits=1, unit="lookup")


@transform(PROVIDER, link="hosted-on", cost=LOOKUP, narrow=registered_name, expects=6)
async def domain_to_addresses(domain: DomainName, api: Api) -> Findings[IPAddress | DomainName]:
    """Addresses that a domain was hosted on, as periods between the changes that were seen."""
    answer = await api.get(("v1", str(domain), "hosting-history"))
    changes = {
        (row.text("actiondate"), row.text("action"), row.text("post_ip")): row
        for row in (answer.listed("ip_history") if answer else ())
    }
    events = [changes[key] for key in sorted(changes)]
    for at, event in enumerate(events):
        if not event.text("post_ip"):
            continue
        following = next(
            (other for other in events[at + 1 :] if other["actiondate"] != event["actiondate"]),
            None,
        )
        end = following.text("actiondate") if following is not None else None
        seen = Sighting(event["actiondate"], end, open=following is None)
        yield LinkFinding(
            IPAddress, event["post_ip"], seen, detail={"action": event.text("action")}
        )
    for change in answer.rows("registrar_history"):
        yield Fact("registrar", change.text("registrar"), Sighting(change["date"], None))
    for change in answer.listed("nameserver_history") if "nameserver_history" in answer else ():
        seen = Sighting(change["actiondate"], None)
        yield LinkFinding(DomainName, change["post_mns"], seen, link="served-by-name-server")


@transform(PROVIDER, link="hosted-on", cost=LOOKUP, expects=50)
async def address_to_domains(address: IPAddress, api: Api) -> Findings[DomainName]:
    """Domains that are hosted on an address now, without dates."""
    answer = await api.get(("v1", str(address), "host-domains"))
    # Of one address an object comes, where other questions give a list.
    for host in (answer.row("ip_addresses"),) if answer else ():
        names = host.listed_texts("domain_names")
        for name in names:
            yield LinkFinding(DomainName, name, reverse=True)
        total = host.integer("domain_count")
        if total is not None and total > len(names):
            yield Cut("the vendor names fewer than it counts", len(names), total)


@transform(PROVIDER, link="hosted-on", cost=LOOKUP, narrow=registered_name, expects=50)
async def domain_to_neighbours(domain: DomainName, api: Api) -> Findings[DomainName | IPAddress]:
    """Addresses of a domain now, and the other domains on them."""
    answer = await api.get(("v1", str(domain), "reverse-ip"))
    for host in answer.listed("ip_addresses") if answer else ():
        try:
            address = IPAddress(host["ip_address"])
        except InvalidValue as error:
            yield Problem(str(error))
            continue
        yield LinkFinding(IPAddress, address)
        names = host.listed_texts("domain_names")
        for name in names:
            yield LinkFinding(DomainName, name, of=address, reverse=True)
        total = host.integer("domain_count")
        if total is not None and total > len(names):
            yield Cut("the vendor names fewer than it counts", len(names), total)


@transform(PROVIDER, link="served-by-name-server", cost=LOOKUP, expects=50)
async def name_server_to_domains(server: DomainName, api: Api) -> Findings[DomainName]:
    """Domains that a name server serves now, without dates."""
    answer = await api.get(("v1", str(server), "name-server-domains"))
    lists = ("primary_domains", "secondary_domains") if answer else ()
    names = [name for one in lists for name in answer.listed_texts(one)]
    for name in names:
        yield LinkFinding(DomainName, name, reverse=True)
    total = answer.row("name_server").integer("total")
    if total is not None and total > len(names):
        yield Cut("the vendor names fewer than it counts", len(names), total)
