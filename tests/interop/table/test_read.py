"""Tables become graphs: published ones whole, bad cells told with their place."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.table.guess import guess
from clew.interop.table.mapping import ColumnMapping, ColumnRole, LinkRule, Mapping
from clew.interop.table.read import preview, read_table
from clew.interop.table.sheet_files import read_cells
from clew.model.entity import Link
from clew.schema.registry import catalogue
from corpus.files import corpus
from interop.graphs import ORIGIN
from shared import shared, shared_files

PDNS, LAB = "data/pdns-tables", "data/campaigns-citizenlab"
PUBLISHED = {
    f"{PDNS}/pdns.csv": ({"domain-name": 38, "ip-address": 22}, {"resolves-to": 58}, 0),
    f"{PDNS}/samples.csv": (
        {"file": 8, "domain-name": 6, "ip-address": 1},
        {"communicates-with": 6, "connects-to": 1},
        4,
    ),
    f"{LAB}/201512_PackRAT/domains.csv": (
        {"domain-name": 12, "ip-address": 9}, {"resolves-to": 22}, 0
    ),
    f"{LAB}/201512_PackRAT/md5-c2.csv": (
        {"file": 37, "domain-name": 9}, {"communicates-with": 50}, 0
    ),
    f"{LAB}/201512_PackRAT/assorted.csv": ({"domain-name": 37, "email-address": 16}, {}, 9),
    f"{LAB}/201512_PackRAT/iocs.csv": (
        {"domain-name": 66, "file": 37, "ip-address": 13, "email-address": 7, "url": 5, "phrase": 4,
         "registry-key": 3, "document": 1}, {}, 0,
    ),
    f"{LAB}/201611_KeyBoy/iocs.csv": (
        {"file": 11, "yara": 9, "ip-address": 8, "domain-name": 4, "registry-key": 1}, {}, 1
    ),
    f"{LAB}/201702_NilePhish/iocs.csv": ({"domain-name": 35, "ip-address": 3}, {}, 0),
    f"{LAB}/201707_InsiderInfo/indicators.csv": (
        {"domain-name": 17, "file": 16, "url": 7, "email-address": 3, "ip-address": 3}, {}, 0
    ),
    f"{LAB}/201801_SpyingOnABudget/indicators.csv": ({"domain-name": 191, "ip-address": 3}, {}, 0),
    f"{LAB}/201803_BadTraffic/iocs.csv": ({"file": 38, "domain-name": 25}, {}, 0),
    f"{LAB}/201808_FamiliarFeeling/indicators.csv": (
        {"domain-name": 16, "file": 14, "ip-address": 6, "email-address": 2, "person": 1,
         "phone": 1}, {}, 0,
    ),
    f"{LAB}/201909_MissingLink/iocs.csv": (
        {"url": 31, "domain-name": 15, "ip-address": 12, "email-address": 6, "file": 5,
         "user-agent": 1}, {}, 1,
    ),
}  # fmt: skip


def read(
    text: str | bytes, mapping: Mapping | None = None
) -> tuple[ExchangeGraph, list[ImportProblem]]:
    data = text.encode() if isinstance(text, str) else text
    return read_table(data, ORIGIN, catalogue(), mapping)


def links_of(graph: ExchangeGraph) -> list[str]:
    return [f"{observation.subject} {observation.seen}" for _, _, observation in graph.links()]


@pytest.mark.parametrize("path", PUBLISHED)
def test_published_tables(path: str) -> None:
    """Each published table gives the entities and links that it lists, and its faults by place."""
    graph, problems = read(shared(path).read_bytes())
    assert (
        Counter(one.type for one in graph.entities()),
        Counter(
            observation.subject.type
            for _, _, observation in graph.links()
            if isinstance(observation.subject, Link)
        ),
        len(problems),
    ) == PUBLISHED[path]


def test_all_published_tables_are_counted() -> None:
    """No published table is left out of the counts."""
    there = {*shared_files(PDNS, "*.csv"), *shared_files(LAB, "*/*.csv")}
    assert {shared(path) for path in PUBLISHED} == there


def test_passive_dns_of_a_report_is_dated_and_sourced() -> None:
    """Each row of passive DNS has both its days, and the report as its source."""
    graph, _ = read(shared(f"{PDNS}/pdns.csv").read_bytes())
    observations = [one for _, _, one in graph.links()]
    assert sum(one.seen.first.known and one.seen.last.known for one in observations) == 58
    assert str(observations[0].seen) == "2014-06-23 to 2014-07-23"
    assert observations[0].collectors == ("Operation Poisoned Hurricane",)


def test_dates_in_words() -> None:
    """Days in English words are days, with or without a comma."""
    graph, _ = read(corpus("csv/domains.csv").read_bytes())
    seen = [str(one.seen) for _, _, one in graph.links()]
    assert seen == ["2014-11-07", "2015-03-03", "2014-07-11", "2012-09-06", "unknown"]


def test_dates_in_words_of_a_published_table() -> None:
    """So they are in a table that a lab published."""
    graph, _ = read(shared(f"{LAB}/201512_PackRAT/domains.csv").read_bytes())
    seen = [str(one.seen) for _, _, one in graph.links()]
    assert (seen[0], seen[6], seen[14]) == ("2014-11-07", "2014-07-11", "2012-09-06")


@pytest.mark.parametrize(
    ("date", "seen"),
    [("November 7th, 2014", "2014-11-07"), ("Nov 2014", "2014-11"), ("2014", "2014"),
     ("24/06/2014", "2014-06-24"), ("20141107", "2014-11-07"), ("-", "unknown"),
     ("2014-11-07 10:00:00Z", "2014-11-07T10:00:00Z")],
)  # fmt: skip
def test_dates_keep_their_precision(date: str, seen: str) -> None:
    """A date is as exact as it was told."""
    graph, problems = read(f'domain,ip,date\na.example.org,192.0.2.1,"{date}"\n' + "x" * 0)
    mapped = [] if date == "-" else [f"a.example.org -resolves-to-> 192.0.2.1 {seen}"]
    assert links_of(graph)[: len(mapped)] == mapped
    assert problems == []


@pytest.mark.parametrize(
    ("date", "seen"),
    [("2014-11-07 11:30 PM", "2014-11-07"), ("2014-11-07 23:30 IST", "2014-11-07"),
     ("2014-11-07 10:00:00", "2014-11-07T10:00:00Z")],
)  # fmt: skip
def test_what_is_not_read_of_a_time_is_told(date: str, seen: str) -> None:
    """A time that is cut to its day, or taken as UTC without saying so, is a problem."""
    graph, problems = read(f"domain,ip,date\na.example.org,192.0.2.1,{date}\n")
    assert links_of(graph) == [f"a.example.org -resolves-to-> 192.0.2.1 {seen}"]
    assert [one.where for one in problems] == ["row 2, column date"]


def test_a_column_may_be_called_like_a_type() -> None:
    """Where no cell is known by its form, a column's name says the type."""
    graph, problems = read("person,organisation\nMüller,Café\n")
    assert {one.type for one in graph.entities()} == {"person", "organisation"}
    assert problems == []


