"""How surely answers of registries are known."""

from __future__ import annotations

import pytest

from clew.interop.format import Confidence
from clew.interop.sample import FileSample
from clew.interop.whois.formats import sniff_rdap, sniff_whois


@pytest.mark.parametrize(
    ("text", "confidence"),
    [
        ("Domain Name: A.EXAMPLE\nRegistrar: X\nStatus: ok\n", Confidence.LIKELY),
        ("[Domain Name] A.EXAMPLE\n[Name Server] ns\n[Registrant] X\n", Confidence.LIKELY),
        ("% whois\ninetnum: 192.0.2.0\nstatus: x\n", Confidence.LIKELY),
        ("Domain Name: A.EXAMPLE\nRegistrar: X\n", None),
        ('["Domain:", "Registrar:", "Status:"]', None),
        ("<p>\nDomain: a\nRegistrar: b\nStatus: c\n", None),
    ],
)
def test_whois_is_known_by_its_labels(text: str, confidence: Confidence | None) -> None:
    """Three labels of registries at the beginnings of lines make an answer."""
    assert sniff_whois(FileSample.of(text.encode())) == confidence


def test_rdap_is_known_by_its_members() -> None:
    """The class of the object, or the conformance, is in each answer."""
    assert sniff_rdap(FileSample.of(b'{"objectClassName": "domain"}')) == Confidence.CERTAIN
    assert sniff_rdap(FileSample.of(b'{"rdapConformance": []}')) == Confidence.CERTAIN
    assert sniff_rdap(FileSample.of(b'{"value": "objectClassName"}')) is None
