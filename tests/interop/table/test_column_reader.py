"""Tables by column: the same graph, dates and problems as row by row, whatever the cells hold."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.graph_builder import GraphBuilder
from clew.interop.table import cells as bounds
from clew.interop.table import column_reader
from clew.interop.table.cells import Cells, RowCollector
from clew.interop.table.column_reader import ColumnReader
from clew.interop.table.guess import guess
from clew.interop.table.mapping import ColumnMapping, ColumnRole, LinkRule, Mapping
from clew.interop.table.rows import RowReader
from clew.interop.table.titles import with_header
from clew.model.provenance import Provenance
from clew.schema.registry import catalogue

ORIGIN = Provenance("import", "import.csv", "0" * 32, 1)
POOLS: dict[str, list[str]] = {
    "Domain": ["a.example.org", "b[.]example.net", "C.EXAMPLE.ORG", "-", "", "no name",
               "a.example.org b.example.org", "пример.example.org"],
    "IP": ["192.0.2.1", "192.0.2.2", "198.51.100[.]7", "2001:db8::1", "", "192.0.2.1, 192.0.2.3",
           "999.1.1.1"],
    "Hash": ["0" * 32, "1" * 64, "2" * 32 + " : " + "3" * 40, "", "xyz"],
    "Type": ["domain", "ip", "md5", "strange thing", "", "domain|ip", "ip-dst|port", "url"],
    "Value": ["a.example.org", "192.0.2.9", "d" * 32, "a.example.org|192.0.2.1", "odd: one", ""],
    "First seen": ["2020-01-01", "2020-01-02 10:00:00", "2020-01-02T10:00:00Z", "01/02/2019",
                   "13/02/2019", "1970-01-01", "2021", "", "n/a", "later", "2020-02-31",
                   "Jan 5, 2020", " 2020-01-04 ", "2020-01-01 10:00:00 XYZ"],
    "Last seen": ["2020-03-01", "2019-03-01", "2020-05-02 11:00:00", "", "unknown"],
    "Date": ["2018-01-01", "20180102", "", "2018-07-01T00:00:00Z"],
    "Source": ["riskiq", "virustotal, riskiq", "", "x,y;z"],
    "Provider": ["A lab", "Another lab", "", "bad\x07name", "-"],
    "Tags": ["apt; rat", "phish", "", "tlp:pink", "x"],
    "Relation": ["resolves to", "resolves-to", "own words", ""],
    "Note": ["seen", "", "TLP:RED", "Vertraulich ß", "TLP", "x" * 30, "маркировка"],
    "tlp": ["", "green", "white", "puce"],
}  # fmt: skip
"""What cells of a column hold here: plain, odd, blank and broken."""
ROLES = {
    "Domain": ColumnMapping(ColumnRole.ENTITY, "domain-name"),
    "IP": ColumnMapping(ColumnRole.ENTITY, "ip-address"),
    "Hash": ColumnMapping(ColumnRole.ENTITY, "file"),
    "Value": ColumnMapping(ColumnRole.ENTITY, "any"),
    "First seen": ColumnMapping(ColumnRole.FIRST),
    "Last seen": ColumnMapping(ColumnRole.LAST),
    "Date": ColumnMapping(ColumnRole.DATE),
    "Source": ColumnMapping(ColumnRole.COLLECTORS),
    "Provider": ColumnMapping(ColumnRole.PROVIDER),
    "Tags": ColumnMapping(ColumnRole.TAGS),
    "Relation": ColumnMapping(ColumnRole.RELATION),
    "Note": ColumnMapping(ColumnRole.PROPERTY, name="note"),
    "tlp": ColumnMapping(ColumnRole.PROPERTY, name="TLP"),
}


@pytest.fixture(autouse=True)
def _small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "PIECE_ROWS", 37)
    monkeypatch.setattr(column_reader, "PLAIN_ROWS_MIN", 2)
    monkeypatch.setattr(column_reader, "FIRST_ROWS", 3)


def table(titles: list[str], seed: int, rows: int, oddness: float) -> Cells:
    """A table whose cells are the plain first ones of their pools but for some odd ones."""
    draw = random.Random(seed)
    collector = RowCollector()
    collector.add(1, titles)
    for number in range(2, rows + 2):
        row = [
            draw.choice(POOLS[title] if draw.random() < oddness else POOLS[title][:3])
            for title in titles
        ]
        collector.add(number, row[: draw.randint(1, len(row))] if draw.random() < oddness else row)
    cells, _ = with_header(collector.take())
    return cells


def content(graph: ExchangeGraph, problems: list[ImportProblem]) -> object:
    """All that a reader gave, with words in place of codes."""
    by = [one.provider for one in graph.provenance]
    return (
        graph.entities(), graph.block.entities["provenance"].to_list(), by,
        list(graph.links()), list(graph.properties()), graph.tags, problems,
    )  # fmt: skip


def same_both_ways(cells: Cells, mapping: Mapping) -> bool:
    """Whether rows and columns give the same; columns come last and use the table up."""
    one_by_one = by_row(cells, mapping)
    return by_column(cells, mapping) == one_by_one


def by_row(cells: Cells, mapping: Mapping) -> object:
    """The graph as each row by itself makes it."""
    builder = GraphBuilder(catalogue(), ORIGIN)
    reader = RowReader(cells, mapping, builder, catalogue())
    for row in cells.rows:
        reader.read(row)
    return content(*builder.build())


def by_column(cells: Cells, mapping: Mapping) -> object:
    """The graph as whole columns make it."""
    builder = GraphBuilder(catalogue(), ORIGIN)
    ColumnReader(cells, mapping, builder, catalogue()).read()
    return content(*builder.build())


@settings(max_examples=25, deadline=None)
@given(
    titles=st.lists(st.sampled_from(sorted(ROLES)), min_size=1, max_size=6, unique=True),
    seed=st.integers(0, 1 << 30),
    oddness=st.sampled_from([0.0, 0.02, 0.3]),
    dated=st.booleans(),
)
def test_columns_give_what_rows_give(
    titles: list[str], seed: int, oddness: float, *, dated: bool
) -> None:
    """Entities, links, dates, tags and problems with their places are the same in their order."""
    titles = ["Domain", *(title for title in titles if title != "Domain")]
    cells = table(titles, seed, 150, oddness)
    if len(cells.header) != len(titles):
        return
    ends = [at for at, title in enumerate(titles) if ROLES[title].role is ColumnRole.ENTITY]
    types = ("detect", "resolves-to", "own-link")
    links = tuple(LinkRule(ends[0], types[(seed + at) % 3], at, dated=dated) for at in ends[1:])
    mapping = Mapping((), tuple(ROLES[title] for title in titles), links)
    assert same_both_ways(cells, mapping)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(st.sampled_from(sorted(POOLS)), min_size=1, max_size=6, unique=True),
    st.integers(0, 1 << 30), st.sampled_from([0.02, 0.3]),
)  # fmt: skip
def test_guessed_columns_give_what_rows_give(titles: list[str], seed: int, oddness: float) -> None:
    """The same holds of the mapping that is guessed, with types named in a column of their own."""
    cells = table(titles, seed, 120, oddness)
    mapping = guess(cells, catalogue())
    if mapping.having(ColumnRole.ENTITY):
        assert same_both_ways(cells, mapping)
