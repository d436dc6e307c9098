"""Writing Maltego's graphs: what comes back, what Maltego said, and what others read."""

from __future__ import annotations

import contextlib
import io
import json
import sys
import warnings
import zipfile
from importlib import import_module
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.interop.exchange_graph import ORIGINAL, ExchangeGraph, ExchangeNote
from clew.interop.fidelity import preserved_content
from clew.interop.graph_builder import GraphBuilder
from clew.interop.maltego.graph_reader import ORIGINAL_PROPERTY
from clew.interop.maltego.mtgl_graph import read_mtgl
from clew.interop.maltego.mtgx import read_maltego_graphml, read_mtgx
from clew.interop.maltego.mtgx_write import FIDELITY, write_mtgx
from clew.interop.maltego.own import join_texts, split
from clew.interop.xml import parse_xml
from clew.schema.registry import catalogue
from corpus.files import corpus, corpus_files
from interop.graphs import ORIGIN, exchange_graphs
from interop.maltego.clients import document, edge, node, read, zipped
from interop.maltego.written import again, entities, members, of
from shared import shared_files


@given(exchange_graphs())
def test_what_it_carries_comes_back(graph: ExchangeGraph) -> None:
    """A graph written and read again is the same in all that the format says it carries."""
    assert preserved_content(again(graph), FIDELITY) == preserved_content(graph, FIDELITY)


@given(exchange_graphs())
def test_first_values_of_properties_come_back(graph: ExchangeGraph) -> None:
    """Each property of an entity comes back with its first value."""
    first: dict[tuple[str, str], str] = {}
    records = graph.entities()
    for row, observation in graph.properties():
        first.setdefault((str(records[row]), observation.name), observation.value.strip())
    back = again(graph)
    records = back.entities()
    assert first == {
        (str(records[row]), observation.name): observation.value.strip()
        for row, observation in back.properties()
    }


@given(exchange_graphs())
def test_the_same_graph_is_the_same_file(graph: ExchangeGraph) -> None:
    """Writing depends on the graph alone, and no name of a member is there twice."""
    data = write_mtgx(graph)
    assert data == write_mtgx(graph)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert len(set(archive.namelist())) == len(archive.namelist())


@pytest.mark.parametrize(
    ("type_", "value", "there", "name", "text"),
    [
        ("domain-name", "a.example", "maltego.DNSName", "fqdn", "a.example"),
        ("ip-address", "2001:db8::1", "maltego.IPv6Address", "ipv6-address", "2001:db8::1"),
        ("autonomous-system", "AS64496", "maltego.AS", "as.number", "64496"),
        ("netblock", "192.0.2.0/24", "maltego.Netblock", "ipv4-range", "192.0.2.0-192.0.2.255"),
        ("port", "192.0.2.1:443/tcp", "maltego.Port", "port.number", "443"),
        ("mutex", "Global\\m", "clew.mutex", "properties.mutex", "Global\\m"),
    ],
)  # fmt: skip
def test_values_are_written_as_maltego_has_them(
    type_: str, value: str, there: str, name: str, text: str
) -> None:
    """A value has Maltego's type, property and form, and comes back as it was."""
    graph = of(type_, value)
    data = write_mtgx(graph)
    ((id_, values, _),) = entities(data)
    assert (id_, values[name]) == (there, text)
    assert again(graph).entities() == graph.entities()
    assert (f"Entities/{there}.entity" in members(data)) == there.startswith("clew.")


def test_a_change_in_maltego_counts() -> None:
    """A value, a label or a note that was changed in Maltego is what is read."""
    graph, _ = read(
        node("a", "maltego.Domain", "<m:Notes>old</m:Notes>", fqdn="a.example"),
        node("b", "maltego.Alias", alias="fox"),
        edge("a", "b", maltego__link__manual__type="uses"),
    )
    text = members(write_mtgx(again(graph)))["Graphs/Graph1.graphml"].decode()
    for old, new in (
        (">a.example<", ">b.example<"), (">uses</mtg:Value>", ">targets</mtg:Value>"),
        (">old<", ">new<"),
    ):  # fmt: skip
        assert old in text
        text = text.replace(old, new, 1)
    changed, _ = read_maltego_graphml(text.encode(), ORIGIN, catalogue())
    assert [str(observation.subject) for _, _, observation in changed.links()] == [
        "b.example -targets-> fox"
    ]
    assert [one.text for one in changed.notes] == ["new"]


