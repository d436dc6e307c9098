"""Runs of version 3: what was recorded is read, what is written comes back, pages join."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.maltego import page, v3
from clew.interop.maltego.record import (
    Edge,
    EntityField,
    Message,
    Thing,
    TransformRequest,
    TransformResponse,
)
from clew.interop.maltego.v3 import (
    Poll,
    ids_of,
    merge_polls,
    read_results,
    read_run,
    write_results,
    write_run,
    write_started,
    write_summary,
)
from interop.maltego.spoken import body, fields, legal, messages, recorded, results, sample, types

AT = datetime(2026, 11, 25, 2, 37, 11, 929287, tzinfo=UTC)
LATER = datetime(2026, 11, 25, 2, 37, 12, tzinfo=UTC)
ASKED = Thing("maltego.Domain", "example.org", 0,
              (EntityField("fqdn", "example.org", "Domain Name"),), id="e1")  # fmt: skip
IP = Thing(
    "maltego.IPv4Address", "192.0.2.10", 42,
    (EntityField("ipv4-address", "192.0.2.10", "IP Address", strict=True),
     EntityField("icon-url", "https://example.org/i.png", "Image"),
     EntityField("extra", "é 中 <b>&"), EntityField("overlay#N#text", "extra")),
    labels=(("HTML label", "bold"),), note="line1\nline2", id="27bc4q769kjwz",
)  # fmt: skip
SECOND = Thing("maltego.IPv4Address", "192.0.2.11", 100,
               (EntityField("ipv4-address", "192.0.2.11", "IP Address", strict=True),),
               id="2gp9w8dgv4s1d")  # fmt: skip


def written(response: TransformResponse, **more: Any) -> bytes:
    options = {"run": "r", "state": "COMPLETED", "started": AT, "updated": LATER, **more}
    return write_results(response, **options)


def page_of(*data: dict[str, Any], **more: Any) -> bytes:
    result = {"events": [{"data": one} for one in data], "state": "RUNNING", **more}
    return json.dumps({"result": result}).encode()


@pytest.mark.parametrize("name", recorded("v3/*-run*.request.http"))
def test_recorded_runs_are_read(name: str) -> None:
    """Each body that started a run of the vendor's server is read; an empty one is refused."""
    got = read_run(body(name))
    assert got == TransformRequest((ASKED,), (("global#api_key", "s3cr3t"),), 12, 12)
    again = json.loads(write_run(got, transform="vec.vector_hello", graph="g1"))
    expected = json.loads(body(name))
    expected["transformRunExecutionContext"]["sourceName"] = "vec.vector_hello"
    expected["input"]["graph"]["entities"][0]["properties"][0] |= {
        "type": "STRING", "matchingRule": "loose",
    }  # fmt: skip
    assert again == expected


def test_runs_without_a_graph_are_refused() -> None:
    """A body without a graph, or whose counts do not agree with it, starts nothing."""
    with pytest.raises(InvalidValue, match="no input"):
        read_run(b"{}")
    body = json.loads(write_run(TransformRequest((ASKED,)), transform="t"))
    body["input"]["metadata"]["entitiesTotalCount"] = 2
    with pytest.raises(InvalidValue, match="differ"):
        read_run(json.dumps(body).encode())


def test_a_poll_is_read() -> None:
    """Entities, links, messages, state and pointer of a recorded page are told."""
    poll = read_results(sample("v3/11-results-poll1.response.json"))
    link = (
        EntityField("maltego.link.is_reversed", "true", type="boolean"),
        EntityField("maltego.link.color", "#FF0000", "Link Color"),
        EntityField("maltego.link.style", "1", "Link Style", type="int"),
        EntityField("maltego.link.thickness", "2", "Link Thickness", type="int"),
        EntityField("maltego.link.label", "resolves to"),
    )
    assert poll == Poll(
        TransformResponse(
            (IP, SECOND), (Edge("e1", IP.id, link), Edge("e1", SECOND.id)),
            (Message("Inform", "limit=12 key='s3cr3t'"), Message("PartialError", "half done")),
        ),
        "COMPLETED", 6, 6, "783a9efd-1b7d-4a7f-bf4f-3542d99af5d2",
        ("29rsqm8xo01h7", "1zkdfj29d3a6i"),
    )  # fmt: skip
    assert poll.ended


