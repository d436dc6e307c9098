"""Clew's extension of STIX, damaged by others: the rest is read, and what is wrong is told."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.stix.own import own_part, without_own
from clew.interop.stix.read import read_stix
from clew.interop.stix.words import EXTENSION_ID
from clew.interop.stix.write import write_stix
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN, exchange_graphs
from interop.stix.bundles import id_of, lines, read

A, B = ({"type": "domain-name", "value": value} for value in ("a.example", "b.example"))
PROVENANCE = {"provenance": [{"provider": "dnsdb", "transform": "dnsdb.names", "tlp": 3}]}
odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda below: st.lists(below, max_size=2) | st.dictionaries(st.text(max_size=4), below),
    max_leaves=3,
)


def own(number: int, **part: Any) -> dict[str, Any]:
    """An object of which Clew's extension says something."""
    id_ = id_of("x-thing", number)
    return {"type": "x-thing", "id": id_, "extensions": {EXTENSION_ID: part}}


def where(*things: dict[str, Any]) -> tuple[ExchangeGraph, list[str]]:
    """The graph of a bundle, and which objects have a problem."""
    graph, problems = read(*things)
    return graph, [one.where for one in problems]


def test_what_is_told_is_read() -> None:
    """Entities, properties, links, notes and merges have the provenance that tells them."""
    told = {"told_by": 0, "first": "2013-01", "last": "open", "collectors": ["x"]}
    graph, problems = read(
        own(1, **PROVENANCE, title="A case", tlp=3, pap=0),
        own(2, entity=A, **told, star=True, tags=["seen"],
            properties=[{"name": "state", "value": "parked", **told}]),
        own(3, entity=B, same_as=A),
        own(4, link={"source": A, "type": "related-to", "target": B},
            observations=[{**told, "detail": "{}"}, {**told, "first": "2015"}]),
        own(5, note={"text": "look", "at": 0, "actor": "me"}, about=A),
        own(6, note={"text": "all", "at": 0, "actor": "me"}),
    )  # fmt: skip
    assert problems == []
    assert (graph.title, graph.marks) == ("A case", {-1: (3, 0)})
    assert [one.value for one in graph.entities()] == ["a.example", "b.example"]
    assert (graph.merged_into, graph.stars, graph.tags) == ({1: 0}, frozenset({0}), {0: ("seen",)})
    assert lines(graph) == {
        "a.example -related-to-> b.example @2013-01 to open",
        "a.example -related-to-> b.example @2015 to open",
    }
    observations = [*(one for _, one in graph.properties()), *(one for _, _, one in graph.links())]
    assert {(one.provenance.provider, one.collectors) for one in observations} == {
        ("dnsdb", ("x",))
    }
    assert [(one.text, one.entity) for one in graph.notes] == [("look", 0), ("all", -1)]


WRONG_PROPERTIES = (
    7, {"value": "x"}, {"name": "state", "value": "x", "first": "yesterday"},
    {"name": "state", "value_ref": "nothing--1"},
    {"name": "state", "first": "2015", "last": "2013"},
)  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG_PROPERTIES)
def test_one_bad_property_stops_no_other(wrong: object) -> None:
    """It is told with its object; those before and after it are read."""
    good = [{"name": "state", "value": one} for one in ("parked", "sinkhole")]
    graph, told = where(own(1, entity=A, properties=[good[0], wrong, good[1]]))
    assert [one.value for _, one in graph.properties()] == ["parked", "sinkhole"]
    assert told == [id_of("x-thing", 1)]


@pytest.mark.parametrize("wrong", [7, {"first": "yesterday"}, {"detail_ref": "nothing--1"},
                                   {"first": "2015", "last": "2013"}])  # fmt: skip
def test_one_bad_observation_stops_no_other(wrong: object) -> None:
    """It is told with its object; those of the same link before and after it are read."""
    link = {"source": A, "type": "related-to", "target": B}
    graph, told = where(
        own(1, link=link, observations=[{"first": "2013"}, wrong, {"last": "2014"}])
    )
    assert [str(one.seen) for _, _, one in graph.links()] == ["2013 to unknown", "unknown to 2014"]
    assert told == [id_of("x-thing", 1)]


@pytest.mark.parametrize(
    "part",
    [
        {"entity": 7}, {"entity": {"value": "a.example"}},
        {"entity": {"type": "domain-name", "value": "no name"}},
        {"entity": B, "same_as": "b"}, {"link": 7}, {"link": {"source": A, "target": B}},
        {"note": {"text": "x"}, "about": 7}, {"provenance": [7]},
        {"provenance": [{"provider": "x", "transform": "y", "tlp": 99}]},
    ],
)  # fmt: skip
def test_what_can_t_be_meant_is_told_and_the_rest_is_read(part: dict[str, Any]) -> None:
    """A part that holds no entity, link, note or provenance is named by its object."""
    graph, told = where(own(1, **part), own(2, entity=A))
    assert "a.example" in {one.value for one in graph.entities()}
    assert set(told) == {id_of("x-thing", 1)}


def test_an_original_is_given_back_without_what_was_added() -> None:
    """A property that refers to another object is that object word for word, and is read once."""
    thing = {"type": "x-other", "id": id_of("x-other", 9), "name": "x", "modified": "added by us",
             "extensions": {EXTENSION_ID: {"entity": B}, "another": {"a": 1}}}  # fmt: skip
    reference = {"name": "original:stix", "value_ref": thing["id"], "added": ["modified"]}
    graph, problems = read(own(1, entity=A, properties=[reference]), thing)
    assert problems == []
    (value,) = [one.value for _, one in graph.properties()]
    assert json.loads(value) == {"type": "x-other", "id": thing["id"], "name": "x",
                                 "extensions": {"another": {"a": 1}}}  # fmt: skip


@given(odd)
def test_only_a_mapping_under_our_name_is_ours(part: object) -> None:
    """Taken out of an object again, it leaves the extensions of others, or none at all."""
    for others in ({}, {"another": part}):
        thing = {"type": "x", "extensions": {**others, EXTENSION_ID: part}}
        assert own_part(thing) == (part if isinstance(part, dict) else None)
        assert without_own(thing) == {"type": "x", **({"extensions": others} if others else {})}
    assert own_part({"type": "x"}) is None
    assert own_part({"type": "x", "extensions": part}) is None


@given(exchange_graphs(), odd, st.data())
def test_damage_to_one_part_leaves_the_others(
    graph: ExchangeGraph, damage: object, data: st.DataObject
) -> None:
    """Whatever another program wrote into one of our parts, the bundle is read."""
    bundle = json.loads(write_stix(graph))
    ours = [thing for thing in bundle["objects"] if own_part(thing)]
    if not ours:
        return
    part = data.draw(st.sampled_from(ours))["extensions"][EXTENSION_ID]
    name = data.draw(st.sampled_from(sorted(part)))
    part[name] = damage
    again, _ = read_stix(json.dumps(bundle).encode(), ORIGIN, catalogue())
    before = {(one.type, one.value) for one in graph.entities()}
    if name not in ("entity", "link", "same_as", "about", "note"):
        assert before <= {(one.type, one.value) for one in again.entities()}
