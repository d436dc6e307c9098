"""GEXF 1.0 to 1.3 of any program, element by element: what was read is let go."""

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
from clew.model.interval import UNDATED, Interval
from clew.model.marking_text import read_marking
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

ATTRIBUTES_MAX = 10_000
"""Most kinds of attributes that one file declares."""
SPELLS_MAX = 1_000
"""Most spans of time of one edge."""
OWN = "Clew"
"""Who made a file, as files that Clew writes say."""
_EDGE_PARTS = ("label", "kind", "weight")
_DECLARED = (b"attributes", b"meta", b"graph")


@dataclass(slots=True)
class _Titles:
    """Names and defaults of attributes by class and id."""

    names: dict[str, dict[str, str]] = field(default_factory=dict)
    defaults: dict[str, dict[str, str]] = field(default_factory=dict)


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
    data = clean_xml(data)
    root = declarations(data, _DECLARED)
    if local(root) != "gexf":
        raise InvalidValue("GEXF", local(root), "its root is no gexf")
    builder = GraphBuilder(catalogue, origin)
    meta = child(root, "meta")
    reader = GraphFileReader(builder, own=text_of(child(meta, "creator")) == OWN)
    described = child(meta, "description")
    title = (described.text or "") if described is not None else ""
    builder.graph.title = title if reader.own else title.strip()
    if reader.own:
        _mark_whole(text_of(child(meta, "keywords")), builder)
    else:
        for name in ("keywords", "description"):
            builder.mark_file_by(text_of(child(meta, name)), name)
    titles = []
    for number, element in enumerate(children(root, "graph"), 1):
        if number > 1:
            builder.problem(
                f"graph {number}", element.get("id", ""), "a further graph: read into one"
            )
        titles.append(_titles(element, builder))
    graph: Element | None = None
    taken = _Graph(reader)
    for number, around, element in outer_elements(data, ("edge",)):
        if around is not graph:
            taken.done()
            graph, taken = around, _Graph(reader, around, titles[number])
        taken.read(element)
    taken.done()
    reader.done()
    return builder.build()


class _Graph:
    """One graph of a file; its edges whose nodes were not there yet come last."""

    def __init__(
        self,
        reader: GraphFileReader,
        graph: Element | None = None,
        titles: _Titles | None = None,
    ) -> None:
        self._reader = reader
        self._titles = titles or _Titles()
        items: dict[str, str] = dict(graph.items()) if graph is not None else {}
        form = items.get("timeformat", items.get("timetype", ""))
        self._dated = form.lower().startswith("date")
        self._undirected = items.get("defaultedgetype", "undirected")
        self._nodes = self._edges = 0
        self._inner: list[tuple[str, str, str]] = []
        self._waiting: list[FileEdge] = []

    def read(self, outer: Element) -> None:
        """Take an outer node with all that is within it, or an edge."""
        if local(outer) == "edge":
            self._edge(outer)
            return
        ids: dict[Element, str] = {}
        for element in outer.iter("{*}node"):
            self._node(element, ids)
        waiting, self._inner = self._inner, []
        for one in waiting:
            if one[0] in self._reader.rows:
                self._contained(*one)
            else:
                self._inner.append(one)
        for element in outer.iter("{*}edge"):
            self._edge(element)

    def done(self) -> None:
        """Take what waited for all nodes."""
        for one in self._inner:
            self._contained(*one)
        for edge in self._waiting:
            self._reader.edge(edge)

    def _contained(self, outer: str, id_: str, where: str) -> None:
        """Link a node to the node around it."""
        reader = self._reader
        reader.once("a node within a node is linked to it: contains")
        source, target = reader.rows.get(outer), reader.rows.get(id_)
        if source != target:
            reader.builder.link(source, "contains", target, where=where)

    def _node(self, element: Element, ids: dict[Element, str]) -> None:
        self._nodes += 1
        where = f"node {self._nodes}"
        texts = self._texts(element, "node")
        label = element.get("label", "")
        if label.strip():
            texts["label"] = label
        place = child(element, "position")
        if place is not None:
            texts |= {name: place.get(name, "") for name in ("x", "y") if place.get(name)}
        around = next(element.iterancestors("{*}node"), None) if ids else None
        id_ = ids[element] = element.get("id", "")
        self._reader.node(FileNode(id_, texts, where))
        outer = element.get("pid", "") or (ids[around] if around is not None else "")
        if outer:
            self._inner.append((outer, id_, where))

    def _edge(self, element: Element) -> None:
        self._edges += 1
        reader, where = self._reader, f"edge {self._edges}"
        texts = self._texts(element, "edge")
        if not reader.own:
            texts |= {one: element.get(one, "") for one in _EDGE_PARTS if element.get(one)}
            kind = element.get("type", self._undirected)
            if kind != "directed":
                texts["directed"] = "both" if kind == "mutual" else "false"
                reader.once("an edge without direction goes from its source to its target")
        ends = element.get("source", ""), element.get("target", "")
        waits = not (ends[0] in reader.rows and ends[1] in reader.rows)
        for at, seen in enumerate(
            _times(element, texts, dated=self._dated, where=where, to=reader)
        ):
            if at == 0 or reader.may_repeat(texts):
                edge = FileEdge(*ends, dict(texts), seen, where)
                if waits:
                    self._waiting.append(edge)
                else:
                    reader.edge(edge)

    def _texts(self, element: Element, kind: str) -> dict[str, str]:
        names = self._titles.names.get(kind, {})
        texts: dict[str, str] = {}
        around = child(element, "attvalues")
        for one in children(around, "attvalue") if around is not None else ():
            key = one.get("for") or one.get("id") or ""
            name = names.get(key, key)
            if name in texts:
                self._reader.once("of an attribute that changes over time the last value is read")
            texts[name] = one.get("value", "")
        if kind in self._titles.defaults:
            defaults = self._titles.defaults[kind]
            missing = {name: text for name, text in defaults.items() if name not in texts}
            if missing and self._reader.may_repeat(missing):
                texts |= missing
        return texts


def _titles(graph: Element, builder: GraphBuilder) -> _Titles:
    titles = _Titles()
    left = ATTRIBUTES_MAX
    for group in children(graph, "attributes"):
        kind = group.get("class", "node")
        for one in children(group, "attribute"):
            left -= 1
            if left < 0:
                builder.problem("attribute", "", f"only the first {ATTRIBUTES_MAX} are read")
                return titles
            id_ = one.get("id", "")
            name = titles.names.setdefault(kind, {})[id_] = one.get("title") or id_
            default = text_of(child(one, "default"))
            if default:
                titles.defaults.setdefault(kind, {})[name] = default
    return titles


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


def _mark_whole(text: str, builder: GraphBuilder) -> None:
    """Take the marking that Clew wrote of the whole."""
    marking, fault = read_marking(text[:100])
    if text:
        builder.graph.marks[-1] = (int(marking.tlp), int(marking.pap))
    if fault:
        builder.problem("keywords", text, fault)
