"""Relationships of STIX that Maltego draws as entities between two links."""

from __future__ import annotations

from dataclasses import dataclass, field

from clew.errors import InvalidValue
from clew.interop.graph_builder import GraphBuilder
from clew.interop.maltego.graph_elements import MaltegoGraph, MaltegoNode, values
from clew.model.interval import UNDATED, Interval
from clew.model.moment import UNKNOWN, parse_moment

TYPE = "maltego.stix2.relationship"
"""Their type, in lower case."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """A link that is drawn as an entity."""

    node: MaltegoNode
    source: str
    """Key of the node that it comes from."""
    target: str
    type: str

    def seen(self, builder: GraphBuilder) -> Interval:
        """When it held; unknown, with a problem, where its dates do not hold."""
        texts = values(self.node.properties)
        ends = []
        for name in ("start_time", "stop_time"):
            try:
                ends.append(parse_moment(texts.get(name)))
            except InvalidValue as error:
                builder.problem(self.node.where, error.value, error.reason)
                ends.append(UNKNOWN)
        try:
            return Interval.parse(*ends)
        except InvalidValue as error:
            builder.problem(self.node.where, error.value, error.reason)
            return UNDATED


@dataclass(slots=True)
class RelationshipLinks:
    """The relationships of a drawing."""

    nodes: set[str] = field(default_factory=set)
    """Keys of the nodes that they are."""
    links: list[Relationship] = field(default_factory=list)


def relationships(drawing: MaltegoGraph) -> RelationshipLinks:
    """
    The relationships with one link in and one out; those that are drawn otherwise stay entities.

    A relationship is drawn in its own direction, unless its references say the opposite.
    """
    found = RelationshipLinks()
    nodes = {one.key: one for one in drawing.nodes if one.type.lower() == TYPE}
    if not nodes:
        return found
    ids = {one.key: values(one.properties).get("id", "") for one in drawing.nodes}
    incoming: dict[str, list[str]] = {}
    out: dict[str, list[str]] = {}
    for edge in drawing.edges:
        if edge.target in nodes:
            incoming.setdefault(edge.target, []).append(edge.source)
        if edge.source in nodes:
            out.setdefault(edge.source, []).append(edge.target)
    for key, node in nodes.items():
        ends = incoming.get(key, []), out.get(key, [])
        texts = values(node.properties)
        label = texts.get("relationship_type", "").strip()
        if [len(one) for one in ends] != [1, 1] or not label:
            continue
        source, target = ends[0][0], ends[1][0]
        if source in nodes or target in nodes or source not in ids or target not in ids:
            continue
        refs = (texts.get("source_ref"), texts.get("target_ref"))
        if all(refs) and refs == (ids[target], ids[source]):
            source, target = target, source
        found.nodes.add(key)
        found.links.append(Relationship(node, source, target, label))
    return found
