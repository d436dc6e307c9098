"""The ThreatConnect replica speaks the vendor's wire format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from clew.errors import KeyRefused
from clew.providers.threatconnect import PROVIDER
from clew.replicas.fact import Association, Group
from clew.replicas.scenario import Scenario, load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.replicas.threatconnect import CREDENTIALS, TOKEN
from replica_client import checked, get

JOINED = "F5A2496CF66CB8CFFE66CB1B27D7DEDE : 2F9BC5C64EECA8C0504FD852032BE29442F11ACE"


def changed(case: Scenario) -> Scenario:
    """Tendrit with a file of two hashes and a marking."""
    first = case.indicators[-1]
    joined = replace(first, type="File", value=JOINED.lower(), marking="TLP:AMBER", tags="a|b")
    return replace(case, indicators=(*case.indicators, joined))


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    with serve_replicas(changed(load_scenario("tendrit")), only=("threatconnect",)) as started:
        yield started


def body(server: ReplicaServer, path: Any, **query: object) -> tuple[int, dict[str, Any]]:
    reply = get(server, PROVIDER, path, **query)
    return reply.status, json.loads(reply.body)


def test_v3_pages_name_the_public_host_and_count_once(server: ReplicaServer) -> None:
    """``next`` is a full URL; the count comes on the first page only."""
    tql = 'typeName in ("Incident")'
    _, first = body(server, "v3/groups", tql=tql, resultLimit=3, count=True)
    _, second = body(server, "v3/groups", tql=tql, resultStart=3, resultLimit=3, count=True)
    assert (len(first["data"]), first["count"], len(second["data"])) == (3, 4, 1)
    assert first["next"].startswith("https://app.threatconnect.com/api/v3/groups?tql=typeName")
    assert "next" not in second
    assert "count" not in second
    assert "prev" in second


@pytest.mark.parametrize(
    ("tql", "names"),
    [
        ('summary = "20130520a: tendrit apt"', {"20130520A"}),
        ('eventDate >= "2013-05-20" and eventDate <= "2013-05-27"', {"20130520A", "20130527A"}),
        ('summary contains "ivy" or summary startswith "20121204"', {"20130512A", "20121204A"}),
        ('(summary like "%Lure%") and ownerName = "Common Community"', {"20130527A"}),
        ('hasIndicator(summary = "laton.dyn1.example")', {"20130520A"}),
        ('hasIndicator(summary contains "2F9BC5C6")', {"20121204A"}),
        ('typeName not in ("Incident")', set()),
        ('eventDate is null', set()),
    ],
)  # fmt: skip
def test_tql_chooses(server: ReplicaServer, tql: str, names: set[str]) -> None:
    """Operators, brackets, dates and nested queries choose what they say."""
    status, found = body(server, "v3/groups", tql=tql)
    assert status == 200
    assert {row["name"].partition(":")[0] for row in found["data"]} == names


@pytest.mark.parametrize(
    "tql", ['summary = ', 'nofield = "a"', 'summary ~ "a"', 'summary = "a', "(" * 40,
            'summary = "a" nonsense', 'hasNothing(id = 1)', '"a" = summary'],
)  # fmt: skip
def test_bad_tql_is_a_400(server: ReplicaServer, tql: str) -> None:
    """What is not understood is refused, and says so in the vendor's envelope."""
    status, told = body(server, "v3/groups", tql=tql)
    assert (status, told["status"]) == (400, "Error")


def test_parts_come_only_when_asked_for(server: ReplicaServer) -> None:
    """Tags, attributes and labels are left out unless ``fields`` names them."""
    tql = 'summary contains "F5A2496CF66CB8CF"'
    plain = body(server, "v3/indicators", tql=tql)[1]["data"][0]
    full = body(server, "v3/indicators", tql=tql, fields=["tags", "securityLabels"])[1]["data"][0]
    assert "tags" not in plain
    assert [tag["name"] for tag in full["tags"]["data"]] == ["a", "b"]
    assert full["securityLabels"]["data"][0]["name"] == "TLP:AMBER"
    assert (plain["summary"], plain["md5"]) == (JOINED, JOINED[:32])


def test_v2_counts_on_the_first_page_only(server: ReplicaServer) -> None:
    """``resultCount`` is missing past the first page, and ids come in two kinds."""
    query = {"owner": "Common Community", "resultLimit": 2}
    _, first = body(server, "v2/groups/incidents", **query)
    _, second = body(server, "v2/groups/incidents", resultStart=2, **query)
    assert first["data"]["resultCount"] == 4
    assert "resultCount" not in second["data"]
    rows = first["data"]["incident"] + second["data"]["incident"]
    assert {type(row["id"]) for row in rows} == {int, str}


def test_v2_without_an_owner_reads_the_own_organisation(server: ReplicaServer) -> None:
    """A community has to be named: else its records are not there."""
    assert body(server, "v2/groups/incidents")[1]["data"] == {"resultCount": 0, "incident": []}


