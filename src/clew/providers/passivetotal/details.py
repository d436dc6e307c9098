"""Details of addresses and names, with the states that they tell."""

from __future__ import annotations

from clew.providers.passivetotal import PROVIDER, vendor_day
from clew.schema.types import DomainName, IPAddress
from clew.transform.contract import Api, Cost, transform
from clew.transform.finding import Fact, Findings, InState, Sighting
from clew.transform.row import Row

QUERY = Cost(credits=1, unit="search_api")


@transform(PROVIDER, cost=QUERY, through_states={"sinkhole", "parked", "cdn", "shared-hosting"})
async def address_details(address: IPAddress, api: Api) -> Findings[IPAddress]:
    """Network, AS, country, tags, and whether an address is a sinkhole or parks domains."""
    answer = await api.get("enrichment", query=address)
    asn = answer.label("autonomousSystemNumber")
    yield Fact("network", answer.text("network"))
    yield Fact("asn", f"AS{asn}" if asn else "")
    yield Fact("as_name", answer.text("autonomousSystemName"))
    yield Fact("country", answer.text("country"))
    yield Fact("ever_compromised", answer.flag("everCompromised"))
    yield Fact("tag", answer.texts("tags"))
    for state in _states(answer):
        yield state


@transform(PROVIDER, cost=QUERY)
async def name_details(name: DomainName, api: Api) -> Findings[DomainName]:
    """Whether a name is dynamic DNS or was ever compromised, its primary domain and tags."""
    answer = await api.get("enrichment", query=name)
    yield Fact("primary_domain", answer.text("primaryDomain"))
    yield Fact("ever_compromised", answer.flag("everCompromised"))
    yield Fact("tag", answer.texts("tags"))
    if answer.flag("dynamicDns"):
        yield InState("dynamic-dns")
    for state in _states(answer):
        yield state


def _states(answer: Row) -> list[InState]:
    """The flag has no date; where the tag's own record tells since when, that is taken."""
    found: list[InState] = []
    meta = answer.row("tag_meta")
    if answer.flag("sinkhole"):
        since = vendor_day(meta.row("sinkhole").text("created_at"))
        found.append(InState("sinkhole", Sighting(since, None, open=since is not None)))
    if "parked" in answer.texts("tags") or "parked" in answer.texts("system_tags"):
        since = vendor_day(meta.row("parked").text("created_at"))
        found.append(InState("parked", Sighting(since, None, open=since is not None)))
    return found
