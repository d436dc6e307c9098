"""Passive DNS in the Common Output Format: records become links, and links records."""

from __future__ import annotations

import csv
import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.cof.names import reverse_address, reverse_name
from clew.interop.cof.records import FIDELITY, left_out, read_cof, record_of, write_cof
from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.fidelity import preserved_content
from clew.model.block import BlockBuilder
from clew.model.interval import Interval
from clew.schema.registry import catalogue
from corpus.files import corpus
from interop.graphs import ORIGIN, collectors, entity_of, exchange_graphs, intervals, link_of
from shared import shared

ROW = {"rrname": "a.example.org", "rrtype": "A", "rdata": "192.0.2.1"}


def read(*rows: object) -> tuple[ExchangeGraph, list[ImportProblem]]:
    return read_cof(b"\n".join(json.dumps(row).encode() for row in rows), ORIGIN, catalogue())


def links_of(graph: ExchangeGraph) -> list[tuple[str, str, str]]:
    return [
        (
            link_of(observation).source.value,
            observation.subject.type,
            link_of(observation).target.value,
        )
        for _, _, observation in graph.links()
    ]


NAMES = ("a.example", "b.example", "ns1.a.example", "xn--mnchen-3ya.example")
ADDRESSES = ("192.0.2.1", "2001:db8::1")
ENDS = {
    "resolves-to": ("domain-name", (("domain-name", NAMES), ("ip-address", ADDRESSES))),
    "alias-of": ("domain-name", (("domain-name", NAMES),)),
    "served-by-name-server": ("domain-name", (("domain-name", NAMES), ("ip-address", ADDRESSES))),
    "served-by-mail-server": ("domain-name", (("domain-name", NAMES), ("ip-address", ADDRESSES))),
    "contains-phrase": ("domain-name", (("phrase", ('"v=spf1 -all"', "ünïcode 漢字")),)),
    "has-reverse-name": ("ip-address", (("domain-name", NAMES),)),
}
details = st.sampled_from(("", "not json", "[]", '{"count":3}', '{"preference":10,"x":1}'))


@st.composite
def dns_graphs(draw: st.DrawFn) -> ExchangeGraph:
    """Graphs whose links are records of the DNS."""
    builder = BlockBuilder()
    for _ in range(draw(st.integers(0, 8))):
        link = draw(st.sampled_from(tuple(ENDS)))
        kind, targets = ENDS[link]
        type_, values = draw(st.sampled_from(targets))
        source = builder.entity(
            kind, draw(st.sampled_from(NAMES if kind == "domain-name" else ADDRESSES)), 0
        )
        target = builder.entity(type_, draw(st.sampled_from(values)), 0)
        if source != target:
            builder.link(
                source, link, target, 0, seen=draw(intervals()), collectors=draw(collectors),
                detail=draw(details) or None,
            )  # fmt: skip
    return ExchangeGraph(builder.build(), (ORIGIN,))


@given(dns_graphs())
def test_what_is_written_comes_back(graph: ExchangeGraph) -> None:
    """Links of the DNS, their seconds and collectors survive writing and reading."""
    assert left_out(graph) == 0
    assume(graph.block.links.height)
    again, problems = read_cof(write_cof(graph), ORIGIN, catalogue())
    assert problems == []
    assert preserved_content(again, FIDELITY) == preserved_content(graph, FIDELITY)


@given(exchange_graphs())
def test_what_is_no_record_is_left_out(graph: ExchangeGraph) -> None:
    """Of any graph just the links that are records are written, and the others are counted."""
    links = [observation for _, _, observation in graph.links()]
    if not any(record_of(observation) for observation in links):
        with pytest.raises(InvalidValue):
            write_cof(graph)
        return
    lines = write_cof(graph).splitlines()
    assert len(lines) == sum(record_of(observation) is not None for observation in links)
    assert left_out(graph) == sum(
        observation.subject.type in (FIDELITY.links or ()) and record_of(observation) is None
        for observation in links
    )
    _, problems = read_cof(b"\n".join(lines), ORIGIN, catalogue())
    assert problems == []


@given(dns_graphs())
def test_an_array_is_read_as_lines_are(graph: ExchangeGraph) -> None:
    """A JSON array of records means what the same records mean one a line."""
    assume(graph.block.links.height)
    data = write_cof(graph)
    array = b"[" + b",".join(data.splitlines()) + b"]"
    assert preserved_content(
        read_cof(array, ORIGIN, catalogue())[0], FIDELITY
    ) == preserved_content(read_cof(data, ORIGIN, catalogue())[0], FIDELITY)