def test_v2_filters_by_date(server: ReplicaServer) -> None:
    """``filters`` holds comma-joined clauses."""
    told = body(
        server, "v2/groups/incidents", owner="Common Community",
        filters="eventDate>2013-05-12,eventDate<2013-05-27",
    )[1]  # fmt: skip
    assert [row["name"] for row in told["data"]["incident"]] == ["20130520A: Tendrit APT"]


def test_v2_takes_a_url_in_its_path(server: ReplicaServer) -> None:
    """The value is percent-encoded in full, slashes too."""
    url = "http://www.seasidegames.example/xmas/greeting.zip"
    path = ("v2", "indicators", "urls", url, "groups", "incidents")
    _, told = body(server, path, owner="Common Community")
    assert [row["name"] for row in told["data"]["incident"]] == ["20130520A: Tendrit APT"]


@pytest.mark.parametrize(
    ("path", "status"),
    [("v2/indicators/hosts/nobody.example", "Failure"), ("v2/nothing", "Failure"),
     ("v3/groups/99999", "Error"), ("v3/nothing", "Error")],
)  # fmt: skip
def test_what_is_not_there_is_a_404(server: ReplicaServer, path: str, status: str) -> None:
    """Each version has its own envelope for it; a valid empty list is 200."""
    code, told = body(server, path)
    assert (code, told["status"]) == (404, status)


def test_a_token_does_as_well(server: ReplicaServer) -> None:
    """A token authenticates without a signature."""
    assert checked(server, PROVIDER, token=TOKEN) == "replica"


@pytest.mark.parametrize(
    "keys",
    [{"access_id": "1", "secret_key": CREDENTIALS["secret_key"]},
     {"access_id": CREDENTIALS["access_id"], "secret_key": "no"}, {"token": "no"}],
)  # fmt: skip
def test_wrong_keys_are_refused(server: ReplicaServer, keys: dict[str, str]) -> None:
    """Each wrong part of the credentials gives 401."""
    with pytest.raises(KeyRefused):
        checked(server, PROVIDER, **keys)


def test_an_old_signature_is_refused() -> None:
    """A signature is good for five minutes of the server's clock."""
    past = datetime(2020, 1, 1, tzinfo=UTC)
    with serve_replicas(
        load_scenario("tendrit"), only=("threatconnect",), now=lambda: past
    ) as server:
        assert get(server, PROVIDER, "v3/groups").status == 401


HOST, OWNER = "laton.dyn1.example", "Common Community"
INCIDENT = "20130520A: Tendrit APT"


def rich(case: Scenario) -> Scenario:
    """Tendrit with a group of its own, an associated pair, words on a host, and a vague date."""
    host = next(one for one in case.indicators if one.value == HOST)
    incident = next(one for one in case.incidents if one.id == host.incident)
    rated = replace(
        host, rating="4", confidence="80", description="A host", groups="Sand", tags="a|b",
        marking="TLP:AMBER", date_added="2013-05-21", attributes="Source=a report",
    )  # fmt: skip
    group = Group(incident.id, "Adversary", "Sand", "Who", aliases="Fox|Dune")
    link = Association("Host", HOST, "Host", "www.seasidegames.example", "same registrant")
    vague = replace(incident, event_date="2013-05", description="What")
    return replace(
        case, groups=(group,), associations=(link,),
        indicators=tuple(rated if one is host else one for one in case.indicators),
        incidents=tuple(vague if one is incident else one for one in case.incidents),
    )  # fmt: skip


@pytest.fixture(scope="module")
def whole() -> Iterator[ReplicaServer]:
    with serve_replicas(rich(load_scenario("tendrit")), only=("threatconnect",)) as started:
        yield started


def test_v2_has_each_part_at_an_address_of_its_own(whole: ReplicaServer) -> None:
    """Attributes, tags, labels, owners, groups and associated indicators of a host."""
    asked = {"owner": OWNER}
    path = ("v2", "indicators", "hosts", HOST)
    one = body(whole, path, **asked)[1]["data"]["host"]
    assert (one["hostName"], one["rating"], one["confidence"]) == (HOST, 4, 80)
    assert (one["owner"]["name"], one["description"]) == (OWNER, "A host")

    def part(*names: str) -> Any:
        status, told = body(whole, (*path, *names), **asked)
        assert status == 200, names
        return next(rows for name, rows in told["data"].items() if name != "resultCount")

    assert ("Source", "a report") in {(it["type"], it["value"]) for it in part("attributes")}
    assert [it["name"] for it in part("tags")] == ["a", "b"]
    assert [it["name"] for it in part("securityLabels")] == ["TLP:AMBER"]
    assert [it["name"] for it in part("owners")] == [OWNER]
    assert part("dnsResolutions") == []
    assert {it["name"] for it in part("groups")} == {INCIDENT, "Sand"}
    assert [it["name"] for it in part("groups", "adversaries")] == ["Sand"]
    assert [it["summary"] for it in part("indicators")] == ["www.seasidegames.example"]
    assert [it["hostName"] for it in part("indicators", "hosts")] == ["www.seasidegames.example"]
    for wrong in ("nothing", "groups/nothing"):
        assert body(whole, (*path, *wrong.split("/")), **asked)[0] == 404
    assert body(whole, ("v2", "indicators", "nothing"), **asked)[0] == 404
    (file,) = body(whole, "v2/indicators/files", owner=OWNER, resultLimit=1)[1]["data"]["file"]
    assert "md5" in file
    every = body(whole, "v2/indicators", owner=OWNER, resultLimit=500)[1]["data"]["indicator"]
    assert {"Host", "File"} <= {it["type"] for it in every}


