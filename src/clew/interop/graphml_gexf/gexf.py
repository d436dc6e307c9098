"""GEXF 1.3, for Gephi: a node an entity, an edge an observation of a link with its time."""

from __future__ import annotations

from collections.abc import Iterator

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.graph_builder import GraphBuilder
from clew.interop.graphml_gexf.attributes import (
    EDGE_ATTRIBUTES,
    NODE_ATTRIBUTES,
    FileEdge,
    FileNode,
    edges_of,
    nodes_of,
    xml_text,
)
from clew.interop.graphml_gexf.reader import GraphFileReader
from clew.interop.xml import Element, child, children, legal, local, parse_xml, text_of
from clew.model.interval import UNDATED, Interval
from clew.model.marking_text import pap_of, read_marking, tlp_of
from clew.model.moment import Precision
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

__all__ = ["read_gexf", "write_gexf"]

ATTRIBUTES_MAX = 10_000
"""Most kinds of attributes that one file declares."""
SPELLS_MAX = 1_000
"""Most spans of time of one edge."""
_NAMESPACE = "http://gexf.net/1.3"
_OWN = "Clew"
"""Who made a file, as files that Clew writes say."""
_TYPES = {"int": "integer"}
_BESIDE = frozenset({"label", "x", "y"})
"""What GEXF has its own place for."""
_EDGE_PARTS = ("label", "kind", "weight")


def write_gexf(graph: ExchangeGraph) -> bytes:
    """A graph with attributes, places, and times of edges where both ends are known to the day."""
    edges = list(edges_of(graph))
    dynamic = any(_span(edge.seen) for edge in edges)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<gexf xmlns="{_NAMESPACE}" xmlns:viz="{_NAMESPACE}/viz" version="1.3">',
        f"<meta><creator>{_OWN}</creator>{_marking(graph)}"
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


def read_gexf(
    data: bytes, origin: Provenance, catalogue: Catalogue
) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """
    The graph of a file of GEXF 1.0 to 1.3; nodes within nodes are linked to those around them.

    Attributes are known by their title. A node's type is what its attribute says where it names
    one of ours, else what its label looks like. Times of edges count where they are dates.

    Raises:
        InvalidValue: It is no XML, or no GEXF.

    Source:
        GEXF 1.3 (https://gexf.net/schema.html).
    """
    root = parse_xml(data)
    if local(root) != "gexf":
        raise InvalidValue("GEXF", local(root), "its root is no gexf")
    builder = GraphBuilder(catalogue, origin)
    meta = child(root, "meta")
    reader = GraphFileReader(builder, own=text_of(child(meta, "creator")) == _OWN)
    described = child(meta, "description")
    title = (described.text or "") if described is not None else ""
    builder.graph.title = title if reader.own else title.strip()
    if reader.own:
        _mark_whole(text_of(child(meta, "keywords")), builder)
    else:
        for name in ("keywords", "description"):
            builder.mark_file_by(text_of(child(meta, name)), name)
    for number, element in enumerate(children(root, "graph"), 1):
        if number > 1:
            builder.problem(
                f"graph {number}", element.get("id", ""), "a further graph: read into one"
            )
        _graph(element, reader)
    reader.done()
    return builder.build()


