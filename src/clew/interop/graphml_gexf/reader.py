"""Reading a graph file of any program: its nodes and edges become entities and links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

import msgspec

from clew.errors import InvalidValue
from clew.interop.graph_builder import GraphBuilder
from clew.interop.graphml_gexf.attributes import (
    NODE_ATTRIBUTES,
    FileEdge,
    FileNode,
    exact_of,
    split_tags,
)
from clew.interop.serialize import decisions_from_json, interval_from_json
from clew.interop.texts import field_name, own_type
from clew.model.block import STATE
from clew.model.interval import UNDATED
from clew.model.marking_text import MARKING_NAMES, read_marking, scheme_of
from clew.schema.detect import detect

ENDS_MAX = 200
"""Most ends of one hyperedge."""
TAGS_MAX = 1_000
"""Most tags of one node."""
PROVIDERS_MAX = 1_000
"""Most providers that one file names."""
HYPER_LINKS_MAX = 1_000_000
"""Most links that the hyperedges of one file stand for."""
REPEATED_LENGTH_MAX = 64 * 1024 * 1024
"""Most that a file may say by repeating what it wrote once, in code points."""
ATTRIBUTE_LENGTH_MAX = 1_000_000
"""Longest detail that is made of a foreign edge's attributes, in code points."""

_FLAGS = frozenset(("star", "pin", "seed"))
_LABELS = ("label", "name", "title")
_LINK_LABELS = ("type", "label", "relationship", "relation", "name")
_THING = "thing"
_NAME_LENGTH_MAX = 100
_NUMBER_LENGTH_MAX = 40


