"""GraphML: what is written comes back, other programs open it, and theirs are read."""

from __future__ import annotations

import io

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.fidelity import preserved_content
from clew.interop.graphml_gexf.attributes import FIDELITY
from clew.interop.graphml_gexf.graphml import read_graphml, write_graphml
from clew.model.block import BlockBuilder
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN, exchange_graphs, link_of

HEAD = '<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'
YED = (
    '<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/'
    'graphml"><key for="node" id="d6" yfiles.type="nodegraphics"/><key for="edge" id="d10" '
    'yfiles.type="edgegraphics"/><graph edgedefault="directed" id="G">'
    '<node id="n0"><data key="d6"><y:ShapeNode><y:Geometry height="30" width="30" x="1.5" y="-2"/>'
    "<y:NodeLabel>a.example.org<y:LabelModel/></y:NodeLabel></y:ShapeNode></data></node>"
    '<node id="n1"><data key="d6"><y:ShapeNode><y:NodeLabel>192.0.2.1</y:NodeLabel></y:ShapeNode>'
    "</data></node>"
    '<edge id="e0" source="n0" target="n1"><data key="d10"><y:PolyLineEdge><y:EdgeLabel>'
    "resolves-to</y:EdgeLabel></y:PolyLineEdge></data></edge></graph></graphml>"
)
FOREIGN = (
    HEAD + '<key id="k1" for="node" attr.name="label" attr.type="string"/>'
    '<key id="k2" for="edge" attr.name="weight" attr.type="double"><default>1.0</default></key>'
    '<key id="k3" for="all" attr.name="type" attr.type="string"/>'
    '<key id="k4" for="node" attr.name="country" attr.type="string"/>'
    '<graph id="one" edgedefault="undirected">'
    '<node id="a"><data key="k1">hxxp://a.example[.]org/x</data><data key="k4">NL</data></node>'
    '<node id="b"><data key="k1">Sand Fox</data><data key="k3">threat-actor</data></node>'
    '<node id="c"><data key="k1">Router 12</data><data key="k3">router</data><port name="p"/>'
    '<graph id="c:"><node id="c::x"/></graph></node>'
    '<edge source="a" target="b"><data key="k3">Run By</data></edge>'
    '<edge source="a" target="c" targetport="p" directed="true"><data key="k2">3</data></edge>'
    '<edge source="a" target="zz"/>'
    '<hyperedge><data key="k3">met</data><endpoint node="a"/><endpoint node="b"/>'
    '<endpoint node="c"/></hyperedge>'
    '</graph><graph id="two"><node id="e"/><node id="a"/></graph></graphml>'
)


def read(text: str | bytes) -> tuple[ExchangeGraph, list[ImportProblem]]:
    return read_graphml(text if isinstance(text, bytes) else text.encode(), ORIGIN, catalogue())


def links_of(graph: ExchangeGraph) -> list[tuple[str, str, str, str]]:
    return [
        (
            link_of(observation).source.value,
            observation.subject.type,
            link_of(observation).target.value,
            observation.detail,
        )
        for _, _, observation in graph.links()
    ]


@given(exchange_graphs())
def test_what_is_written_comes_back(graph: ExchangeGraph) -> None:
    """All that the format carries survives writing and reading."""
    again, problems = read(write_graphml(graph))
    assert problems == []
    assert preserved_content(again, FIDELITY) == preserved_content(graph, FIDELITY)


@given(st.text(), st.text(min_size=1), st.lists(st.text(), max_size=3, unique=True))
def test_any_text_comes_back(detail: str, value: str, tags: list[str]) -> None:
    """Values, details and tags survive whatever characters they hold."""
    builder = BlockBuilder()
    value = "".join(c for c in value if c != "\0" and not "\ud800" <= c <= "\udfff").strip()
    value = value or "x"
    detail = "".join(c for c in detail if not "\ud800" <= c <= "\udfff")
    rows = [builder.entity("own thing", value, 0), builder.entity("tag", "t", 0)]
    builder.link(rows[0], "own link", rows[1], 0, detail=detail or None)
    words = tuple(
        sorted({t for t in tags if t.strip() and not any("\ud800" <= c <= "\udfff" for c in t)})
    )
    graph = ExchangeGraph(builder.build(), (ORIGIN,), tags={rows[1]: words} if words else {})
    again, problems = read(write_graphml(graph))
    assert problems == []
    assert preserved_content(again, FIDELITY) == preserved_content(graph, FIDELITY)


