"""Graph files element by element: in any order, and never whole in memory."""

from __future__ import annotations

import pytest

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.graphml_gexf.gexf import read_gexf
from clew.interop.graphml_gexf.graphml import read_graphml
from clew.interop.graphml_gexf.stream import outer_elements
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN

ATTRIBUTES = '<attributes class="node"><attribute id="0" title="type"/></attributes>'
NODES = (
    '<nodes><node id="a" label="a.example.org"><attvalues><attvalue for="0" value="domain-name"/>'
    '</attvalues></node><node id="b" label="192.0.2.1"/></nodes>'
)
EDGES = '<edges><edge source="a" target="b" label="resolves-to" type="directed"/></edges>'
KEYS = '<key id="k" for="node" attr.name="type"/>'
GRAPHML_NODES = '<node id="a.example.org"><data key="k">domain-name</data></node><node id="b"/>'
GRAPHML_EDGE = '<edge source="a.example.org" target="b"/>'


def said(graph: ExchangeGraph) -> object:
    """Entities and links of a graph."""
    return graph.entities(), [(one.subject, one.detail) for _, _, one in graph.links()]


def gexf(*parts: str) -> object:
    """What a file with these parts in this order brings."""
    text = f'<gexf xmlns="http://gexf.net/1.3"><graph>{"".join(parts)}</graph></gexf>'
    graph, problems = read_gexf(text.encode(), ORIGIN, catalogue())
    return said(graph), problems


def graphml(head: str, inner: str, behind: str = "") -> object:
    """What a file with these parts brings."""
    text = f'<graphml>{head}<graph edgedefault="directed">{inner}</graph>{behind}</graphml>'
    graph, problems = read_graphml(text.encode(), ORIGIN, catalogue())
    return said(graph), problems


def test_the_order_of_parts_does_not_count() -> None:
    """Declarations behind the nodes, and edges before them, mean the same."""
    plain = gexf(ATTRIBUTES, NODES, EDGES)
    assert gexf(NODES, EDGES, ATTRIBUTES) == plain
    assert gexf(EDGES, ATTRIBUTES, NODES) == plain
    assert gexf(EDGES, NODES, ATTRIBUTES) == plain
    keyed = graphml(KEYS, GRAPHML_NODES + GRAPHML_EDGE)
    assert graphml("", GRAPHML_NODES + GRAPHML_EDGE, KEYS) == keyed
    assert graphml(KEYS, GRAPHML_EDGE + GRAPHML_NODES) == keyed


@pytest.mark.parametrize("end", ["</graph>", "</node></graph></gexf>", "", "</graph></gexf>&x;"])
def test_damage_behind_the_first_nodes_is_told(end: str) -> None:
    """A file that does not hold to its end is refused, however far it was read."""
    text = f"<gexf><graph>{NODES}{end}"
    with pytest.raises(InvalidValue, match="line"):
        read_gexf(text.encode(), ORIGIN, catalogue())


def test_what_was_read_is_let_go() -> None:
    """No more is kept of a file than the piece that the parser reads at once, 32 KB."""
    nodes = "".join(f'<node id="{at}"><x/><node id="i{at}"/></node>' for at in range(8_000))
    data = f"<gexf><graph><nodes>{nodes}</nodes></graph></gexf>".encode()
    most = max(len(element.getparent()) for _, _, element in outer_elements(data, ("edge",)))
    assert most < 2_000
