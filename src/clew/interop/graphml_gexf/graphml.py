"""GraphML, for yEd, Gephi and networkx: a node an entity, an edge an observation of a link."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.graph_builder import GraphBuilder
from clew.interop.graphml_gexf.attributes import (
    EDGE_ATTRIBUTES,
    NODE_ATTRIBUTES,
    FileEdge,
    FileNode,
    edges_of,
    exact_texts,
    nodes_of,
    xml_text,
)
from clew.interop.graphml_gexf.reader import GraphFileReader
from clew.interop.xml import Element, child, children, local, parse_xml, text_of
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

__all__ = ["read_graphml", "write_graphml"]

KEYS_MAX = 10_000
"""Most kinds of attributes that one file declares."""
_NAMESPACE = "http://graphml.graphdrawing.org/xmlns"
_OWN = "clew"
"""Id of the graph in files that Clew writes."""
_GRAPH_ATTRIBUTES = {"title": "string", "tlp": "int", "pap": "int", "exact": "string"}
_SHAPES = {"NodeLabel": "label", "EdgeLabel": "label"}
"""Parts of yEd's drawings that say something, and what."""


@dataclass(slots=True)
class _Keys:
    """Attributes by the key that stands for them."""

    names: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, dict[str, str]] = field(default_factory=dict)
    """Kind of element (node, edge, graph) to what its attributes are where not told."""


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
    lines.append(f'<graph id="{_OWN}" edgedefault="directed">')
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


def read_graphml(
    data: bytes, origin: Provenance, catalogue: Catalogue
) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """
    The graph of all graphs of a file, nested ones with links from the node around them.

    Attributes are known by their name, whatever their key. A node's type is what its attribute
    says where it names one of ours, else what its label looks like; yEd's labels and places count.

    Raises:
        InvalidValue: It is no XML, or no GraphML.

    Source:
        GraphML 1.0 (http://graphml.graphdrawing.org/specification.html).
    """
    root = parse_xml(data)
    if local(root) != "graphml":
        raise InvalidValue("GraphML", local(root), "its root is no graphml")
    builder = GraphBuilder(catalogue, origin)
    graphs = children(root, "graph")
    reader = GraphFileReader(builder, own=len(graphs) == 1 and graphs[0].get("id") == _OWN)
    keys = _keys(root, builder)
    for number, element in enumerate(graphs, 1):
        if number > 1:
            builder.problem(
                f"graph {number}", element.get("id", ""), "a further graph: read into one"
            )
        reader.graph(_texts(element, "graph", keys, reader))
    rows: dict[Element, int | None] = {}
    for number, element in enumerate(root.iter("{*}node"), 1):
        rows[element] = _node(element, f"node {number}", keys, reader)
        _inner(element, rows, reader, f"node {number}")
    undirected = {
        graph for graph in root.iter("{*}graph") if graph.get("edgedefault") == "undirected"
    }
    for number, element in enumerate(root.iter("{*}edge"), 1):
        texts = _texts(element, "edge", keys, reader)
        for name in ("sourceport", "targetport"):
            if element.get(name):
                texts[name] = element.get(name, "")
                reader.once("a port of an edge stands in the details of its link")
        directed = element.get("directed", "")
        if directed == "false" or (element.getparent() in undirected and directed != "true"):
            texts["directed"] = "false"
            reader.once("an edge without direction goes from its source to its target")
        source, target = element.get("source", ""), element.get("target", "")
        reader.edge(FileEdge(source, target, texts, where=f"edge {number}"))
    for number, element in enumerate(root.iter("{*}hyperedge"), 1):
        reader.once("a hyperedge is read as a link from each of its ends to those after it")
        ends = [one.get("node", "") for one in children(element, "endpoint")]
        reader.ends(ends, _texts(element, "hyperedge", keys, reader), f"hyperedge {number}")
    reader.done()
    return builder.build()


def _node(element: Element, where: str, keys: _Keys, reader: GraphFileReader) -> int | None:
    texts = _texts(element, "node", keys, reader)
    if child(element, "port") is not None:
        reader.once("the ports of a node are not read")
    return reader.node(FileNode(element.get("id", ""), texts, where))


def _inner(
    element: Element, rows: dict[Element, int | None], reader: GraphFileReader, where: str
) -> None:
    """Link a node to the node around its graph."""
    around = next(element.iterancestors("{*}node"), None)
    if around is not None:
        reader.once("a node within a node is linked to it: contains")
        if rows[around] != rows[element]:
            reader.builder.link(rows[around], "contains", rows[element], where=where)


def _keys(root: Element, builder: GraphBuilder) -> _Keys:
    keys = _Keys()
    for number, key in enumerate(root.iter("{*}key"), 1):
        if number > KEYS_MAX:
            builder.problem("key", key.get("id", ""), f"only the first {KEYS_MAX} keys are read")
            break
        id_ = key.get("id", "")
        name = keys.names[id_] = key.get("attr.name") or id_
        default = child(key, "default")
        text = _whole(default) if default is not None else ""
        if text.strip():
            kinds = ("graph", "node", "edge", "hyperedge") if key.get("for", "all") == "all" else ()
            for kind in kinds or (key.get("for", ""),):
                keys.defaults.setdefault(kind, {})[name] = text
    return keys


def _texts(element: Element, kind: str, keys: _Keys, reader: GraphFileReader) -> dict[str, str]:
    """What is said of an element, by the names of attributes."""
    texts: dict[str, str] = {}
    drawn: dict[str, str] = {}
    for data in children(element, "data"):
        if len(data):
            drawn |= dict(_drawn(data))
        else:
            key = data.get("key", "")
            texts[keys.names.get(key, key)] = _whole(data)
    described = text_of(child(element, "desc"))
    if described:
        texts.setdefault("description", described)
    defaults = keys.defaults.get(kind, {})
    missing = {name: text for name, text in defaults.items() if name not in texts}
    if missing and reader.may_repeat(missing):
        texts |= missing
    # What a person sees in yEd is the label, whatever other columns are called.
    return texts | {name: text for name, text in drawn.items() if text}


def _drawn(data: Element) -> Iterator[tuple[str, str]]:
    """What a drawing of yEd says: the first label, and where it is."""
    labelled = False
    for one in data.iter():
        name = _SHAPES.get(local(one), "")
        if name and not labelled and (one.text or "").strip():
            labelled = True
            yield name, (one.text or "").strip()
        elif local(one) == "Geometry":
            for place in ("x", "y"):
                yield place, one.get(place, "")


def _whole(element: Element) -> str:
    return element.text or ""


def _data(kind: str, texts: dict[str, str]) -> str:
    return "".join(
        f'<data key="{kind}_{name}">{xml_text(text)}</data>' for name, text in texts.items()
    )
