"""Nodes and edges of Maltego as entities and links."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ORIGINAL
from clew.interop.graph_builder import GraphBuilder, own_type
from clew.interop.maltego import own
from clew.interop.maltego.drawn import (
    LABEL,
    LINK_HEAD,
    MANUAL_LINK,
    MANUAL_TYPE,
    Drawing,
    Edge,
    Node,
    values,
)
from clew.interop.maltego.names import foreign_property
from clew.interop.maltego.relationships import Relationship, relationships
from clew.interop.maltego.valued import Definitions, is_type, to_maltego, type_of, value_name
from clew.interop.serialize import position_from_json

KEPT = f"{ORIGINAL}maltego"
"""Name of the property that keeps a node as XML."""
LABELS_MAX = 200
"""Most labels of links that become types of their own; others stay labels."""
LABEL_LENGTH_MAX = 60
"""Longest label of a link that becomes its type, in code points."""
LEARNT_MAX = 10_000
"""Most different times at which something was learnt; the rest has the time of the import."""
NO_TYPE = "related-to"


def gather(drawing: Drawing, builder: GraphBuilder, definitions: Definitions) -> None:
    """Put a drawing into a graph."""
    Gathered(builder, definitions).take(drawing)


class Gathered:
    """A drawing on its way into a graph."""

    def __init__(self, builder: GraphBuilder, definitions: Definitions) -> None:
        self.builder = builder
        self.definitions = definitions
        self._rows: dict[str, int | None] = {}
        self._joined: list[tuple[int, str, str]] = []
        self._by: dict[tuple[int, str], int] = {}
        self._labels: set[str] = set()

    def take(self, drawing: Drawing) -> None:
        """Take all nodes, then all edges."""
        between = relationships(drawing)
        for node in drawing.nodes:
            if node.key not in between.nodes:
                self._rows[node.key] = self._entity(node)
        for row, type_, value in self._joined:
            kept = self.builder.entity(type_, value, "joined")
            if kept is not None and kept != row:
                self.builder.graph.joined[row] = kept
        lost = 0
        for edge in drawing.edges:
            if edge.source in between.nodes or edge.target in between.nodes:
                continue
            lost += not self._link(edge)
        for one in between.links:
            lost += not self._relationship(one)
        if lost:
            self.builder.problem("links", "", f"{lost} links have an end that was left out")
        if between.nodes:
            told = f"{len(between.nodes)} relationships of STIX, drawn as entities, became links"
            self.builder.problem("links", "", told)

    def _entity(self, node: Node) -> int | None:
        told = values(node.properties)
        claimed = told.get(own.ENTITY_TYPE, "")
        ours = bool(claimed) and is_type(node.type, claimed)
        type_ = claimed if ours else type_of(node.type)
        held = value_name(node.type, told, self.definitions, said=node.value_name)
        value = told.get(held, "") or node.value
        whole = told.get(own.VALUE, "")
        if ours and whole and to_maltego(type_, whole)[2] == value:
            value = whole
        by = self._learnt(node.learnt_s)
        row = self._row(type_, value, node, by)
        if row is None:
            return None
        for one in node.properties:
            if one.name.startswith(own.PROPERTY_HEAD):
                name = one.name.removeprefix(own.PROPERTY_HEAD)
                self.builder.property(row, name, one.value, by=by, where=node.where)
            elif own.is_own(one.name) or (
                one.name == held and (ours or one.value.strip() == self.builder.record(row)[1])
            ):
                continue
            else:
                self._property(row, one.name, one.value, by, node.where)
        for name, text in node.beside:
            self._property(row, name, text, by, node.where)
        if not ours or node.foreign or self._differs(node, row, held, told):
            self.builder.property(row, KEPT, node.original, by=by, where=node.where)
        own.read_entity(told, row, self.builder, node.where)
        own.read_notes(told, node.notes, row, self.builder)
        if node.place is not None and row not in self.builder.graph.places:
            position_from_json(node.place, row, self.builder, node.where)
        if same := own.same_as(told):
            self._joined.append((row, *same))
        return row

    def _differs(self, node: Node, row: int, held: str, told: Mapping[str, str]) -> bool:
        """Whether a node that Clew wrote has another type, value or property than Clew gives."""
        id_, name, form = to_maltego(*self.builder.record(row))
        return (node.type, held, told.get(held, "")) != (id_, name, form) or any(
            one.name != held and not own.is_own(one.name) for one in node.properties
        )

    def _row(self, type_: str, value: str, node: Node, by: int) -> int | None:
        """The row of an entity; of a type of its own where ours refuses the value."""
        builder = self.builder
        if not value.strip():
            builder.problem(node.where, node.type, "it has no value")
            return None
        kind = builder.catalogue.entity_types.get(type_)
        if kind is not None:
            try:
                kind.value(value)
            except InvalidValue as error:
                type_ = own_type(node.type)
                if type_ in builder.catalogue.entity_types:
                    type_ = f"maltego-{type_}"
                told = f"no {kind.label.lower()}: {error.reason}; it is kept as {type_}"
                builder.problem(node.where, value, told)
        return builder.entity(type_, value, node.where, by)

    def _property(self, row: int, name: str, value: str, by: int, where: str) -> None:
        self.builder.property(row, foreign_property(name), value, by=by, where=where)

    def _link(self, edge: Edge) -> bool:
        source, target = self._rows.get(edge.source), self._rows.get(edge.target)
        if source is None or target is None:
            return False
        told = values(edge.properties)
        label = told.get(MANUAL_TYPE, "").strip() or told.get(LABEL, "").strip()
        type_ = self._type(edge, label)
        claimed = told.get(own.LINK, "").strip()
        if claimed and (not label or claimed in (label, type_)):
            self.builder.link(
                source, claimed, target, seen=own.seen_of(told, self.builder, edge.where),
                collectors=own.collectors_of(told), detail=own.detail_of(told),
                by=self._learnt(0, own.provider_of(told)), where=edge.where,
            )  # fmt: skip
            return True
        name = told.get(f"{LINK_HEAD}transform.display-name", "").strip()
        self.builder.link(
            source, type_, target, seen=own.seen_of(told, self.builder, edge.where),
            collectors=(name[:200],) if name else (), by=self._learnt(edge.learnt_s),
            detail=_detail(edge.type, told, edge.original), where=edge.where,
        )  # fmt: skip
        return True

    def _relationship(self, one: Relationship) -> bool:
        source, target = self._rows.get(one.source), self._rows.get(one.target)
        if source is None or target is None:
            return False
        told = values(one.node.properties)
        self.builder.link(
            source, self._known(one.type), target, seen=one.seen(self.builder),
            by=self._learnt(one.node.learnt_s), where=one.node.where,
            detail=_detail(one.node.type, told, ""),
        )  # fmt: skip
        return True

    def _type(self, edge: Edge, label: str) -> str:
        """The type that a label names; only those that people gave may bring new ones."""
        type_ = own_type(label) if label else NO_TYPE
        if type_ in self.builder.catalogue.link_types:
            return type_
        if edge.type.lower() == MANUAL_LINK and len(label) <= LABEL_LENGTH_MAX:
            return self._known(label)
        return NO_TYPE

    def _known(self, label: str) -> str:
        """A type of link by its label, while there are not too many."""
        type_ = own_type(label)
        if type_ in self.builder.catalogue.link_types or type_ in self._labels:
            return type_
        if type_ == own_type("") or len(self._labels) >= LABELS_MAX:
            return NO_TYPE
        self._labels.add(type_)
        return type_

    def _learnt(self, learnt_s: int, provider: str = "") -> int:
        """The number of the provenance of what was learnt then, from that provider."""
        key = (learnt_s, provider)
        if key not in self._by:
            if key == (0, "") or len(self._by) >= LEARNT_MAX:
                return 0
            origin = self.builder.origin
            self._by[key] = self.builder.provenance_number(
                msgspec.structs.replace(
                    origin, learnt=learnt_s or origin.learnt, provider=provider or origin.provider
                )
            )
        return self._by[key]


def _detail(type_: str, told: dict[str, str], xml: str) -> str:
    """What Maltego says of a link, as JSON."""
    said: dict[str, object] = {
        "type": type_,
        "properties": {name: value for name, value in told.items() if value.strip()},
    }
    if xml:
        said["xml"] = xml
    try:
        return msgspec.json.encode(said).decode()
    except (UnicodeError, ValueError):
        return ""