def test_what_maltego_said_is_written_back() -> None:
    """Type there, foreign properties, unknown children and members stay on the way through Clew."""
    text = document(
        node("a", "maltego.Website", "<m:Weight>7</m:Weight>", fqdn="WWW.a.example", ports="80"),
        edge("a", "a", "<m:Bend>8</m:Bend>", maltego__link__color="-1"),
    )
    graph, _ = read_mtgx(
        zipped({"Graphs/G.graphml": text, "Icons/a.png": b"x"}), ORIGIN, catalogue()
    )
    for _ in range(2):
        data = write_mtgx(graph)
        ((type_, values, more),) = entities(data)
        assert (type_, values["fqdn"], values["ports"]) == (
            "maltego.Website",
            "WWW.a.example",
            "80",
        )
        assert (more, "clew.property.ports" in values) == (["Weight"], False)
        assert members(data)["Icons/a.png"] == b"x"
        xml = members(data)["Graphs/Graph1.graphml"].decode()
        assert "Bend>8<" in xml
        assert '"maltego.link.color"' in xml
        graph = again(graph)


@pytest.mark.parametrize("path", corpus_files("mtg?/*.mtg[xl]"))
def test_the_samples_survive(path: str) -> None:
    """Files, read, written and read, are the same with the same originals' types."""
    survives(corpus(path))


def test_published_graphs_survive() -> None:
    """So are files that the client itself wrote."""
    for path in shared_files("maltego/samples/graphs", "*.mtg[xl]"):
        survives(path)


def survives(path: Path) -> None:
    """Holds that a file comes back as it was."""
    reader = read_mtgx if path.suffix == ".mtgx" else read_mtgl
    graph, _ = reader(path.read_bytes(), ORIGIN, catalogue())
    data = write_mtgx(graph)
    back, problems = read_mtgx(data, ORIGIN, catalogue())
    assert problems == []
    assert preserved_content(back, FIDELITY) == preserved_content(graph, FIDELITY)
    originals = [
        parse_xml(observation.value.encode())
        for _, observation in graph.properties()
        if observation.name == ORIGINAL_PROPERTY
    ]
    types = [one.get("type") for root in originals for one in root.iter("{*}MaltegoEntity")]
    assert [one[0] for one in entities(data)] == types


@pytest.mark.parametrize(
    "name", ["../x", "/x", "a//b", "C:/x", "Graphs/Graph1.graphml", "a\nb", ""]
)
def test_unsafe_members_are_not_written(name: str) -> None:
    """A member that would leave its folder, or hide ours, is left out."""
    graph = of("alias", "fox")
    graph.rest = {name: b"x", "Icons/ok.png": b"y"}
    assert set(members(write_mtgx(graph))) == {
        "version.properties", "Graphs/Graph1.properties", "Graphs/Graph1.graphml", "Icons/ok.png",
    }  # fmt: skip


@pytest.mark.parametrize(
    "original",
    ["", "<x", "no", "<node/>", "<!DOCTYPE x><node/>", "<MaltegoEntity type='maltego.Alias'/>",
     "<node><data><MaltegoEntity type='maltego.Domain'><Properties/></MaltegoEntity></data></node>",
     "<MaltegoEntity type='maltego.Alias'><Properties><Property name='alias'/></Properties>"
     "</MaltegoEntity>",
     "<MaltegoEntity type='maltego.Alias'><Properties><Property name='alias'><Value>other</Value>"
     "</Property></Properties></MaltegoEntity>"],
)  # fmt: skip
def test_a_wrong_original_does_not_change_the_entity(original: str) -> None:
    """Whatever an original says, the entity keeps its type and value."""
    builder = GraphBuilder(catalogue(), ORIGIN)
    builder.property(builder.entity("alias", "fox", ""), ORIGINAL_PROPERTY, original)
    graph, _ = builder.build()
    assert again(graph).entities() == graph.entities()
    ((type_, values, _),) = entities(write_mtgx(graph))
    assert (type_, values["alias"]) == ("maltego.Alias", "fox")


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_text_gives_a_readable_file(one: str, other: str) -> None:
    """Characters that XML can't hold become marks, and the file is read."""
    builder = GraphBuilder(catalogue(), ORIGIN)
    row = builder.entity("phrase", f"x{one}", "")
    builder.property(row, f"p{other}", one)
    builder.tag(row, other)
    builder.note(row, one)
    builder.link(row, "related-to", builder.entity("alias", "fox", ""), detail=other)
    graph, _ = builder.build()
    graph.title = other
    with contextlib.suppress(UnicodeEncodeError):
        other.encode()
        graph.notes = (*graph.notes, ExchangeNote(-1, one, "", 5))
    back, _ = read_mtgx(write_mtgx(graph), ORIGIN, catalogue())
    assert len(back.entities()) == len(graph.entities())


