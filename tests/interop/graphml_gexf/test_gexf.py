"""GEXF: what is written comes back, other programs open it, and theirs are read."""

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
from clew.interop.graphml_gexf.gexf import read_gexf, write_gexf
from clew.model.block import BlockBuilder
from clew.model.interval import Interval
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN, entity_of, exchange_graphs, link_of

FOREIGN = (
    '<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:viz="http://www.gexf.net/1.2draft/viz" '
    'version="1.2"><meta><creator>Gephi 0.9</creator><description>Two hosts</description></meta>'
    '<graph defaultedgetype="undirected" timeformat="date" mode="dynamic">'
    '<attributes class="node"><attribute id="7" title="kind" type="string"><default>seen</default>'
    '</attribute></attributes><attributes class="edge"><attribute id="7" title="note"/>'
    '</attributes><nodes><node id="1" label="a.example.org"><viz:position x="3" y="4.5" z="0"/>'
    '</node><node id="2" label="192.0.2.1"><attvalues><attvalue for="7" value="c2"/>'
    '<attvalue for="7" value="sinkhole"/></attvalues><nodes><node id="3" label="AS64496"/></nodes>'
    '</node><node id="4" label="x" pid="1"/></nodes><edges>'
    '<edge id="0" source="1" target="2" type="directed" label="resolves-to" weight="2.5" '
    'start="2014-01-02" end="2014-03-04"/>'
    '<edge id="1" source="2" target="3"><spells><spell start="2014-01-01" end="2014-01-05"/>'
    '<spell start="2015-01-01"/></spells><attvalues><attvalue for="7" value="hm"/></attvalues>'
    '</edge><edge id="2" source="1" target="9"/>'
    '<edge id="3" source="4" target="2" type="directed" start="2015-01-01" end="2014-01-01"/>'
    "</edges></graph></gexf>"
)


def read(text: str | bytes) -> tuple[ExchangeGraph, list[ImportProblem]]:
    return read_gexf(text if isinstance(text, bytes) else text.encode(), ORIGIN, catalogue())


@given(exchange_graphs())
def test_what_is_written_comes_back(graph: ExchangeGraph) -> None:
    """All that the format carries survives writing and reading."""
    again, problems = read(write_gexf(graph))
    assert problems == []
    assert preserved_content(again, FIDELITY) == preserved_content(graph, FIDELITY)


@given(exchange_graphs())
def test_networkx_opens_it(graph: ExchangeGraph) -> None:
    """Networkx finds as many nodes and edges, with the same values, places, types and dates."""
    drawn = nx.read_gexf(io.BytesIO(write_gexf(graph)))
    nodes = dict(drawn.nodes(data=True))
    assert sorted((one["type"], one["value"], one["label"]) for one in nodes.values()) == sorted(
        (one.type, one.value, one.value) for one in graph.entities()
    )
    assert {
        int(id_[1:]): (one["viz"]["position"]["x"], one["viz"]["position"]["y"])
        for id_, one in nodes.items()
        if "viz" in one
    } == graph.places
    assert sorted(
        (source, target, one["type"], one["provider"], one.get("last", "unknown"))
        for source, target, one in drawn.edges(data=True)
    ) == sorted(
        (f"n{source}", f"n{target}", observation.subject.type, observation.provenance.provider,
         str(observation.seen.last))
        for source, target, observation in graph.links()
    )  # fmt: skip


