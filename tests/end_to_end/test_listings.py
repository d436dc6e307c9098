"""No listing is silently short: rows that are dropped from a reply that counts them are told."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any

import pytest

from clew.engine.api import TaskApi
from clew.engine.bounds import Bounds
from clew.engine.budget import LookupMeter
from clew.engine.perform import TaskResult, perform
from clew.engine.session import ProviderAnswer
from clew.engine.settings import ProviderConfig
from clew.errors import InvalidValue
from clew.model.journal import Exchange
from clew.model.provenance import Extent
from clew.replicas.scenario import load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.schema.registry import catalogue
from clew.schema.value import Value
from clew.store.replies import StoredReply
from clew.transform.contract import Cost, Transform
from clew.transform.provider import Contact
from clew.transform.registry import load_registry
from clew.transform.request import Reply, Request
from end_to_end.test_money import INPUTS
from replica_client import HttpApi

pytestmark = pytest.mark.assurance("whole-listings")
TRANSFORMS = sorted(
    (one for one in load_registry().transforms.values() if one.provider.contact != Contact.LOCAL),
    key=lambda one: one.id,
)
COUNTS = re.compile(r"count|total", re.IGNORECASE)
INPUTS_MAX = 40
"""Most values that are tried until one brings a listing with a count."""
Place = tuple[str | int, ...]


class Saved:
    """A Requester over a replica's replies, kept as they came, with rows dropped from one."""

    def __init__(self, server: ReplicaServer, transform: Transform) -> None:
        provider = transform.provider
        keys = server.credentials[provider.name]
        self.client = HttpApi(provider, server.urls[provider.name], keys)
        self.config = ProviderConfig(provider, self.client.base, "", provider.ceiling, keys)
        self.bounds = Bounds()
        self.kept: dict[str, tuple[int, bytes]] = {}
        self.drop: tuple[str, Place] | None = None
        self.same: bytes | None = None

    def keep(self, answer: object) -> None:
        """Answer every request so."""
        self.same = json.dumps(answer).encode()

    async def ask(
        self, request: Request, *, meter: LookupMeter, purchase: bool = False
    ) -> ProviderAnswer:
        name = request.fingerprint(self.client.base)
        if name not in self.kept and self.same is not None:
            self.kept[name] = 200, self.same
        if name not in self.kept:
            if self.config.provider.token is not None:
                self.client.keys["token"] = "replica-token"
            reply = await self.client.send(request)
            self.kept[name] = reply.status, reply.body
        status, body = self.kept[name]
        if self.drop is not None and self.drop[0] == name:
            answer = json.loads(body)
            del _at(answer, self.drop[1])[-1]
            body = json.dumps(answer).encode()
        reply = Reply(request, status, {"content-type": "application/json"}, body)
        stored = StoredReply.of(body, "application/json")
        exchange = Exchange(self.config.provider.name, name, stored.digest, status, 0)
        return ProviderAnswer(self.config.provider.read(reply), exchange, stored, fresh=True)

    async def sized(
        self, request: Request, cost: Cost, rows_max: int, *, meter: LookupMeter
    ) -> Request:
        return request

    def own(self, request: Request) -> Request:
        return request

    def look_up(self, transform: Transform, value: Value) -> TaskResult:
        api = TaskApi(self)
        return asyncio.run(
            perform(transform, value, api, transform.settings({}), catalogue(), self.bounds)
        )


def _at(answer: Any, place: Place) -> Any:
    for step in place:
        answer = answer[step]
    return answer


def counted_lists(answer: Any) -> Iterator[Place]:
    """Lists of a reply whose length an object around them tells, in a member that counts."""
    found: list[tuple[Place, list[Any], tuple[dict[str, Any], ...]]] = []

    def walk(value: Any, place: Place, around: tuple[dict[str, Any], ...]) -> None:
        if isinstance(value, dict):
            for name, below in value.items():
                walk(below, (*place, name), (*around, value))
        elif isinstance(value, list):
            found.append((place, value, around))
            for number, below in enumerate(value):
                walk(below, (*place, number), around)

    walk(answer, (), ())
    for place, rows, around in found:
        if rows and any(_counts(one, len(rows)) for one in around[-2:]):
            yield place


def _counts(around: dict[str, Any], length: int) -> bool:
    members = [*around.items()]
    for value in around.values():
        if isinstance(value, dict):
            members += value.items()
    return any(
        COUNTS.search(name) and str(value) == str(length) and not isinstance(value, bool)
        for name, value in members
    )


