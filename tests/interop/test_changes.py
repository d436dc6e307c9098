"""A file's graph in an investigation: all of it is there, and one undo takes it back."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given

from builders import whole
from clew.graph.digest import state_digest
from clew.graph.sharing import Ceiling, shareable
from clew.graph.view import view_of
from clew.graph.working_set import WorkingSet
from clew.interop.changes import import_changes
from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.export import exchange_graph_of
from clew.interop.fidelity import ALL, Fidelity, GraphPart, preserved_content
from clew.interop.importing import read_file
from clew.interop.jsonl import write_jsonl
from clew.model.change import Change, Entry, Hide, Mark, Revert
from clew.model.marking import TLP
from clew.schema.registry import catalogue
from clew.schema.value import entity_id
from clew.workbench import Workbench
from interop.graphs import exchange_graphs

PRESERVED = Fidelity(ALL & ~GraphPart.TITLE)


def fold(changes: list[Change]) -> WorkingSet:
    """The state that changes lead to."""
    return WorkingSet.fold(Entry(at, one, b"") for at, one in enumerate(changes, 1))


def entered(graph: ExchangeGraph) -> list[Change]:
    """The changes of an import."""
    return import_changes(graph, "main", action="a", label="Import", actor="me", at=7)


@given(exchange_graphs())
def test_all_of_it_is_there_and_leaves_again(graph: ExchangeGraph) -> None:
    """What enters a graph leaves it again as it was; notes without a time get the import's."""
    state = fold(entered(graph))
    left = exchange_graph_of(whole(view_of(state, "main")))
    assert preserved_content(
        left, Fidelity(PRESERVED.parts & ~GraphPart.NOTES)
    ) == preserved_content(graph, Fidelity(PRESERVED.parts & ~GraphPart.NOTES))
    assert sorted(one.text for one in left.notes) == sorted(one.text for one in graph.notes)


@given(exchange_graphs())
def test_one_undo_takes_it_back(graph: ExchangeGraph) -> None:
    """All entries of an import are one action, and without them nothing is left."""
    changes = entered(graph)
    assert {one.action for one in changes} == {"a"}
    undone = Change(Revert(tuple(range(1, len(changes) + 1))), 8, "b", "undo", "me")
    assert state_digest(fold([*changes, undone])) == state_digest(WorkingSet())


def test_what_is_marked_stricter_stays() -> None:
    """Observations and entities above the ceiling do not leave."""
    lines = (
        b'{"clew":"link","source":{"type":"domain-name","value":"a.example"},"type":"resolves-to",'
        b'"target":{"type":"ip-address","value":"192.0.2.1"},"by":{"provider":"x","transform":"x.y",'
        b'"tlp":5}}\n{"type":"domain-name","value":"b.example"}\n'
        b'{"type":"domain-name","value":"c.example"}'
    )
    imported = read_file(lines, catalogue(), run="0" * 32, learnt=1, kind="jsonl")
    secret = Mark(5, 0, entity_id("domain-name", "c.example"))
    state = fold([*entered(imported.graph), Change(secret, 8, "b", "mark", "me")])
    left = exchange_graph_of(shareable(view_of(state, "main"), Ceiling(TLP.GREEN)))
    assert left.block.links.height == 0
    # What was only learnt under RED stays, as what was marked RED does; so does who said it.
    assert [one.value for one in left.entities()] == ["b.example"]
    assert all(one.tlp <= TLP.GREEN for one in left.provenance)


def test_who_is_hidden_hides_those_joined_to_it() -> None:
    """An entity that stands for others and is hidden does not leave, nor do its notes."""
    lines = (
        b'{"type":"domain-name","value":"b.example","same_as":{"type":"domain-name","value":'
        b'"a.example"}}\n{"clew":"link","source":{"type":"domain-name","value":"b.example"},'
        b'"type":"resolves-to","target":{"type":"ip-address","value":"192.0.2.1"}}\n'
        b'{"clew":"note","text":"secret","entity":{"type":"domain-name","value":"a.example"}}\n'
    )
    imported = read_file(lines, catalogue(), run="0" * 32, learnt=1, kind="jsonl")
    hide = Change(Hide("main", entity_id("domain-name", "a.example")), 8, "b", "hide", "me")
    left = exchange_graph_of(whole(view_of(fold([*entered(imported.graph), hide]), "main")))
    assert [one.value for one in left.entities()] == ["192.0.2.1"]
    assert (left.notes, left.block.links.height) == ((), 0)


def test_a_file_is_kept_with_the_investigation(tmp_path: Path) -> None:
    """The bytes of an import are in the file, under the digest that its provenance tells."""
    data = b'{"type":"domain-name","value":"a.example"}\n{"clew":"note","text":"n"}\n'
    imported = read_file(data, catalogue(), run="0" * 32, learnt=1)
    assert imported.format == "jsonl"
    assert imported.counts() == {"entities": 1, "links": 0, "observations": 0, "properties": 0,
                                 "notes": 1, "problems": 0}  # fmt: skip
    with Workbench.create(tmp_path / "x.clew", {}) as bench:
        assert bench.import_graph(imported, data, graph="main", label="Import x") == 2
        graph = bench.export_graph("main", "jsonl")
        reply = bench.case.store.reply(graph.provenance[0].reply)
        assert reply is not None
        assert reply.body == data
        assert state_digest(bench.replay_state()) == state_digest(bench.state)
        again = read_file(write_jsonl(graph), catalogue(), run="1" * 32, learnt=2)
        assert preserved_content(again.graph, PRESERVED) == preserved_content(graph, PRESERVED)
        bench.undo()
        assert state_digest(bench.state) == state_digest(WorkingSet())