def test_ambiguous_and_wrong_dates_stay_unknown() -> None:
    """A date that means two days, none, or ends before it starts is told, and its link kept."""
    graph, problems = read(
        "domain,ip,first_seen,last_seen\n"
        "a.example.org,192.0.2.1,05/06/2014,2014-07-01\n"
        "b.example.org,192.0.2.1,2014-06-05,soon\n"
        "c.example.org,192.0.2.1,2014-06-05,2013-01-01\n"
        "d.example.org,192.0.2.1,2014-06-05,2014-06-06\n"
    )
    assert [line.partition("192.0.2.1 ")[2] for line in links_of(graph)] == [
        "unknown to 2014-07-01", "2014-06-05 to unknown", "unknown", "2014-06-05 to 2014-06-06"
    ]  # fmt: skip
    assert [(one.where, one.text) for one in problems] == [
        ("row 2, column first_seen", "05/06/2014"),
        ("row 3, column last_seen", "soon"),
        ("row 4", "2014-06-05 to 2013-01-01"),
    ]


def test_bad_cells_are_told_with_their_place() -> None:
    """A bad cell costs itself only; rows that name nothing, or lose their dates, are told."""
    graph, problems = read(
        "value,ip,seen,note\na.example.org,300.0.2.1,2014-01-01,x\n-,-,,only words\n"
        "b.example.org,192.0.2.2,2014-01-01,\nc.example.org,192.0.2.3,2014-01-01,\n"
    )
    assert [one.value for one in graph.entities()] == [
        "a.example.org", "b.example.org", "192.0.2.2", "c.example.org", "192.0.2.3"
    ]  # fmt: skip
    assert [one.where for one in problems] == ["row 2, column ip", "row 2", "row 3"]


def test_lists_in_cells() -> None:
    """A cell can list several values; two lists in one row are not paired at will."""
    graph, problems = read(
        "domain,ip\na.example.org,192.0.2.1 192.0.2.2\n"
        '"b.example.org, c.example.org","192.0.2.3; 192.0.2.4"\n'
    )
    assert links_of(graph) == [
        "a.example.org -resolves-to-> 192.0.2.1 unknown",
        "a.example.org -resolves-to-> 192.0.2.2 unknown",
    ]
    assert [one.where for one in problems] == ["row 3, column ip"]
    assert len(graph.entities()) == 7


