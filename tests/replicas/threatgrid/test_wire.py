"""The ThreatGRID replica speaks the vendor's wire format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from clew.providers.threatgrid import PROVIDER
from clew.replicas.fact import RunFact
from clew.replicas.scenario import load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.transform.provider import without_signature
from clew.transform.request import Path
from replica_client import get

MD5 = "b17f2d7e00f731650833898ebed14268"
OLD = "bacdd17ca7653a7d74c6efd9e9dcfd6b"
RUN = f"{1:032x}"


@pytest.fixture(scope="module")
def server() -> Iterator[ReplicaServer]:
    with serve_replicas(load_scenario("tendrit"), only=("threatgrid",)) as started:
        yield started


def body(server: ReplicaServer, path: Path, **query: object) -> tuple[int, dict[str, Any]]:
    reply = get(server, PROVIDER, path, **query)
    return reply.status, json.loads(reply.body)


def test_the_search_filters_by_date(server: ReplicaServer) -> None:
    """A run before ``after`` is left out, and an empty list has no items."""
    _, told = body(server, "v2/search/submissions", q=OLD)
    assert told["data"]["items"][0]["item"]["submitted_at"] == "2012-11-30T00:00:00Z"
    _, none = body(server, "v2/search/submissions", q=OLD, after="2013-01-01")
    assert none["data"]["total"] == 0
    assert "items" not in none["data"]


def test_a_run_without_a_date_is_not_left_out() -> None:
    """No filter by date can say that an undated run lies outside of it; nor is a date made up."""
    with serve_replicas(load_scenario("pitty-tiger"), only=("threatgrid",)) as server:
        query = {"q": "be18418cafdb9f86303f7e419a389cc9", "after": "2030-01-01"}
        [row] = body(server, "v2/search/submissions", **query)[1]["data"]["items"]
    assert "submitted_at" not in row["item"]
    assert "sample_executed" not in row["item"]["analysis"]["metadata"]["sandcastle_env"]


def test_the_listing_names_the_run_otherwise(server: ReplicaServer) -> None:
    """The samples of a hash have an ``id`` where the search says ``sample``."""
    _, told = body(server, "v2/samples", md5=MD5)
    assert [row["id"] for row in told["data"]["items"]] == [RUN]
    assert "items" not in body(server, "v2/samples", sha256="0" * 64)[1]["data"]


def test_parts_come_by_id_or_as_a_list(server: ReplicaServer) -> None:
    """Streams and processes are objects by number; an empty part has no items."""
    path = f"v2/samples/{RUN}/analysis"
    streams = body(server, f"{path}/network_streams")[1]["data"]["items"]
    http = next(one for one in streams.values() if one.get("protocol") == "HTTP")
    request = http["decoded"][0][0]
    assert request["url"] == "http://laton.dyn1.example:80/css.ashx?nly=0"
    assert request["headers"]["user-agent"].startswith("Mozilla/4.0")
    assert http["dst"] == "192.0.2.29"
    assert body(server, f"{path}/processes")[1]["data"]["items"]["15"]["mutants_created"]
    assert body(server, f"{path}/iocs")[1]["data"] == {}


def test_the_whole_report_has_no_envelope(server: ReplicaServer) -> None:
    """``analysis.json`` is bare, with times as epoch seconds."""
    _, told = body(server, f"v2/samples/{RUN}/analysis.json")
    assert "data" not in told
    assert told["metadata"]["sandcastle_env"]["sample_executed"] == 1360540800


def test_samples_by_what_they_touched(server: ReplicaServer) -> None:
    """Names and addresses by value, URLs by the SHA-256 of their text with the port."""
    url = sha256(b"http://laton.dyn1.example:80/css.ashx?nly=0").hexdigest()
    for path, count in ((("v2", "domains", "laton.dyn1.example"), 3),
                        (("v2", "ips", "192.0.2.29"), 1), (("v2", "urls", url), 1)):  # fmt: skip
        _, told = body(server, (*path, "samples"))
        assert len(told["data"]["samples"]) == count


def test_feeds_and_searches(server: ReplicaServer) -> None:
    """A feed tells one look-up many times and has no total; a search goes from a name to IPs."""
    _, feed = body(server, "v2/samples/feeds/domains", sample=RUN)
    assert [row["domain"] for row in feed["data"]["items"]] == ["laton.dyn1.example"] * 2
    assert "total" not in feed["data"]
    _, ips = body(server, "v2/search/ips", query="laton.dyn1.example", term="domain")
    assert len(ips["data"]["items"]) == 3


@pytest.mark.parametrize(
    "path", ["v2/samples/nobody", "v2/samples/nobody/analysis.json", "v2/nothing",
             "v2/domains/nobody.example/samples"],
)  # fmt: skip
def test_what_is_not_there_is_a_404(server: ReplicaServer, path: str) -> None:
    """The envelope of a fault names code and message."""
    status, told = body(server, path)
    assert (status, told["error"]["code"]) == (404, 404)


def test_the_key_is_needed(server: ReplicaServer) -> None:
    """A wrong key is refused; a right one does in the query too."""
    wrong = replace(PROVIDER, sign=without_signature)
    assert get(server, wrong, "v3/session/whoami").status == 401
    key = server.credentials["threatgrid"]["api_key"]
    assert get(server, wrong, "v3/session/whoami", api_key=key).status == 200


def test_a_run_has_states_counts_and_a_score(server: ReplicaServer) -> None:
    """States of several runs, the state of one, what it showed in numbers, and what that means."""
    _, states = body(server, "v2/samples/state", ids=f'["{RUN}"]')
    assert states["data"] == [body(server, f"v2/samples/{RUN}/state")[1]["data"]]
    assert body(server, f"v2/samples/{RUN}")[1]["data"]["id"] == RUN
    _, counts = body(server, f"v2/samples/{RUN}/summary")
    assert counts["data"]["stream_count"] > 0
    _, threat = body(server, f"v2/samples/{RUN}/threat")
    assert threat["data"]["count"] == len(threat["data"]["bis"]) == 0
    for part in ("state", "summary", "threat", "analysis/iocs"):
        assert body(server, f"v2/samples/nobody/{part}")[0] == 404


def test_submissions_are_limited(server: ReplicaServer) -> None:
    """A level without a limit says null, the other how many are left."""
    _, told = body(server, "v3/users/analyst1/rate-limit")
    assert told["data"]["user"]["submissions-available"] is None
    assert told["data"]["organization"]["submissions-available"] == 1000


def test_everything_a_run_did_is_in_its_report() -> None:
    """Files with and without hashes, keys, paths, agents, bare addresses and behaviours."""
    case = load_scenario("tendrit")
    facts = (
        RunFact(RUN, "url-path", "/x.asp"), RunFact(RUN, "user-agent", "Agent/1"),
        RunFact(RUN, "address", "192.0.2.200"), RunFact(RUN, "registry-key", "HKCU\\Run : name"),
        RunFact(RUN, "dropped-file", "C:\\a.txt"),
        RunFact(RUN, "dropped-file", "C:\\b.exe", f"md5={MD5}"),
        RunFact(RUN, "behaviour", "writes-run-key", "severity=90|data.path=HKCU\\Run"),
        RunFact(RUN, "behaviour", "writes-run-key", "title=Again"),
    )  # fmt: skip
    with serve_replicas(replace(case, run_facts=facts), only=("threatgrid",)) as server:
        base = f"v2/samples/{RUN}/analysis"
        parts = {
            name: body(server, f"{base}/{name}")[1]["data"]["items"]
            for name in ("network_streams", "processes", "artifacts", "iocs", "annotations",
                         "metadata")
        }  # fmt: skip
        assert body(server, f"{base}/nothing")[0] == 404
    streams = list(parts["network_streams"].values())
    assert [one.get("protocol") for one in streams] == ["HTTP", "HTTP", None]
    assert streams[-1]["dst"] == "192.0.2.200"
    process = parts["processes"]["15"]
    assert process["registry_keys_modified"] == [{"name": "HKCU\\Run", "value_name": "name"}]
    assert process["files_created"] == ["C:\\a.txt"]
    assert parts["artifacts"]["2"]["md5"] == MD5
    (behaviour,) = parts["iocs"]
    assert (behaviour["hits"], behaviour["severity"]) == (2, 90)
    assert behaviour["data"] == [{"path": "HKCU\\Run"}]
