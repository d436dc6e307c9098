"""Version 3 over the wire: the recorded requests, polling, cancelling, and wrong bodies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from clew.interop.maltego.v3 import read_results
from service.trx.client import SAMPLES, Client, run_body, served
from service.trx.vectors import REGISTRY

HELLO, BOOM = "vec.vector_hello", "vec.vector_boom"
RUN = f"/transforms/{HELLO}/run"
V3 = SAMPLES / "v3"
RECORDED = [
    ("01-seed", 200, "TransformApplications"),
    ("02-seed-options", 200, "null"),
    ("03-capabilities", 200, '"protocol":"3.3"'),
    ("04-transforms", 200, HELLO),
    ("05-assets", 200, '"transformSets"'),
    ("06-status", 200, '"v3TransformCount":6'),
    ("07-hub_item", 200, '"displayName":"Clew"'),
    ("08-health", 200, '{"status":"ok"}'),
    ("10-run", 201, '"state":"INITIALIZED"'),
    ("13-results-after-delete", 404, "Transform run not found"),
    ("20-run-boom", 201, '"state":"INITIALIZED"'),
    ("22-unknown-transform", 404, "Transform with id none not found"),
    ("23-bad-body", 422, '"loc":["body"]'),
    ("24-wrong-type", 400, "No input entity matches"),
    ("30-old-xml-on-v3", 404, "No transform found"),
    ("31-openapi", 404, '{"detail":"Not Found"}'),
]
"""A Person whose counts name a Domain (24) is refused here; the recorded server ran it."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with served(tmp_path_factory.mktemp("v3"), registry=REGISTRY) as found:
        yield found


def started(client: Client, path: str = RUN, **options: Any) -> str:
    body = run_body("maltego.Domain", "fqdn", "a.example.org", **options)
    answer = client.ask("POST", path, body)
    assert answer.status == 201, answer
    return str(answer.json["result"]["runId"])


@pytest.mark.parametrize(("name", "status", "says"), RECORDED)
def test_a_recorded_request_is_answered(client: Client, name: str, status: int, says: str) -> None:
    """Each recorded request gets its status and its body."""
    answer = client.recorded(V3 / f"{name}.request.http")
    assert (answer.status, says in answer.text) == (status, True), answer
    assert status == 404 or answer.headers["maltego-protocol-version"] == "3.3"
    if name == "02-seed-options":
        assert int(answer.headers["v3-page-size"]) > 0


def test_a_recorded_run_is_polled_and_deleted(client: Client) -> None:
    """The recorded polls give the results, the deletion a summary, and then there is nothing."""
    run = client.recorded(V3 / "10-run.request.http").json["result"]["runId"]
    client.finished(HELLO, run)
    for name in ("11-results-poll0", "11-results-poll1", "11-results-poll2"):
        answer = client.recorded(V3 / f"{name}.request.http", run=run)
        assert (answer.status, answer.headers["maltego-run-state"]) == (200, "COMPLETED")
        poll = read_results(answer.body)
        assert [one.value for one in poll.response.things] == [
            "192.0.2.10", "192.0.2.11", "b.example.org",
        ]  # fmt: skip
    summary = client.recorded(V3 / "12-delete.request.http", run=run)
    assert summary.json["entities"]["added"] == {"maltego.IPv4Address": 2, "maltego.DNSName": 1}
    gone = client.recorded(V3 / "13-results-after-delete.request.http", run=run)
    assert gone.status == 404


def test_a_recorded_failure_is_told(client: Client) -> None:
    """A transform that fails ends as FAILED, with an error that says why."""
    run = client.recorded(V3 / "20-run-boom.request.http").json["result"]["runId"]
    client.finished(BOOM, run)
    answer = client.recorded(V3 / "21-results-boom.request.http", run=run)
    events = [one["data"]["statusMessage"] for one in answer.json["result"]["events"]]
    assert answer.json["result"]["state"] == "FAILED"
    assert [one["type"] for one in events] == ["ERROR"]
    assert "fault of the transform" in events[0]["text"]


def test_links_between_results_are_told(client: Client) -> None:
    """A result can hang at another result, and ends are the ids of this run."""
    told = read_results({"result": client.finished(HELLO, started(client))}).response
    ids = {thing.id: thing.value for thing in told.things} | {"e7": "a.example.org"}
    assert {(ids[one.source], ids[one.target]) for one in told.edges} == {
        ("a.example.org", "192.0.2.10"), ("a.example.org", "192.0.2.11"),
        ("192.0.2.10", "b.example.org"),
    }  # fmt: skip
    dates = [one.value for one in told.things[0].fields if one.name == "clew.first"]
    assert dates == ["2013-05-20"]


