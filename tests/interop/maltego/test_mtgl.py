"""The reader of `.mtgl` files: the samples, more than one graph, and damage."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping

import pytest

from clew.interop.maltego.lucene import Document
from clew.interop.maltego.mtgl import PROBLEMS_MAX, read_documents
from corpus.files import corpus
from corpus.make.archive import members
from corpus.make.lucene import resealed
from interop.maltego.indexed import GRAPHS, KEY, file_of
from shared import shared_files


def entries_of(sample: str) -> dict[str, bytes]:
    """The entries of a sample that belong to its graph."""
    return graph_of(corpus(f"mtgl/{sample}.mtgl").read_bytes())


def graph_of(data: bytes) -> dict[str, bytes]:
    return {name: one for name, one in members(data).items() if name.startswith("Graphs/")}


@pytest.mark.parametrize("sample", GRAPHS)
def test_samples_are_read_whole(sample: str) -> None:
    """A file gives all its entities, links, places and bends, and none that was deleted."""
    read, problems = read_documents(entries_of(sample))
    assert (read, problems) == ({"Graph1": GRAPHS[sample]().decoded()}, [])


def test_published_graphs_are_read_whole() -> None:
    """Files that the client itself wrote give what another reader found in them."""
    for path in shared_files("maltego/samples/graphs", "*.mtgl"):
        expected = json.loads(path.with_suffix(".decoded.json").read_text("utf-8"))
        assert read_documents(graph_of(path.read_bytes())) == ({"Graph1": expected}, []), path


def test_every_kind_of_field_has_its_place() -> None:
    """Properties, notes, overlays, shown texts, places and bends are told apart."""
    entity: Document = [
        (KEY, 1), ("valueStr[string]", "a.example"), ("propText[string]", "x"),
        ("properties[map]|a°b|c[map]|type[string]", "string"),
        ("properties[map]|a°b|c[map]|value[string]", "["),
        ("properties[map]|a°b|c[map]|value[string]", "]"),
        ("properties[map]|n[map]|value[double]", 0.5),
        ("notes[map]|value[string]", "seen"), ("notes[map]|show[bool]", "t"),
        ("displayInfo[map]|name[string]", "N"), ("displayInfo[map]|name[string]", "M"),
        ("displayInfo[map]|value[string]", "V"),
        ("overlays[map]|Wtext[map]|position[string]", "W"),
    ]  # fmt: skip
    bends: Document = [("path[map]|x[int]", 1), ("path[map]|y[int]", 2), ("path[map]|x[int]", 9)]
    graphs, problems = read_documents(
        file_of(
            DataEntities=[entity],
            LayoutEntities=[[(KEY, 1), ("x[int]", -2), ("y[int]", 3)]],
            StructureLinks=[[(KEY, 1), ("source[long]", 1), ("target[long]", 1)]],
            LayoutLinks=[[(KEY, 1), *bends]],
        )
    )
    assert problems == []
    assert graphs["Graph1"]["entities"] == {
        "1": {
            KEY: 1, "valueStr[string]": "a.example", "x": -2, "y": 3,
            "properties": {
                "a.b|c": {"type": "string", "value": ["[", "]"], "storage": "string"},
                "n": {"value": [0.5], "storage": "double"},
            },
            "notes": {"value": "seen", "show": "t"},
            "displayInfo": [{"name": "N"}, {"name": "M", "value": "V"}],
            "overlays": [{"position": "W"}],
        }
    }  # fmt: skip
    assert graphs["Graph1"]["links"] == {
        "1": {KEY: 1, "properties": {}, "source": "1", "target": "1", "path": [[1, 2]]}
    }


def test_odd_values_are_told() -> None:
    """A value of an unknown or a wrong kind and a document without a key are problems."""
    odd: list[Document] = [[(KEY, 1), ("a[string]", 5), ("b[new]", "x")], [("a[string]", "x")]]
    graphs, problems = read_documents(file_of(DataEntities=odd))
    assert graphs["Graph1"]["entities"] == {"1": {KEY: 1, "properties": {}}}
    assert problems == [
        "Graph1/DataEntities: 3 values were left out, such as one named 'a[string]'."
    ]


def test_each_graph_is_read() -> None:
    """A file of two graphs gives both, each with its own records."""
    graphs, problems = read_documents(
        file_of() | file_of("Graph2", DataEntities=[[(KEY, 1), ("id[string]", "z")]])
    )
    assert problems == []
    assert [graph["entities"]["1"].get("id[string]") for graph in graphs.values()] == [None, "z"]
    assert list(graphs) == ["Graph1", "Graph2"]


def test_a_file_without_a_graph_is_a_problem() -> None:
    """Entries without an index folder give no graph and say so."""
    assert read_documents({"version.properties": b"", "Graphs/Graph1.properties": b""}) == (
        {},
        ["The file has no index of a graph."],
    )


def test_a_missing_folder_leaves_the_rest() -> None:
    """Without data the other folders have nothing to join, which is told."""
    entries = {name: data for name, data in file_of().items() if "/DataLinks/" not in name}
    graphs, problems = read_documents(entries)
    assert (list(graphs["Graph1"]["entities"]), graphs["Graph1"]["links"]) == (["1"], {})
    assert [problem.split(":")[0] for problem in problems] == [
        "Graph1/DataLinks", "Graph1/StructureLinks", "Graph1/LayoutLinks",
    ]  # fmt: skip


def test_a_damaged_segment_leaves_the_others() -> None:
    """One segment without its content costs its own entities alone."""
    entries = entries_of("report")
    whole, _ = read_documents(entries)
    graphs, problems = read_documents(
        {**entries, "Graphs/Graph1/DataEntities/_k.cfs": b"not a segment"}
    )
    entities, all_entities = graphs["Graph1"]["entities"], whole["Graph1"]["entities"]
    assert 0 < len(entities) < len(all_entities)
    assert entities == {key: all_entities[key] for key in entities}
    assert graphs["Graph1"]["links"] == whole["Graph1"]["links"]
    assert [problem.split(":")[0] for problem in problems][:1] == ["Graph1/DataEntities"]


def test_flipped_bits_are_told_or_harmless() -> None:
    """Random changes in a sample, sealed again or not, never end in an exception."""
    chance = random.Random(7)
    entries = entries_of("wallets")
    for _ in range(300):
        changed = dict(entries)
        for name in chance.sample(list(entries), 3):
            data = bytearray(entries[name])
            for _ in range(chance.randint(1, 20)):
                data[chance.randrange(len(data))] = chance.randrange(256)
            changed[name] = resealed(bytes(data)) if chance.random() < 0.5 else bytes(data)
        read_documents(changed)


def test_problems_are_bounded() -> None:
    """However many folders are damaged, the list of problems stays short."""
    entries: Mapping[str, bytes] = {f"Graphs/{n}/DataLinks/segments_1": b"" for n in range(500)}
    _, problems = read_documents(entries)
    assert len(problems) == PROBLEMS_MAX + 1
    assert problems[-1].endswith(" more problems.")
