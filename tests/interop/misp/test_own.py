"""Clew's part of an event counts for what is still there; what MISP added is read as well."""

from __future__ import annotations

import json
from typing import Any

import pytest

from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.fidelity import ALL, Fidelity, preserved_content
from clew.interop.misp.read import read_misp
from clew.interop.misp.write import write_misp
from clew.model.block import BlockBuilder
from clew.model.interval import Interval
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN

Event = dict[str, Any]


def sample() -> ExchangeGraph:
    """Two names at one address, dated, an AS of its own, and a note."""
    builder = BlockBuilder()
    rows = [
        builder.entity("domain-name", "a.example", 0), builder.entity("ip-address", "192.0.2.1", 0),
        builder.entity("domain-name", "b.example", 0),
        builder.entity("autonomous-system", "AS64496", 0),
        builder.entity("tag", "apt", 0),
    ]  # fmt: skip
    seen = Interval.parse("2013-05-20", "2014-01-02")
    builder.link(rows[0], "resolves-to", rows[1], 0, seen=seen, collectors=["dnsdb"])
    builder.link(rows[2], "resolves-to", rows[1], 0, seen=Interval.parse("2015", None))
    graph = ExchangeGraph(builder.build(), (ORIGIN,), "A case", {0: ("c2",)}, marks={0: (3, 2)})
    graph.places = {3: (1.0, 2.0)}
    return graph


def written() -> Event:
    """That graph as an event."""
    event: Event = json.loads(write_misp(sample()))["Event"]
    return event


def read(event: Event) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """What is read from an event."""
    return read_misp(json.dumps({"Event": event}).encode(), ORIGIN, catalogue())


def named(event: Event, value: str) -> Event:
    """The object or attribute with a value."""
    for one in (*event["Attribute"], *event["Object"]):
        if value in (one.get("value"), one.get("Attribute", [{}])[0].get("value")):
            return one  # type: ignore[no-any-return]
    raise AssertionError(value)


def values(graph: ExchangeGraph) -> list[str]:
    """Values of all entities."""
    return sorted(one.value for one in graph.entities())


def links(graph: ExchangeGraph) -> list[str]:
    """All observations of links, in words."""
    return sorted(
        f"{observation.subject} @{observation.seen}" for _, _, observation in graph.links()
    )


def test_entities_with_links_are_objects() -> None:
    """What has a link is an object with dates, the rest attributes; nothing leaves the house."""
    event = written()
    assert [(it["type"], it["value"]) for it in event["Attribute"]] == [("AS", "64496")]
    assert [one["name"] for one in event["Object"]] == [
        "domain-ip", "domain-ip", "domain-ip", "clew-entity", "clew-graph",
    ]  # fmt: skip
    name = named(event, "a.example")
    assert (name["first_seen"], name["last_seen"]) == (
        "2013-05-20T00:00:00.000000+00:00", "2014-01-02T23:59:59.000000+00:00",
    )  # fmt: skip
    assert [it["name"] for it in name["Attribute"][0]["Tag"]] == ["c2", "tlp:amber", "PAP:GREEN"]
    reference = name["ObjectReference"][0]
    assert reference["relationship_type"] == "resolves-to"
    assert reference["comment"] == "import: 2013-05-20 to 2014-01-02"
    assert (event["distribution"], event["info"], event["date"]) == ("0", "A case", "2023-11-14")


def test_what_was_removed_is_gone() -> None:
    """An entity and a link that were taken out in MISP are told and not in the graph."""
    event = written()
    event["Object"].remove(named(event, "a.example"))
    named(event, "b.example")["ObjectReference"][0]["deleted"] = True
    graph, problems = read(event)
    assert values(graph) == ["192.0.2.1", "AS64496", "apt", "b.example"]
    assert links(graph) == []
    reasons = [it.reason for it in problems]
    assert reasons.count("it is no longer in the event") == 2
    assert graph.places == {2: (1.0, 2.0)}


def test_what_was_changed_is_read_anew() -> None:
    """A value that was changed in MISP is the new one, with the event as its incident."""
    event = written()
    named(event, "b.example")["Attribute"][0]["value"] = "c.example"
    graph, _ = read(event)
    assert values(graph) == ["192.0.2.1", "A case", "AS64496", "a.example", "apt", "c.example"]
    assert [one for one in links(graph) if "c.example" in one] == [
        "A case -has-indicator-> c.example @2015-01-01T00:00:00Z to unknown",
        "c.example -resolves-to-> 192.0.2.1 @unknown",
    ]


def test_what_was_added_is_read() -> None:
    """Attributes, objects, references and tags from MISP join the graph; the rest is the same."""
    event = written()
    event["Attribute"].append({"type": "md5", "value": "ab" * 16, "uuid": "1"})
    named(event, "a.example")["ObjectReference"].append(
        {"uuid": "2", "referenced_uuid": named(event, "b.example")["uuid"],
         "relationship_type": "Similar to"}
    )  # fmt: skip
    named(event, "64496")["Tag"].append({"name": "seen-again"})
    graph, problems = read(event)
    assert problems == []
    assert values(graph) == sorted([*values(sample()), "A case", "ab" * 16])
    assert set(links(graph)) - set(links(sample())) == {
        f"A case -has-indicator-> {'ab' * 16} @unknown",
        "a.example -similar-to-> b.example @unknown",
    }
    assert graph.tags == {0: ("c2",), 3: ("seen-again",)}
    assert graph.marks == sample().marks


def test_what_was_added_to_an_object_is_read() -> None:
    """A further attribute in an object of Clew's is linked as its template says."""
    event = written()
    named(event, "a.example")["Attribute"].append(
        {"type": "ip-dst", "value": "192.0.2.7", "object_relation": "ip", "uuid": "1"}
    )
    graph, _ = read(event)
    assert "a.example -resolves-to-> 192.0.2.7 @2013-05-20T00:00:00Z to 2014-01-02T23:59:59Z" in (
        links(graph)
    )
    assert links(sample())[0] in links(graph)


@pytest.mark.parametrize(
    "broken",
    ["", "{", "[]", '{"entities":5}', '{"entities":[5,{}],"links":[{"source":9}],"tlp":9}'],
)
def test_a_broken_part_is_told(broken: str) -> None:
    """Where Clew's part is damaged, the event is read as any other."""
    event = written()
    event["Object"][-1]["Attribute"][0]["value"] = broken
    graph, problems = read(event)
    assert {"a.example", "192.0.2.1", "AS64496"} <= set(values(graph))
    assert "a.example -resolves-to-> 192.0.2.1" in [one.partition(" @")[0] for one in links(graph)]
    assert problems or broken == '{"entities":5}'


def test_values_that_misp_writes_in_its_own_way_are_the_same() -> None:
    """A number of an autonomous system with its head, or a name in capitals, is no change."""
    event = written()
    named(event, "64496")["value"] = "AS64496"
    named(event, "a.example")["Attribute"][0]["value"] = "A.EXAMPLE"
    graph, problems = read(event)
    assert problems == []
    assert preserved_content(graph, Fidelity(ALL)) == preserved_content(sample(), Fidelity(ALL))
