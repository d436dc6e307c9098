"""GraphML in Maltego's dialect as nodes and edges."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator

from lxml import etree

from clew.errors import InvalidValue
from clew.interop.graphml_gexf.stream import outer_elements
from clew.interop.maltego.graph_elements import (
    LINK_HEAD,
    MaltegoGraph,
    MaltegoLink,
    MaltegoNode,
    MaltegoProperty,
)
from clew.interop.xml import Element, child, children, clean_xml, local, root_name
from clew.model.moment import EPOCH, parse_moment

NODES_MAX = 2_000_000
"""Most nodes and edges of one graph that are read."""
PROPERTIES_MAX = 5_000
"""Most properties of one node or edge that are read."""
DEPTH_MAX = 50
"""Deepest nesting of graphs within nodes, in levels."""
_ZONED = re.compile(r".*:\d\d(?:\.\d+)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})", re.IGNORECASE)


def graph_of_xml(data: bytes, name: str, drawn: MaltegoGraph) -> list[tuple[str, str]]:
    """
    Add the nodes and edges of a document to a drawing.

    Args:
        data: The document, which is read element by element.
        name: What its graphs are called in problems; keys of nodes begin with it.
        drawn: The drawing.

    Returns:
        What was left out: place and reason.

    Raises:
        InvalidValue: It is no XML, or no GraphML.
    """
    data = clean_xml(data)
    if (found := root_name(data)) != "graphml":
        raise InvalidValue("Maltego graph", found, "the document is no GraphML")
    nodes, edges = len(drawn.nodes), len(drawn.edges)
    try:
        return _read(data, name, drawn)
    except (InvalidValue, ValueError) as error:
        # What stands before the damage is no graph.
        del drawn.nodes[nodes:], drawn.edges[edges:]
        if isinstance(error, InvalidValue):
            raise
        raise InvalidValue("XML", "", f"a name in it does not hold: {error}") from error


def _read(data: bytes, name: str, drawn: MaltegoGraph) -> list[tuple[str, str]]:
    problems: list[tuple[str, str]] = []
    for count, element in enumerate(_drawn(data), 1):
        if count > NODES_MAX:
            problems.append((name, f"only the first {NODES_MAX} nodes and edges are read"))
            break
        number = f"{name}, line {element.sourceline}" if element.sourceline else name
        fault = (_node if local(element) == "node" else _edge)(element, name, number, drawn)
        if fault:
            problems.append((number, fault))
    return problems


def _drawn(data: bytes) -> Iterator[Element]:
    """The nodes and edges of all graphs of a document, graphs within nodes among them."""
    for _, _, outer in outer_elements(data, ("edge",)):
        yield outer
        yield from _inner(outer, 1)


def _inner(parent: Element, depth: int) -> Iterator[Element]:
    for graph in children(parent, "graph") if depth <= DEPTH_MAX else ():
        for one in graph:
            if local(one) in ("node", "edge"):
                yield one
                yield from _inner(one, depth + 1)


def _node(element: Element, name: str, where: str, drawn: MaltegoGraph) -> str:
    """Add a node; the reason where it is none of Maltego's."""
    parts = _data(element)
    entity = parts.get("MaltegoEntity")
    id_ = element.get("id", "")
    if entity is None:
        group = child(element, "graph") is not None
        return "" if group else f"the node {id_[:80]!r} is no entity of Maltego"
    notes = child(entity, "Notes")
    listed = child(entity, "Properties")
    properties, cut = _properties(listed)
    renderer = parts.get("EntityRenderer")
    foreign = any(local(one) not in ("Properties", "Notes") for one in entity) or (
        renderer is not None and any(local(one) != "Position" for one in renderer)
    )
    drawn.nodes.append(
        MaltegoNode(
            f"{name}/{id_}", entity.get("type", "").strip(), where, properties,
            value_name=listed.get("value", "") if listed is not None else "",
            notes="".join(notes.itertext()) if notes is not None else "",
            place=_place(parts), original=_text(element), foreign=foreign,
        )
    )  # fmt: skip
    return cut


def _edge(element: Element, name: str, where: str, drawn: MaltegoGraph) -> str:
    """Add an edge; the reason where a part was left out."""
    parts = _data(element)
    link = parts.get("MaltegoLink")
    properties, cut = _properties(child(link, "Properties"))
    renderer = parts.get("LinkRenderer")
    known = (
        link is None
        or (not any(local(one) != "Properties" for one in link) and set(link.attrib) <= {"type"})
    ) and (renderer is None or (not len(renderer) and not renderer.attrib))
    drawn.edges.append(
        MaltegoLink(
            f"{name}/{element.get('source', '')}", f"{name}/{element.get('target', '')}",
            link.get("type", "") if link is not None else "", where, properties,
            learnt_s=_learnt(properties), original="" if known else _text(element),
        )
    )  # fmt: skip
    return cut


def _data(element: Element) -> dict[str, Element]:
    """What is within an element's data, by name; keys differ between writers, these do not."""
    found: dict[str, Element] = {}
    for data in children(element, "data"):
        for one in data:
            found.setdefault(local(one), one)
    return found


def _properties(listed: Element | None) -> tuple[tuple[MaltegoProperty, ...], str]:
    found: list[MaltegoProperty] = []
    for one in children(listed, "Property") if listed is not None else ():
        name = one.get("name", "")
        if not name:
            continue
        if len(found) == PROPERTIES_MAX:
            return tuple(found), f"only the first {PROPERTIES_MAX} properties are read"
        values = children(one, "Value")
        found.append(
            MaltegoProperty(
                name, ",".join("".join(value.itertext()) for value in values),
                one.get("displayName", ""), one.get("type", "string"),
                hidden=one.get("hidden") == "true", readonly=one.get("readonly") == "true",
            )
        )  # fmt: skip
    return tuple(found), ""


def _place(parts: dict[str, Element]) -> tuple[object, object] | None:
    position = child(parts.get("EntityRenderer"), "Position")
    if position is None:
        shape = next((one for name, one in parts.items() if name.endswith("Node")), None)
        position = child(shape, "Geometry")
    if position is None:
        return None
    texts = (position.get("x", ""), position.get("y", ""))
    try:
        return float(texts[0]), float(texts[1])
    except ValueError:
        return texts


def _learnt(properties: tuple[MaltegoProperty, ...]) -> int:
    """When the transform ran; 0 where it is told in local time, which says nothing elsewhere."""
    for one in properties:
        if one.name == f"{LINK_HEAD}transform.run-date" and _ZONED.fullmatch(one.value.strip()):
            try:
                at = parse_moment(one.value).at
            except InvalidValue:
                return 0
            return int((at - EPOCH).total_seconds()) if at is not None else 0
    return 0


def _text(element: Element) -> str:
    """An element with its data as XML, without the graph that it may hold."""
    shell = etree.Element(element.tag, element.attrib, nsmap=element.nsmap)
    for data in children(element, "data"):
        shell.append(copy.deepcopy(data))
    made: str = etree.tostring(shell, encoding="unicode", with_tail=False)
    return made
