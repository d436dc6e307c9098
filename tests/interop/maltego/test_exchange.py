"""Entities as Maltego's and back, and answers as a graph."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.interop.graph_builder import NAMES_MAX
from clew.interop.maltego.exchange import (
    FIRST,
    LAST,
    entity_of,
    findings_of,
    limit_results,
    thing_of,
)
from clew.interop.maltego.message import read_response, write_response
from clew.interop.maltego.record import Edge, EntityField, Thing, TransformResponse
from clew.interop.maltego.v3 import read_results
from clew.model.entity import Entity
from clew.schema.registry import catalogue
from clew.schema.types import DomainName, IPAddress
from clew.transform.claim import Claim, EntityClaim, LinkClaim, PropertyClaim, RemarkClaim, claims
from clew.transform.finding import Problem
from interop.graphs import VALUES
from interop.maltego.spoken import hostile, results, sample

ASKED = DomainName("example.org")
CASES = [(type_, value) for type_, values in VALUES for value in values]


def claimed(response: TransformResponse) -> tuple[list[Claim], list[Problem]]:
    """What an answer claims, and its problems."""
    all_ = [
        claim
        for finding in findings_of(response, ASKED, catalogue())
        for claim in claims(finding, ASKED, None, catalogue())
    ]
    problems = [one for one in all_ if isinstance(one, Problem)]
    return [one for one in all_ if not isinstance(one, Problem)], problems


def links(found: list[Claim]) -> list[tuple[str, str, str, str, str]]:
    """Source, type, target, dates and detail of each link."""
    return [
        (one.source, one.link, one.target, str(one.seen), one.detail or "")
        for one in found if isinstance(one, LinkClaim)
    ]  # fmt: skip


def properties(found: list[Claim]) -> set[tuple[str, str, str]]:
    return {(one.entity, one.name, one.value) for one in found if isinstance(one, PropertyClaim)}


@pytest.mark.parametrize(("type_", "value"), CASES)
def test_entities_come_back(type_: str, value: str) -> None:
    """What is sent to Maltego and answered by it is the same entity, in type and value."""
    thing = thing_of(Entity(type_, value), {"title": "t", "name": "n", "url": "u", "text": "x"})
    for one in (thing, read_response(write_response(TransformResponse((thing,)))).things[0]):
        ours, text = entity_of(one, catalogue())
        kind = catalogue().entity_types.get(ours)
        assert (ours, str(kind.value(text)) if kind else text) == (type_, value)


@pytest.mark.parametrize(
    ("entity", "type_", "field"),
    [
        (Entity("domain-name", "a.example"), "maltego.DNSName", ("fqdn", "a.example")),
        (Entity("ip-address", "2001:db8::1"), "maltego.IPv6Address",
         ("ipv6-address", "2001:db8::1")),
        (Entity("autonomous-system", "AS64496"), "maltego.AS", ("as.number", "64496")),
        (Entity("netblock", "192.0.2.0/24"), "maltego.Netblock",
         ("ipv4-range", "192.0.2.0-192.0.2.255")),
        (Entity("mutex", "m"), "clew.mutex", ("properties.mutex", "m")),
        (Entity("tracker", "ga:UA-1"), "maltego.UniqueIdentifier",
         ("properties.uniqueidentifier", "UA-1")),
    ],
)  # fmt: skip
def test_entities_are_maltegos(entity: Entity, type_: str, field: tuple[str, str]) -> None:
    """Type, value and value property are those of Maltego."""
    thing = thing_of(entity, {})
    assert (thing.type, thing.value) == (type_, field[1])
    assert thing.fields[0] == EntityField(*field, strict=True)


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        (Thing("maltego.as", "64496"), ("autonomous-system", "AS64496")),
        (Thing("MALTEGO.DNSNAME", "a.example"), ("domain-name", "a.example")),
        (Thing("maltego.URL", "A title", fields=(EntityField("url", "http://a.example/"),)),
         ("url", "http://a.example/")),
        (Thing("maltego.URL", "http://a.example/"), ("url", "http://a.example/")),
        (Thing("maltego.ARecord", "a.example", fields=(EntityField("ipv4-address", "192.0.2.1"),)),
         ("ip-address", "192.0.2.1")),
        (Thing("maltego.File", "x", fields=(EntityField("source", "C:\\x"),)),
         ("file-path", "C:\\x")),
        (Thing("maltego.UniqueIdentifier", "UA-1"), ("tracker", "id:UA-1")),
        (Thing("maltego.Port", "443"), ("maltego-port", "443")),
        (Thing("acme.My Thing", "x"), ("acme-my-thing", "x")),
        (Thing("clew.mutex", "x"), ("mutex", "x")),
        (Thing("maltego.Domain", "", fields=(EntityField("fqdn", "a.example"),)),
         ("domain-name", "a.example")),
    ],
)  # fmt: skip
def test_things_are_ours(thing: Thing, expected: tuple[str, str]) -> None:
    """Known types become ours by the property that holds their value; others stay their own."""
    assert entity_of(thing, catalogue()) == expected


def test_a_recorded_answer_is_a_graph() -> None:
    """Results are linked with the question, with properties, note, bookmark and direction."""
    response = read_response(sample("trx-remote/01-kitchensink.response.xml"))
    found, problems = claimed(response)
    assert problems == []
    assert next(one.entity for one in found if isinstance(one, EntityClaim)) == "192.0.2.10"
    first, second = links(found)
    assert first[:4] == ("192.0.2.10", "related-to", "example.org", "unknown")
    detail = json.loads(first[4])
    assert (detail["label"], detail["direction"]) == ("resolves to", "output-to-input")
    assert detail["properties"]["seen.first"] == "2024-01-02"
    assert (second[0], second[4]) == ("example.org", "")
    facts = {(name, value) for who, name, value in properties(found) if who == "192.0.2.10"}
    assert ("country", "DE") in facts
    assert ("bookmark", "4") in facts
    assert ("HTML label", "bold & link") in facts
    assert "ipv4-address" not in {name for name, _ in facts}
    assert [one for one in found if isinstance(one, RemarkClaim)] == [
        RemarkClaim(IPAddress("192.0.2.10"), "line1\nline2")
    ]


def test_a_recorded_poll_is_a_graph() -> None:
    """Links of version 3 join the ids, the input's among them; a reversed one is turned."""
    found, problems = claimed(read_results(sample("v3/11-results-poll1.response.json")).response)
    assert problems == []
    assert [one[:3] for one in links(found)] == [
        ("192.0.2.10", "related-to", "example.org"), ("example.org", "related-to", "192.0.2.11"),
    ]  # fmt: skip