def test_composite_types() -> None:
    """Pairs of values in one cell become two entities and their link, or a property."""
    graph, problems = read(
        "type,value\ndomain|ip,a.example.org|192.0.2.1\nip-dst|port,192.0.2.1|443\n"
        f"filename|md5,a.exe|{'ab' * 16}\n"
    )
    assert problems == []
    assert [one.type for one in graph.entities()] == [
        "domain-name", "ip-address", "port", "file"
    ]  # fmt: skip
    assert links_of(graph) == ["a.example.org -resolves-to-> 192.0.2.1 unknown"]
    assert [(observation.name, observation.value) for _, observation in graph.properties()] == [
        ("file_name", "a.exe")
    ]  # fmt: skip


def test_a_chosen_mapping_is_followed() -> None:
    """Types, links, provider, tags and properties are as the mapping says, own words too."""
    mapping = Mapping(
        ("who", "what", "by", "words", "days", "more"),
        (
            ColumnMapping(ColumnRole.ENTITY, "strange-thing"),
            ColumnMapping(ColumnRole.ENTITY, "domain-name"), ColumnMapping(ColumnRole.PROVIDER),
            ColumnMapping(ColumnRole.TAGS, of=1), ColumnMapping(ColumnRole.DATE),
            ColumnMapping(ColumnRole.PROPERTY, of=0, name="more"),
        ),
        (LinkRule(0, "odd-link", 1),),
        "month first",
    )  # fmt: skip
    text = "Who,What,By,Words,Days,More\nSand Fox,a.example.org,A Lab,x; y,05/06/2014,z\n"
    graph, problems = read(text, mapping)
    assert problems == []
    assert links_of(graph) == ["Sand Fox -odd-link-> a.example.org 2014-05-06"]
    assert [observation.provenance.provider for _, _, observation in graph.links()] == ["A Lab"]
    assert graph.tags == {1: ("x", "y")}
    assert [(row, fact.name, fact.value) for row, fact in graph.properties()] == [
        (0, "more", "z")
    ]  # fmt: skip
    with pytest.raises(InvalidValue, match="other columns"):
        read("a,b\nx,y\n", mapping)


def test_a_preview_shows_the_first_rows() -> None:
    """Each row of a preview has its own entities, links, dates and problems."""
    cells, _ = read_cells(
        b"domain,ip,date\na.example.org,192.0.2.1,2014\nb.example.org,300.0.0.1,\n"
    )
    shown = preview(cells, guess(cells, catalogue()), catalogue(), rows=20)
    assert [(one.number, len(one.entities), len(one.links), one.seen) for one in shown] == [
        (2, 2, 1, ("2014",)), (3, 1, 0, ())
    ]  # fmt: skip
    assert [one.where for one in shown[1].problems] == ["row 3, column ip"]
    assert len(preview(cells, guess(cells, catalogue()), catalogue(), rows=1)) == 1


def test_a_table_of_words_is_told() -> None:
    """Where no column holds anything known the rows are counted."""
    graph, problems = read("colour,size\nred,small\nblue,large\n")
    assert graph.entities() == []
    assert [one.reason for one in problems] == [
        "no column holds anything that is known; 2 rows are left out"
    ]


@given(
    st.sampled_from(("domain,ip,date,tags", "type,value,provider", "md5;c2;first;last", "")),
    st.lists(
        st.lists(
            st.text(max_size=6)
            | st.sampled_from(("a.example.org", "192.0.2.1", "domain|ip", "a|b", "x|", '"', "0",
                               "99/99/9999", "\0", "=1", "9" * 30, "md5", "filename|md5"))
        )
    ),
)  # fmt: skip
def test_any_cells_are_read(header: str, rows: list[list[str]]) -> None:
    """Whatever the cells hold, a graph and its problems come out."""
    sign = ";" if ";" in header else ","
    text = "\n".join((header, *(sign.join(row) for row in rows)))
    try:
        read(text.encode(errors="replace"))
    except InvalidValue:
        return


def test_sources_over_the_bound_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that names more sources than a block has room for is read without the rest."""
    monkeypatch.setattr("clew.interop.graph_builder.COLLECTORS_MAX", 60)
    lines = [f"h{at}.example.org,192.0.2.1,s{at},2020-01-01" for at in range(200)]
    data = "\n".join(["domain,ip,source,date", *lines]).encode()
    graph, problems = read_table(data, ORIGIN, catalogue())
    assert graph.block.links.height == 200
    named = sum(bool(one.collectors) for _, _, one in graph.links())
    assert named == 200 - len(problems) == 60
    assert {one.reason for one in problems} == {"over 60 different sources; the rest is left out"}