def test_a_table_and_its_records_tell_the_same() -> None:
    """Each row of a table is a link with the days that it prints, and comes back as a record."""
    records, table = corpus("cof/pdns.cof.ndjson"), corpus("csv/pdns.csv")
    assert tells_the_same(records.read_bytes(), table.read_text()) == 7


def test_printed_tables_are_read_whole() -> None:
    """So it is with the 58 rows of four published reports."""
    tables = shared("data/pdns-tables")
    records, table = tables / "pdns.cof.ndjson", tables / "pdns.csv"
    assert tells_the_same(records.read_bytes(), table.read_text()) == 58


def tells_the_same(data: bytes, table: str) -> int:
    """How many rows the records and the table both have."""
    graph, problems = read_cof(data, ORIGIN, catalogue())
    assert problems == []
    links = [observation for _, _, observation in graph.links()]
    assert {observation.subject.type for observation in links} == {"resolves-to"}
    rows = [tuple(row.values()) for row in csv.DictReader(table.splitlines())]
    days = {
        frozenset((link_of(observation).source.value, link_of(observation).target.value,
                   f"{observation.seen.first.at:%Y-%m-%d}", f"{observation.seen.last.at:%Y-%m-%d}",
                   *observation.collectors))
        for observation in links
    }  # fmt: skip
    assert all(any(observation <= frozenset(row) for row in rows) for observation in days)
    again = [json.loads(line) for line in write_cof(graph).splitlines()]
    assert again == [json.loads(line) for line in data.splitlines()]
    assert len(links) == len(rows)
    return len(rows)


@pytest.mark.parametrize(
    ("rrtype", "rdata", "link", "value"),
    [
        ("A", "192.0.2.1", "resolves-to", "192.0.2.1"),
        ("aaaa", "2001:DB8::1", "resolves-to", "2001:db8::1"),
        (28, "2001:db8::1", "resolves-to", "2001:db8::1"),
        ("CNAME", "B.example.org.", "alias-of", "b.example.org"),
        ("NS", "ns.example.org", "served-by-name-server", "ns.example.org"),
        ("MX", "10 mx.example.org.", "served-by-mail-server", "mx.example.org"),
        ("TXT", '"v=spf1 -all"', "contains-phrase", '"v=spf1 -all"'),
    ],
)
def test_each_type_is_its_link(rrtype: object, rdata: str, link: str, value: str) -> None:
    """Each type of record that links something becomes that link."""
    graph, problems = read({"rrname": "A.Example.org.", "rrtype": rrtype, "rdata": rdata})
    assert (links_of(graph), problems) == ([("a.example.org", link, value)], [])


@given(st.ip_addresses())
def test_reverse_names_are_their_addresses(address: object) -> None:
    """The name of a reverse look-up gives its address back, and a PTR starts from it."""
    assert reverse_address(reverse_name(str(address))) == str(address)


def test_a_reverse_look_up_starts_from_the_address() -> None:
    """A PTR links the address to the name; other names link as names."""
    graph, _ = read(
        {"rrname": "1.2.0.192.in-addr.arpa.", "rrtype": "PTR", "rdata": "a.example.org"},
        {"rrname": "2.0.192.in-addr.arpa", "rrtype": "PTR", "rdata": "a.example.org"},
    )
    assert links_of(graph) == [
        ("192.0.2.1", "has-reverse-name", "a.example.org"),
        ("2.0.192.in-addr.arpa", "has-reverse-name", "a.example.org"),
    ]


def test_midnight_is_a_second() -> None:
    """A time at midnight is that second and no day; an end that is not told is unknown."""
    graph, _ = read({**ROW, "time_first": 1403481600})
    assert [str(observation.seen) for _, _, observation in graph.links()] == [
        "2014-06-23T00:00:00Z to unknown"
    ]
    assert json.loads(write_cof(graph)) == {**ROW, "time_first": 1403481600}


def test_a_day_is_written_from_its_first_to_its_last_second() -> None:
    """Dates with less precision cover all seconds that they can mean."""
    builder = BlockBuilder()
    rows = builder.entity("domain-name", "a.example", 0), builder.entity("ip-address", "::1", 0)
    builder.link(rows[0], "resolves-to", rows[1], 0, seen=Interval.parse("2014-01-02", "2014-01"))
    row = json.loads(write_cof(ExchangeGraph(builder.build(), (ORIGIN,))))
    assert (row["time_first"], row["time_last"]) == (1388620800, 1391212799)