@pytest.mark.parametrize(
    ("filters", "more", "count"),
    [
        ("rating>3,summary^laton", {}, 1), ("rating<3,summary^laton", {}, 0),
        ("rating>x,summary^laton", {}, 1), ("confidence=80,summary^laton", {}, 1),
        (f"summary={HOST}", {}, 1), ("nofield=1", {}, 0), ("rating", {}, 0),
        ("rating=99,summary^laton", {}, 0), ("rating=99,summary^laton", {"orParams": "true"}, 1),
    ],
)  # fmt: skip
def test_v2_filters_by_what_a_record_has(
    whole: ReplicaServer, filters: str, more: dict[str, str], count: int
) -> None:
    """Clauses hold together, or one does where it is asked so; what is no clause holds never."""
    query = {"owner": OWNER, "filters": filters, "resultLimit": "500", **more}
    told = body(whole, ("v2", "indicators", "hosts"), **query)[1]
    assert told["data"]["resultCount"] == count


def test_v2_owners_and_bounds(whole: ReplicaServer) -> None:
    """The owners have their kind; bounds that are no numbers are refused in both versions."""
    owners = body(whole, "v2/owners")[1]["data"]["owner"]
    assert {it["name"]: it["type"] for it in owners}[OWNER] == "Community"
    assert body(whole, "v2/whoami")[1]["data"]["user"]["pseudonym"] == "replica"
    for path in ("v2/owners", "v3/security/owners"):
        assert body(whole, path, resultLimit="x")[0] == 400
    assert {it["name"] for it in body(whole, "v3/security/owners")[1]["data"]} >= {OWNER}


def test_v3_tells_the_parts_that_are_named(whole: ReplicaServer) -> None:
    """Associated groups, indicators and custom associations come nested, without parts."""
    tql = {"tql": f'summary = "{HOST}"'}
    parts = ["attributes", "associatedGroups", "customAssociations", "unknownPart"]
    (row,) = body(whole, "v3/indicators", fields=parts, **tql)[1]["data"]
    assert (row["rating"], row["description"], row["dateAdded"][:10]) == (4, "A host", "2013-05-21")
    assert {it["name"] for it in row["associatedGroups"]["data"]} == {INCIDENT, "Sand"}
    (near,) = row["customAssociations"]["data"]
    assert near["summary"] == "www.seasidegames.example"
    assert near["customAssociationName"] == "same registrant"
    assert "unknownPart" not in row
    one = body(whole, ("v3", "indicators", str(row["id"])), fields=["tags"])[1]["data"]
    assert [it["name"] for it in one["tags"]["data"]] == ["a", "b"]
    groups = {"tql": f'summary = "{INCIDENT}"', "fields": ["attributes", "associatedIndicators"]}
    (incident,) = body(whole, "v3/groups", **groups)[1]["data"]
    assert incident["eventDate"] == "2013-05-01T00:00:00Z"
    kinds = {it["type"]: it["value"] for it in incident["attributes"]["data"]}
    assert (kinds["Description"], kinds["Event Date Precision"]) == ("What", "month")
    assert HOST in {it["summary"] for it in incident["associatedIndicators"]["data"]}
    assert body(whole, "v3/groups", owner="nobody")[0] == 403
    (sand,) = body(whole, "v3/groups", tql='hasTag(name = "x") or summary = "Sand"',
                   fields=["attributes"])[1]["data"]  # fmt: skip
    assert [it["value"] for it in sand["attributes"]["data"]] == ["Who", "Fox", "Dune"]


@pytest.mark.parametrize(
    ("tql", "count"),
    [
        ('hasTag(name = "a")', 1), ('hasAttribute(typeName = "Source")', 1),
        ('hasAttribute(text contains "report")', 1), ('hasTag(summary = "zz")', 0),
        ('hasGroup(summary = "Sand")', 1),
    ],
)  # fmt: skip
def test_nested_queries_reach_every_part(whole: ReplicaServer, tql: str, count: int) -> None:
    """Tags, attributes and groups are asked about as the vendor's query language does."""
    status, told = body(whole, "v3/indicators", tql=tql, count=True)
    assert (status, told["count"]) == (200, count)
