"""Version 2 over the wire: what was recorded of clients of TRX, and what is hostile."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from clew.interop.maltego.message import read_response
from clew.interop.maltego.record import Thing, TransformResponse
from service.trx.client import SAMPLES, Answer, Client, request, served
from service.trx.vectors import REGISTRY

RUN = "/run/vector-kitchensink"
RECORDED = [
    ("01-kitchensink", RUN, 200, "192.0.2.2"),
    ("02-trailing-slash", f"{RUN}/", 200, "192.0.2.2"),
    ("03-mixed-case-path", "/run/Vector-KitchenSink", 200, "192.0.2.2"),
    ("04-get-probe", RUN, 200, "Transform found"),
    ("05-unknown-transform", "/run/nosuch", 404, "No transform found"),
    ("06-root", "/", 200, "Maltego"),
    ("07-crash-in-transform", "/run/vector-crash", 200, "PartialError"),
    ("08-exception-message", "/run/vector-exception", 200, "refused the key upstream"),
    ("09-malformed-xml", RUN, 400, "MaltegoTransformExceptionMessage"),
    ("10-empty-body", RUN, 400, "MaltegoTransformExceptionMessage"),
    ("11-form-content-type", RUN, 200, "192.0.2.2"),
    ("12-no-limits", RUN, 200, "192.0.2.2"),
    ("13-no-weight", RUN, 200, "192.0.2.2"),
    ("14-two-entities", RUN, 200, "Only the first of 2 entities"),
    ("15-no-entities", RUN, 200, "names no entity"),
    ("16-dns-entity-greet", "/run/vector-overlayexample", 200, "Hi Jane Example, nice"),
    ("17-put-method", RUN, 405, ""),
    ("18-doctype-entity", RUN, 400, "DOCTYPE is refused"),
]


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    with served(tmp_path_factory.mktemp("trx"), registry=REGISTRY) as found:
        yield found


def fields(thing: Thing) -> dict[str, str]:
    return {one.name: one.value for one in thing.fields}


def kinds(told: TransformResponse) -> set[str]:
    return {one.kind for one in told.messages}


@pytest.mark.parametrize(("name", "path", "status", "says"), RECORDED)
def test_a_recorded_request_is_answered(
    client: Client, name: str, path: str | None, status: int, says: str
) -> None:
    """Each request that was sent to TRX gets its answer; what TRX fails on gets a reason."""
    answer = client.recorded(SAMPLES / "trx-remote" / f"{name}.request.http", path)
    assert (answer.status, says in answer.text) == (status, True), answer
    if "MaltegoMessage" in answer.text:
        assert answer.headers["content-type"].startswith("text/xml")


def test_results_have_their_sources_and_dates(client: Client) -> None:
    """A result says who told it, when it was seen, and by which link; no date is made up."""
    told = read_response(client.ask("POST", RUN, request("maltego.Domain", "a.example.org")).body)
    dated, undated = told.things
    assert (dated.type, dated.value) == ("maltego.IPv4Address", "192.0.2.1")
    said = fields(dated)
    assert said["clew.first"] == "2013-05-20"
    assert said["clew.last"] == "2013-06-01"
    assert said["clew.provider"] == "vector"
    assert said["clew.collectors"] == "other, sensor <1>"
    assert said["clew.link"] == "resolves-to"
    assert said["clew.completeness"].startswith("complete")
    assert 0 < float(said["clew.score"]) <= 1
    assert said["asn"] == "64500"
    assert {one.name: one.value for one in dated.link}["maltego.link.label"] == "resolves to"
    assert "clew.first" not in fields(undated)
    texts = [one.text for one in told.messages]
    assert any("dynamic dns (2013 to unknown), by vector" in text.lower() for text in texts), texts
    assert any("registrar: Example & Sons" in text for text in texts)


def test_a_link_to_the_input_is_drawn_backwards(client: Client) -> None:
    """A link that runs from the result to the input keeps its direction."""
    body = request("maltego.Person", "Jane Example")
    told = read_response(client.ask("POST", "/run/vector-overlayexample", body).body)
    said = {one.name: one.value for one in told.things[0].link}
    assert said["maltego.link.direction"] == "output-to-input"


@pytest.mark.parametrize(("most", "shown"), [(3, 3), (0, 0), (50, 40)])
def test_what_is_over_the_limit_is_counted(client: Client, most: int, shown: int) -> None:
    """Results over the hard limit are left out, and a message says of how many."""
    body = request("maltego.Domain", "c.example.org", {"count": "40"}, most)
    told = read_response(client.ask("POST", RUN, body).body)
    assert len(told.things) == shown
    says = f"{shown} of 40 found entities"
    assert any(says in one.text for one in told.messages) == (shown < 40)


def test_a_wrong_type_is_told(client: Client) -> None:
    """An entity of a type that the transform does not take is no error, and nothing is asked."""
    told = read_response(client.ask("POST", RUN, request("maltego.Person", "Jane")).body)
    assert told.things == ()
    assert [one.kind for one in told.messages] == ["Inform"]
    assert "takes domain name" in told.messages[0].text


@pytest.mark.parametrize(
    ("value", "settings", "says"),
    [
        ("not a name at all", {}, "is not a valid"),
        ("a.example.org", {"count": "many"}, "no integer"),
        ("a.example.org", {"clew.limit": "-1"}, "from 1 on"),
    ],
)
def test_a_wrong_value_is_a_message(
    client: Client, value: str, settings: dict[str, str], says: str
) -> None:
    """A value or setting that does not hold becomes a message that says what does."""
    body = request("maltego.Domain", value, settings)
    told = read_response(client.ask("POST", RUN, body).body)
    assert told.things == ()
    assert kinds(told) == {"PartialError"}
    assert says in told.messages[0].text


def test_what_came_before_a_fault_is_kept(client: Client) -> None:
    """A provider that fails midway gives what came, and a message with what helps."""
    body = request("maltego.Domain", "a.example.org")
    told = read_response(client.ask("POST", "/run/vector-exception", body).body)
    assert [one.value for one in told.things] == ["192.0.2.1"]
    assert any(one.kind == "PartialError" and "Try later." in one.text for one in told.messages)
    assert fields(told.things[0])["clew.completeness"].startswith("failed")


HOSTILE = [
    b"\x00" * 100, b"{}", b"<a>" * 5_000, b"\xff\xfe<\x00", b"<MaltegoMessage/>",
    b"<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><MaltegoMessage/>",
    request("", "x"), request("maltego.Domain", "&#0;"),
    request("maltego.Domain", "a.example.org").replace(b"Weight>0", b"Weight>-9e99"),
    request("x" * 10_000, "y" * 1_000_000),
]  # fmt: skip


@pytest.mark.parametrize("body", HOSTILE)
def test_a_hostile_body_is_refused_or_answered(client: Client, body: bytes) -> None:
    """No body makes the service fail, and each refusal is a message of the protocol."""
    answer: Answer = client.ask("POST", RUN, body)
    assert answer.status in (200, 400)
    read_response(answer.body)
    assert client.json("/health") == {"status": "ok"}


def test_the_question_is_in_the_graph(tmp_path: Path) -> None:
    """What was asked about and what was found are in the file, as by any other run."""
    from clew.workbench import Workbench

    with served(tmp_path, registry=REGISTRY, graph="from maltego") as client:
        client.ask("POST", RUN, request("maltego.Domain", "A.Example.org."))
        client.ask("POST", RUN, request("maltego.Domain", "a.example.org"))
    with Workbench.open(tmp_path / "case.clew", {}, registry=REGISTRY) as bench:
        values = [one.value for one in bench.view("from maltego").entity_records()]
        assert sorted(values) == ["192.0.2.1", "192.0.2.2", "a.example.org"]
        runs = bench.case.store.runs()
        assert [(run.transform, run.status) for run in runs] == [("vector.kitchensink", "done")] * 2
        added = [step for step in bench.state.history.entries() if "Maltego" in step.label]
        assert len(added) == 1
