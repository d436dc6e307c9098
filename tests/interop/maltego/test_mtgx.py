"""Reading Maltego's XML graphs: the samples, other writers' ways, and hostile files."""

from __future__ import annotations

import io
import json
import zipfile
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.maltego.graph_reader import LABELS_MAX, ORIGINAL_PROPERTY
from clew.interop.maltego.java_properties import read_properties, write_properties
from clew.interop.maltego.mtgx import (
    MEMBER_BYTES_MAX,
    is_maltego_graphml,
    read_maltego_graphml,
    read_mtgx,
)
from clew.model.entity import Entity
from clew.schema.registry import catalogue
from corpus.files import corpus
from interop.graphs import ORIGIN

MTG = "http://maltego.paterva.com/xml/mtgx"


def archive(**members: bytes | str) -> bytes:
    """An archive of one graph (``graph``) or of members by name."""
    return zipped({f"Graphs/{name}.graphml": data for name, data in members.items()})


def zipped(members: dict[str, bytes | str]) -> bytes:
    """An archive of members by name."""
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return sink.getvalue()


def node(id_: str, type_: str, more: str = "", **values: str) -> str:
    """A node with properties (two underscores in a name are a dot)."""
    listed = "".join(
        f'<m:Property name="{name.replace("__", ".")}"><m:Value>{value}</m:Value></m:Property>'
        for name, value in values.items()
    )
    return (
        f'<node id="{id_}"><data key="x"><m:MaltegoEntity type="{type_}"><m:Properties>{listed}'
        f"</m:Properties>{more}</m:MaltegoEntity></data></node>"
    )


def edge(source: str, target: str, more: str = "", **values: str) -> str:
    """An edge that a person drew."""
    listed = "".join(
        f'<m:Property name="{name.replace("__", ".")}"><m:Value>{value}</m:Value></m:Property>'
        for name, value in values.items()
    )
    return (
        f'<edge source="{source}" target="{target}"><data key="y"><m:MaltegoLink '
        f'type="maltego.link.manual-link"><m:Properties>{listed}</m:Properties>{more}'
        "</m:MaltegoLink></data></edge>"
    )


def document(*inner: str) -> bytes:
    """A document of one graph."""
    return (
        f'<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:m="{MTG}">'
        f'<graph edgedefault="directed">{"".join(inner)}</graph></graphml>'
    ).encode()


def read(*inner: str) -> tuple[ExchangeGraph, list[ImportProblem]]:
    return read_maltego_graphml(document(*inner), ORIGIN, catalogue())


def links(graph: ExchangeGraph) -> list[str]:
    return [str(observation.subject) for _, _, observation in graph.links()]


@pytest.mark.parametrize("version", ["xml10", "xml11"])
def test_the_samples_are_read_whole(version: str) -> None:
    """A file in the layout of client 3, with either label, gives all that it holds."""
    data = corpus(f"mtgx/client3-{version}.mtgx").read_bytes()
    graph, problems = read_mtgx(data, ORIGIN, catalogue())
    assert problems == []
    assert graph.entities() == [
        Entity("domain-name", "example.org"), Entity("ip-address", "192.0.2.10"),
        Entity("url", "https://example.org/a?b=1&c=2#d"), Entity("acme-custom", "unknown type"),
    ]  # fmt: skip
    assert links(graph) == [
        "example.org -related-to-> 192.0.2.10",
        "example.org -hosts-> https://example.org/a?b=1&c=2#d",
        "example.org -second-parallel-link-> 192.0.2.10",
        "unknown type -self-loop-> unknown type",
    ]
    assert [one.text for one in graph.notes] == ["first line\nsecond & <third>"]
    assert graph.places == {
        0: (0.0, 0.0), 1: (265.64376159667995, -120.5), 2: (-300.0, 100.0), 3: (10.0, 300.0)
    }  # fmt: skip
    facts = {
        (row, one.name): one.value
        for row, one in graph.properties()
        if one.name != ORIGINAL_PROPERTY
    }
    assert facts == {
        (1, "ipaddress.internal"): "false", (2, "short-title"): "Ünïcode 中 😀",
        (3, "score"): "0.5", (3, "tags"): "a,b\\,c", (3, "seen"): "2024-01-02 03:04:05.678",
        (3, "col"): "-4144960",
    }  # fmt: skip
    first, second, *_ = [one for _, _, one in graph.links()]
    assert (first.collectors, str(first.seen)) == (("To IP [Acme]",), "unknown")
    assert json.loads(second.detail)["properties"]["maltego.link.color"] == "8421505"
    assert "Entities/acme.Custom.entity" in graph.rest


