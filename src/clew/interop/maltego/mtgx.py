"""Maltego's graph files with XML inside (`.mtgx`), and the same XML alone, as graphs."""

from __future__ import annotations

import re
from collections.abc import Iterable

from clew.errors import InvalidValue
from clew.interop.archive import read_archive
from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.graph_builder import GraphBuilder
from clew.interop.maltego import own
from clew.interop.maltego.graph_elements import MaltegoGraph
from clew.interop.maltego.graph_reader import read_graph
from clew.interop.maltego.graphml import graph_of_xml
from clew.interop.maltego.java_properties import read_properties
from clew.interop.maltego.type_values import definitions_of
from clew.model.provenance import Provenance
from clew.schema.registry import Catalogue

GRAPHS_MAX = 100
"""Most graphs of one file that are read."""
REST_BYTES_MAX = 32 * 1024 * 1024
"""Most bytes of icons, attachments and unknown members that are kept, together."""
MEMBER_BYTES_MAX = 8 * 1024 * 1024
"""Largest of these members that is kept."""
_HEAD_BYTES = 256 * 1024
_GRAPH = re.compile(r"Graphs/([^/]+)\.graphml", re.IGNORECASE)
_INDEX = re.compile(r"Graphs/[^/]+/DataEntities/.*", re.DOTALL)
_GRAPH_PROPERTIES = re.compile(r"Graphs/[^/]+\.properties")


def read_mtgx(
    data: bytes, origin: Provenance, catalogue: Catalogue
) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """
    The graph of a file; of several graphs all, as one.

    Raises:
        InvalidValue: It is empty, no archive, password-protected, or no graph in it can be read.
    """
    members, problems = read_members(data)
    names = [name for name in members if _GRAPH.fullmatch(name)]
    if not names:
        index = any(_INDEX.fullmatch(name) for name in members)
        raise InvalidValue(
            "Maltego graph", "", "it has no graph in it",
            helps="Read it as .mtgl." if index else "",
        )  # fmt: skip
    builder = GraphBuilder(catalogue, origin)
    builder.problems += problems
    drawing, read, fault = MaltegoGraph(), 0, None
    for name in names[:GRAPHS_MAX]:
        try:
            _draw(members[name], name, drawing, builder)
            read += 1
        except InvalidValue as error:
            fault = error
            builder.problem(name, "", f"{error.kind}: {error.reason}")
    if fault is not None and not read:
        raise fault
    if len(names) > 1:
        builder.problem(
            "file", "", f"its {len(names)} graphs are read as one, at most {GRAPHS_MAX}"
        )
    definitions, refused = definitions_of(members)
    for name in refused:
        builder.problem(name, "", "this is no definition of an entity type that is read")
    read_graph(drawing, builder, definitions)
    for name in members:
        if _GRAPH_PROPERTIES.fullmatch(name):
            read_whole(read_properties(members[name]), builder, name)
    keep_rest(members, names, builder)
    return builder.build()


def read_maltego_graphml(
    data: bytes, origin: Provenance, catalogue: Catalogue
) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """
    The graph of GraphML as Maltego copies it; raises InvalidValue where it is none.
    """
    builder = GraphBuilder(catalogue, origin)
    drawing = MaltegoGraph()
    _draw(data, "graph", drawing, builder)
    read_graph(drawing, builder, {})
    return builder.build()


def is_maltego_graphml(data: bytes) -> bool:
    """Whether a text is GraphML in Maltego's dialect, as far as its head tells."""
    head = data[:_HEAD_BYTES].replace(b"\0", b"").lower()
    return b"<graphml" in head and (b"maltego.paterva.com" in head or b"maltegoentity" in head)


def read_members(data: bytes) -> tuple[dict[str, bytes], list[ImportProblem]]:
    """The members of a Maltego file; raises InvalidValue, saying what may be wrong."""
    if not data:
        raise InvalidValue("Maltego file", "", "it is empty: 0 bytes")
    if not data.startswith(b"PK"):
        raise InvalidValue(
            "Maltego file", "", "it is no ZIP archive, or it is password-protected",
            helps="Save it without a password.",
        )  # fmt: skip
    return read_archive(data)


def read_whole(texts: dict[str, str], builder: GraphBuilder, where: str) -> None:
    """Take what Clew wrote of a graph as a whole: title, marking, notes."""
    builder.graph.title = builder.graph.title or texts.get("clew.title", "")
    own.read_marking(texts, -1, builder, where)
    own.read_notes(texts, texts.get("clew.shown", ""), -1, builder)


def keep_rest(members: dict[str, bytes], read: Iterable[str], builder: GraphBuilder) -> None:
    """Keep the members that were not read, within bounds."""
    left, done = REST_BYTES_MAX, set(read)
    for name, data in members.items():
        if name in done or _INDEX.fullmatch(name):
            continue
        if len(data) > min(MEMBER_BYTES_MAX, left):
            builder.problem(name, "", f"the member has {len(data)} bytes and was not kept")
            continue
        left -= len(data)
        builder.graph.rest[name] = data


def _draw(data: bytes, name: str, drawing: MaltegoGraph, builder: GraphBuilder) -> None:
    for where, reason in graph_of_xml(data, name, drawing):
        builder.problem(where, "", reason)
