"""Lists of Microsoft Graph."""

from __future__ import annotations

import pytest

from clew.errors import NotEntitled
from clew.providers.defender_ti.hosts import (
    address_to_names,
    domain_whois,
    host_to_trackers,
    name_to_addresses,
)
from clew.schema.types import DomainName, IPAddress
from clew.transform.claim import Claim, LinkClaim, PropertyClaim
from clew.transform.finding import Problem
from clew.transform.testing import SavedReply, play

NAME = DomainName("a.example.org")


def test_passive_dns_names_no_source() -> None:
    """Rows carry a zone and no sensors; 404 is nothing known."""
    told = {
        "firstSeenDateTime": "2013-01-02T03:04:05Z",
        "lastSeenDateTime": None,
        "recordType": "A",
        "artifact": {"id": "192.0.2.1"},
        "parentHost": {"id": "a.example.org"},
    }
    other = {**told, "recordType": "NS", "artifact": {"id": "ns.example"}}
    found = play(name_to_addresses, NAME, {"passiveDns": {"value": [told, other]}})
    (link,) = [one for one in found if isinstance(one, LinkClaim)]
    assert (str(link.target), str(link.seen), link.sources) == (
        "192.0.2.1",
        "2013-01-02T03:04:05Z to unknown",
        (),
    )
    assert play(name_to_addresses, NAME, {"passiveDns": SavedReply({"error": {}}, 404)}) == []


def lines(found: list[Claim]) -> list[str]:
    """Links and facts as text, with their dates."""
    told = []
    for one in found:
        if isinstance(one, LinkClaim):
            told.append(f"{one.source} -{one.link}-> {one.target} {one.seen}")
        elif isinstance(one, PropertyClaim):
            told.append(f"{one.name}: {one.value} {one.seen}")
    return told


def reverse_row(artifact: str, parent: str, kind: str = "A") -> dict[str, object]:
    """A row as Microsoft documents it for reverse passive DNS."""
    return {
        "@odata.type": "#microsoft.graph.security.passiveDnsRecord", "id": "x",
        "firstSeenDateTime": "2022-04-18T10:31:12Z", "lastSeenDateTime": "2023-03-07T13:19:35Z",
        "collectedDateTime": "2023-03-07T13:59:34.735Z", "recordType": kind,
        "parentHost": {"id": parent},
        "artifact": {"@odata.type": "#microsoft.graph.security.hostname", "id": artifact},
    }  # fmt: skip


def test_names_of_an_address_are_what_was_found() -> None:
    """The parent host is what was asked about, in reverse too; the names are the artifacts."""
    body = {
        "value": [
            reverse_row("www.a.example", "192.0.2.7"),
            reverse_row("mail.a.example", "192.0.2.7"),
            # The other way round, which the documentation leaves open, and no record of addresses.
            reverse_row("192.0.2.7", "old.a.example"),
            reverse_row("ptr.a.example", "192.0.2.7", "PTR"),
            reverse_row("odd.a.example", "192.0.2.7", "ZZZ"),
        ]
    }
    found = play(address_to_names, IPAddress("192.0.2.7"), {"passiveDnsReverse": body})
    seen = "2022-04-18T10:31:12Z to 2023-03-07T13:19:35Z"
    assert lines(found) == [
        f"{name}.a.example -resolves-to-> 192.0.2.7 {seen}" for name in ("www", "mail", "old")
    ]
    assert found[-1] == Problem("/value[4]/recordType is none that is known")


def test_a_registration_is_read_whole() -> None:
    """Registrar and registrant by organisation, three dates, name servers with their own dates."""
    body = {
        "registrationDateTime": "2022-07-30T09:43:19Z", "expirationDateTime": "2024-08-31",
        "firstSeenDateTime": None, "lastSeenDateTime": None,
        "lastUpdateDateTime": "2023-06-24T08:34:15.984Z",
        "registrar": {"email": None, "name": None, "organization": "Example Registrar Inc."},
        "registrant": {"email": "owner@mail.example", "name": "Ann", "organization": "Corp"},
        "admin": {"email": "admin@mail.example"},
        "nameservers": [
            {"firstSeenDateTime": None, "lastSeenDateTime": None, "host": {"id": "ns1.example"}},
            {"firstSeenDateTime": "2023-02-01", "lastSeenDateTime": "2023-03-01",
             "host": {"id": "ns2.example"}},
        ],
    }  # fmt: skip
    found = play(domain_whois, NAME, {"whois": body})
    seen = "unknown to 2023-06-24T08:34:15Z"
    assert lines(found) == [
        f"created: 2022-07-30T09:43:19Z {seen}",
        f"updated: 2023-06-24T08:34:15.984Z {seen}",
        f"expires: 2024-08-31 {seen}",
        f"registrar: Example Registrar Inc. {seen}",
        f"{NAME} -registered-by-> owner@mail.example {seen}",
        f"registrant_name: Ann {seen}",
        f"{NAME} -registered-by-> Corp {seen}",
        f"{NAME} -served-by-name-server-> ns1.example {seen}",
        f"{NAME} -served-by-name-server-> ns2.example 2023-02-01 to 2023-03-01",
    ]
    assert not [one for one in found if isinstance(one, Problem)]


def test_a_missing_licence_is_told() -> None:
    """403 names the permission and the licence."""
    with pytest.raises(NotEntitled, match=r"ThreatIntelligence\.Read\.All"):
        play(host_to_trackers, NAME, {"trackers": SavedReply({"error": {"code": "x"}}, 403)})


def test_registrants_are_dated_by_the_record() -> None:
    """The record's own span dates the registrant."""
    body = {
        "firstSeenDateTime": "2013-01-01T00:00:00Z",
        "lastSeenDateTime": "2014-01-01T00:00:00Z",
        "registrant": {"email": "r@mail.example", "name": "R"},
        "registrar": {"name": "Reg"},
    }
    found = play(domain_whois, NAME, {"whois": body})
    (link,) = [one for one in found if isinstance(one, LinkClaim)]
    assert link.link == "registered-by"
    assert str(link.seen).startswith("2013-01-01")
