"""The DomainTools replica speaks the vendor's wire format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from clew.providers.domaintools import PROVIDER
from clew.replicas.scenario import load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.transform.provider import without_signature
from replica_client import get

DOMAIN, EMAIL = "seasidegames.example", "registrant.one@mail.example"


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    with serve_replicas(load_scenario("tendrit"), only=("domaintools",)) as started:
        yield started


def body(server: ReplicaServer, path: str, **query: object) -> dict[str, Any]:
    reply = get(server, PROVIDER, path, **query)
    assert reply.status == 200, reply.body
    found: dict[str, Any] = json.loads(reply.body)["response"]
    return found


def test_a_report_is_quoted_then_bought(server: ReplicaServer) -> None:
    """A quote names counts and price and no domain; a purchase brings them and is counted."""
    asked = {"terms": EMAIL, "scope": "historic"}
    quote = body(server, "v1/reverse-whois/", **asked)
    assert "domains" not in quote
    bought = body(server, "v1/reverse-whois/", mode="purchase", **asked)
    assert len(bought["domains"]) == quote["domain_count"]["historic"] > 0
    assert quote["report_price"]["historic"] == 2 * len(bought["domains"])
    assert DOMAIN in bought["domains"]
    (product,) = body(server, "v1/account")["products"]
    assert product["usage"] == {"today": "1", "month": "1"}
    assert get(server, PROVIDER, "v1/reverse-whois/").status == 400


def test_a_history_is_snapshots_newest_first(server: ReplicaServer) -> None:
    """Each period is a snapshot; between unconnected ones nobody is registered."""
    history = body(server, f"v1/{DOMAIN}/whois/history")
    dates = [one["date"] for one in history["history"]]
    assert dates == sorted(dates, reverse=True)
    assert history["record_count"] == len(dates)
    (second,) = body(server, f"v1/{DOMAIN}/whois/history", limit=1, offset=1)["history"]
    assert second == history["history"][1]
    assert "history" not in body(server, f"v1/{DOMAIN}/whois/history", mode="count")
    ended = load_scenario("tendrit").registrations[0]
    alone = replace(load_scenario("tendrit"), registrations=(ended,))
    with serve_replicas(alone, only=("domaintools",)) as other:
        gone, record = body(other, f"v1/{DOMAIN}/whois/history")["history"]
        assert get(other, PROVIDER, f"v1/{DOMAIN}/whois/parsed").status == 404
    assert (gone["date"], gone["whois"]["registrant"]) == (ended.seen_to, "")
    assert EMAIL in record["whois"]["record"]


def test_the_current_record_is_parsed(server: ReplicaServer) -> None:
    """It names the present registrant and the day of the scenario."""
    record = body(server, f"v1/{DOMAIN}/whois/parsed")
    assert record["whois"]["date"] == "2014-06-30"
    contact = record["parsed_whois"]["contacts"]["registrant"]
    assert (contact["email"], record["registrant"]) == ("privacy@protect.example", contact["name"])


def test_hosting_is_told_as_changes(server: ReplicaServer) -> None:
    """The first event is new, the others change; a host without a successor ends, twice."""
    events = body(server, "v1/captain-tooth.example/hosting-history")["ip_history"]
    assert [one["action"] for one in events] == ["N", "C", "C", "C", "C", "C"]
    assert [one["pre_ip"] for one in events[1:]] == [one["post_ip"] for one in events[:-1]]
    ended = load_scenario("tendrit").hostings[0]
    with serve_replicas(
        replace(load_scenario("tendrit"), hostings=(ended,)), only=("domaintools",)
    ) as other:
        events = body(other, "v1/captain-tooth.example/hosting-history")["ip_history"]
    assert [one["action"] for one in events] == ["N", "D", "D"]


def test_neighbours_are_a_list_or_one_object(server: ReplicaServer) -> None:
    """A domain has a list of addresses with their domains, an address has one object."""
    (address,) = body(server, "v1/captain-tooth.example/reverse-ip")["ip_addresses"]
    assert "captain-tooth.example" in address["domain_names"]
    one = body(server, f"v1/{address['ip_address']}/host-domains")["ip_addresses"]
    assert one == address
    assert body(server, "v1/ns1.example.org/name-server-domains")["name_server"]["total"] == 0
    profile = body(server, "v1/captain-tooth.example")
    assert profile["history"]["ip_address"]["events"] == 6
    assert profile["server"] == {"ip_address": address["ip_address"]}


def test_what_is_not_signed_is_refused(server: ReplicaServer) -> None:
    """A wrong, old or missing signature is refused; the key alone does as well."""
    wrong = replace(PROVIDER, sign=without_signature)
    assert get(server, wrong, "v1/account").status == 403
    old = {"timestamp": "2010-01-01T00:00:00Z", "signature": "0"}
    assert get(server, wrong, "v1/account", **old).status == 403
    now = {"timestamp": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}", "signature": "0"}
    assert get(server, wrong, "v1/account", **now).status == 403
    key = server.credentials["domaintools"]["key"]
    assert get(server, wrong, "v1/account", api_key=key).status == 200


def test_what_nobody_registered_has_no_history(server: ReplicaServer) -> None:
    """The envelope of a fault names code and message."""
    reply = get(server, PROVIDER, "v1/nobody.example/whois/history")
    assert (reply.status, json.loads(reply.body)["error"]["code"]) == (404, 404)
