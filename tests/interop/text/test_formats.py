"""Texts take what no other format knows."""

from __future__ import annotations

from clew.interop.format import Confidence
from clew.interop.sample import FileSample
from clew.interop.text.formats import sniff_text
from interop.archives import zipped


def test_a_text_is_the_last_resort() -> None:
    """Anything may be a text, but an archive."""
    assert sniff_text(FileSample.of(b"x")) == Confidence.FALLBACK
    assert sniff_text(FileSample.of(zipped("x"))) is None
