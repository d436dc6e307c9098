"""Observations as columns: codes and rows are local to the block, ends as they were told."""

from __future__ import annotations

from clew.model.block import BlockBuilder, collector_names, collector_text
from clew.model.interval import Interval


def test_rows_are_numbered_once_and_names_are_codes() -> None:
    """An entity that comes again keeps its row; links and properties point at rows."""
    builder = BlockBuilder()
    seen = Interval.parse("2013-01-02", "2013-02-03")
    name, address = builder.entity("domain-name", "a.example", 0), builder.entity("ip", "x", 1)
    assert builder.entity("domain-name", "a.example", 2) == name
    builder.link(name, "resolves-to", address, 1, seen=seen, collectors=("b", "a", "b"))
    builder.link(name, "resolves-to", address, 1, detail='{"kind":"A"}')
    builder.property(address, "state", "sinkhole", 1, seen=seen)
    builder.property(name, "registrar", "Sample", 0, collectors=("a",))
    block = builder.build()
    assert len(builder) == block.rows == 6
    assert block.entities.rows() == [(0, "a.example", 0), (1, "x", 1)]
    links, facts = block.links.to_dicts(), block.properties.to_dicts()
    assert [block.names[one["type"]] for one in links] == ["resolves-to"] * 2
    assert [block.names[one["collectors"]] for one in links] == ["a,b", ""]
    assert [one["detail"] for one in links] == [None, '{"kind":"A"}']
    assert (links[0]["first"], links[0]["last"]) == seen.seconds
    assert links[0]["precision"] == seen.precision_code != links[1]["precision"]
    assert [block.names[one["name"]] for one in facts] == ["state", "registrar"]
    assert [(one["entity"], one["value"]) for one in facts] == [(1, "sinkhole"), (0, "Sample")]


def test_an_empty_block_has_its_columns() -> None:
    """Nothing added gives three empty tables of the same shape."""
    empty = BlockBuilder().build()
    assert (empty.rows, empty.names) == (0, ())
    assert empty.links.columns[:3] == ["source", "type", "target"]


def test_collectors_are_one_text_and_come_back() -> None:
    """Sorted, each once; none is an empty text."""
    assert collector_names(collector_text(["b", "a", "b"])) == ("a", "b")
    assert collector_names(collector_text(())) == ()
