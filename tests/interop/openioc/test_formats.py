"""How surely OpenIOC is known."""

from __future__ import annotations

from clew.interop.format import Confidence
from clew.interop.openioc.formats import sniff_openioc
from clew.interop.sample import FileSample


def test_both_versions_are_known_by_their_root() -> None:
    """1.0 begins with ioc, 1.1 with OpenIOC."""
    assert sniff_openioc(FileSample.of(b"<ioc id='x'>")) == Confidence.CERTAIN
    assert sniff_openioc(FileSample.of(b"<?xml version='1.0'?><OpenIOC>")) == Confidence.CERTAIN
    assert sniff_openioc(FileSample.of(b"<iocs/>")) is None
