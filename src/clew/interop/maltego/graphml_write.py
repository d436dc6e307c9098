"""A graph of Clew as GraphML in Maltego's dialect."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
from lxml import etree

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph, ExchangeNote
from clew.interop.maltego import own
from clew.interop.maltego.graph_elements import (
    LABEL,
    MANUAL_LINK,
    MANUAL_TYPE,
    MTG,
    TRANSFORM_LINK,
    MaltegoProperty,
    entity_element,
    legal,
    link_element,
    property_element,
)
from clew.interop.maltego.graph_reader import ORIGINAL_PROPERTY
from clew.interop.maltego.type_values import (
    OWN_HEAD,
    Definitions,
    definitions_of,
    is_type,
    to_maltego,
    value_name,
)
from clew.interop.xml import Element, child, children, local, parse_xml, text_of
from clew.model.entity import Entity, Link, Observation

GRAPHML = "http://graphml.graphdrawing.org/xmlns"
_Y = "http://www.yworks.com/xml/graphml"
_KEYS = (
    ("d0", "graphml", {"yfiles.type": "resources"}),
    ("d4", "node", {"attr.name": "MaltegoEntity"}),
    ("d5", "node", {"yfiles.type": "nodegraphics"}),
    ("d6", "edge", {"attr.name": "MaltegoLink"}),
    ("d7", "edge", {"yfiles.type": "edgegraphics"}),
)
_LINK_TYPES = {
    "maltego.link.show-label": "int", "maltego.link.style": "int", "maltego.link.thickness": "int",
    "maltego.link.color": "color", "maltego.link.transform.run-date": "datetime",
}  # fmt: skip
"""Types of Maltego's own properties of links that are no text."""


def graph_xml(graph: ExchangeGraph) -> tuple[bytes, set[str]]:
    """The document, and the names of our types that Maltego has none for."""
    root = etree.Element(f"{{{GRAPHML}}}graphml", nsmap={None: GRAPHML, "y": _Y})
    etree.SubElement(
        root, f"{{{GRAPHML}}}VersionInfo",
        {"createdBy": "Clew", "subtitle": "", "version": "3.3.3.4115"},
    )  # fmt: skip
    for id_, of, more in _KEYS:
        etree.SubElement(root, f"{{{GRAPHML}}}key", {"for": of, "id": id_, **more})
    element = etree.SubElement(root, f"{{{GRAPHML}}}graph", {"edgedefault": "directed", "id": "G"})
    types = _nodes(graph, element)
    for number, (source, target, observation) in enumerate(graph.links()):
        drawn = etree.SubElement(
            element, f"{{{GRAPHML}}}edge",
            {"id": f"e{number}", "source": f"n{source}", "target": f"n{target}"},
        )  # fmt: skip
        _data(drawn, "d6").append(_link(observation))
        etree.SubElement(_data(drawn, "d7"), f"{{{MTG}}}LinkRenderer", nsmap={"mtg": MTG})
    etree.SubElement(_data(root, "d0"), f"{{{_Y}}}Resources")
    made: bytes = etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=False)
    return made, types


def _nodes(graph: ExchangeGraph, parent: Element) -> set[str]:
    records = graph.entities()
    definitions, _ = definitions_of(graph.rest)
    facts: dict[int, dict[str, str]] = {}
    for row, observation in graph.properties():
        facts.setdefault(row, {}).setdefault(observation.name, observation.value)
    notes: dict[int, list[ExchangeNote]] = {}
    for note in graph.notes:
        notes.setdefault(note.entity, []).append(note)
    types = set()
    for row, record in enumerate(records):
        node = etree.SubElement(parent, f"{{{GRAPHML}}}node", {"id": f"n{row}"})
        original = _original(facts.get(row, {}).pop(ORIGINAL_PROPERTY, ""), record, definitions)
        into = records[graph.merged_into[row]] if row in graph.merged_into else None
        ours = notes.get(row, [])
        properties = own.entity_properties(graph, row, ours, into)
        entity, renderer = _entity(record, original, properties, facts.get(row, {}))
        if entity.get("type", "").startswith(OWN_HEAD):
            types.add(record.type)
        if ours:
            etree.SubElement(entity, f"{{{MTG}}}Notes").text = legal(own.notes_text(ours))
        _data(node, "d4").append(entity)
        if row in graph.places:
            x, y = graph.places[row]
            renderer.insert(0, etree.Element(f"{{{MTG}}}Position", {"x": repr(x), "y": repr(y)}))
        _data(node, "d5").append(renderer)
    return types


