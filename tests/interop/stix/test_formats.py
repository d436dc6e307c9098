"""How surely STIX is known."""

from __future__ import annotations

import pytest

from clew.interop.format import Confidence
from clew.interop.sample import FileSample
from clew.interop.stix.formats import sniff_stix, sniff_stix1

ID = b"domain-name--6b616fc1-1505-48e3-8b2c-0d19337bff38"


@pytest.mark.parametrize(
    ("data", "confidence"),
    [
        (b'{"type":"bundle","id":"x","objects":[]}', Confidence.CERTAIN),
        (b'{\n  "id": "bundle--1",\n  "type": "bundle"}', Confidence.CERTAIN),
        (
            b'{"objects":[{"type":"domain-name","id":"' + ID + b'"}],"more":false}',
            Confidence.LIKELY,
        ),
        (b'[{"type":"malware","spec_version":"2.1"}]', Confidence.LIKELY),
        (b'{"id":"' + ID + b'"}\n{"id":"' + ID + b'"}\n', Confidence.LIKELY),
        (b'{"id":"x--1"}', None),
        (ID, None),
        (b"<bundle/>", None),
    ],
)
def test_stix_is_known_by_its_bundle_its_version_or_its_ids(
    data: bytes, confidence: Confidence | None
) -> None:
    """A bundle is certain; lists, envelopes and lines have ids or versions of STIX."""
    assert sniff_stix(FileSample.of(data)) == confidence


def test_stix_1_is_known_by_its_package() -> None:
    """The root element is the package, whatever its prefix."""
    assert sniff_stix1(FileSample.of(b"<s:STIX_Package>")) == Confidence.CERTAIN
    assert sniff_stix1(FileSample.of(b"<html/>")) is None
