"""Nodes and edges of Maltego as entities and links."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ORIGINAL
from clew.interop.graph_builder import GraphBuilder
from clew.interop.maltego import own
from clew.interop.maltego.graph_elements import (
    LABEL,
    LINK_HEAD,
    MANUAL_LINK,
    MANUAL_TYPE,
    MaltegoGraph,
    MaltegoLink,
    MaltegoNode,
    values,
)
from clew.interop.maltego.names import foreign_property
from clew.interop.maltego.relationships import Relationship, relationships
from clew.interop.maltego.type_values import Definitions, is_type, to_maltego, type_of, value_name
from clew.interop.serialize import position_from_json
from clew.interop.texts import own_type

ORIGINAL_PROPERTY = f"{ORIGINAL}maltego"
"""Name of the property that keeps a node as XML."""
LABELS_MAX = 200
"""Most labels of links that become types of their own; others stay labels."""
LABEL_LENGTH_MAX = 60
"""Longest label of a link that becomes its type, in code points."""
LEARNT_MAX = 10_000
"""Most different times at which something was learnt; the rest has the time of the import."""
NO_TYPE = "related-to"


def read_graph(drawing: MaltegoGraph, builder: GraphBuilder, definitions: Definitions) -> None:
    """Put a drawing into a graph."""
    MaltegoGraphReader(builder, definitions).take(drawing)


class MaltegoGraphReader:
    """A drawing on its way into a graph."""

    def __init__(self, builder: GraphBuilder, definitions: Definitions) -> None:
        self.builder = builder
        self.definitions = definitions
        self._rows: dict[str, int | None] = {}
        self._joined: list[tuple[int, str, str]] = []
        self._by: dict[tuple[int, str], int] = {}
        self._labels: set[str] = set()

    def take(self, drawing: MaltegoGraph) -> None:
        """Take all nodes, then all edges."""
        between = relationships(drawing)
        for node in drawing.nodes:
            if node.key not in between.nodes:
                self._rows[node.key] = self._entity(node)
        for row, type_, value in self._joined:
            into_row = self.builder.entity(type_, value, "joined")
            if into_row is not None and into_row != row:
                self.builder.graph.merged_into[row] = into_row
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
            reason = f"{len(between.nodes)} relationships of STIX, drawn as entities, became links"
            self.builder.problem("links", "", reason)

    def _entity(self, node: MaltegoNode) -> int | None:
        texts = values(node.properties)
        claimed = texts.get(own.ENTITY_TYPE, "")
        ours = bool(claimed) and is_type(node.type, claimed)
        type_ = claimed if ours else type_of(node.type)
        value_property = value_name(node.type, texts, self.definitions, named=node.value_name)
        value = texts.get(value_property, "") or node.value
        whole = texts.get(own.VALUE, "")
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
                one.name == value_property
                and (ours or one.value.strip() == self.builder.record(row)[1])
            ):
                continue
            else:
                self._property(row, one.name, one.value, by, node.where)
        for name, text in node.beside:
            self._property(row, name, text, by, node.where)
        if not ours or node.foreign or self._differs(node, row, value_property, texts):
            self.builder.property(row, ORIGINAL_PROPERTY, node.original, by=by, where=node.where)
        own.read_entity(texts, row, self.builder, node.where)
        own.read_notes(texts, node.notes, row, self.builder)
        if node.place is not None and row not in self.builder.graph.places:
            position_from_json(node.place, row, self.builder, node.where)
        if same := own.same_as(texts):
            self._joined.append((row, *same))
        return row

    def _differs(
        self, node: MaltegoNode, row: int, value_property: str, texts: Mapping[str, str]
    ) -> bool:
        """Whether a node that Clew wrote has another type, value or property than Clew gives."""
        id_, name, form = to_maltego(*self.builder.record(row))
        return (node.type, value_property, texts.get(value_property, "")) != (
            id_,
            name,
            form,
        ) or any(one.name != value_property and not own.is_own(one.name) for one in node.properties)

    def _row(self, type_: str, value: str, node: MaltegoNode, by: int) -> int | None:
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
                reason = f"no {kind.term}: {error.reason}; it is kept as {type_}"
                builder.problem(node.where, value, reason)
        return builder.entity(type_, value, node.where, by)

    def _property(self, row: int, name: str, value: str, by: int, where: str) -> None:
        self.builder.property(row, foreign_property(name), value, by=by, where=where)

    def _link(self, edge: MaltegoLink) -> bool:
        source, target = self._rows.get(edge.source), self._rows.get(edge.target)
        if source is None or target is None:
            return False
        texts = values(edge.properties)
        label = texts.get(MANUAL_TYPE, "").strip() or texts.get(LABEL, "").strip()
        type_ = self._type(edge, label)
        claimed = texts.get(own.LINK, "").strip()
        if claimed and (not label or claimed in (label, type_)):
            self.builder.link(
                source, claimed, target, seen=own.seen_of(texts, self.builder, edge.where),
                collectors=own.collectors_of(texts), detail=own.detail_of(texts),
                by=self._learnt(0, own.provider_of(texts)), where=edge.where,
            )  # fmt: skip
            return True
        name = texts.get(f"{LINK_HEAD}transform.display-name", "").strip()
        self.builder.link(
            source, type_, target, seen=own.seen_of(texts, self.builder, edge.where),
            collectors=(name[:200],) if name else (), by=self._learnt(edge.learnt_s),
            detail=_detail(edge.type, texts, edge.original), where=edge.where,
        )  # fmt: skip
        return True

    def _relationship(self, one: Relationship) -> bool:
        source, target = self._rows.get(one.source), self._rows.get(one.target)
        if source is None or target is None:
            return False
        texts = values(one.node.properties)
        self.builder.link(
            source, self._known(one.type), target, seen=one.seen(self.builder),
            by=self._learnt(one.node.learnt_s), where=one.node.where,
            detail=_detail(one.node.type, texts, ""),
        )  # fmt: skip
        return True

    def _type(self, edge: MaltegoLink, label: str) -> str:
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


def _detail(type_: str, texts: dict[str, str], xml: str) -> str:
    """What Maltego says of a link, as JSON."""
    detail: dict[str, object] = {
        "type": type_,
        "properties": {name: value for name, value in texts.items() if value.strip()},
    }
    if xml:
        detail["xml"] = xml
    try:
        return msgspec.json.encode(detail).decode()
    except (UnicodeError, ValueError):
        return ""