def test_a_reversed_link_says_so(client: Client) -> None:
    """A link that runs to the input starts at the input and says that it is reversed."""
    id_ = "vector.overlayexample"
    body = run_body("maltego.Person", "person.fullname", "Jane Example")
    run = client.ask("POST", f"/transforms/{id_}/run", body).json["result"]["runId"]
    told = read_results({"result": client.finished(id_, run)}).response
    assert [one.source for one in told.edges] == ["e7"]
    assert {one.name: one.value for one in told.edges[0].fields}[
        "maltego.link.is_reversed"
    ] == "true"


def test_pages_give_all_events_once(client: Client) -> None:
    """Pages of any size, put together, are the whole list of events."""
    id_ = "vector.kitchensink"
    run = started(client, f"/transforms/{id_}/run", count="20")
    whole = client.finished(id_, run)
    pages: list[Any] = []
    while len(pages) < whole["eventCount"]:
        query = f"eventPointer={len(pages)}&eventLimit=7"
        page = client.json(f"/api/v3/transforms/{id_}/run/{run}/results?{query}")["result"]
        assert page["eventPointer"] == len(pages)
        pages += page["events"]
    assert pages == whole["events"]
    assert client.json(f"/transforms/{id_}/run/{run}/results?eventPointer=-1")["result"] == whole


def test_the_limit_cuts_and_says_so(client: Client) -> None:
    """A run gives as many entities as its limit names, and says of how many."""
    id_ = "vector.kitchensink"
    run = started(client, f"/transforms/{id_}/run", limit=5, count="20")
    told = client.finished(id_, run)
    texts = [one["data"]["statusMessage"]["text"] for one in told["events"]
             if one["data"]["inputType"] == "STATUS_MESSAGE"]  # fmt: skip
    assert told["atomicEntityCount"] == 5
    assert any("5 of 20 found entities" in text for text in texts)


def test_a_cancelled_run_can_still_be_asked_about(client: Client) -> None:
    """Cancelling what has ended changes nothing, and the results stay."""
    run = started(client)
    before = client.finished(HELLO, run)
    answer = client.ask("POST", f"{RUN}/{run}/cancel")
    assert (answer.status, answer.json["state"]) == (200, "COMPLETED")
    assert client.json(f"{RUN}/{run}/results")["result"] == before


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("POST", RUN, b"", 422), ("POST", RUN, b"[" * 100_000, 422),
        ("POST", RUN, b'{"input":1}', 422), ("POST", RUN, b"\xff\xfe", 422),
        ("POST", RUN, b'{"input":{"graph":{"entities":[]}}}', 400),
        ("GET", RUN, b"", 405), ("DELETE", "/transforms", b"", 405),
        ("GET", f"{RUN}/no-such-run/results", b"", 404), ("POST", f"{RUN}/x/cancel", b"", 404),
        ("DELETE", f"{RUN}/x", b"", 404), ("GET", "/transforms/none", b"", 404),
        ("GET", "/transforms/%2e%2e%2fx", b"", 404), ("GET", "/run/..%2f..%2fetc", b"", 404),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused(
    client: Client, method: str, path: str, body: bytes, status: int
) -> None:
    """A wrong body, method or name gets the status of the protocol."""
    assert client.ask(method, path, body, accept="application/json").status == status


def test_a_run_of_another_transform_is_not_found(client: Client) -> None:
    """A run is found below its own transform only."""
    run = started(client)
    assert client.ask("GET", f"/transforms/{BOOM}/run/{run}/results").status == 404


def test_all_is_below_both_heads(client: Client) -> None:
    """The list of transforms, one of them and the assets are the same below api/v3."""
    for path in ("/transforms", f"/transforms/{HELLO}", "/assets", "/assets/entities",
                 "/assets/sets", "/hub_item", "/status", "/health"):  # fmt: skip
        assert client.json(path) == client.json(f"/api/v3{path}")
    assert client.json("/") == client.json("/status") == client.json("/api/v3")
    ids = [one["id"] for one in client.json("/assets/entities")]
    assert "clew.user-agent" in ids
    assert client.json(f"/transforms/{HELLO}")["input"]["typeIds"] == [
        "maltego.DNSName", "maltego.Domain",
    ]  # fmt: skip
