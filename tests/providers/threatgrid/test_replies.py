"""ThreatGRID's transforms read the forms that its bodies come in."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import KeyRefused
from clew.model.interval import Interval
from clew.providers.threatgrid.files import (
    file_to_activity,
    file_to_dropped_files,
    file_to_names,
    file_to_registry_keys,
    file_to_scores,
)
from clew.providers.threatgrid.noise import is_noise
from clew.providers.threatgrid.pivots import name_to_files, url_to_files
from clew.schema.types import URL, DomainName, File, IPAddress
from clew.transform.claim import Claim, LinkClaim, PropertyClaim
from clew.transform.finding import Problem
from clew.transform.request import Request
from clew.transform.testing import SavedReply, play

REPLIES = Path(__file__).parents[2] / "replies/threatgrid"
BODIES: dict[str, object] = {path.stem: path.read_bytes() for path in REPLIES.glob("*.json")}
FILE = File("b99e0a8c56f963246b6464b9fffbf7a2")
SHA256 = File("b1380fd95bc5c0729738dcda2696aa0a7c6ee97a93d992931ce717a0df523967")
RUN: dict[str, object] = {
    "v2/search/submissions": BODIES["search"],
    "network_streams": BODIES["network_streams"],
    "processes": BODIES["processes"],
    "artifacts": BODIES["artifacts"],
    "iocs": BODIES["iocs"],
}
UNKNOWN = SavedReply({"error": {"code": 404, "message": "Not found"}}, 404)


def links(said: list[Claim]) -> set[tuple[str, str]]:
    return {(it.link, str(it.target)) for it in said if isinstance(it, LinkClaim)}


def test_all_parts_of_a_run_are_read() -> None:
    """Streams by id, artifacts as a list: each trace once, dated by the run, noise left out."""
    said = play(file_to_activity, FILE, RUN)
    assert links(said) == {
        ("communicates-with", "retdemos.example"),
        ("connects-to", "192.0.2.91"),
        ("connects-to", "198.51.100.7"),
        ("requests", "http://retdemos.example/a"),
        ("uses-user-agent", "Mozilla/4.0 (compatible)"),
        ("creates-mutex", "Global\\made-up"),
        ("sets-registry-key", "HKEY_USERS\\S-1-5-21-1\\SOFTWARE\\A"),
        ("sets-registry-key", "HKEY_LOCAL_MACHINE\\SOFTWARE\\B"),
        ("writes-path", "\\Users\\a\\b.tmp"),
        ("drops", "86ea325b38a9895d2f537de04be5613fdfee4172b8f3da92c0702320ebe7904d"),
        ("exhibits", "network-opendns-malicious"),
        ("related-to", "other.example"),
    }
    day = Interval.parse("2020-10-01T22:15:25Z", "2020-10-01T22:15:25Z")
    assert {it.seen for it in said if isinstance(it, LinkClaim)} == {day}
    noise = [it.value for it in said
             if isinstance(it, PropertyClaim) and it.name == "noise_left_out"]  # fmt: skip
    assert noise == ["10.0.0.1, 239.255.255.250, wpad"]


def test_other_runs_of_the_search_are_not_the_files() -> None:
    """The search finds mentions and unfinished runs: only done runs of that hash are asked for."""
    asked: list[Request] = []
    play(file_to_names, FILE, RUN, asked=asked, after="2020-01-01")
    assert [one.url.partition("/v2/")[2] for one in asked] == [
        f"search/submissions?q={FILE}&after=2020-01-01&limit=100&offset=0",
        "samples/aa01/analysis/network_streams",
    ]


def test_a_run_without_analysis_is_a_problem() -> None:
    """404 on a part means that it is not ready: that is said, and is no fault."""
    said = play(file_to_names, FILE, {**RUN, "network_streams": UNKNOWN})
    assert [type(it) for it in said] == [Problem]


def test_empty_parts_have_no_items() -> None:
    """``"data": {}`` is an answer: nothing was seen."""
    nothing = {"api_version": 2, "data": {}}
    assert play(file_to_registry_keys, FILE, {**RUN, "processes": nothing}) == []


def test_without_a_search_the_listing_is_asked() -> None:
    """An appliance that lacks the search still lists the samples of a hash."""
    sample = {"id": "bb01", "sha256": str(SHA256), "state": "succ"}
    replies = {
        "v2/search/submissions": UNKNOWN,
        f"v2/samples?sha256={SHA256}": {"data": {"items": [sample]}},
        "samples/bb01/analysis/network_streams": BODIES["network_streams"],
    }
    said = play(file_to_names, SHA256, replies)
    assert links(said) == {("communicates-with", "retdemos.example")}
    assert not any(it.seen.dated for it in said if isinstance(it, LinkClaim))


def test_dropped_files_without_a_hash_are_paths() -> None:
    """A file is known by a hash; a path alone is a path."""
    said = play(file_to_dropped_files, FILE, RUN)
    assert sorted(link for link, _ in links(said)) == ["drops", "writes-path"]


def test_scores_are_dated_facts_and_hashes_are_one_file() -> None:
    """Score and name are properties; the other hashes are the same file."""
    said = play(file_to_scores, FILE, RUN)
    told = {(it.name, it.value) for it in said if isinstance(it, PropertyClaim)}
    assert told == {("threat_score", "100"), ("file_name", "a.exe"), ("tag", "Lab")}
    assert {link for link, _ in links(said)} == {"same-as"}


def test_a_sample_without_its_hash_is_looked_up() -> None:
    """The list by name may tell a run only; the run knows its file."""
    replies = {
        "v2/domains/a.example/samples": {"data": {"samples": [{"sample": "cc01"}]}},
        "v2/samples/cc01": {"data": {"id": "cc01", "md5": str(FILE).upper()}},
    }
    [said] = play(name_to_files, DomainName("a.example"), replies)
    assert isinstance(said, LinkClaim)
    assert (said.source, said.target) == (FILE, DomainName("a.example"))


def test_a_url_is_asked_with_its_port_first() -> None:
    """The sandbox writes the port out; where that is unknown, the plain text is tried."""
    asked: list[Request] = []
    assert play(url_to_files, URL("https://a.example/b"), {"v2/urls": UNKNOWN}, asked=asked) == []
    assert len({one.url for one in asked}) == 2


def test_a_refused_key_is_told() -> None:
    """401 means the key."""
    with pytest.raises(KeyRefused):
        play(file_to_names, FILE, {"v2/search": SavedReply({"error": {"message": "no"}}, 401)})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(
        st.sampled_from(["items", "protocol", "decoded", "query", "query_data", "data", "headers",
                         "mutants_created", "registry_keys_modified", "url", "dst"]),
        below, max_size=4,
    ),
    max_leaves=20,
)  # fmt: skip


@given(JSON)
def test_odd_shapes_never_raise(body: object) -> None:
    """Whatever kinds a part is made of, it gives claims and problems, no crash."""
    odd = SavedReply({"data": {"items": body}})
    play(file_to_activity, FILE, {**RUN, "network_streams": odd, "processes": odd, "iocs": odd,
                                  "artifacts": odd})  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "text", "noise"),
    [(IPAddress, "192.168.1.1", True), (IPAddress, "192.0.2.1", False),
     (IPAddress, "fe80::1", True), (IPAddress, "nonsense", False),
     (DomainName, "TIME.windows.com.", True), (DomainName, "windows.com", False),
     (DomainName, "workstation", True), (URL, "http://wpad/wpad.dat", True),
     (URL, "http://10.0.0.1:80/", True), (URL, "http://a.example/", False),
     (File, "time.windows.com", False)],
)  # fmt: skip
def test_noise_is_the_sandbox_and_nothing_else(kind: type, text: str, noise: bool) -> None:
    """Private addresses and machine names are noise; documentation ranges are not."""
    assert is_noise(kind, text) == noise