@pytest.mark.parametrize("name", recorded("v3/*.response.json"))
def test_recorded_pages_are_read_or_refused(name: str) -> None:
    """Pages of a run are read without a problem; other answers are refused with their reason."""
    data = sample(name)
    if not any(part in name for part in ("-run", "-results", "24-")) or "after-delete" in name:
        with pytest.raises(InvalidValue):
            read_results(data)
        return
    poll = read_results(data)
    assert poll.response.problems == ()
    again = read_results(
        written(poll.response, run=poll.run, state=poll.state, started=AT, updated=LATER)
    )
    assert replace(again.response, messages=()) == replace(poll.response, messages=())
    assert set(again.response.messages) == set(poll.response.messages)
    assert (again.state, again.next_pointer) == (poll.state, poll.next_pointer)


def test_a_failed_run_is_a_fatal_error() -> None:
    """A run that failed says so in its state and in a message."""
    poll = read_results(sample("v3/21-results-boom.response.json"))
    assert (poll.state, poll.ended) == ("FAILED", True)
    assert [one.kind for one in poll.response.messages] == ["FatalError"]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("13-results-after-delete", "Transform run not found"),
        ("22-unknown-transform", "Transform with id none not found"),
        ("23-bad-body", "Field required, Field required"),
    ],
)
def test_refusals_tell_the_servers_reason(name: str, reason: str) -> None:
    """The reason of an error body is the reason of the error."""
    with pytest.raises(InvalidValue) as caught:
        read_results(sample(f"v3/{name}.response.json"))
    assert caught.value.reason == reason


def test_a_start_answers_as_recorded() -> None:
    """The answer to a start has the fields that the vendor's has."""
    expected = json.loads(sample("v3/10-run.response.json"))
    mine = json.loads(write_started(run=expected["result"]["runId"], started=AT))
    expected["result"]["updateTime"] = expected["result"]["startTime"]
    assert mine == expected


def test_a_summary_answers_as_recorded() -> None:
    """The answer to a deletion counts what was added by type."""
    expected = json.loads(sample("v3/12-delete.response.json"))
    made = write_summary(
        TransformResponse((IP, SECOND)), run=expected["runId"], state="COMPLETED", duration_ms=304
    )
    assert json.loads(made) == expected


def test_things_without_an_edge_are_linked_from_the_input() -> None:
    """Results of older generations get a link with the fields of theirs."""
    thing = Thing("clew.mutex", "m", link=(EntityField("maltego.link.label", "x"),))
    poll = read_results(written(TransformResponse((thing,)), asked="e9"))
    assert poll.response.edges == (Edge("e9", "r1", thing.link),)
    assert poll.response.things[0].fields == (EntityField("properties.mutex", "m", strict=True),)


@given(st.lists(results, min_size=1, max_size=3), st.lists(messages, max_size=2), st.data())
def test_results_come_back(things: list[Thing], sent: list[Message], data: st.DataObject) -> None:
    """What is polled is what was answered, page by page, with the value's property added."""
    link = st.lists(fields(legal, typed=True), max_size=2).map(tuple)
    response = TransformResponse(
        tuple(replace(one, id=f"x{place}", link=()) for place, one in enumerate(things)),
        tuple(Edge("e1", f"x{place}", data.draw(link)) for place in range(len(things))),
        tuple(sent),
    )
    polls: list[Poll] = []
    pointer = 0
    while not polls or not polls[-1].ended:
        polls.append(read_results(written(response, pointer=pointer, limit=2)))
        pointer = polls[-1].next_pointer
    got = merge_polls(polls)
    assert (got.edges, got.messages, got.problems) == (response.edges, response.messages, ())
    for one, was in zip(got.things, response.things, strict=True):
        assert set(was.fields) <= set(one.fields)
        assert len(one.fields) <= len(was.fields) + 1
        assert replace(one, fields=()) == replace(was, fields=())


@given(st.lists(st.builds(Thing, types, legal, st.integers(0, 99),
                          st.lists(fields(legal, typed=True), max_size=3).map(tuple),
                          st.lists(types, max_size=2).map(tuple)), max_size=3))  # fmt: skip
