"""The PassiveTotal replica speaks the vendor's wire format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from clew.providers.passivetotal import PROVIDER
from clew.replicas.scenario import Attribute, load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.transform.provider import without_signature
from replica_client import get

NAME, DOMAIN = "firehappy.dyn3.example", "seasidegames.example"
SHA1 = "0123456789abcdef0123456789abcdef01234567"


def attribute(kind: str, host: str, value: str, detail: str = "") -> Attribute:
    return Attribute(
        host=host, kind=kind, value=value, first_seen="2013-01-01", last_seen="2013-02-01",
        detail=detail,
    )  # fmt: skip


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    scenario = load_scenario("tendrit")
    marked = replace(
        scenario.addresses[0], sinkhole="yes", sinkhole_since="2013-05-01", parked="yes",
        ever_compromised="yes",
    )  # fmt: skip
    attributes = (
        attribute("certificate", "192.0.2.10", SHA1),
        attribute("pair", NAME, "other.example", "cause=redirect"),
        attribute("tracker", NAME, "UA-1", "type=GoogleAnalyticsID"),
        attribute("component", NAME, "nginx", "category=Server|version=1.2"),
    )
    scenario = replace(scenario, addresses=(marked, *scenario.addresses[1:]), attributes=attributes)
    with serve_replicas(scenario, only=("passivetotal",)) as started:
        yield started


def body(server: ReplicaServer, path: str, **query: object) -> dict[str, Any]:
    reply = get(server, PROVIDER, path, **query)
    assert reply.status == 200, reply.body
    found: dict[str, Any] = json.loads(reply.body)
    return found


def test_rows_overlap_the_asked_span(server: ReplicaServer) -> None:
    """Undated rows can't be left out by a date; both directions give the other end."""
    every = body(server, "dns/passive", query=NAME)
    assert (every["queryType"], every["totalRecords"]) == ("domain", 3)
    assert every["firstSeen"] == "2012-02-25 00:00:00"
    span = body(server, "dns/passive", query=NAME, start="2013-01-01", end="2013-12-31")
    assert [one["resolve"] for one in span["results"]] == ["192.0.2.33", "192.0.2.37"]
    assert span["results"][0]["firstSeen"] is None
    back = body(server, "dns/passive", query="192.0.2.37")
    assert back["queryType"] == "ip"
    assert NAME in {one["resolve"] for one in back["results"]}


def test_an_address_and_a_name_are_enriched(server: ReplicaServer) -> None:
    """A number stands as a number or a text; a sinkhole has its day; a name its zone."""
    address = body(server, "enrichment", query="192.0.2.10")
    assert (address["autonomousSystemNumber"], address["sinkhole"]) == (64496, True)
    assert address["tag_meta"]["sinkhole"]["created_at"] == "2013-05-01"
    assert (address["tags"], address["everCompromised"]) == (["parked"], True)
    name = body(server, "enrichment", query=NAME)
    assert (name["primaryDomain"], name["dynamicDns"]) == ("dyn3.example", True)
    labels = body(server, "enrichment/subdomains", query="*.dyn3.example")["subdomains"]
    assert "firehappy" in labels


def test_records_are_the_current_ones(server: ReplicaServer) -> None:
    """A domain has its present record, an e-mail those that name it."""
    record = body(server, "whois", query=DOMAIN)
    assert record["contactEmail"] == "privacy@protect.example"
    found = body(server, "whois/search", query="privacy@protect.example")["results"]
    assert DOMAIN in {one["domain"] for one in found}
    assert get(server, PROVIDER, "whois", query="nobody.example").status == 404


def test_certificates_and_what_a_host_shows(server: ReplicaServer) -> None:
    """Each kind of attribute has its own shape."""
    (certificate,) = body(server, "ssl-certificate/history", query=SHA1)["results"]
    assert certificate["ipAddresses"] == ["192.0.2.10"]
    (pair,) = body(server, "host-attributes/pairs", query=NAME)["results"]
    assert (pair["parent"], pair["child"], pair["cause"]) == (NAME, "other.example", "redirect")
    (tracker,) = body(server, "host-attributes/trackers", query=NAME)["results"]
    assert (tracker["attributeType"], tracker["attributeValue"]) == ("GoogleAnalyticsID", "UA-1")
    (part,) = body(server, "host-attributes/components", query=NAME)["results"]
    assert (part["label"], part["version"], part["category"]) == ("nginx", "1.2", "Server")


def test_the_key_is_needed_and_queries_are_counted(server: ReplicaServer) -> None:
    """Without the pair nothing is told; the quota says how much was asked."""
    assert get(server, replace(PROVIDER, sign=without_signature), "account/quota").status == 401
    before = body(server, "account/quota")["user"]["counts"]["search_api"]
    body(server, "dns/passive", query=NAME)
    assert body(server, "account/quota")["user"]["counts"]["search_api"] == before + 1
