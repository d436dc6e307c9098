"""A graph as Maltego draws it: nodes, edges and their properties, whichever file they are from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml import etree

from clew.interop.xml import Element
from clew.interop.xml import legal as legal_each

MTG = "http://maltego.paterva.com/xml/mtgx"
"""Namespace of what Maltego says within GraphML."""
TRANSFORM_LINK = "maltego.link.transform-link"
MANUAL_LINK = "maltego.link.manual-link"
LINK_HEAD = "maltego.link."
"""Head of the names of Maltego's own properties of links."""
LABEL = "maltego.link.label"
MANUAL_TYPE = "maltego.link.manual.type"
"""Where a link that a person drew has its label."""


@dataclass(frozen=True, slots=True)
class MaltegoProperty:
    """One property of a node or an edge."""

    name: str
    value: str
    display_name: str = ""
    type: str = "string"
    hidden: bool = False
    readonly: bool = False


@dataclass(frozen=True, slots=True)
class MaltegoNode:
    """An entity as it is drawn."""

    key: str
    """Its id, unique among all graphs of a file."""
    type: str
    where: str
    properties: tuple[MaltegoProperty, ...] = ()
    value_name: str = ""
    """The property that the node itself says holds its value; empty where it does not."""
    value: str = ""
    """The value that the file tells beside the properties; empty where it does not."""
    notes: str = ""
    place: tuple[object, object] | None = None
    beside: tuple[tuple[str, str], ...] = ()
    """What the file tells beside the properties: weight, bookmark, display information."""
    learnt_s: int = 0
    """When it came into the graph, in seconds since 1970; 0 where not told."""
    original: str = ""
    """The node as XML, word for word."""
    foreign: bool = False
    """Whether it has parts that are not known."""


@dataclass(frozen=True, slots=True)
class MaltegoLink:
    """A link as it is drawn."""

    source: str
    target: str
    type: str
    where: str
    properties: tuple[MaltegoProperty, ...] = ()
    learnt_s: int = 0
    """When the transform ran, in seconds since 1970; 0 where not told or without its zone."""
    original: str = ""
    """The edge as XML, word for word, where it holds what is not known; else empty."""


@dataclass(slots=True)
class MaltegoGraph:
    """The nodes and edges of one file."""

    nodes: list[MaltegoNode] = field(default_factory=list)
    edges: list[MaltegoLink] = field(default_factory=list)


def values(properties: Iterable[MaltegoProperty]) -> dict[str, str]:
    """Values by name of the property; of two with one name the first that is not empty."""
    found: dict[str, str] = {}
    for one in properties:
        if not found.get(one.name):
            found[one.name] = one.value
    return found


def legal(text: str) -> str:
    """A text as XML can hold it. What is printable needs no look at each character."""
    return text if text.isprintable() else legal_each(text)


def property_element(parent: Element, one: MaltegoProperty) -> Element:
    """The XML of a property, put into its list."""
    made = etree.SubElement(
        parent, f"{{{MTG}}}Property",
        {"displayName": legal(one.display_name or one.name), "hidden": _flag(one.hidden),
         "name": legal(one.name), "nullable": "true", "readonly": _flag(one.readonly),
         "type": legal(one.type or "string")},
    )  # fmt: skip
    etree.SubElement(made, f"{{{MTG}}}Value").text = legal(one.value)
    return made


def entity_element(type_: str, properties: Iterable[MaltegoProperty], notes: str = "") -> Element:
    """The XML of an entity, alone."""
    made = etree.Element(f"{{{MTG}}}MaltegoEntity", {"type": legal(type_)}, nsmap={"mtg": MTG})
    listed = etree.SubElement(made, f"{{{MTG}}}Properties")
    for one in properties:
        property_element(listed, one)
    if notes:
        etree.SubElement(made, f"{{{MTG}}}Notes").text = legal(notes)
    return made


def link_element(type_: str, properties: Iterable[MaltegoProperty]) -> Element:
    """The XML of a link, alone."""
    made = etree.Element(f"{{{MTG}}}MaltegoLink", {"type": legal(type_)}, nsmap={"mtg": MTG})
    listed = etree.SubElement(made, f"{{{MTG}}}Properties")
    for one in properties:
        property_element(listed, one)
    return made


def _flag(value: bool) -> str:
    return "true" if value else "false"
