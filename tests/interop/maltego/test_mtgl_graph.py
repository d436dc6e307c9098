"""Reading Maltego's indexed graphs: what the samples hold is what is read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.maltego.graph_reader import ORIGINAL_PROPERTY
from clew.interop.maltego.lucene import Document
from clew.interop.maltego.mtgl_graph import read_mtgl
from clew.interop.maltego.type_values import type_of
from clew.model.entity import Link
from clew.schema.registry import catalogue
from corpus.files import corpus
from interop.graphs import ORIGIN
from interop.maltego.clients import zipped
from interop.maltego.indexed import GRAPHS, KEY, file_of
from shared import shared_files

RELATIONSHIP = "maltego.STIX2.relationship"


def of(**documents: Any) -> tuple[ExchangeGraph, list[str]]:
    """The graph of an index that holds these documents."""
    graph, problems = read_mtgl(zipped(dict(file_of(**documents))), ORIGIN, catalogue())
    return graph, [one.reason for one in problems]


def entity(key: int, type_: str, *more: tuple[str, Any]) -> Document:
    return [(KEY, key), ("type[string]", type_), *more]


@pytest.mark.parametrize("sample", GRAPHS)
def test_samples_are_read_whole(sample: str) -> None:
    """Each entity, link and place of a file is there; a relationship is a link."""
    is_whole(corpus(f"mtgl/{sample}.mtgl").read_bytes(), GRAPHS[sample]().decoded())


def test_published_graphs_are_read_whole() -> None:
    """So it is in files that the client itself wrote."""
    for path in shared_files("maltego/samples/graphs", "*.mtgl"):
        is_whole(path.read_bytes(), json.loads(path.with_suffix(".decoded.json").read_text()))


def is_whole(data: bytes, sample: dict[str, Any]) -> None:
    """Holds that a file gives what its decoded records say."""
    between = {
        key for key, one in sample["entities"].items() if one["type[string]"] == RELATIONSHIP
    }
    drawn = [
        one for one in sample["links"].values() if not {one["source"], one["target"]} & between
    ]
    graph, problems = read_mtgl(data, ORIGIN, catalogue())
    assert len(graph.entities()) == len(sample["entities"]) - len(between)
    assert graph.block.links.height == len(drawn) + len(between)
    assert sorted(graph.places.values()) == sorted(
        (one["x"], one["y"]) for key, one in sample["entities"].items() if key not in between
    )
    assert sorted(one.type for one in graph.entities()) == sorted(
        type_of(one["type[string]"])
        for key, one in sample["entities"].items()
        if key not in between
    )
    assert {one.where.partition(",")[0] for one in problems} <= {"links", "Graph1"}


def test_values_and_ends_are_those_of_the_sample() -> None:
    """Values come from the property that holds them, and links keep the drawn direction."""
    sample = GRAPHS["wallets"]().decoded()
    graph, problems = read_mtgl(corpus("mtgl/wallets.mtgl").read_bytes(), ORIGIN, catalogue())
    assert problems == []
    name = "properties.cryptocurrencyaddress"
    value = {key: one["properties"][name]["value"][0] for key, one in sample["entities"].items()}
    assert sorted(one.value for one in graph.entities()) == sorted(value.values())
    ((_, _, link),) = list(graph.links())
    (drawn,) = sample["links"].values()
    assert isinstance(link.subject, Link)
    assert (link.subject.source.value, link.subject.target.value) == (
        value[drawn["source"]], value[drawn["target"]],
    )  # fmt: skip
    assert (link.provenance.learnt, str(link.seen)) == (1_637_333_789, "unknown")
    assert link.collectors == ("To Input Addresses [Acme]",)
    shown = {one.value for _, one in graph.properties() if one.name.startswith("display")}
    assert "View" in shown


def test_relationships_have_their_type_and_dates() -> None:
    """A relationship gives its type and its own dates; a date out of range is told."""
    graph, problems = read_mtgl(corpus("mtgl/report.mtgl").read_bytes(), ORIGIN, catalogue())
    dates = {str(one.subject): str(one.seen) for _, _, one in graph.links()}
    assert dates["Operation Grey Heron -attributed-to-> Grey Heron"] == (
        "2016-03-31T22:00:00Z to 2016-06-13T22:00:00Z"
    )
    assert dates["Grey Heron -uses-> HeronRat"] == "2015-05-31T22:00:00Z to unknown"
    assert [one.reason for one in problems] == [
        "the year is outside of 1970 to 2199", "it ends before it starts",
        "6 relationships of STIX, drawn as entities, became links",
    ]  # fmt: skip


def test_every_kind_of_field_is_told() -> None:
    """Arrays, truth, dates, notes, weight, bookmark and shown text become properties and notes."""
    head = "properties[map]|"
    graph, problems = of(
        DataEntities=[
            entity(
                1, "acme.Thing", ("valueStr[string]", "it"), ("displayValueStr[string]", "shown"),
                ("weight[int]", 7), ("bookmark[int]", 0), ("__birth-date[date]", 1_616_490_457_511),
                (f"{head}properties°thing[map]|value[string]", "it"),
                (f"{head}l[map]|type[string]", "string[]"),
                (f"{head}l[map]|value[string]", "a"), (f"{head}l[map]|value[string]", "b,c"),
                (f"{head}j[map]|value[string]", '["a"'), (f"{head}j[map]|value[string]", '"b"]'),
                (f"{head}b[map]|value[bool]", "t"),
                (f"{head}d[map]|type[string]", "datetime"),
                (f"{head}d[map]|value[long]", 1_616_490_457_511),
                ("notes[map]|value[string]", "seen"), ("displayInfo[map]|name[string]", "N"),
                ("displayInfo[map]|value[string]", "<b>a</b><script>x</script>&amp;b<br>c"),
            )
        ],
        LayoutEntities=[[(KEY, 1), ("x[int]", -2), ("y[int]", 3)]],
        StructureLinks=[[(KEY, 1), ("source[long]", 1), ("target[long]", 1)]],
    )  # fmt: skip
    assert problems == []
    assert [one.text for one in graph.notes] == ["seen"]
    assert graph.places == {0: (-2.0, 3.0)}
    facts = {one.name: one.value for _, one in graph.properties() if one.name != ORIGINAL_PROPERTY}
    assert facts == {
        "l": "a,b\\,c", "j": '["a","b"]', "b": "true", "d": "2021-03-23T09:07:37Z",
        "display information: N": "a&b\nc", "display value": "shown", "weight": "7",
        "bookmark": "0",
    }  # fmt: skip
    assert graph.provenance[-1].learnt == 1_616_490_457


def test_links_without_ends_are_told() -> None:
    """A link that lacks its structure, or an end, is a problem and the rest is read."""
    graph, problems = of(
        DataEntities=[entity(1, "maltego.Alias", ("valueStr[string]", "fox"))],
        DataLinks=[entity(1, "transform"), entity(2, "manual")],
        StructureLinks=[[(KEY, 2), ("source[long]", 1), ("target[long]", 9)]],
    )  # fmt: skip
    assert [one.value for one in graph.entities()] == ["fox"]
    assert problems == ["the link has no ends", "1 links have an end that was left out"]


def test_cut_samples_are_refused() -> None:
    """A file that ends early says that it can't be read, wherever it ends."""
    data = corpus("mtgl/wallets.mtgl").read_bytes()
    for part in range(50):
        with pytest.raises(InvalidValue):
            read_mtgl(data[: len(data) * part // 50], ORIGIN, catalogue())


def test_an_archive_without_an_index_is_told() -> None:
    """An archive that holds no index gives an empty graph with a problem."""
    graph, problems = read_mtgl(zipped({"x": b""}), ORIGIN, catalogue())
    assert (graph.entities(), [one.where for one in problems]) == ([], ["index"])