def test_the_rest_of_a_record_is_kept() -> None:
    """Other keys are details, sensors and origins collectors, zone times stand in for times."""
    row = {
        **ROW, "rdata": ["192.0.2.1", "192.0.2.2"], "count": 5, "bailiwick": "example.org.",
        "sensor_id": "s1", "origin": "https://pdns.example.org", "zone_time_first": 1403481601,
        "zone_time_last": "1403481602", "x": [1],
    }  # fmt: skip
    graph, problems = read(row)
    assert problems == []
    links = [observation for _, _, observation in graph.links()]
    assert [link_of(observation).target.value for observation in links] == [
        "192.0.2.1",
        "192.0.2.2",
    ]
    for observation in links:
        assert observation.collectors == ("https://pdns.example.org", "s1")
        assert str(observation.seen) == "2014-06-23T00:00:01Z to 2014-06-23T00:00:02Z"
        assert json.loads(observation.detail) == {
            key: row[key]
            for key in ("count", "bailiwick", "zone_time_first", "zone_time_last", "x")
        }
    again = json.loads(write_cof(graph).splitlines()[0])
    assert (again["count"], again["bailiwick"]) == (5, "example.org.")


def test_other_types_are_properties() -> None:
    """A record that links nothing is a dated property of its name."""
    soa = "ns.example.org. root.example.org. 1 2 3 4 5"
    graph, problems = read({**ROW, "rrtype": "SOA", "rdata": soa, "time_last": 1403481600})
    assert problems == []
    assert [
        (
            entity_of(observation).value,
            observation.name,
            observation.value,
            str(observation.seen.last),
        )
        for _, observation in graph.properties()
    ] == [("a.example.org", "dns_soa", soa, "2014-06-23T00:00:00Z")]


def test_the_wrapper_of_a_stream_is_read() -> None:
    """Records within a wrapper are read, and an answer that was cut is told."""
    graph, problems = read({"cond": "begin"}, {"obj": ROW}, {"cond": "limited", "msg": "row limit"})
    assert len(links_of(graph)) == 1
    assert [one.reason for one in problems] == ["the answer is not whole: limited"]


@pytest.mark.parametrize(
    "change",
    [
        {"rrname": ""}, {"rrname": None}, {"rrname": "*.example.org"}, {"rrtype": None},
        {"rrtype": "A B"}, {"rrtype": []}, {"rdata": None}, {"rdata": 7}, {"rdata": [[]]},
        {"rdata": "300.0.2.1"}, {"rrtype": "MX", "rdata": "10"}, {"time_first": 10**400},
        {"time_first": -5}, {"time_first": "soon"}, {"time_first": 2000, "time_last": 1000},
        {"time_last": []}, {"y": "x" * 20_000},
    ],
)  # fmt: skip
def test_a_bad_record_is_told(change: dict[str, object]) -> None:
    """A record that does not hold is told with its line, and the others are read."""
    graph, problems = read({**ROW, **change}, {**ROW, "rdata": "192.0.2.9"})
    assert [one.where for one in problems] == ["line 1"]
    assert ("a.example.org", "resolves-to", "192.0.2.9") in links_of(graph)
    assert not any(observation.seen.dated for _, _, observation in graph.links())


@pytest.mark.parametrize(
    "data",
    [b"plain words", b"{", b'{"rr":1}', b"[1]", b"7", b"[" * 100_000, b"\x00\xff" * 50],
)
def test_what_holds_no_record_is_refused(data: bytes) -> None:
    """A file without any record is not this format."""
    with pytest.raises(InvalidValue):
        read_cof(data, ORIGIN, catalogue())


@pytest.mark.parametrize("data", [b"", b"\n\n", b"[]"])
def test_an_empty_answer_is_empty(data: bytes) -> None:
    """No records are an answer too."""
    graph, problems = read_cof(data, ORIGIN, catalogue())
    assert (graph.entities(), problems) == ([], [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_encodings_are_read(encoding: str) -> None:
    """A byte order mark says how the text is written."""
    text = json.dumps({**ROW, "rrname": "münchen.example"}, ensure_ascii=False)
    graph, _ = read_cof(text.encode(encoding), ORIGIN, catalogue())
    assert links_of(graph)[0][0] == "xn--mnchen-3ya.example"


@given(st.binary(max_size=60), st.integers(0, 100))
def test_no_damage_crashes_it(noise: bytes, at: int) -> None:
    """Noise in a file is either read past or refused."""
    data = json.dumps(ROW).encode() + b"\n" + json.dumps(ROW).encode()
    try:
        read_cof(data[:at] + noise + data[at:], ORIGIN, catalogue())
    except InvalidValue:
        return