def test_cut_samples_are_refused() -> None:
    """A file that ends early says that it can't be read, wherever it ends."""
    data = corpus("mtgx/client3-xml10.mtgx").read_bytes()
    for part in range(50):
        with pytest.raises(InvalidValue):
            read_mtgx(data[: len(data) * part // 50], ORIGIN, catalogue())


@given(st.data())
def test_altered_samples_do_no_harm(data: st.DataObject) -> None:
    """Bytes changed anywhere in the XML end in a graph or in InvalidValue."""
    with zipfile.ZipFile(corpus("mtgx/client3-xml11.mtgx")) as archived:
        text = bytearray(archived.read("Graphs/Graph1.graphml"))
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(text) - 1))
        text[at] = data.draw(st.integers(0, 255))
    try:
        read_maltego_graphml(bytes(text), ORIGIN, catalogue())
    except InvalidValue:
        return


def test_writers_differ_and_are_understood() -> None:
    """Keys of any id, no namespace at all, and any case of a type's id give the same graph."""
    text = document(
        node("a", "MALTEGO.domain", fqdn="A.example"),
        node("b", "maltego.IPv4Address", ipv4_address="", **{"ipv4-address": "192.0.2.1"}),
        edge("a", "b", maltego__link__manual__type="Resolves to"),
    )
    bare = text.replace(b"m:", b"").replace(b"xmlns:m=", b"id=")
    for data in (text, bare, text.decode().encode("utf-16"), b"\xef\xbb\xbf" + text):
        assert is_maltego_graphml(data) or data is bare
        graph, problems = read_maltego_graphml(data, ORIGIN, catalogue())
        assert problems == []
        assert links(graph) == ["a.example -resolves-to-> 192.0.2.1"]


def test_all_graphs_are_read() -> None:
    """A file with two graphs gives both, with ids that do not mix, and says so."""
    one = document(node("n0", "maltego.Domain", fqdn="a.example"))
    two = document(
        node("n0", "maltego.Domain", fqdn="b.example"),
        node("n1", "maltego.Alias", properties__alias="fox"), edge("n0", "n1"),
    )  # fmt: skip
    graph, problems = read_mtgx(archive(Graph1=one, Graph2=two), ORIGIN, catalogue())
    assert [one.value for one in graph.entities()] == ["a.example", "b.example", "fox"]
    assert links(graph) == ["b.example -related-to-> fox"]
    assert [one.where for one in problems] == ["file"]


def test_one_bad_graph_leaves_the_other() -> None:
    """A graph that can't be read is told, and the other is read."""
    good = document(node("n0", "maltego.Domain", fqdn="a.example"))
    graph, problems = read_mtgx(archive(Graph1=b"<graphml>", Graph2=good), ORIGIN, catalogue())
    assert [one.value for one in graph.entities()] == ["a.example"]
    assert problems[0].where == "Graphs/Graph1.graphml"


@pytest.mark.parametrize(
    ("type_", "values", "entity"),
    [
        ("maltego.URL", {"short-title": "x", "url": "http://a.example/"}, "url http://a.example/"),
        ("maltego.AS", {"as.number": "64496"}, "autonomous-system AS64496"),
        ("maltego.Netblock", {"ipv4-range": "192.0.2.0-192.0.2.255"}, "netblock 192.0.2.0/24"),
        ("maltego.STIX2.url", {"id": "url--1", "url": "http://a.example/"},
         "url http://a.example/"),
        ("maltego.Domain", {"fqdn": "no domain!"}, "maltego-domain no domain!"),
        ("maltego.Hash", {"properties.hash": "ab" * 16}, "file " + "ab" * 16),
        ("acme.Thing", {"a": "", "properties.thing": "it", "b": "no"}, "acme-thing it"),
        ("acme.Thing", {"a": "first"}, "acme-thing first"),
        ("clew.odd-thing", {"properties.odd-thing": "it"}, "odd-thing it"),
    ],
)  # fmt: skip
def test_values_and_types_are_found(type_: str, values: dict[str, str], entity: str) -> None:
    """The property that holds the value is found by definition, table or form."""
    graph, _ = read(node("a", type_, **values))
    assert [f"{one.type} {one.value}" for one in graph.entities()] == [entity]