def test_edges_may_join_two_results() -> None:
    """Results can be deeper than one level, and an id that nothing has is a problem."""
    things = (Thing("clew.mutex", "a", id="1"), Thing("clew.mutex", "b", id="2"))
    edges = (Edge("e1", "1"), Edge("1", "2"), Edge("1", "9"))
    found, problems = claimed(TransformResponse(things, edges))
    assert [(one[0], one[2]) for one in links(found)] == [("example.org", "a"), ("a", "b")]
    assert problems == [Problem("no entity of the answer has this id: 9", "link 3")]


def test_a_result_without_a_link_stands_alone() -> None:
    """An entity of version 3 that no link joins is named, with its properties."""
    found, problems = claimed(TransformResponse((Thing("clew.mutex", "a", 7, id="1"),)))
    assert [type(one) for one in found] == [EntityClaim, PropertyClaim]
    assert (properties(found), problems) == ({("a", "weight", "7")}, [])


def test_what_is_over_a_limit_takes_its_links_along() -> None:
    """Of the first results those links stay that need no other one."""
    things = tuple(Thing("clew.mutex", name, id=name) for name in "abc")
    edges = (Edge("e1", "a"), Edge("a", "b"), Edge("b", "c"))
    assert limit_results(TransformResponse(things, edges), 2) == TransformResponse(
        things[:2], edges[:2]
    )
    assert limit_results(TransformResponse(things, edges), 3) == TransformResponse(things, edges)


