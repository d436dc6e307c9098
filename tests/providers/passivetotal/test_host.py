"""Certificates and what is seen on hosts."""

from __future__ import annotations

from typing import Any

import pytest

from clew.providers.passivetotal.host import (
    address_to_certificates,
    certificate_to_addresses,
    host_to_components,
    host_to_pairs,
    host_to_trackers,
)
from clew.schema.types import Certificate, DomainName, IPAddress
from clew.schema.value import Value
from clew.transform.claim import LinkClaim
from clew.transform.contract import Transform
from clew.transform.testing import play

NAME, ADDRESS, SHA1 = DomainName("a.example"), IPAddress("192.0.2.1"), "ab" * 20
DATES = {"firstSeen": "2013-01-02 03:04:05", "lastSeen": None}
PAIRS = "host-attributes/pairs"


@pytest.mark.parametrize(
    ("transform", "asked", "path", "row", "link"),
    [
        (address_to_certificates, ADDRESS, "ssl-certificate/history", {"sha1": SHA1},
         ("192.0.2.1", "presents-certificate", SHA1)),
        (certificate_to_addresses, Certificate(SHA1), "ssl-certificate/history",
         {"ipAddresses": ["192.0.2.1", "N/A"]}, ("192.0.2.1", "presents-certificate", SHA1)),
        (host_to_components, NAME, "host-attributes/components",
         {"label": "nginx", "version": "1.2", "category": "Server"},
         ("a.example", "runs-component", "nginx 1.2")),
        (host_to_trackers, NAME, "host-attributes/trackers",
         {"attributeType": "GoogleAnalyticsID", "attributeValue": "UA-1"},
         ("a.example", "has-tracker", "googleanalyticsid:UA-1")),
        (host_to_pairs, NAME, PAIRS, {"child": "b.example", "cause": "redirect"},
         ("a.example", "embeds", "b.example")),
    ],
)  # fmt: skip
def test_a_row_is_one_dated_link(
    transform: Transform, asked: Value, path: str, row: dict[str, Any], link: tuple[str, str, str]
) -> None:
    """Each row is a link to the day; what is not told is unknown."""
    (found,) = play(transform, asked, {path: {"results": [row | DATES]}})
    assert isinstance(found, LinkClaim)
    assert (str(found.source), found.link, str(found.target)) == link
    assert str(found.seen) == "2013-01-02 to unknown"


def test_parents_are_links_the_other_way() -> None:
    """Who embeds this host is the start of the link."""
    body = {"results": [{"parent": "b.example"} | DATES]}
    (found,) = play(host_to_pairs, NAME, {PAIRS: body}, direction="parents")
    assert isinstance(found, LinkClaim)
    assert (str(found.source), str(found.target)) == ("b.example", "a.example")


def test_a_tracker_without_its_kind_is_none() -> None:
    """A row that does not say what it is gives nothing."""
    body = {"results": [{"attributeType": "", "attributeValue": "1"}]}
    assert play(host_to_trackers, NAME, {"host-attributes/trackers": body}) == []
