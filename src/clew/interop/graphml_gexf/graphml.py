"""GraphML, for yEd, Gephi and networkx: a node an entity, an edge an observation of a link."""

from __future__ import annotations

from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.graphml_gexf.attributes import (
    EDGE_ATTRIBUTES,
    NODE_ATTRIBUTES,
    edges_of,
    exact_texts,
    nodes_of,
    xml_text,
)
from clew.interop.graphml_gexf.graphml_read import OWN, read_graphml

__all__ = ["read_graphml", "write_graphml"]

_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_GRAPH_ATTRIBUTES = {"title": "string", "tlp": "int", "pap": "int", "exact": "string"}


def write_graphml(graph: ExchangeGraph) -> bytes:
    """A graph with its attributes; values are as they are, not defanged."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<graphml xmlns="{_NAMESPACE}">']
    for kind, attributes in (
        ("graph", _GRAPH_ATTRIBUTES), ("node", NODE_ATTRIBUTES), ("edge", EDGE_ATTRIBUTES),
    ):  # fmt: skip
        lines.extend(
            f'<key id="{kind}_{name}" for="{kind}" attr.name="{name}" attr.type="{type_}"/>'
            for name, type_ in attributes.items()
        )
    lines.append(f'<graph id="{OWN}" edgedefault="directed">')
    texts = {"title": graph.title} if graph.title else {}
    if -1 in graph.marks:
        texts |= dict(zip(("tlp", "pap"), map(str, graph.marks[-1]), strict=True))
    lines.append(_data("graph", exact_texts(texts)))
    lines.extend(
        f'<node id="{node.id}">{_data("node", node.texts)}</node>' for node in nodes_of(graph)
    )
    for number, edge in enumerate(edges_of(graph)):
        ends = f'source="{edge.source}" target="{edge.target}"'
        lines.append(f'<edge id="e{number}" {ends}>{_data("edge", edge.texts)}</edge>')
    lines.append("</graph></graphml>\n")
    return "\n".join(lines).encode()


def _data(kind: str, texts: dict[str, str]) -> str:
    return "".join(
        f'<data key="{kind}_{name}">{xml_text(text)}</data>' for name, text in texts.items()
    )
