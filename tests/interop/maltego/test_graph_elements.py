"""Entities and links of a Maltego graph, as they mean something here."""

from __future__ import annotations

import json

import pytest

from clew.interop.maltego.graph_reader import LABELS_MAX, ORIGINAL_PROPERTY
from clew.interop.maltego.mtgx import (
    read_mtgx,
)
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN
from interop.maltego.clients import document, edge, links, node, read, zipped


@pytest.mark.parametrize(
    ("type_", "values", "entity"),
    [
        ("maltego.URL", {"short-title": "x", "url": "http://a.example/"}, "url http://a.example/"),
        ("maltego.AS", {"as.number": "64496"}, "autonomous-system AS64496"),
        ("maltego.Netblock", {"ipv4-range": "192.0.2.0-192.0.2.255"}, "netblock 192.0.2.0/24"),
        ("maltego.STIX2.url", {"id": "url--1", "url": "http://a.example/"},
         "url http://a.example/"),
        ("maltego.Domain", {"fqdn": "no domain!"}, "maltego-domain no domain!"),
        ("maltego.Hash", {"properties.hash": "ab" * 16}, "file " + "ab" * 16),
        ("acme.Thing", {"a": "", "properties.thing": "it", "b": "no"}, "acme-thing it"),
        ("acme.Thing", {"a": "first"}, "acme-thing first"),
        ("clew.odd-thing", {"properties.odd-thing": "it"}, "odd-thing it"),
    ],
)  # fmt: skip
def test_values_and_types_are_found(type_: str, values: dict[str, str], entity: str) -> None:
    """The property that holds the value is found by definition, table or form."""
    graph, _ = read(node("a", type_, **values))
    assert [f"{one.type} {one.value}" for one in graph.entities()] == [entity]


def test_a_definition_names_the_value() -> None:
    """A custom type takes its value from the property that its definition, or its base's, says."""
    base = '<MaltegoEntity id="acme.Base"><Properties value="zz"/></MaltegoEntity>'
    derived = (
        '<MaltegoEntity id="acme.Thing"><BaseEntities><BaseEntity>acme.Base</BaseEntity>'
        "</BaseEntities></MaltegoEntity>"
    )
    text = document(node("a", "acme.thing", aa="no", zz="yes"))
    data = zipped(
        {"Graphs/G.graphml": text, "Entities/b.entity": base, "Entities/d.entity": derived,
         "Entities/bad.entity": "<x/>"}
    )  # fmt: skip
    graph, problems = read_mtgx(data, ORIGIN, catalogue())
    assert [one.value for one in graph.entities()] == ["yes"]
    assert [one.where for one in problems] == ["Entities/bad.entity"]


def test_what_is_unknown_is_kept() -> None:
    """Children that no public file shows stay in the XML of the node and of the edge."""
    graph, problems = read(
        node("a", "maltego.Phrase", "<m:Weight>7</m:Weight>", text="x"),
        edge("a", "a", "<m:Bend>8</m:Bend>"),
    )
    assert problems == []
    originals = [one.value for _, one in graph.properties() if one.name == ORIGINAL_PROPERTY]
    assert len(originals) == 1
    assert "Weight>7<" in originals[0]
    (observation,) = [observation for _, _, observation in graph.links()]
    assert "Bend>8<" in json.loads(observation.detail)["xml"]


def test_a_state_of_maltego_is_none_of_ours() -> None:
    """A property named state or as an original does not become one of Clew's."""
    graph, _ = read(
        node(
            "a",
            "maltego.Location",
            location__name="x",
            state="sinkhole",
            **{ORIGINAL_PROPERTY: "y"},
        )
    )
    names = {one.name for _, one in graph.properties()}
    assert names == {"maltego.state", f"maltego.{ORIGINAL_PROPERTY}", ORIGINAL_PROPERTY}


def test_a_run_with_a_zone_is_when_it_was_learnt() -> None:
    """The time of a transform counts where it tells its zone, and is never a sighting."""
    graph, _ = read(
        node("a", "maltego.Phrase", text="x"), node("b", "maltego.Phrase", text="y"),
        edge("a", "b", maltego__link__transform__run_date="no",
             **{"maltego.link.transform.run-date": "2024-01-02 03:04:05.6 +0100"}),
        edge("b", "a", **{"maltego.link.transform.run-date": "2024-01-02 03:04:05.6"}),
    )  # fmt: skip
    observations = [observations for _, _, observations in graph.links()]
    assert [one.provenance.learnt for one in observations] == [1_704_161_045, ORIGIN.learnt]
    assert {str(one.seen) for one in observations} == {"unknown"}


def test_relationships_of_stix_become_links() -> None:
    """An entity that is a relationship becomes a link in its own direction, and that is told."""
    graph, problems = read(
        node("a", "maltego.STIX2.malware", name="Rat", id="malware--1"),
        node("r", "maltego.STIX2.relationship", id="relationship--1", relationship_type="uses",
             source_ref="threat-actor--1", target_ref="malware--1", start_time="2016-03-31"),
        node("b", "maltego.STIX2.threat-actor", title="Fox", id="threat-actor--1"),
        edge("a", "r"), edge("r", "b"),
    )  # fmt: skip
    assert links(graph) == ["Fox -uses-> Rat"]
    assert [str(observation.seen) for _, _, observation in graph.links()] == [
        "2016-03-31 to unknown"
    ]
    assert [one.where for one in problems] == ["links"]


def test_bad_parts_are_told() -> None:
    """A node without a value, a wrong place and a lost end are told; the rest is read."""
    place = (
        '<node id="p"><data key="z"><m:EntityRenderer><m:Position x="NaN" y="up"/>'
        "</m:EntityRenderer></data>"
    )
    graph, problems = read(
        node("a", "maltego.Domain", fqdn=""), node("b", "maltego.Domain", fqdn="b.example"),
        "<node id='c'/>", edge("a", "b"), edge("b", "nowhere"),
        place + node("q", "maltego.Alias", alias="fox").partition(">")[2],
    )  # fmt: skip
    assert [one.value for one in graph.entities()] == ["b.example", "fox"]
    assert links(graph) == []
    assert len(problems) == 4
    assert graph.places == {}


def test_labels_do_not_fill_the_types() -> None:
    """However many labels people gave, only so many become types; none is lost."""
    labels = [f"label {number}" for number in range(LABELS_MAX + 50)]
    graph, problems = read(
        node("a", "maltego.Alias", alias="fox"),
        *(edge("a", "a", maltego__link__manual__type=one) for one in labels),
    )
    assert problems == []
    observations = [observations for _, _, observations in graph.links()]
    assert len(observations) == len(labels)
    assert all(label in one.detail for label, one in zip(labels, observations, strict=True))
    assert len({str(one.subject) for one in observations}) == LABELS_MAX + 1