def test_a_definition_names_the_value() -> None:
    """A custom type takes its value from the property that its definition, or its base's, says."""
    base = '<MaltegoEntity id="acme.Base"><Properties value="zz"/></MaltegoEntity>'
    derived = (
        '<MaltegoEntity id="acme.Thing"><BaseEntities><BaseEntity>acme.Base</BaseEntity>'
        "</BaseEntities></MaltegoEntity>"
    )
    text = document(node("a", "acme.thing", aa="no", zz="yes"))
    data = zipped(
        {"Graphs/G.graphml": text, "Entities/b.entity": base, "Entities/d.entity": derived,
         "Entities/bad.entity": "<x/>"}
    )  # fmt: skip
    graph, problems = read_mtgx(data, ORIGIN, catalogue())
    assert [one.value for one in graph.entities()] == ["yes"]
    assert [one.where for one in problems] == ["Entities/bad.entity"]


def test_what_is_unknown_is_kept() -> None:
    """Children that no public file shows stay in the XML of the node and of the edge."""
    graph, problems = read(
        node("a", "maltego.Phrase", "<m:Weight>7</m:Weight>", text="x"),
        edge("a", "a", "<m:Bend>8</m:Bend>"),
    )
    assert problems == []
    originals = [one.value for _, one in graph.properties() if one.name == ORIGINAL_PROPERTY]
    assert len(originals) == 1
    assert "Weight>7<" in originals[0]
    (observation,) = [observation for _, _, observation in graph.links()]
    assert "Bend>8<" in json.loads(observation.detail)["xml"]


def test_a_state_of_maltego_is_none_of_ours() -> None:
    """A property named state or as an original does not become one of Clew's."""
    graph, _ = read(
        node(
            "a",
            "maltego.Location",
            location__name="x",
            state="sinkhole",
            **{ORIGINAL_PROPERTY: "y"},
        )
    )
    names = {one.name for _, one in graph.properties()}
    assert names == {"maltego.state", f"maltego.{ORIGINAL_PROPERTY}", ORIGINAL_PROPERTY}


def test_a_run_with_a_zone_is_when_it_was_learnt() -> None:
    """The time of a transform counts where it tells its zone, and is never a sighting."""
    graph, _ = read(
        node("a", "maltego.Phrase", text="x"), node("b", "maltego.Phrase", text="y"),
        edge("a", "b", maltego__link__transform__run_date="no",
             **{"maltego.link.transform.run-date": "2024-01-02 03:04:05.6 +0100"}),
        edge("b", "a", **{"maltego.link.transform.run-date": "2024-01-02 03:04:05.6"}),
    )  # fmt: skip
    observations = [observations for _, _, observations in graph.links()]
    assert [one.provenance.learnt for one in observations] == [1_704_161_045, ORIGIN.learnt]
    assert {str(one.seen) for one in observations} == {"unknown"}


def test_relationships_of_stix_become_links() -> None:
    """An entity that is a relationship becomes a link in its own direction, and that is told."""
    graph, problems = read(
        node("a", "maltego.STIX2.malware", name="Rat", id="malware--1"),
        node("r", "maltego.STIX2.relationship", id="relationship--1", relationship_type="uses",
             source_ref="threat-actor--1", target_ref="malware--1", start_time="2016-03-31"),
        node("b", "maltego.STIX2.threat-actor", title="Fox", id="threat-actor--1"),
        edge("a", "r"), edge("r", "b"),
    )  # fmt: skip
    assert links(graph) == ["Fox -uses-> Rat"]
    assert [str(observation.seen) for _, _, observation in graph.links()] == [
        "2016-03-31 to unknown"
    ]
    assert [one.where for one in problems] == ["links"]


def test_bad_parts_are_told() -> None:
    """A node without a value, a wrong place and a lost end are told; the rest is read."""
    place = (
        '<node id="p"><data key="z"><m:EntityRenderer><m:Position x="NaN" y="up"/>'
        "</m:EntityRenderer></data>"
    )
    graph, problems = read(
        node("a", "maltego.Domain", fqdn=""), node("b", "maltego.Domain", fqdn="b.example"),
        "<node id='c'/>", edge("a", "b"), edge("b", "nowhere"),
        place + node("q", "maltego.Alias", alias="fox").partition(">")[2],
    )  # fmt: skip
    assert [one.value for one in graph.entities()] == ["b.example", "fox"]
    assert links(graph) == []
    assert len(problems) == 4
    assert graph.places == {}


