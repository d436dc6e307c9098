"""Texts, which take what no other format knows."""

from __future__ import annotations

from clew.interop.format import Confidence, Format
from clew.interop.sample import FileSample
from clew.interop.text.graph import read_text


def sniff_text(sample: FileSample) -> Confidence | None:
    """Anything but an archive."""
    return None if sample.is_archive else Confidence.FALLBACK


TEXT = Format(
    name="text",
    label="Text, HTML, mail or PDF",
    about="Indicators are found in prose, in any defanged form; each keeps its lines. Of JSON of "
    'no known kind the values are read. What a line says of one ("sinkholed", a date nearby) is '
    "offered by `clew extract` and assumed nowhere.",
    sniff=sniff_text,
    read=read_text,
)
