"""Hosting history as periods, and what is hosted beside."""

from __future__ import annotations

from typing import Any

from clew.providers.domaintools.hosting import (
    address_to_domains,
    domain_to_addresses,
    domain_to_neighbours,
)
from clew.schema.types import DomainName, IPAddress
from clew.transform.claim import LinkClaim
from clew.transform.finding import Cut, Problem
from clew.transform.testing import play


def event(date: str, action: str, post: str | None) -> dict[str, Any]:
    return {"actiondate": date, "action": action, "pre_ip": None, "post_ip": post, "domain": "X"}


def test_changes_become_periods() -> None:
    """An address holds until the next event; repeated rows count once; the last one is open."""
    gone = event("2013-05-01", "D", None)
    events = [
        event("2012-01-01", "N", "192.0.2.1"), event("2012-06-01", "C", "192.0.2.2"), gone, gone,
        event("2014-01-01", "N", "192.0.2.3"),
    ]  # fmt: skip
    body = {"response": {"domain_name": "X", "ip_history": events}}
    found = play(domain_to_addresses, DomainName("example.org"), {"hosting-history": body})
    assert [(str(one.target), str(one.seen)) for one in found if isinstance(one, LinkClaim)] == [
        ("192.0.2.1", "2012-01-01 to 2012-06-01"),
        ("192.0.2.2", "2012-06-01 to 2013-05-01"),
        ("192.0.2.3", "2014-01-01 to open"),
    ]


def test_fewer_names_than_counted_is_a_cut() -> None:
    """The vendor's count above the names given is told."""
    host = {"ip_address": "192.0.2.1", "domain_count": 900, "domain_names": ["a.example"]}
    body = {"response": {"ip_addresses": host}}
    found = play(address_to_domains, IPAddress("192.0.2.1"), {"host-domains": body})
    assert found[-1] == Cut("the vendor names fewer than it counts", 1, 900)


def test_one_bad_row_costs_itself_only() -> None:
    """An address that is none is a problem; the next one is read."""
    hosts = [
        {"ip_address": "none", "domain_names": ["a.example"]},
        {"ip_address": "192.0.2.2", "domain_names": ["b.example"]},
    ]
    body = {"response": {"ip_addresses": hosts}}
    found = play(domain_to_neighbours, DomainName("example.org"), {"reverse-ip": body})
    assert isinstance(found[0], Problem)
    assert {str(one.source) for one in found if isinstance(one, LinkClaim)} == {
        "example.org", "b.example",
    }  # fmt: skip
