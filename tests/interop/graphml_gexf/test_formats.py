"""How surely drawn graphs are known."""

from __future__ import annotations

from clew.interop.format import Confidence
from clew.interop.graphml_gexf.formats import sniff_gexf, sniff_graphml
from clew.interop.sample import FileSample


def test_graphs_are_known_by_their_root() -> None:
    """GraphML leaves room for surer dialects; GEXF has none."""
    assert sniff_graphml(FileSample.of(b"<?xml version='1.0'?><graphml/>")) == Confidence.LIKELY
    assert sniff_gexf(FileSample.of(b"<gexf/>")) == Confidence.CERTAIN
    assert sniff_graphml(FileSample.of(b"<gexf/>")) is None
    assert sniff_gexf(FileSample.of(b"gexf")) is None
