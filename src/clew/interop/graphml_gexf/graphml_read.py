"""GraphML of any program, element by element: what was read is let go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.graph_builder import GraphBuilder
from clew.interop.graphml_gexf.attributes import FileEdge, FileNode
from clew.interop.graphml_gexf.reader import GraphFileReader
from clew.interop.graphml_gexf.stream import declarations, outer_elements
from clew.interop.xml import Element, child, children, clean_xml, local, text_of
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

KEYS_MAX = 10_000
"""Most kinds of attributes that one file declares."""
OWN = "clew"
"""Id of the graph in files that Clew writes."""
_SHAPES = {"NodeLabel": "label", "EdgeLabel": "label"}
"""Parts of yEd's drawings that say something, and what."""
_DECLARED = (b"key", b"graph")


@dataclass(slots=True)
class _Keys:
    """Attributes by the key that stands for them."""

    names: dict[str, str] = field(default_factory=dict)
    defaults: dict[str, dict[str, str]] = field(default_factory=dict)
    """Kind of element (node, edge, graph) to what its attributes are where not told."""


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
    data = clean_xml(data)
    root = declarations(data, _DECLARED)
    if local(root) != "graphml":
        raise InvalidValue("GraphML", local(root), "its root is no graphml")
    builder = GraphBuilder(catalogue, origin)
    graphs = children(root, "graph")
    reader = GraphFileReader(builder, own=len(graphs) == 1 and graphs[0].get("id") == OWN)
    taken = _Graphs(reader, _keys(root, builder))
    for number, element in enumerate(graphs, 1):
        if number > 1:
            builder.problem(
                f"graph {number}", element.get("id", ""), "a further graph: read into one"
            )
        taken.graph(element)
    around: Element | None = None
    for _, graph, element in outer_elements(data, ("edge", "hyperedge")):
        if around is not None and graph is not around:
            taken.graph(around)
        around = graph
        taken.read(element)
    if around is not None:
        # What it says of itself behind its nodes was not there before.
        taken.graph(around)
    taken.done()
    reader.done()
    return builder.build()


class _Graphs:
    """The graphs of a file; edges whose nodes were not there yet come last, then hyperedges."""

    def __init__(self, reader: GraphFileReader, keys: _Keys) -> None:
        self._reader = reader
        self._keys = keys
        self._nodes = self._edges = 0
        self._texts_of_graphs: list[dict[str, str]] = []
        self._waiting: list[FileEdge] = []
        self._hyper: list[tuple[list[str], dict[str, str]]] = []

    def graph(self, element: Element) -> None:
        """Take what a graph says of itself, behind its nodes too; the same words count once."""
        texts = _texts(element, "graph", self._keys, self._reader)
        if texts not in self._texts_of_graphs:
            self._texts_of_graphs.append(texts)
            self._reader.graph(texts)

    def read(self, outer: Element) -> None:
        """Take an outer node with all that is within it, an edge or a hyperedge."""
        name = local(outer)
        rows: dict[Element, int | None] = {}
        for element in outer.iter("{*}node") if name == "node" else ():
            self._nodes += 1
            where = f"node {self._nodes}"
            around = next(element.iterancestors("{*}node"), None) if rows else None
            rows[element] = self._node(element, where)
            if around is not None:
                self._reader.once("a node within a node is linked to it: contains")
                if rows[around] != rows[element]:
                    self._reader.builder.link(rows[around], "contains", rows[element], where=where)
        for element in outer.iter("{*}edge") if name != "hyperedge" else ():
            self._edge(element)
        for element in outer.iter("{*}hyperedge") if name != "edge" else ():
            self._reader.once(
                "a hyperedge is read as a link from each of its ends to those after it"
            )
            ends = [one.get("node", "") for one in children(element, "endpoint")]
            self._hyper.append((ends, _texts(element, "hyperedge", self._keys, self._reader)))

    def done(self) -> None:
        """Take what waited for all nodes."""
        for edge in self._waiting:
            self._reader.edge(edge)
        for number, (ends, texts) in enumerate(self._hyper, 1):
            self._reader.ends(ends, texts, f"hyperedge {number}")

    def _node(self, element: Element, where: str) -> int | None:
        texts = _texts(element, "node", self._keys, self._reader)
        if child(element, "port") is not None:
            self._reader.once("the ports of a node are not read")
        return self._reader.node(FileNode(element.get("id", ""), texts, where))

    def _edge(self, element: Element) -> None:
        self._edges += 1
        reader = self._reader
        texts = _texts(element, "edge", self._keys, reader)
        for name in ("sourceport", "targetport"):
            if element.get(name):
                texts[name] = element.get(name, "")
                reader.once("a port of an edge stands in the details of its link")
        directed = element.get("directed", "")
        if directed != "true" and (directed == "false" or _is_undirected(element.getparent())):
            texts["directed"] = "false"
            reader.once("an edge without direction goes from its source to its target")
        ends = element.get("source", ""), element.get("target", "")
        edge = FileEdge(*ends, texts, where=f"edge {self._edges}")
        if ends[0] in reader.rows and ends[1] in reader.rows:
            reader.edge(edge)
        else:
            self._waiting.append(edge)


def _is_undirected(around: Element) -> bool:
    return local(around) == "graph" and around.get("edgedefault") == "undirected"


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
