"""STIX: a round trip through a bundle loses nothing."""

from __future__ import annotations

from hypothesis import given

from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.fidelity import ALL, Fidelity, preserved_content
from clew.interop.stix.read import read_stix
from clew.interop.stix.write import write_stix
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN, exchange_graphs

LOSSLESS = Fidelity(ALL)


@given(exchange_graphs())
def test_nothing_is_lost(graph: ExchangeGraph) -> None:
    """A graph written as a bundle and read again is the same graph."""
    again, problems = read_stix(write_stix(graph), ORIGIN, catalogue())
    assert problems == []
    assert preserved_content(again, LOSSLESS) == preserved_content(graph, LOSSLESS)