def _entity(
    record: Entity,
    original: Mapping[str, Element],
    properties: Iterable[MaltegoProperty],
    facts: Mapping[str, str],
) -> tuple[Element, Element]:
    """The XML of an entity, with what Maltego said of it before, and of how it is drawn."""
    id_, name, value = to_maltego(record.type, record.value)
    renderer = original.get("EntityRenderer")
    if renderer is None:
        renderer = etree.Element(f"{{{MTG}}}EntityRenderer", nsmap={"mtg": MTG})
    entity = original.get("MaltegoEntity")
    if entity is None:
        shown = record.type.replace("-", " ").title()
        entity = entity_element(id_, [MaltegoProperty(name, value, shown)])
    listed = child(entity, "Properties")
    assert listed is not None, "an entity has a list of properties"
    there = {one.get("name", ""): text_of(child(one, "Value")) for one in listed}
    more = [MaltegoProperty(own.ENTITY_TYPE, record.type, "Clew: type", hidden=True)]
    if record.type == "port":
        more.append(MaltegoProperty(own.VALUE, record.value, "Clew: value", hidden=True))
    more += properties
    more += [
        own.own_property(fact, text)
        for fact, text in facts.items()
        if there.get(fact, there.get(fact.removeprefix("maltego."))) != text.strip()
    ]
    for one in more:
        property_element(listed, one)
    return entity, renderer


def _original(xml: str, record: Entity, definitions: Definitions) -> dict[str, Element]:
    """What Maltego said of an entity, without what Clew writes anew; empty where it is another."""
    if not xml:
        return {}
    try:
        root = parse_xml(xml.encode("utf-8", "replace"))
    except InvalidValue:
        return {}
    found: dict[str, Element] = {}
    for parent in (root, *children(root, "data")):
        for one in parent:
            if local(one) in ("MaltegoEntity", "EntityRenderer"):
                found.setdefault(local(one), one)
    if local(root) == "MaltegoEntity":
        found["MaltegoEntity"] = root
    entity = found.get("MaltegoEntity")
    listed = child(entity, "Properties")
    if entity is None or listed is None or not is_type(entity.get("type", ""), record.type):
        return {}
    for part in found.values():
        _named_fully(part)
    for one in [
        *children(entity, "Notes"),
        *children(found.get("EntityRenderer", entity), "Position"),
    ]:
        one.getparent().remove(one)
    texts: dict[str, str] = {}
    for one in children(listed, "Property"):
        name, value = one.get("name", ""), child(one, "Value")
        if own.is_own(name) or value is None:
            listed.remove(one)
        else:
            texts.setdefault(name, "".join(value.itertext()))
    _set_value(entity, listed, texts, record, definitions)
    return found


def _named_fully(element: Element) -> None:
    """Put Maltego's namespace where a writer left it out."""
    for one in element.iter():
        if one.tag in (local(one), f"{{{GRAPHML}}}{local(one)}"):
            one.tag = f"{{{MTG}}}{local(one)}"


def _set_value(
    entity: Element,
    listed: Element,
    texts: Mapping[str, str],
    record: Entity,
    definitions: Definitions,
) -> None:
    """Make an original hold the value that the entity has; a spelling that means it may stay."""
    id_ = entity.get("type", "")
    named = listed.get("value", "")
    value_property = value_name(id_, texts, definitions, named=named)
    form = to_maltego(record.type, record.value)
    was = texts.get(value_property, "").strip().casefold()
    if value_property and was in (record.value.casefold(), form[2].casefold()):
        return
    name = value_property or named or form[1]
    for one in children(listed, "Property"):
        if one.get("name") == name:
            listed.remove(one)
    property_element(listed, MaltegoProperty(name, form[2]))


def _link(observation: Observation) -> Element:
    """The XML of one observation of a link, with what Maltego said of it before."""
    link = observation.subject
    assert isinstance(link, Link), "a row of links tells of a link"
    ours = own.link_properties(observation, link.type)
    before = _detail(observation.detail)
    properties = before.get("properties")
    texts = properties if isinstance(properties, dict) else {}
    was = before.get("type")
    type_ = was if was in (TRANSFORM_LINK, MANUAL_LINK) else MANUAL_LINK
    label = LABEL if type_ == TRANSFORM_LINK else MANUAL_TYPE
    listed = [
        MaltegoProperty(name, text, type=_LINK_TYPES.get(name, "string"))
        for name, text in texts.items()
        if was == type_ and isinstance(text, str) and not own.is_own(name)
    ]
    if label not in {one.name for one in listed}:
        listed.insert(0, MaltegoProperty(label, link.type, "Label"))
    made = link_element(type_, [*listed, *ours])
    for one in _unknown(before.get("xml")):
        made.append(one)
    return made


def _unknown(xml: object) -> list[Element]:
    """What Maltego said of a link beside its properties."""
    if not isinstance(xml, str):
        return []
    try:
        root = parse_xml(xml.encode("utf-8", "replace"))
    except InvalidValue:
        return []
    links = [one for data in children(root, "data") for one in children(data, "MaltegoLink")]
    unknown = [one for link in links[:1] for one in link if local(one) != "Properties"]
    for part in unknown:
        _named_fully(part)
    return unknown


def _detail(text: str) -> dict[str, Any]:
    try:
        detail = msgspec.json.decode(text) if text else {}
    except (msgspec.DecodeError, RecursionError, UnicodeError):
        return {}
    return detail if isinstance(detail, dict) else {}


def _data(parent: Element, key: str) -> Element:
    return etree.SubElement(parent, f"{{{GRAPHML}}}data", {"key": key})
