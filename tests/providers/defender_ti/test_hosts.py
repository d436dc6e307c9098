"""Lists of Microsoft Graph."""

from __future__ import annotations

import pytest

from clew.errors import NotEntitled
from clew.providers.defender_ti.hosts import domain_whois, host_to_trackers, name_to_addresses
from clew.schema.types import DomainName
from clew.transform.claim import LinkClaim
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
