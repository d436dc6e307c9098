"""Passive DNS rows and their traps."""

from __future__ import annotations

from typing import Any

from clew.providers.passivetotal.details import address_details
from clew.providers.passivetotal.dns import address_to_names, name_to_addresses, name_to_names
from clew.schema.types import DomainName, IPAddress
from clew.transform.claim import LinkClaim, PropertyClaim
from clew.transform.finding import Cut, Problem
from clew.transform.testing import play

NAME = DomainName("www.studio.example")


def row(kind: str, resolve: str, resolve_type: str, **more: Any) -> dict[str, Any]:
    return {
        "recordType": kind, "resolve": resolve, "resolveType": resolve_type,
        "firstSeen": "2016-01-11 15:45:15", "lastSeen": "2017-10-24 08:53:52",
        "source": ["riskiq", "pingly"], **more,
    }  # fmt: skip


BODY = {
    "totalRecords": 9,
    "results": [
        row("A", "192.0.2.1", "ip"),
        row("CNAME", "studio.example", "domain"),
        row("SOA", "hostmaster@studio.example", "email"),
        row("A", "192.0.2.2", "ip", firstSeen=None, lastSeen=None, source="kaspersky"),
    ],
}


def test_only_addresses_and_only_days() -> None:
    """A and AAAA rows are addresses, to the day; rows without dates stay so; a cut is told."""
    found = play(name_to_addresses, NAME, {"dns/passive": BODY})
    links = [one for one in found if isinstance(one, LinkClaim)]
    assert [(str(one.target), str(one.seen), one.sources) for one in links] == [
        ("192.0.2.1", "2016-01-11 to 2017-10-24", ("riskiq", "pingly")),
        ("192.0.2.2", "unknown", ("kaspersky",)),
    ]
    assert found[-1] == Cut("the vendor gave less than it holds", 4, 9)


def test_the_resolve_type_decides() -> None:
    """An SOA row resolves to an e-mail, a CNAME to a name."""
    links = [
        one
        for one in play(name_to_names, NAME, {"dns/passive": BODY})
        if isinstance(one, LinkClaim)
    ]
    assert {(one.link, one.target.type.name) for one in links} == {
        ("alias-of", "domain-name"), ("has-contact", "email-address"),
    }  # fmt: skip


def test_names_of_an_address_run_backwards() -> None:
    """The link starts at the name."""
    body = {"totalRecords": 1, "results": [row("A", "a.example", "domain")]}
    (link,) = play(address_to_names, IPAddress("192.0.2.1"), {"dns/passive": body})
    assert isinstance(link, LinkClaim)
    assert (str(link.source), str(link.target)) == ("a.example", "192.0.2.1")


def test_a_sinkhole_since_a_day() -> None:
    """The tag's own record dates the flag; without it the state has no date."""
    bare = {"sinkhole": True, "autonomousSystemNumber": "64496"}
    dated = {**bare, "tag_meta": {"sinkhole": {"created_at": "2014-02-03"}}}
    for body, seen in ((bare, "unknown"), (dated, "2014-02-03 to open")):
        found = play(address_details, IPAddress("192.0.2.1"), {"enrichment": body})
        states = [one for one in found if isinstance(one, PropertyClaim) and one.name == "state"]
        assert [(one.value, str(one.seen)) for one in states] == [("sinkhole", seen)]


def test_a_body_without_record_types_is_read_by_its_values() -> None:
    """Bodies of 2015 tell no record type: an address is one; of an address, names are told."""
    old = {"recordHash": "aa", "source": ["riskiq"], "firstSeen": "2015-10-09 00:00:00",
           "lastSeen": "2016-01-18 00:00:00"}  # fmt: skip
    rows = [
        {**old, "resolve": "192.0.2.7", "resolveType": "ip", "value": str(NAME)},
        {**old, "resolve": "2001:db8::7", "value": str(NAME)},
        {**old, "resolve": "other.example", "resolveType": "domain", "value": str(NAME)},
    ]
    *links, problem = play(name_to_addresses, NAME, {"dns/passive": {"results": rows}})
    assert [(str(one.target), str(one.seen), one.detail) for one in links] == [  # type: ignore[union-attr]
        ("192.0.2.7", "2015-10-09 to 2016-01-18", '{"record_hash":"aa","record_type":"A"}'),
        ("2001:db8::7", "2015-10-09 to 2016-01-18", '{"record_hash":"aa","record_type":"AAAA"}'),
    ]
    assert problem == Problem("/results[2]/recordType is none that is known")
    row = {**old, "resolve": str(NAME), "resolveType": "domain", "value": "192.0.2.7"}
    (link,) = play(address_to_names, IPAddress("192.0.2.7"), {"dns/passive": {"results": [row]}})
    assert isinstance(link, LinkClaim)
    assert (str(link.source), str(link.target)) == (str(NAME), "192.0.2.7")
