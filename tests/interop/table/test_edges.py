"""Lists of links: the ends of each row, what the link is, and what else is said of it."""

from __future__ import annotations

import pytest

from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.table.guess import guess
from clew.interop.table.mapping import ColumnRole
from clew.interop.table.read import read_table
from clew.interop.table.sheet_files import read_cells
from clew.interop.table.words import END_TITLES
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN


def read(*lines: str) -> tuple[ExchangeGraph, list[ImportProblem]]:
    return read_table("\n".join(lines).encode(), ORIGIN, catalogue())


def links(graph: ExchangeGraph) -> list[str]:
    return [
        f"{observation.subject} {observation.seen} {observation.detail}".rstrip()
        for _, _, observation in graph.links()
    ]


@pytest.mark.parametrize(("one", "other"), [*END_TITLES, (":START_ID", ":END_ID")])
@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_two_columns_of_ends_are_links(one: str, other: str, sign: str) -> None:
    """Whatever a program calls the ends of a link, each row is one."""
    graph, problems = read(
        sign.join((one.title(), other.title())),
        sign.join(("a.example.org", "192.0.2.1")),
        sign.join(("192.0.2.1", "b.example.org")),
    )
    assert links(graph) == [
        "a.example.org -resolves-to-> 192.0.2.1 unknown",
        "b.example.org -resolves-to-> 192.0.2.1 unknown",
    ]
    assert problems == []


def test_a_date_is_of_the_link() -> None:
    """The plainest dated edge list: one link a row, seen when the row says."""
    graph, problems = read("source,target,first_seen", "a.example.org,192.0.2.1,2012-01-01")
    assert links(graph) == ["a.example.org -resolves-to-> 192.0.2.1 2012-01-01 to unknown"]
    assert problems == []


def test_what_gephi_writes() -> None:
    """Weights, ids and labels of edges are details of the links; directions say no type."""
    graph, problems = read(
        "Source;Target;Type;Id;Label;timeset;Weight",
        "a.example.org;192.0.2.1;Directed;0;;;1.0",
        "b.example.org;192.0.2.1;Directed;1;seen often;;2.0",
    )
    assert links(graph) == [
        "a.example.org -resolves-to-> 192.0.2.1 unknown"
        ' {"type":"Directed","id":"0","weight":"1.0"}',
        "b.example.org -resolves-to-> 192.0.2.1 unknown"
        ' {"type":"Directed","id":"1","label":"seen often","weight":"2.0"}',
    ]
    assert (problems, graph.tags) == ([], {})


def test_a_column_says_what_the_link_is() -> None:
    """Its words are the link's type, in the table's direction; people are things."""
    graph, problems = read(
        "Source,Target,Relationship",
        "Sand Fox,Reed Owl,business partners",
        "Reed Owl,a.example.org,",
        "a.example.org,192.0.2.1,resolves-to",
        "192.0.2.1,a.example.org,hosts",
    )
    assert links(graph) == [
        'Sand Fox -business-partners-> Reed Owl unknown {"Relationship":"business partners"}',
        "Reed Owl -related-to-> a.example.org unknown",
        "a.example.org -resolves-to-> 192.0.2.1 unknown",
        "192.0.2.1 -hosts-> a.example.org unknown",
    ]
    assert [one.type for one in graph.entities()] == [
        "thing", "thing", "domain-name", "ip-address"
    ]  # fmt: skip
    assert problems == []


def test_two_columns_of_dates_are_no_ends() -> None:
    """``from`` and ``to`` are a span where days stand in them."""
    graph, _ = read("domain,ip,from,to", "a.example.org,192.0.2.1,2012-01-01,2012-02-01")
    assert links(graph) == [
        "a.example.org -resolves-to-> 192.0.2.1 2012-01-01 to 2012-02-01"
    ]  # fmt: skip


def test_a_source_without_a_target_is_who_says_it() -> None:
    """A column ``source`` alone names sources."""
    cells, _ = read_cells(b"domain,ip,source\na.example.org,192.0.2.1,lab\n")
    assert guess(cells, catalogue()).columns[2].role is ColumnRole.COLLECTORS


def test_a_list_of_nodes_enters_by_their_labels() -> None:
    """A table of nodes has entities of what its labels look like, else things."""
    graph, problems = read("Id,Label,Group", "1,Sand Fox,a", "2,a.example.org,b")
    assert [(one.type, one.value) for one in graph.entities()] == [
        ("thing", "Sand Fox"), ("domain-name", "a.example.org")
    ]  # fmt: skip
    assert {observation.name: observation.value for _, observation in graph.properties()} == {
        "id": "2",
        "group": "b",
    }
    assert problems == []
