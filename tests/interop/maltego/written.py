"""Graphs written for Maltego's client, taken apart again."""

from __future__ import annotations

import io
import zipfile

from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.graph_builder import GraphBuilder
from clew.interop.maltego.mtgx import read_mtgx
from clew.interop.maltego.mtgx_write import write_mtgx
from clew.interop.xml import child, children, parse_xml, text_of
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN

NS = "{http://graphml.graphdrawing.org/xmlns}"


def again(graph: ExchangeGraph) -> ExchangeGraph:
    """A graph, written and read."""
    read_back, problems = read_mtgx(write_mtgx(graph), ORIGIN, catalogue())
    assert problems == []
    return read_back


def members(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def entities(data: bytes) -> list[tuple[str, dict[str, str], list[str]]]:
    """Of each node of a file: Maltego's type, its properties, and names of other children."""
    found = []
    root = parse_xml(members(data)["Graphs/Graph1.graphml"])
    for one in root.iter("{http://maltego.paterva.com/xml/mtgx}MaltegoEntity"):
        listed = child(one, "Properties")
        assert listed is not None
        values = {
            it.get("name", ""): text_of(child(it, "Value")) for it in children(listed, "Property")
        }
        found.append(
            (one.get("type", ""), values, [str(it.tag).rpartition("}")[2] for it in one][1:])
        )
    return found


def of(type_: str, value: str) -> ExchangeGraph:
    """A graph of one entity."""
    builder = GraphBuilder(catalogue(), ORIGIN)
    assert builder.entity(type_, value, "here") is not None
    return builder.build()[0]