@given(exchange_graphs())
def test_networkx_opens_it(graph: ExchangeGraph) -> None:
    """Networkx finds as many nodes and edges, with the same values, types and dates."""
    drawn = nx.read_graphml(io.BytesIO(write_graphml(graph)))
    entities = graph.entities()
    assert sorted((one["type"], one["value"]) for _, one in drawn.nodes(data=True)) == sorted(
        (one.type, one.value) for one in entities
    )
    links = list(graph.links())
    assert sorted(
        (source, target, one["type"], one["provider"], one.get("first", "unknown"))
        for source, target, one in drawn.edges(data=True)
    ) == sorted(
        (f"n{source}", f"n{target}", observation.subject.type, observation.provenance.provider,
         str(observation.seen.first))
        for source, target, observation in links
    )  # fmt: skip


def test_a_drawing_of_yed_is_read() -> None:
    """Labels and places of yEd's shapes become values, types and places."""
    graph, problems = read(YED)
    assert problems == []
    assert links_of(graph) == [("a.example.org", "resolves-to", "192.0.2.1", "")]
    assert [one.type for one in graph.entities()] == ["domain-name", "ip-address"]
    assert graph.places == {0: (1.5, -2.0)}


def test_a_foreign_file_is_read_by_names() -> None:
    """Keys count by their names, types are ours or detected, and the rest is told and kept."""
    graph, problems = read(FOREIGN)
    assert [(one.type, one.value) for one in graph.entities()] == [
        ("url", "http://a.example.org/x"), ("threat-actor", "Sand Fox"), ("thing", "Router 12"),
        ("thing", "c::x"), ("thing", "e"),
    ]  # fmt: skip
    url = "http://a.example.org/x"
    assert links_of(graph) == [
        ("Router 12", "contains", "c::x", ""),
        (url, "run-by", "Sand Fox", '{"type":"Run By","weight":"1.0","directed":"false"}'),
        (url, "related-to", "Router 12", '{"weight":"3","targetport":"p"}'),
        (url, "met", "Sand Fox", ""),
        (url, "met", "Router 12", ""),
        ("Sand Fox", "met", "Router 12", ""),
    ]
    assert [(observation.name, observation.value) for _, observation in graph.properties()] == [
        ("country", "NL"), ("type", "router"),
    ]  # fmt: skip
    reasons = " ".join(one.reason for one in problems)
    for word in ("further graph", "not there", "was there before", "hyperedge", "ports", "within",
                 "without direction"):  # fmt: skip
        assert word in reasons


def test_a_default_is_not_repeated_without_bound() -> None:
    """A long default of a key is given to nodes only up to a bound, and that is told."""
    nodes = "".join(f'<node id="{number}"/>' for number in range(200))
    text = (
        HEAD + '<key id="k" for="node" attr.name="about"><default>' + "x" * 1_000_000
        + f"</default></key><graph>{nodes}</graph></graphml>"
    )  # fmt: skip
    graph, problems = read(text)
    assert len(graph.entities()) == 200
    assert graph.block.properties.height < 100
    assert any("repeated" in one.reason for one in problems)


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"not xml",
        b"<gexf/>",
        b"<!DOCTYPE graphml [<!ENTITY a 'b'>]><graphml/>",
        YED.encode()[:-20],
        HEAD.encode() + b"<graph>" * 5_000,
        b"<graphml>\xff</graphml>",
    ],
)
def test_what_is_no_graphml_is_refused(text: bytes) -> None:
    """A DOCTYPE, a cut file, another format, wrong bytes and endless nesting are refused."""
    with pytest.raises(InvalidValue):
        read(text)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings_are_read(encoding: str) -> None:
    """A file is read in the encoding that it declares or begins with."""
    name = encoding.removesuffix("-sig")
    text = (
        f'<?xml version="1.0" encoding="{name}"?>'
        + HEAD
        + ('<graph><node id="Müller &amp; Söhne"/></graph></graphml>')
    )
    graph, _ = read(text.encode(encoding))
    assert [one.value for one in graph.entities()] == ["Müller & Söhne"]


@given(st.binary(max_size=200), st.integers(0, 1500))
def test_no_damage_crashes_it(noise: bytes, at: int) -> None:
    """Noise in a file is either read past or refused."""
    data = FOREIGN.encode()
    try:
        read(data[:at] + noise + data[at:])
    except InvalidValue:
        return


def test_bad_numbers_are_told() -> None:
    """A place or marking that is no number is told, and the entity is read."""
    graph = ExchangeGraph(provenance=(ORIGIN,))
    builder = BlockBuilder()
    builder.entity("tag", "t", 0)
    graph.block, graph.places, graph.marks = builder.build(), {0: (1.0, 2.0)}, {0: (3, 1)}
    text = write_graphml(graph).decode().replace(">1.0<", ">1e999<").replace(">3<", ">blue<")
    again, problems = read(text)
    assert [one.value for one in again.entities()] == ["t"]
    assert len(problems) == 2