class GraphFileReader:
    """What a reader of a graph file fills, node by node and edge by edge."""

    def __init__(self, builder: GraphBuilder, *, own: bool) -> None:
        """
        Args:
            builder: Where entities and links go.
            own: Whether Clew wrote the file, so that its attributes mean what they say.
        """
        self.builder = builder
        self.own = own
        self.rows: dict[str, int | None] = {}
        self._reasons: Counter[str] = Counter()
        self._providers: dict[str, int] = {}
        self._repeated_left = REPEATED_LENGTH_MAX
        self._hyper_left = HYPER_LINKS_MAX

    def once(self, reason: str) -> None:
        """Tell something once, with how often it is so."""
        self._reasons[reason] += 1

    def may_repeat(self, text_or_texts: str | Mapping[str, str]) -> bool:
        """Whether what stands in a file once may be said once more; told where it may not."""
        texts = text_or_texts
        self._repeated_left -= (
            len(texts) if isinstance(texts, str) else sum(map(len, texts.values()))
        )
        if self._repeated_left < 0:
            self.once(f"over {REPEATED_LENGTH_MAX} letters were repeated: the rest is left out")
        return self._repeated_left >= 0

    def node(self, node: FileNode) -> int | None:
        """Take a node; of two with one id the first counts."""
        if node.id in self.rows:
            self.builder.problem(node.where, node.id, "a node of that id was there before")
            return self.rows[node.id]
        texts = exact_of(node.texts)
        row = self._own_entity(texts, node) if self.own else self._entity(texts, node)
        self.rows[node.id] = row
        if row is not None:
            self._decided(texts, row, node.where)
        return row

    def edge(self, edge: FileEdge) -> None:
        """Take an edge; nothing, with a problem, where an end of it is not there."""
        ends = []
        for id_ in (edge.source, edge.target):
            if id_ not in self.rows:
                self.builder.problem(edge.where, id_, "an edge to a node that is not there")
                return
            ends.append(self.rows[id_])
        texts = exact_of(edge.texts)
        if self.own:
            self._observation(ends[0], ends[1], texts, edge)
            return
        named = next((name for name in _LINK_LABELS if texts.get(name, "").strip()), "")
        label = texts.get(named, "").strip()
        type_ = label if label in self.builder.catalogue.link_types else own_type(label)
        rest = {name: text for name, text in texts.items() if name != named or type_ != text}
        detail = msgspec.json.encode(rest).decode() if rest else ""
        if len(detail) > ATTRIBUTE_LENGTH_MAX:
            reason = f"over {ATTRIBUTE_LENGTH_MAX} letters of attributes are left out"
            self.builder.problem(edge.where, detail, reason)
            detail = ""
        self.builder.link(
            ends[0], type_ if label else "related-to", ends[1], seen=edge.seen, detail=detail,
            where=edge.where,
        )  # fmt: skip

    def ends(self, ids: list[str], texts: dict[str, str], where: str) -> None:
        """Take a hyperedge: each end is linked to those after it."""
        if len(ids) > ENDS_MAX:
            reason = f"only {ENDS_MAX} of its {len(ids)} ends are read"
            self.builder.problem(where, "", reason)
            ids = ids[:ENDS_MAX]
        for at, source in enumerate(ids):
            for target in ids[at + 1 :]:
                self._hyper_left -= 1
                if self._hyper_left < 0 or not self.may_repeat(texts):
                    self.once(f"a hyperedge over {HYPER_LINKS_MAX} links is not read whole")
                    return
                self.edge(FileEdge(source, target, texts, where=where))

    def graph(self, texts: Mapping[str, str]) -> None:
        """Take what a graph says of itself."""
        exact = exact_of(texts)
        title = exact.get("title", "") or (exact.get("label", "") if not self.own else "")
        self.builder.graph.title = self.builder.graph.title or title
        if self.own and ("tlp" in exact or "pap" in exact):
            self._decided(
                {name: exact[name] for name in ("tlp", "pap") if name in exact},
                -1,
                "graph",
            )
        elif not self.own:
            for name, text in exact.items():
                if field_name(name) in MARKING_NAMES:
                    marking, fault = read_marking(text, scheme=scheme_of(field_name(name)))
                    self.builder.mark_file(marking, "graph", text, fault)
                else:
                    self.builder.mark_file_by(text, "graph")

    def done(self) -> None:
        """Tell what is told once."""
        for reason, count in sorted(self._reasons.items()):
            self.builder.problem("graph", "", f"{reason} ({count} times)")

    def _own_entity(self, texts: Mapping[str, str], node: FileNode) -> int | None:
        type_ = texts.get("type", "")
        if not type_:
            self.builder.problem(node.where, node.id, "a node needs a type and a value")
            return None
        return self.builder.entity(type_, texts.get("value"), node.where)

    def _entity(self, texts: Mapping[str, str], node: FileNode) -> int | None:
        """The entity of a foreign node: by its type, else by what its label looks like."""
        builder = self.builder
        type_, value = texts.get("type", "").strip().lower(), texts.get("value", "").strip()
        labels = (texts.get(name, "").strip() for name in _LABELS)
        label = next((one for one in labels if one), node.id)
        known = type_ in builder.catalogue.entity_types
        row: int | None = None
        if known:
            row = builder.entity(type_, value or label, node.where)
        if row is None:
            guesses = detect(label, builder.catalogue)
            kind, text = (guesses[0].type.name, str(guesses[0])) if guesses else (_THING, label)
            row = builder.entity(kind, text, node.where)
        for name, text in texts.items():
            if name in NODE_ATTRIBUTES and not (name in ("type", "value") and not known):
                continue
            if text != label:
                # A state here is a word of ours; elsewhere it may be a part of a country.
                foreign = name == STATE and text not in builder.catalogue.states
                property_name = (
                    f"{_THING}_{name}" if foreign or not name else name[:_NAME_LENGTH_MAX]
                )
                builder.property(row, property_name, text, where=node.where)
        return row

    def _decided(self, texts: Mapping[str, str], row: int, where: str) -> None:
        fields: dict[str, Any] = {}
        for name in _FLAGS & texts.keys():
            fields[name] = texts.get(name, "").strip().lower() in ("true", "1")
        for name in ("tlp", "pap"):
            if name in texts and texts[name].strip():
                fields[name] = _number(texts[name])
        if texts.get("x", "").strip() or texts.get("y", "").strip():
            fields["place"] = [_number(texts.get("x", "")), _number(texts.get("y", ""))]
        if "tags" in texts:
            tags = split_tags(texts["tags"])
            if len(tags) > TAGS_MAX:
                reason = f"only {TAGS_MAX} of its {len(tags)} tags are read"
                self.builder.problem(where, "", reason)
            fields["tags"] = tags[:TAGS_MAX]
        if fields:
            decisions_from_json(fields, row, self.builder, where)

    def _observation(
        self, source: int | None, target: int | None, texts: Mapping[str, str], edge: FileEdge
    ) -> None:
        try:
            seen = interval_from_json(texts)
        except InvalidValue as error:
            self.builder.problem(edge.where, error.value, error.reason)
            seen = UNDATED
        self.builder.link(
            source, texts.get("type") or "related-to", target, seen=seen,
            collectors=texts.get("collectors", "").split(","),
            by=self._by(texts.get("provider", ""), edge.where), detail=texts.get("detail", ""),
            where=edge.where,
        )  # fmt: skip

    def _by(self, provider: str, where: str) -> int:
        if not provider:
            return 0
        if provider not in self._providers:
            if len(self._providers) >= PROVIDERS_MAX:
                self.builder.problem(where, provider, f"over {PROVIDERS_MAX} providers")
                return 0
            origin = self.builder.origin
            named = msgspec.structs.replace(origin, provider=provider)
            self._providers[provider] = self.builder.provenance_number(named)
        return self._providers[provider]


def _number(text: str) -> int | float | str:
    """The number that a text is, or the text."""
    plain = text.strip()[:_NUMBER_LENGTH_MAX]
    for number in (float,) if "." in plain else (int, float):
        try:
            return number(plain)
        except ValueError:
            continue
    return plain
