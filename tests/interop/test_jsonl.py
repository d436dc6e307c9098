"""JSON lines: nothing is lost, and a bad line does not take the others with it."""

from __future__ import annotations

from hypothesis import given

from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.fidelity import ALL, Fidelity, preserved_content
from clew.interop.jsonl import read_jsonl, write_jsonl
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN, exchange_graphs

LOSSLESS = Fidelity(ALL)


@given(exchange_graphs())
def test_nothing_is_lost(graph: ExchangeGraph) -> None:
    """A graph written and read again is the same graph."""
    again, problems = read_jsonl(write_jsonl(graph), ORIGIN, catalogue())
    assert problems == []
    assert preserved_content(again, LOSSLESS) == preserved_content(graph, LOSSLESS)


def test_a_bad_line_is_told() -> None:
    """Lines that do not hold are told with their number, and the rest is read."""
    lines = (
        b'{"type":"domain-name","value":"a.example"}', b"{", b"[]", b'{"clew":"planet"}',
        b'{"type":"ip-address","value":"300.0.2.1"}', b'{"clew":"link","source":{}}',
        b'{"type":"ip-address","value":"192.0.2.1"}', b'"\\ud800"', b"\xff",
    )  # fmt: skip
    graph, problems = read_jsonl(b"\n".join(lines), ORIGIN, catalogue())
    assert [one.value for one in graph.entities()] == ["a.example", "192.0.2.1"]
    assert {one.where for one in problems} == {f"line {at}" for at in (2, 3, 4, 5, 6, 8, 9)}


def test_types_in_other_programs_words() -> None:
    """A type is what its word means, else what the value looks like, else its own, and told."""
    lines = (
        b'{"type":"ipaddress","value":"192.0.2.1"}', b'{"type":"SHA-256","value":"' + b"ab" * 32,
        b'{"type":"strange","value":"a.example.org"}', b'{"type":"strange","value":"one thing"}',
        b'{"clew":"entity","type":"ipaddress","value":"192.0.2.2"}',
    )  # fmt: skip
    data = b"\n".join(line if line.endswith(b"}") else line + b'"}' for line in lines)
    graph, problems = read_jsonl(data, ORIGIN, catalogue())
    assert [one.type for one in graph.entities()] == [
        "ip-address", "file", "domain-name", "strange", "ipaddress"
    ]  # fmt: skip
    assert [one.where for one in problems] == ["line 4"]
