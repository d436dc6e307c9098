"""ThreatGRID's transforms over HTTP against its replica."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator

import pytest

from clew.model.interval import Interval
from clew.providers.threatgrid import PROVIDER
from clew.providers.threatgrid.files import (
    file_to_activity,
    file_to_addresses,
    file_to_behaviours,
    file_to_dropped_files,
    file_to_mutexes,
    file_to_names,
    file_to_registry_keys,
    file_to_runs,
    file_to_scores,
    file_to_urls,
    file_to_user_agents,
)
from clew.providers.threatgrid.pivots import address_to_files, name_to_files, url_to_files
from clew.replicas.scenario import load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.schema.types import URL, DomainName, File, IPAddress
from clew.transform.claim import Claim, LinkClaim, PropertyClaim
from clew.transform.finding import Problem
from clew.transform.provider import Account
from replica_client import api_of, ask, checked

FILE = File("b17f2d7e00f731650833898ebed14268")
OLD = File("bacdd17ca7653a7d74c6efd9e9dcfd6b")
LINKS = {
    "communicates-with": "laton.dyn1.example",
    "connects-to": "192.0.2.29",
    "requests": "http://laton.dyn1.example/css.ashx?nly=0",
    "uses-user-agent": "Mozilla/4.0 (compatible; MSIE 6.0; Windows NT 5.1; SV1)",
    "creates-mutex": "tdr_mtx_0",
}


@pytest.fixture(scope="module")
def tendrit() -> Iterator[ReplicaServer]:
    with serve_replicas(load_scenario("tendrit"), only=("threatgrid",)) as server:
        yield server


@pytest.fixture(scope="module")
def pitty() -> Iterator[ReplicaServer]:
    with serve_replicas(load_scenario("pitty-tiger"), only=("threatgrid",)) as server:
        yield server


def links(said: list[Claim]) -> list[LinkClaim]:
    return [it for it in said if isinstance(it, LinkClaim)]


def test_activity_is_these_five_links(tendrit: ReplicaServer) -> None:
    """Of each run name, address, URL, user agent and mutex, dated by the run, and no others."""
    said = ask(tendrit, file_to_activity, FILE, after="2013-01-01")
    assert {it.link: str(it.target) for it in links(said)} == LINKS
    assert len(links(said)) == 5
    day = Interval.parse("2013-02-11T00:00:00Z", "2013-02-11T00:00:00Z")
    assert {it.seen for it in links(said)} == {day}
    assert not [it for it in said if isinstance(it, Problem)]


@pytest.mark.parametrize(
    ("transform", "link"),
    [(file_to_names, "communicates-with"), (file_to_addresses, "connects-to"),
     (file_to_urls, "requests"), (file_to_user_agents, "uses-user-agent"),
     (file_to_mutexes, "creates-mutex")],
)  # fmt: skip
def test_each_kind_can_be_asked_alone(tendrit: ReplicaServer, transform, link: str) -> None:  # type: ignore[no-untyped-def]
    """One kind alone says the same as all at once says of it."""
    both = links(ask(tendrit, file_to_activity, FILE))
    assert links(ask(tendrit, transform, FILE)) == [it for it in both if it.link == link]


def test_runs_before_the_start_are_left_out(tendrit: ReplicaServer) -> None:
    """The vendor filters by date: the run of November 2012 comes only without a start."""
    assert ask(tendrit, file_to_activity, OLD, after="2013-01-01") == []
    assert len(links(ask(tendrit, file_to_activity, OLD))) == 5


def test_scores_and_runs(tendrit: ReplicaServer) -> None:
    """A run is an entity of its own when asked for; its score is a property."""
    [run] = links(ask(tendrit, file_to_runs, FILE))
    assert (run.link, run.target.type.name) == ("ran-as", "sample")
    said = ask(tendrit, file_to_scores, FILE)
    assert next(it.value for it in said if isinstance(it, PropertyClaim)) == "95"


def test_samples_by_what_they_touched(tendrit: ReplicaServer) -> None:
    """Name, address and URL lead back to the files, by the hash that the sandbox has."""
    name, address = DomainName("laton.dyn1.example"), IPAddress("192.0.2.29")
    found = links(ask(tendrit, name_to_files, name))
    assert Counter((it.link, it.target) for it in found) == {("communicates-with", name): 3}
    assert [it.source for it in links(ask(tendrit, address_to_files, address))] == [FILE]
    url = URL("http://laton.dyn1.example/css.ashx?nly=0")
    assert [it.source for it in links(ask(tendrit, url_to_files, url))] == [FILE]
    assert ask(tendrit, name_to_files, DomainName("nobody.example")) == []


def test_real_runs_are_undated_and_noise_is_told(pitty: ReplicaServer) -> None:
    """What every Windows machine asks is left out, said so, and comes when it is asked for."""
    file = File("1752aacc08ee0acd58405e9bc10b0dbb")
    said = ask(pitty, file_to_names, file, after="2014-01-01")
    assert [(it.target, it.seen.dated) for it in links(said)] == [("mac.avstore.com.tw", False)]
    told = [it.value for it in said if isinstance(it, PropertyClaim)]
    assert told == ["time.windows.com"]
    assert len(links(ask(pitty, file_to_names, file, noise=True))) == 2


def test_real_traces_are_kept(pitty: ReplicaServer) -> None:
    """Paths, registry values, dropped names and behaviours of a report come over the wire."""
    file = File("be18418cafdb9f86303f7e419a389cc9")
    paths = {str(it.target) for it in links(ask(pitty, file_to_dropped_files, file))}
    assert paths == {"qmgrxp.exe", "packet64.dll"}
    [key] = links(ask(pitty, file_to_registry_keys, file))
    assert key.target.endswith("CurrentVersion\\Winlogon")
    assert [it.target for it in links(ask(pitty, file_to_behaviours, file))] == ["injects-into"]
    assert [it.target for it in links(ask(pitty, file_to_urls, file))] == ["/FC001/<bot id>"]


def test_addresses_in_the_data_of_a_behaviour_are_no_traffic(pitty: ReplicaServer) -> None:
    """Hard-coded DNS servers are related to the file; it is not said that it called them."""
    said = links(ask(pitty, file_to_behaviours, File("728d6d3c98b17de3261eaf76b9c3eb7a")))
    assert Counter(it.link for it in said) == {"exhibits": 2, "related-to": 7}


def test_all_samples_with_network_are_there(pitty: ReplicaServer) -> None:
    """27 of the campaign's files call a host."""
    files = {File(run.md5) for run in load_scenario("pitty-tiger").runs}
    calling = [file for file in files if links(ask(pitty, file_to_names, file))]
    assert len(calling) == 27


def test_key_and_allowance(tendrit: ReplicaServer) -> None:
    """The check tells whose key it is; submissions are limited, reads are not."""

    async def account() -> tuple[Account, ...]:
        assert PROVIDER.account is not None
        return await PROVIDER.account(api_of(tendrit, PROVIDER))

    assert checked(tendrit, PROVIDER) == "analyst1"
    assert asyncio.run(account()) == (
        Account(0, 1000, "submissions of the organization", "1440 minutes"),
    )
