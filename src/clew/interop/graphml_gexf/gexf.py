"""GEXF 1.3, for Gephi: a node an entity, an edge an observation of a link with its time."""

from __future__ import annotations

from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.graphml_gexf.attributes import (
    EDGE_ATTRIBUTES,
    NODE_ATTRIBUTES,
    edges_of,
    nodes_of,
    xml_text,
)
from clew.interop.graphml_gexf.gexf_read import OWN, read_gexf
from clew.interop.xml import legal
from clew.model.interval import Interval
from clew.model.marking_text import pap_of, tlp_of
from clew.model.moment import Precision

__all__ = ["read_gexf", "write_gexf"]

_NAMESPACE = "http://gexf.net/1.3"
_TYPES = {"int": "integer"}
_BESIDE = frozenset({"label", "x", "y"})
"""What GEXF has its own place for."""


def write_gexf(graph: ExchangeGraph) -> bytes:
    """A graph with attributes, places, and times of edges where both ends are known to the day."""
    edges = list(edges_of(graph))
    dynamic = any(_span(edge.seen) for edge in edges)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<gexf xmlns="{_NAMESPACE}" xmlns:viz="{_NAMESPACE}/viz" version="1.3">',
        f"<meta><creator>{OWN}</creator>{_marking(graph)}"
        f"<description>{xml_text(legal(graph.title))}</description></meta>",
        '<graph defaultedgetype="directed" '
        + ('mode="dynamic" timeformat="date">' if dynamic else 'mode="static">'),
    ]
    for kind, attributes in (("node", NODE_ATTRIBUTES), ("edge", EDGE_ATTRIBUTES)):
        lines.append(f'<attributes class="{kind}">')
        lines.extend(
            f'<attribute id="{name}" title="{name}" type="{_TYPES.get(type_, type_)}"/>'
            for name, type_ in attributes.items()
            if name not in _BESIDE
        )
        lines.append("</attributes>")
    lines.append("<nodes>")
    for node in nodes_of(graph):
        place = ""
        if "x" in node.texts:
            at = f'x="{node.texts["x"]}" y="{node.texts["y"]}" z="0.0"'
            place = f"<viz:position {at}/>"
        label = xml_text(node.texts["label"])
        lines.append(f'<node id="{node.id}" label="{label}">{_values(node.texts)}{place}</node>')
    lines.append("</nodes><edges>")
    for number, edge in enumerate(edges):
        ends = f'source="{edge.source}" target="{edge.target}"'
        label = xml_text(edge.texts["type"])
        lines.append(
            f'<edge id="e{number}" {ends} label="{label}"{_span(edge.seen)}>'
            f"{_values(edge.texts)}</edge>"
        )
    lines.append("</edges></graph></gexf>\n")
    return "\n".join(lines).encode()


def _span(seen: Interval) -> str:
    """Start and end as attributes, where both are known to the day."""
    if min(seen.first.precision, seen.last.precision) < Precision.DAY:
        return ""
    return f' start="{seen.first.at:%Y-%m-%d}" end="{seen.last.at:%Y-%m-%d}"'


def _values(texts: dict[str, str]) -> str:
    values = "".join(
        f'<attvalue for="{name}" value="{xml_text(text)}"/>'
        for name, text in texts.items()
        if name not in _BESIDE
    )
    return f"<attvalues>{values}</attvalues>"


def _marking(graph: ExchangeGraph) -> str:
    """The marking of the whole, as keywords: GEXF has no attributes of a graph."""
    if -1 not in graph.marks:
        return ""
    tlp, pap = graph.marks[-1]
    level = tlp_of(tlp).name.replace("_", "+")
    return f"<keywords>TLP:{level} PAP:{pap_of(pap).name}</keywords>"
