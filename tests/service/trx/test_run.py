"""Runs from end to end: real providers' code against replicas, keys, markings, limits."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from clew.interop.maltego.message import read_response
from clew.interop.maltego.record import TransformResponse
from clew.interop.maltego.v3 import read_results
from clew.model.marking import TLP
from clew.replicas.scenario import load_scenario
from clew.replicas.server import serve_replicas
from clew.workbench import Workbench
from service.trx.client import Client, request, run_body, served

PDNS, NAME = "passivetotal-name-to-addresses", "mac.avstore.com.tw"


@pytest.fixture(scope="module")
def replicas() -> Iterator[dict[str, str]]:
    with serve_replicas(load_scenario("pitty-tiger")) as server:
        yield server.settings()


@pytest.fixture
def client(tmp_path: Path, replicas: dict[str, str]) -> Iterator[Client]:
    with served(tmp_path, replicas, credits_max=9.0) as found:
        yield found


def asked(
    client: Client, transform: str, type_: str, value: str, **options: Any
) -> TransformResponse:
    answer = client.ask("POST", f"/run/{transform}", request(type_, value, **options))
    assert answer.status == 200, answer
    return read_response(answer.body)


def resolutions() -> dict[str, str]:
    """Addresses of the name with the last day they were seen, as the case has them."""
    folder = load_scenario("pitty-tiger").folder
    rows = csv.DictReader((folder / "resolutions.csv").read_text("utf-8").splitlines())
    return {row["value"]: row["last_seen"] for row in rows if row["name"] == NAME}


def said(told: TransformResponse) -> dict[str, Mapping[str, str]]:
    return {one.value: {it.name: it.value for it in one.fields} for one in told.things}


def test_passive_dns_gives_dated_results_in_both_protocols(client: Client) -> None:
    """Passive DNS of a name gives its addresses with dates, source and score, in v2 and v3."""
    simple = said(asked(client, PDNS, "maltego.Domain", NAME))
    assert set(simple) == set(resolutions())
    for address, last in resolutions().items():
        told = simple[address]
        assert last in ("", told.get("clew.last"))
        assert told["clew.provider"] == "passivetotal"
        assert told["clew.link"] == "resolves-to"
        assert float(told["clew.score"]) > 0
    id_ = "passivetotal.name_to_addresses"
    answer = client.ask("POST", f"/transforms/{id_}/run", run_body("maltego.Domain", "fqdn", NAME))
    polled = read_results({"result": client.finished(id_, answer.json["result"]["runId"])})
    assert said(polled.response) == simple
    assert {edge.source for edge in polled.response.edges} == {"e7"}


def test_a_window_narrows_the_question(client: Client) -> None:
    """The window of a transform is a setting, in Clew's way of writing and in Maltego's."""
    for window in ("2015..2016", "2015-01-01T00:00:00.000Z/2016-01-01T00:00:00.000Z"):
        told = asked(client, PDNS, "maltego.Domain", NAME, settings={"window": window})
        assert told.things == ()
        assert not any(one.kind == "PartialError" for one in told.messages)
    told = asked(client, PDNS, "maltego.Domain", NAME, settings={"window": "soon"})
    assert [one.kind for one in told.messages] == ["PartialError"]


def test_local_transforms_need_no_key(tmp_path: Path) -> None:
    """What follows from a value itself is answered with nothing configured."""
    with served(tmp_path) as client:
        told = asked(client, "local-url-to-host", "maltego.URL", "http://a.example.org/x?y=1")
        assert [(one.type, one.value) for one in told.things] == [
            ("maltego.DNSName", "a.example.org")
        ]
        assert not any(one.kind == "PartialError" for one in told.messages)


def test_a_missing_key_says_what_to_do(tmp_path: Path) -> None:
    """Without a key nothing is asked, and the message names what to set."""
    with served(tmp_path) as client:
        told = asked(client, "domaintools-domain-whois", "maltego.Domain", "example.org")
    assert told.things == ()
    errors = [one.text for one in told.messages if one.kind == "PartialError"]
    assert any("CLEW_DOMAINTOOLS" in text for text in errors), told


def test_a_retired_provider_names_its_successor(tmp_path: Path) -> None:
    """A service that is shut is told as such."""
    with served(tmp_path) as client:
        told = asked(client, PDNS, "maltego.Domain", "example.org")
    assert any("retired" in one.text for one in told.messages if one.kind == "PartialError")


def test_markings_hold_back_what_may_not_leave(tmp_path: Path, replicas: dict[str, str]) -> None:
    """What is marked stricter than the provider may get is not sent, and that is told."""
    from clew.model.change import Mark

    with Workbench.create(tmp_path / "case.clew", {}) as bench:
        bench.decide(Mark(int(TLP.RED)), label="red")
    ceiling = {"CLEW_PASSIVETOTAL_CEILING": "TLP:GREEN"}
    with served(tmp_path, {**replicas, **ceiling}) as client:
        told = asked(client, PDNS, "maltego.Domain", NAME)
    assert told.things == ()
    assert any("TLP:RED" in one.text for one in told.messages if one.kind == "PartialError")
    with Workbench.open(tmp_path / "case.clew", {}) as bench:
        assert bench.case.store.runs() == []


def test_what_costs_more_than_allowed_is_not_asked(
    tmp_path: Path, replicas: dict[str, str]
) -> None:
    """A run over its budget is refused before anything leaves."""
    with served(tmp_path, replicas, credits_max=0.0) as client:
        told = asked(client, PDNS, "maltego.Domain", NAME)
    assert told.things == ()
    assert any("budget" in one.text for one in told.messages if one.kind == "PartialError")


def test_what_no_price_would_let_run_is_not_priced(tmp_path: Path) -> None:
    """No count is asked for where the server's grant is nothing."""
    transform = "domaintools-domain-to-registrants"
    with (
        serve_replicas(load_scenario("pitty-tiger"), only=("domaintools",)) as server,
        served(tmp_path, server.settings(), credits_max=0.0) as client,
    ):
        told = asked(client, transform, "maltego.Domain", NAME)
        assert server.received("domaintools") == 0
    assert any("would cost at least 1 credits" in one.text for one in told.messages)


def test_contact_is_limited_as_everywhere(tmp_path: Path, replicas: dict[str, str]) -> None:
    """A contact class over the limit is refused with the reason."""
    with served(tmp_path, {**replicas, "CLEW_CONTACT_LIMIT": "0"}) as client:
        told = asked(client, PDNS, "maltego.Domain", NAME)
    assert any("over the limit of 0" in one.text for one in told.messages), told


def test_a_run_that_takes_too_long_is_stopped(tmp_path: Path, replicas: dict[str, str]) -> None:
    """A run has an end, and the message says how to go on."""
    with served(tmp_path, replicas, run_s_max=0.0, credits_max=9.0) as client:
        told = asked(client, PDNS, "maltego.Domain", NAME)
    assert any("--resume" in one.text for one in told.messages if one.kind == "PartialError")


def test_many_clients_at_once_get_their_own_results(client: Client) -> None:
    """Requests at the same time do not mix their answers."""
    from concurrent.futures import ThreadPoolExecutor

    def one(number: int) -> list[str]:
        value = f"http://host{number}.example.org/"
        return [it.value for it in asked(client, "local-url-to-host", "maltego.URL", value).things]

    with ThreadPoolExecutor(12) as pool:
        told = list(pool.map(one, range(40)))
    assert told == [[f"host{number}.example.org"] for number in range(40)]
