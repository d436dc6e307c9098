"""Reading Maltego's XML graphs: the samples, other writers' ways, and hostile files."""

from __future__ import annotations

import json
import zipfile
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.maltego.graph_reader import ORIGINAL_PROPERTY
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
from interop.maltego.clients import archive, document, edge, links, node, zipped


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


def test_a_namespace_that_is_no_address_is_refused() -> None:
    """A name of a namespace that does not hold is told of the file, and nothing fails."""
    text = document(node("n0", "maltego.Domain", fqdn="example.org"))
    with pytest.raises(InvalidValue):
        read_maltego_graphml(
            text.replace(b"http://graphml", b"$ttp://graphml"), ORIGIN, catalogue()
        )