def test_runs_come_back(things: list[Thing]) -> None:
    """A second reading tells what the first did: types, values, properties and ids."""
    once = read_run(write_run(TransformRequest(tuple(things), (("a", "b"),), 5, 5), transform="t"))
    assert [(one.type, one.value, one.ancestry) for one in once.things] == [
        (one.type, one.value, one.ancestry) for one in things
    ]
    assert read_run(write_run(once, transform="t")) == once


def test_metadata_agrees_with_the_graph() -> None:
    """Types are counted with those that they derive from, as the vendor's server checks."""
    site = Thing("maltego.Website", "www.example.org", ancestry=("maltego.DNSName",))
    input_ = json.loads(write_run(TransformRequest((site, ASKED)), transform="t"))["input"]
    assert input_["metadata"] == {
        "entitiesTypesStat": {"maltego.Website": 1, "maltego.DNSName": 1, "maltego.Domain": 1},
        "entitiesTotalCount": 2, "linksTotalCount": 0, "rootEntitiesCount": 2,
    }  # fmt: skip
    assert [one["id"] for one in input_["graph"]["entities"]] == ["e1x", "e1"]


def test_ids_are_unique() -> None:
    """A thing without an id gets one that no other has."""
    things = [Thing("a", ""), Thing("a", "", id="r1"), Thing("a", "", id="r1x"), Thing("a", "")]
    assert ids_of(things, "r") == ["r1xx", "r1", "r1x", "r4"]


def test_updates_and_deletions_are_followed() -> None:
    """A later event of the same id replaces the earlier, on the same page or another."""

    def entity(id_: str, value: str, kind: str = "ADD") -> dict[str, Any]:
        fields = {
            "id": id_,
            "type": "a.b",
            "valueRef": "v",
            "properties": [{"name": "v", "value": value, "type": "STRING"}],
        }
        return {"eventType": kind, "inputType": "ENTITY", "entity": fields}  # fmt: skip

    first = read_results(page_of(entity("1", "a"), entity("2", "b"), entity("2", "c", "UPDATE")))
    second = read_results(page_of(entity("1", "", "DELETE"), entity("3", "d")))
    assert [one.value for one in merge_polls([first, second]).things] == ["c", "d"]


def test_prompts_and_unknown_events_are_told() -> None:
    """A question to the user is told with its id, and an unknown event is a problem."""
    poll = read_results(
        page_of({"inputType": "INPUT_PROMPT", "id": "p1", "message": "Which?"}, {"inputType": "X"})
    )
    assert poll.prompts == (("p1", "Which?"),)
    assert len(poll.response.problems) == 1


def test_events_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Events, entities and messages over the most are told."""
    data = written(TransformResponse((IP, SECOND), messages=(Message("Inform", "x"),) * 3))
    monkeypatch.setattr(page, "ENTITIES_MAX", 1)
    monkeypatch.setattr(page, "MESSAGES_MAX", 1)
    assert len(read_results(data).response.problems) == 3
    monkeypatch.setattr(page, "EVENTS_MAX", 1)
    assert "events were left out" in read_results(data).response.problems[0]
    monkeypatch.setattr(v3, "ENTITIES_MAX", 0)
    with pytest.raises(InvalidValue, match="1 entities"):
        read_run(write_run(TransformRequest((ASKED,)), transform="t"))


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(("id", "type", "valueRef", "properties", "name", "value", "entity", "link",
                         "inputType", "statusMessage", "bookmark", "weight", "sourceId",
                         "targetId", "overlays", "displayInformation")), inner, max_size=5),
)  # fmt: skip


@given(json_values, st.sampled_from(("ENTITY", "LINK", "STATUS_MESSAGE", "INPUT_PROMPT")))
def test_hostile_events_never_crash(value: Any, kind: str) -> None:
    """Whatever a server sends is an event, a problem, or refused."""
    name = {"ENTITY": "entity", "LINK": "link", "STATUS_MESSAGE": "statusMessage"}.get(kind, "id")
    data = {"inputType": kind, name: value}
    poll = read_results({"result": {"events": [{"data": data}, value], "state": value,
                                    "eventPointer": value, "eventCount": value}})  # fmt: skip
    written(poll.response)
    for wrong in (value, {"result": value}, {"input": value}):
        with pytest.raises(InvalidValue):
            read_results(wrong)
    run = {"input": {"graph": {"entities": [value]}, "metadata": value}, "limit": value}
    try:
        read_run(json.dumps(run).encode())
    except InvalidValue:
        return
