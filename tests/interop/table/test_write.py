"""Tables: what they carry comes back, and no spreadsheet takes a cell for a formula."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.fidelity import preserved_content
from clew.interop.table.own import FIDELITY, HEADER
from clew.interop.table.read import read_table
from clew.interop.table.write import write_table, write_xlsx
from clew.model.block import BlockBuilder
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN, exchange_graphs

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1)
EMPTY = preserved_content(ExchangeGraph(), FIDELITY)


def again(data: bytes) -> ExchangeGraph:
    graph, problems = read_table(data, ORIGIN, catalogue())
    assert problems == []
    return graph


@given(exchange_graphs(), st.sampled_from(",;\t"))
def test_csv_comes_back(graph: ExchangeGraph, delimiter: str) -> None:
    """A graph written as CSV and read again has the same entities, links, dates and sources."""
    assert preserved_content(again(write_table(graph, delimiter)), FIDELITY) == preserved_content(
        graph, FIDELITY
    )


@given(exchange_graphs())
def test_xlsx_comes_back(graph: ExchangeGraph) -> None:
    """A graph written as a workbook and read again is the same, and its bytes are, too."""
    data = write_xlsx(graph)
    assert preserved_content(again(data), FIDELITY) == preserved_content(graph, FIDELITY)
    assert write_xlsx(graph) == data


@given(TEXTS.map(str.strip).filter(bool), TEXTS)
def test_any_text_comes_back(value: str, collector: str) -> None:
    """Values and names of any characters survive both forms, apostrophes and formulas too."""
    names = [" ".join(collector.replace(",", " ").split())]
    builder = BlockBuilder()
    one, other = builder.entity("own-thing", value, 0), builder.entity("own-thing", "x" + value, 0)
    builder.link(one, "related-to", other, 0, collectors=[name for name in names if name])
    graph = ExchangeGraph(builder.build(), (ORIGIN,))
    for data in (write_table(graph), write_xlsx(graph)):
        assert preserved_content(again(data), FIDELITY) == preserved_content(graph, FIDELITY)


@pytest.mark.assurance("formulas")
@pytest.mark.parametrize("head", ["=", "+", "-", "@", "'=", "''@"])
def test_no_cell_is_a_formula(head: str) -> None:
    """Cells that a spreadsheet would compute begin with an apostrophe."""
    builder = BlockBuilder()
    builder.entity("own-thing", f"{head}cmd|' /C calc'!A0", 0)
    data = write_table(ExchangeGraph(builder.build(), (ORIGIN,)))
    rows = list(csv.reader(io.StringIO(data.decode())))
    assert rows[0] == list(HEADER)
    assert rows[1][1] == f"'{head}cmd|' /C calc'!A0"


@pytest.mark.assurance("defang")
def test_values_are_defanged() -> None:
    """No cell holds a name or address that a program would open."""
    builder = BlockBuilder()
    builder.entity("url", "http://a.example/x", 0)
    builder.entity("domain-name", "a.example", 0)
    graph = ExchangeGraph(builder.build(), (ORIGIN,))
    assert b"http://" not in write_table(graph)
    assert b"a.example" not in write_table(graph)


def test_other_delimiters_are_refused() -> None:
    """A sign that could not be told from text is refused."""
    with pytest.raises(InvalidValue):
        write_table(ExchangeGraph(), "a")