ADDRESS, NAME = "192.0.2.1", "a.example.org"
COUNTED: Mapping[str, tuple[str, dict[str, Any]]] = {
    "domaintools.address_to_domains": (
        ADDRESS,
        {"response": {"ip_addresses": {
            "ip_address": ADDRESS, "domain_count": 2, "domain_names": ["a.example", "b.example"]}}},
    ),
    "domaintools.domain_to_neighbours": (
        "example.org",
        {"response": {"ip_addresses": [{
            "ip_address": ADDRESS, "domain_count": 2,
            "domain_names": ["a.example", "b.example"]}]}},
    ),
    "domaintools.name_server_to_domains": (
        NAME,
        {"response": {
            "name_server": {"total": "2"}, "primary_domains": ["a.example", "b.example"],
            "secondary_domains": []}},
    ),
    "passivetotal.host_to_components": (
        NAME,
        {"totalRecords": 2, "results": [{"label": "nginx"}, {"label": "php", "version": "5"}]},
    ),
    "passivetotal.host_to_trackers": (
        NAME,
        {"totalRecords": 2, "results": [
            {"attributeType": "GaId", "attributeValue": "1"},
            {"attributeType": "GaId", "attributeValue": "2"}]},
    ),
    "passivetotal.host_to_pairs": (
        NAME,
        {"totalRecords": 2, "results": [
            {"parent": NAME, "child": "a.example"}, {"parent": NAME, "child": "b.example"}]},
    ),
    "threatconnect.name_to_addresses": (
        NAME,
        {"status": "Success", "data": {"resultCount": 2, "dnsResolution": [
            {"resolutionDate": "2013-01-02T00:00:00Z", "addresses": [{"ip": "192.0.2.1"}]},
            {"resolutionDate": "2013-01-03T00:00:00Z", "addresses": [{"ip": "192.0.2.2"}]}]}},
    ),
    "defender-ti.name_to_addresses": (
        NAME,
        {"@odata.count": 2, "value": [
            {"recordType": "A", "artifact": {"id": "192.0.2.1"}},
            {"recordType": "A", "artifact": {"id": "192.0.2.2"}}]},
    ),
    "defender-ti.host_to_pairs": (
        NAME,
        {"@odata.count": 2, "value": [
            {"childHost": {"id": "a.example"}}, {"childHost": {"id": "b.example"}}]},
    ),
    "threatconnect.indicator_to_incidents": (
        NAME,
        {"status": "Success", "count": 1, "data": [{
            "id": 1, "type": "Incident", "name": "One",
            "tags": {"data": [{"name": "apt"}, {"name": "old"}], "count": 2}}]},
    ),
}  # fmt: skip
"""Bodies as vendors send them, of listings that the scenario has no rows for."""


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    with serve_replicas(load_scenario("tendrit"), now=lambda: datetime.now(UTC)) as found:
        yield found


@pytest.mark.parametrize("asked", [one.id for one in TRANSFORMS])
def test_rows_that_are_dropped_are_told(asked: str, server: ReplicaServer) -> None:
    """Whichever counted list of whichever reply lacks its last row: cut, failed, or a problem."""
    transform = load_registry().transform(asked)
    for kind in transform.accepts:
        for text in INPUTS.get(kind.type.name, ())[:INPUTS_MAX]:
            value = catalogue().value(kind.type.name, text)
            if transform.narrow is None or transform.narrow(value) == value:
                drop_each(Saved(server, transform), transform, value)


@pytest.mark.parametrize("asked", COUNTED)
def test_rows_that_a_vendor_drops_are_told(asked: str, server: ReplicaServer) -> None:
    """The same of listings as vendors send them; each has rows that are missed."""
    transform = load_registry().transform(asked)
    text, answer = COUNTED[asked]
    kinds = [kind for kind in transform.accepts if kind.type.name in ("domain-name", "ip-address")]
    (value,) = [found for found in map(partial(value_of, text), kinds) if found is not None]
    saved = Saved(server, transform)
    saved.keep(answer)
    assert drop_each(saved, transform, value)


def test_a_whole_listing_says_how_many_there_are(server: ReplicaServer) -> None:
    """What came of how many, or that no total is told."""
    transform = load_registry().transform("passivetotal.host_to_components")
    rows = [{"label": "nginx"}, {"label": "php"}]
    for body, told in (
        ({"results": rows, "totalRecords": 2}, "complete, 2 of 2"),
        ({"results": rows}, "complete, 2, no total told"),
        ({"results": rows, "totalRecords": 5}, "cut at 2 of 5: the vendor tells more than it gave"),
    ):
        saved = Saved(server, transform)
        saved.keep(body)
        found = saved.look_up(transform, catalogue().value("domain-name", NAME))
        assert str(found.completeness) == told


def drop_each(saved: Saved, transform: Transform, value: Value) -> int:
    """Drop the last row of each counted list in turn; gives how often that took a claim away."""
    whole = saved.look_up(transform, value)
    if whole.completeness.extent is not Extent.COMPLETE:
        return 0
    missed = 0
    places = [
        (name, place)
        for name, (status, body) in saved.kept.items()
        if status == 200
        for place in counted_lists(json.loads(body))
    ]
    for name, place in places:
        saved.drop = name, place
        short = saved.look_up(transform, value)
        if len(short.claims) < len(whole.claims):
            missed += 1
            told = short.completeness.extent is not Extent.COMPLETE
            assert told or len(short.problems) > len(whole.problems), (value, place)
    return missed


def value_of(text: str, kind: type[Value]) -> Value | None:
    try:
        return kind(text)
    except InvalidValue:
        return None
