"""Whois, now and by e-mail."""

from __future__ import annotations

from clew.providers.passivetotal.whois import domain_whois, email_to_domains
from clew.schema.types import DomainName, EmailAddress
from clew.transform.claim import LinkClaim, PropertyClaim
from clew.transform.testing import play

RECORD = {
    "domain": "a.example", "registrar": "Sample", "registered": "2012-01-01T00:00:00.000-0800",
    "expiresAt": "2015-01-01", "lastLoadedAt": "2014-06-30T16:00:00.000-0800",
    "contactEmail": "who@mail.example", "name": "Ada", "registrant": {},
    "nameServers": ["ns1.a.example"],
}  # fmt: skip


def test_a_record_is_of_the_day_it_was_loaded() -> None:
    """Registrant, dates and name servers are as of then; the name goes with the e-mail."""
    found = play(domain_whois, DomainName("a.example"), {"whois": RECORD})
    links = [one for one in found if isinstance(one, LinkClaim)]
    assert [(one.link, str(one.target), str(one.seen)) for one in links] == [
        ("registered-by", "who@mail.example", "2014-06-30"),
        ("served-by-name-server", "ns1.a.example", "2014-06-30"),
    ]
    facts = {one.name: one.value for one in found if isinstance(one, PropertyClaim)}
    assert facts == {
        "registrar": "Sample", "registered": "2012-01-01", "expires": "2015-01-01",
        "registrant_name": "Ada",
    }  # fmt: skip


def test_an_email_has_the_domains_that_name_it() -> None:
    """The link runs from the domain to the e-mail."""
    body = {"results": [RECORD]}
    (found,) = play(email_to_domains, EmailAddress("who@mail.example"), {"whois/search": body})
    assert isinstance(found, LinkClaim)
    assert (str(found.source), str(found.target)) == ("a.example", "who@mail.example")