@pytest.mark.parametrize(
    ("first", "last", "span"),
    [
        ("2014-01-02", "2014-03-04", ' start="2014-01-02" end="2014-03-04"'),
        ("2014-01-02T03:04:05Z", "2014-03-04", ' start="2014-01-02" end="2014-03-04"'),
        ("2014-01", "2014-03-04", ""),
        ("2014-01-02", None, ""),
        (None, None, ""),
    ],
)
def test_an_edge_has_times_where_both_are_known(
    first: str | None, last: str | None, span: str
) -> None:
    """Start and end are written only where both dates are known to the day."""
    builder = BlockBuilder()
    rows = [builder.entity("domain-name", "a.example", 0), builder.entity("tag", "t", 0)]
    builder.link(rows[0], "tagged", rows[1], 0, seen=Interval.parse(first, last))
    text = write_gexf(ExchangeGraph(builder.build(), (ORIGIN,))).decode()
    assert span in text
    assert ("start=" in text) == bool(span)
    assert ("dynamic" in text) == bool(span)


def test_a_foreign_file_is_read() -> None:
    """Titles of attributes, places, spells, hierarchy and times of Gephi's files count."""
    graph, problems = read(FOREIGN)
    assert graph.title == "Two hosts"
    assert [(one.type, one.value) for one in graph.entities()] == [
        ("domain-name", "a.example.org"), ("ip-address", "192.0.2.1"),
        ("autonomous-system", "AS64496"), ("thing", "x"),
    ]  # fmt: skip
    assert graph.places == {0: (3.0, 4.5)}
    assert [
        (link_of(one).source.value, one.subject.type, link_of(one).target.value, str(one.seen),
         one.detail)
        for _, _, one in graph.links()
    ] == [
        ("192.0.2.1", "contains", "AS64496", "unknown", ""),
        ("a.example.org", "contains", "x", "unknown", ""),
        ("a.example.org", "resolves-to", "192.0.2.1", "2014-01-02 to 2014-03-04",
         '{"weight":"2.5"}'),
        ("192.0.2.1", "related-to", "AS64496", "2014-01-01 to 2014-01-05",
         '{"note":"hm","directed":"false"}'),
        ("192.0.2.1", "related-to", "AS64496", "2015-01-01 to unknown",
         '{"note":"hm","directed":"false"}'),
        ("x", "related-to", "192.0.2.1", "unknown", ""),
    ]  # fmt: skip
    assert [(entity_of(one).value, one.name, one.value) for _, one in graph.properties()] == [
        ("a.example.org", "kind", "seen"), ("192.0.2.1", "kind", "sinkhole"),
        ("AS64496", "kind", "seen"), ("x", "kind", "seen"),
    ]  # fmt: skip
    reasons = " ".join(one.reason for one in problems)
    for word in ("not there", "ends before", "changes over time", "within", "without direction"):
        assert word in reasons


def test_numbers_are_no_dates() -> None:
    """Times of a format of numbers stay texts of the edge."""
    text = FOREIGN.replace('timeformat="date"', 'timeformat="double"')
    graph, _ = read(text)
    observations = [
        observations
        for _, _, observations in graph.links()
        if observations.subject.type == "resolves-to"
    ]
    assert [str(one.seen) for one in observations] == ["unknown"]
    assert '"start":"2014-01-02"' in observations[0].detail


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"not xml",
        b"<graphml/>",
        b"<!DOCTYPE gexf [<!ENTITY a 'b'>]><gexf/>",
        FOREIGN.encode()[:-20],
        b"<gexf>" + b"<nodes>" * 5_000,
        b"<gexf>\xff</gexf>",
    ],
)
def test_what_is_no_gexf_is_refused(text: bytes) -> None:
    """A DOCTYPE, a cut file, another format, wrong bytes and endless nesting are refused."""
    with pytest.raises(InvalidValue):
        read(text)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encodings_are_read(encoding: str) -> None:
    """A file is read in the encoding that it begins with."""
    graph, _ = read(FOREIGN.replace("x", "ü", 0).encode(encoding))
    assert len(graph.entities()) == 4


@given(st.binary(max_size=200), st.integers(0, 1500))
def test_no_damage_crashes_it(noise: bytes, at: int) -> None:
    """Noise in a file is either read past or refused."""
    data = FOREIGN.encode()
    try:
        read(data[:at] + noise + data[at:])
    except InvalidValue:
        return