@given(st.lists(st.text(min_size=1, max_size=5), max_size=4))
def test_arrays_come_back(texts: list[str]) -> None:
    """Texts joined as an array are split again, commas and backslashes among them."""
    assert split(join_texts(texts)) == texts


@given(exchange_graphs())
def test_networkx_reads_it(graph: ExchangeGraph) -> None:
    """A general reader of GraphML finds as many nodes and edges, with the same ends."""
    data = members(write_mtgx(graph))["Graphs/Graph1.graphml"]
    with warnings.catch_warnings():
        # Maltego's own keys have no type either.
        warnings.simplefilter("ignore", UserWarning)
        drawn = nx.read_graphml(io.BytesIO(data), force_multigraph=True)
    assert sorted(drawn.nodes) == sorted(f"n{row}" for row in range(len(graph.entities())))
    assert sorted((source, target) for source, target, _ in drawn.edges) == sorted(
        (f"n{source}", f"n{target}") for source, target, _ in graph.links()
    )


@pytest.fixture
def mtgx2nx(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The third-party reader, with the name that it expects of an older Python."""
    monkeypatch.setitem(sys.modules, "xml.etree.cElementTree", ElementTree)
    return import_module("mtgx2nx")


def test_mtgx2nx_opens_it(mtgx2nx: ModuleType, tmp_path: Path) -> None:
    """An independent reader finds the same entities, links, labels and types of our own."""
    graph, _ = read(
        node("a", "maltego.Domain", fqdn="a.example"), node("b", "maltego.Alias", alias="fox"),
        node("c", "clew.mutex", properties__mutex="m=1"),
        edge("a", "b", maltego__link__manual__type="uses"), edge("a", "b"), edge("b", "b"),
    )  # fmt: skip
    graph.title = "a=b: c"
    graph.tags = {0: ("x",)}
    (tmp_path / "graph.mtgx").write_bytes(write_mtgx(graph))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        opened = mtgx2nx.Maltego(str(tmp_path / "graph.mtgx"))
    drawn = opened.graph[0]["graph"]
    assert [(attributes["maltego_entity_type"], attributes.get("fqdn") or attributes.get("alias") or
             attributes.get("properties.mutex")) for _, attributes in drawn.nodes(data=True)] == [
        ("maltego.Domain", "a.example"), ("maltego.Alias", "fox"), ("clew.mutex", "m=1"),
    ]  # fmt: skip
    assert sorted(
        (source, target, attributes.get("maltego.link.manual.type"))
        for source, target, attributes in drawn.edges(data=True)
    ) == [("n0", "n1", "related-to"), ("n0", "n1", "uses"), ("n1", "n1", "related-to")]
    assert list(opened.entities) == ["clew.mutex"]


def test_other_originals_are_written_too() -> None:
    """What another format said of an entity comes back as the property that it was."""
    builder = GraphBuilder(catalogue(), ORIGIN)
    text = json.dumps({"type": "x", "a": "<b>"})
    builder.property(builder.entity("alias", "fox", ""), f"{ORIGINAL}stix", text)
    graph, _ = builder.build()
    back = again(graph)
    assert [(one.name, one.value) for _, one in back.properties()] == [(f"{ORIGINAL}stix", text)]
