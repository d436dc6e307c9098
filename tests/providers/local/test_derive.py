"""What is told without asking anyone."""

from __future__ import annotations

import pytest

from clew.providers.local.derive import listed, name_to_registered_domain, url_to_host
from clew.schema.types import URL, DomainName, EmailAddress, IPAddress
from clew.schema.value import Value
from clew.transform.claim import LinkClaim, PropertyClaim
from clew.transform.testing import play


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://www.seaside.example/xmas.zip", DomainName("www.seaside.example")),
        ("http://192.0.2.1:8080/a", IPAddress("192.0.2.1")),
        ("https://[2001:db8::1]/", IPAddress("2001:db8::1")),
        ("http://user@a.nosuchtld/", DomainName("a.nosuchtld")),
    ],
)  # fmt: skip
def test_a_url_has_its_host(url: str, host: Value) -> None:
    """A name is a domain name, an address an address, of either version."""
    [said] = play(url_to_host, URL(url), {})
    assert isinstance(said, LinkClaim)
    assert (said.link, said.target) == ("has-host", host)
    assert not said.seen.dated


@pytest.mark.parametrize(
    ("name", "domain"),
    [
        ("aniu.skypetm.com.tw", "skypetm.com.tw"),
        ("laton.dyn1.example", "dyn1.example"),
        ("a.b.example.org", "example.org"),
        ("example.org", None),
        ("com.tw", None),
    ],
)
def test_a_name_lies_under_its_registered_domain(name: str, domain: str | None) -> None:
    """Public suffixes are known; what is registered itself lies under nothing."""
    said = play(name_to_registered_domain, DomainName(name), {})
    assert [it.target for it in said if isinstance(it, LinkClaim)] == ([domain] if domain else [])


@pytest.mark.parametrize(
    ("value", "state"),
    [
        (DomainName("laton.bounceme.net"), "dynamic-dns"),
        (IPAddress("8.8.8.8"), "public-resolver"),
        (EmailAddress("x@whoisguard.com"), "privacy-registrant"),
        (DomainName("a.example"), None),
    ],
)
def test_lists_give_states(value: Value, state: str | None) -> None:
    """A state from a list names the list, and has no dates."""
    said = [it for it in play(listed, value, {}) if isinstance(it, PropertyClaim)]
    assert {it.value for it in said} == ({state} if state else set())
    assert all(it.sources and not it.seen.dated for it in said)