def test_labels_do_not_fill_the_types() -> None:
    """However many labels people gave, only so many become types; none is lost."""
    labels = [f"label {number}" for number in range(LABELS_MAX + 50)]
    graph, problems = read(
        node("a", "maltego.Alias", alias="fox"),
        *(edge("a", "a", maltego__link__manual__type=one) for one in labels),
    )
    assert problems == []
    observations = [observations for _, _, observations in graph.links()]
    assert len(observations) == len(labels)
    assert all(label in one.detail for label, one in zip(labels, observations, strict=True))
    assert len({str(one.subject) for one in observations}) == LABELS_MAX + 1


def test_members_are_kept_within_bounds() -> None:
    """Icons and unknown members are kept; what is too large is told."""
    text = document(node("a", "maltego.Alias", alias="fox"))
    data = zipped(
        {"Graphs/G.graphml": text, "Icons/a/b.png": b"png",
         "Files/G/big": Random(1).randbytes(MEMBER_BYTES_MAX + 1)}
    )  # fmt: skip
    graph, problems = read_mtgx(data, ORIGIN, catalogue())
    assert graph.rest == {"Icons/a/b.png": b"png"}
    assert [one.where for one in problems] == ["Files/G/big"]


def test_a_bomb_is_refused() -> None:
    """A member that grows beyond reason is refused."""
    with pytest.raises(InvalidValue, match="bomb"):
        read_mtgx(zipped({"Graphs/G.graphml": bytes(20_000_000)}), ORIGIN, catalogue())


@pytest.mark.parametrize("name", ["../Graphs/G.graphml", "/etc/x", "C:\\x", "Graphs/../../x"])
def test_names_that_slip_out_are_refused(name: str) -> None:
    """A member that would leave its folder is refused."""
    with pytest.raises(InvalidValue):
        read_mtgx(zipped({name: document()}), ORIGIN, catalogue())


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "empty"), (b"MALTEGO\x00\x01", "password-protected"),
        (b"PK\x05\x06", "can't be read"),
        (zipped({"x": b""}), "no graph"), (zipped({"Graphs/Graph1/DataEntities/a": b""}), "mtgl"),
        (archive(a=b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><graphml/>'), "DOCTYPE"),
        (archive(a=b""), "XML"), (archive(a=b"<html/>"), "GraphML"),
        (archive(a=b'<?xml version="1.0" encoding="utf-8"?><graphml>\xff</graphml>'), "XML"),
        (archive(a=b'<?xml version="1.0" encoding="no-such"?><graphml/>'), "XML"),
        (archive(a=b"<graphml>" + b"<graph><node>" * 5_000), "XML"),
    ],
)  # fmt: skip
def test_what_is_no_graph_is_refused(data: bytes, says: str) -> None:
    """Anything else is InvalidValue that says what is wrong."""
    with pytest.raises(InvalidValue, match=says):
        read_mtgx(data, ORIGIN, catalogue())


def test_a_password_is_named() -> None:
    """An archive with encrypted members is called password-protected."""
    data = bytearray(archive(Graph1=document()))
    for mark, shift in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + shift] |= 1
    with pytest.raises(InvalidValue, match="password-protected"):
        read_mtgx(bytes(data), ORIGIN, catalogue())


def test_control_characters_of_xml_11_are_let_go() -> None:
    """References that only XML 1.1 allows do not stop the reading."""
    data = document(node("a", "maltego.Phrase", text="a&#1;b")).replace(
        b"<graphml", b'<?xml version="1.1" standalone="no"?><graphml', 1
    )
    graph, problems = read_maltego_graphml(data, ORIGIN, catalogue())
    assert ([one.value for one in graph.entities()], problems) == (["ab"], [])


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.text(max_size=20), max_size=4))
def test_java_properties_come_back(texts: dict[str, str]) -> None:
    """Names and texts of a properties file are read as they were written."""
    texts = {name: text for name, text in texts.items() if text.isprintable() and name.isalnum()}
    assert read_properties(write_properties(texts)) == texts


def test_java_properties_of_the_client_are_read() -> None:
    """Comments, escaped colons and continued lines are understood; noise is passed over."""
    data = b"#\n#Tue\nmodified=2024-01-02 03\\:04\\:05.678\na = b\\\n  c\n\nnoise\n=\nx:y"
    assert read_properties(data) == {"modified": "2024-01-02 03:04:05.678", "a": "bc", "x": "y"}