def _graph(graph: Element, reader: GraphFileReader) -> None:
    names, defaults = _titles(graph, reader.builder)
    dated = graph.get("timeformat", graph.get("timetype", "")).lower().startswith("date")
    inner: list[tuple[str, str, str]] = []
    ids: dict[Element, str] = {}
    for number, element in enumerate(graph.iter("{*}node"), 1):
        where = f"node {number}"
        texts = _texts(element, names.get("node", {}), defaults.get("node", {}), reader)
        if element.get("label", "").strip():
            texts["label"] = element.get("label", "")
        place = child(element, "position")
        for name in ("x", "y"):
            if place is not None and place.get(name):
                texts[name] = place.get(name, "")
        id_ = ids[element] = element.get("id", "")
        reader.node(FileNode(id_, texts, where))
        around = next(element.iterancestors("{*}node"), None)
        outer = element.get("pid", "") or (ids[around] if around is not None else "")
        if outer:
            inner.append((outer, id_, where))
    for outer, id_, where in inner:
        reader.once("a node within a node is linked to it: contains")
        if reader.rows.get(outer) != reader.rows.get(id_):
            source, target = reader.rows.get(outer), reader.rows.get(id_)
            reader.builder.link(source, "contains", target, where=where)
    undirected = graph.get("defaultedgetype", "undirected")
    for number, element in enumerate(graph.iter("{*}edge"), 1):
        where = f"edge {number}"
        texts = _texts(element, names.get("edge", {}), defaults.get("edge", {}), reader)
        if not reader.own:
            texts |= {one: element.get(one, "") for one in _EDGE_PARTS if element.get(one)}
            kind = element.get("type", undirected)
            if kind != "directed":
                texts["directed"] = "both" if kind == "mutual" else "false"
                reader.once("an edge without direction goes from its source to its target")
        source, target = element.get("source", ""), element.get("target", "")
        for at, seen in enumerate(_times(element, texts, dated=dated, where=where, to=reader)):
            if at == 0 or reader.may_repeat(texts):
                reader.edge(FileEdge(source, target, dict(texts), seen, where))


def _titles(
    graph: Element, builder: GraphBuilder
) -> tuple[dict[str, dict[str, str]], dict[str, dict[str, str]]]:
    """Names and defaults of attributes by class and id."""
    names: dict[str, dict[str, str]] = {}
    defaults: dict[str, dict[str, str]] = {}
    left = ATTRIBUTES_MAX
    for group in children(graph, "attributes"):
        kind = group.get("class", "node")
        for one in children(group, "attribute"):
            left -= 1
            if left < 0:
                builder.problem("attribute", "", f"only the first {ATTRIBUTES_MAX} are read")
                return names, defaults
            id_ = one.get("id", "")
            name = names.setdefault(kind, {})[id_] = one.get("title") or id_
            default = text_of(child(one, "default"))
            if default:
                defaults.setdefault(kind, {})[name] = default
    return names, defaults


def _texts(
    element: Element, names: dict[str, str], defaults: dict[str, str], reader: GraphFileReader
) -> dict[str, str]:
    texts: dict[str, str] = {}
    around = child(element, "attvalues")
    for one in children(around, "attvalue") if around is not None else ():
        key = one.get("for") or one.get("id") or ""
        name = names.get(key, key)
        if name in texts:
            reader.once("of an attribute that changes over time the last value is read")
        texts[name] = one.get("value", "")
    missing = {name: text for name, text in defaults.items() if name not in texts}
    if missing and reader.may_repeat(missing):
        texts |= missing
    return texts


def _times(
    element: Element, texts: dict[str, str], *, dated: bool, where: str, to: GraphFileReader
) -> Iterator[Interval]:
    """When an edge was: once, or once for each of its spells; what is no date is a text of it."""
    if to.own:
        yield UNDATED
        return
    listed = child(element, "spells")
    spells = children(listed, "spell") if listed is not None else []
    if len(spells) > SPELLS_MAX:
        reason = f"only {SPELLS_MAX} of its {len(spells)} spells are read"
        to.builder.problem(where, "", reason)
    for one in spells[:SPELLS_MAX] or [element]:
        ends = [one.get(name) or one.get(f"{name}open") for name in ("start", "end")]
        if not dated:
            for name, text in zip(("start", "end"), ends, strict=True):
                if text:
                    texts[name] = text
            yield UNDATED
            continue
        try:
            yield Interval.parse(*ends)
        except InvalidValue as error:
            to.builder.problem(where, error.value, error.reason)
            yield UNDATED


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


def _mark_whole(text: str, builder: GraphBuilder) -> None:
    """Take the marking that Clew wrote of the whole."""
    marking, fault = read_marking(text[:100])
    if text:
        builder.graph.marks[-1] = (int(marking.tlp), int(marking.pap))
    if fault:
        builder.problem("keywords", text, fault)