def test_nothing_is_said_twice() -> None:
    """A result that comes again says nothing new, unless its link has a detail of its own."""
    one = Thing("clew.mutex", "a", 7)
    found, _ = claimed(TransformResponse((one, one)))
    assert (len(links(found)), len(properties(found))) == (1, 1)
    labelled = Thing("clew.mutex", "a", 7, link=(EntityField("maltego.link.label", "x"),))
    found, _ = claimed(TransformResponse((labelled, labelled)))
    assert len(links(found)) == 2


def test_another_s_state_is_no_state_of_ours() -> None:
    """A property that is called as ours are (of a country's state) is kept under another name."""
    fields = (
        EntityField("state", "Bavaria"),
        EntityField("original:misp", "x"),
        EntityField("clew.state", "parked"),
    )
    found, _ = claimed(TransformResponse((Thing("clew.mutex", "a", fields=fields),)))
    assert {(name, value) for _, name, value in properties(found)} == {
        ("maltego.state", "Bavaria"), ("maltego.original:misp", "x"), ("state", "parked"),
    }  # fmt: skip


def test_own_names_are_bounded() -> None:
    """An investigation has room for few names; those over the bound are problems."""
    fields = tuple(EntityField(f"p{number}", "x") for number in range(NAMES_MAX + 5))
    found, problems = claimed(TransformResponse((Thing("clew.mutex", "a", fields=fields),)))
    assert (len(properties(found)), len(problems)) == (NAMES_MAX, 5)
    things = tuple(Thing(f"acme.{number}", "x") for number in range(NAMES_MAX + 5))
    found, problems = claimed(TransformResponse(things))
    assert (len(links(found)), len(problems)) == (NAMES_MAX, 5)


def test_dates_are_those_that_are_told() -> None:
    """Only our own fields date a link; one that is no date is a problem."""

    def dated(first: str, last: str) -> Thing:
        return Thing("clew.mutex", first, link=(EntityField(FIRST, first), EntityField(LAST, last)))

    in_field = Thing("clew.mutex", "b", fields=(EntityField(FIRST, "2021"),))
    found, problems = claimed(TransformResponse((dated("2020-01-02", "open"), in_field)))
    assert [one[3] for one in links(found)] == ["2020-01-02 to open", "2021 to unknown"]
    assert problems == []
    found, problems = claimed(TransformResponse((dated("2020-01-02", "2020-03"),)))
    assert (links(found)[0][3:], problems) == (("2020-01-02 to 2020-03", ""), [])
    assert properties(found) == set()
    found, problems = claimed(TransformResponse((dated("soon", ""),)))
    assert (links(found)[0][3], len(problems)) == ("unknown", 1)


def test_one_bad_result_spares_the_rest() -> None:
    """A value that its type refuses is a problem with its place; what asked itself has no link."""
    things = (Thing("maltego.IPv4Address", "no"), Thing("maltego.Domain", "example.org"),
              Thing("maltego.Domain", "b.example"))  # fmt: skip
    found, problems = claimed(TransformResponse(things, problems=("odd",)))
    assert [(one.place, one.what[:5]) for one in problems] == [("", "odd"), ("entity 1", "no IP")]
    assert [one[2] for one in links(found)] == ["b.example"]


def test_a_shown_value_that_is_not_the_value_is_kept() -> None:
    """The title that stands for a URL is a property of it."""
    thing = Thing("maltego.URL", "A title", 7, (EntityField("url", "http://a.example/"),))
    found, _ = claimed(TransformResponse((thing,)))
    assert properties(found) == {
        ("http://a.example/", "maltego.value", "A title"), ("http://a.example/", "weight", "7"),
    }  # fmt: skip


@given(st.lists(results, max_size=3), hostile)
def test_hostile_answers_never_crash(things: list[Thing], text: str) -> None:
    """Whatever a transform answers is a graph or a problem."""
    odd = Thing(text, text, fields=(EntityField(text, text), EntityField(FIRST, text)), note=text)
    found, _ = claimed(TransformResponse((*things, odd), (Edge(text, text), Edge("e1", text))))
    assert all(one.entity for one in found if isinstance(one, EntityClaim))
