"""ThreatConnect's transforms over HTTP against its replica."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest

from clew.model.interval import UNDATED
from clew.providers.threatconnect.incident import incident_to_groups, incident_to_indicators
from clew.providers.threatconnect.indicator import (
    indicator_to_groups,
    indicator_to_incidents,
    indicator_to_indicators,
    name_to_addresses,
)
from clew.providers.threatconnect.owners import owner_to_incidents, owners
from clew.replicas.scenario import load_scenario
from clew.replicas.server import ReplicaServer, serve_replicas
from clew.schema.types import (
    Alias,
    DomainName,
    File,
    Incident,
    MalwareFamily,
    Organisation,
    ThreatActor,
)
from clew.transform.claim import LinkClaim, PropertyClaim
from clew.transform.finding import Problem
from replica_client import ask

OWNER = Organisation("Common Community")
TENDRIT = Incident("20130520A: Tendrit APT")
PITTY = Incident("20140711A: Pitty Tiger APT")


@pytest.fixture(scope="module")
def tendrit() -> Iterator[ReplicaServer]:
    with serve_replicas(load_scenario("tendrit"), only=("threatconnect",)) as server:
        yield server


@pytest.fixture(scope="module")
def pitty() -> Iterator[ReplicaServer]:
    with serve_replicas(load_scenario("pitty-tiger"), only=("threatconnect",)) as server:
        yield server


def links(said: Sequence[object]) -> list[tuple[str, str, str]]:
    return [(it.source, it.link, it.target) for it in said if isinstance(it, LinkClaim)]


def facts(said: Sequence[object], value: str, name: str) -> list[str]:
    return [
        it.value
        for it in said
        if isinstance(it, PropertyClaim) and it.entity == value and it.name == name
    ]


def test_owners_are_listed(tendrit: ReplicaServer) -> None:
    """The other owners are found, and what kind each is."""
    said = ask(tendrit, owners, OWNER)
    assert links(said) == [(OWNER, "related-to", "My Organization")]
    assert facts(said, OWNER, "owner_type") == ["Community"]


def test_incidents_by_date_and_name(tendrit: ReplicaServer) -> None:
    """An event's date is a day, and chooses."""
    said = ask(tendrit, owner_to_incidents, OWNER, after="2013-05-01", before="2013-05-26")
    assert {target for _, _, target in links(said)} == {
        "20130520A: Tendrit APT", "20130512A: Poison Ivy Campaign",
    }  # fmt: skip
    assert facts(said, TENDRIT, "event_date") == ["2013-05-20"]
    assert len(links(ask(tendrit, owner_to_incidents, OWNER, name="watering"))) == 1


def test_a_month_stays_a_month(pitty: ReplicaServer) -> None:
    """The wire writes a day; the attribute beside it says that only the month is known."""
    assert facts(ask(pitty, owner_to_incidents, OWNER), PITTY, "event_date") == ["2014-06"]


def test_an_incident_has_exactly_its_indicators(tendrit: ReplicaServer) -> None:
    """23 links and no more; rating, confidence and tags are properties, and nothing is dated."""
    said = ask(tendrit, incident_to_indicators, TENDRIT)
    assert Counter(link for _, link, _ in links(said)) == {"has-indicator": 23}
    assert {it.seen for it in said if isinstance(it, LinkClaim)} == {UNDATED}
    assert facts(said, "laton.dyn1.example", "rating") == ["4"]
    assert facts(said, "laton.dyn1.example", "tag") == ["C2", "dynamic DNS"]
    assert facts(said, "laton.dyn1.example", "state") == ["dynamic-dns"]
    assert not [it for it in said if isinstance(it, Problem)]


def test_an_incident_of_another_owner_has_none(tendrit: ReplicaServer) -> None:
    """The owner narrows; a name with hostile marks asks for nothing else."""
    assert ask(tendrit, incident_to_indicators, TENDRIT, owner="My Organization") == []
    hostile = Incident('x" or typeName in ("Incident") or summary = "\\')
    assert ask(tendrit, incident_to_indicators, hostile) == []


def test_groups_are_actors_families_and_vulnerabilities(pitty: ReplicaServer) -> None:
    """Each kind of group has its own link from the incident; aliases are the actor's."""
    said = ask(pitty, incident_to_groups, PITTY)
    assert Counter(link for _, link, _ in links(said)) == {
        "uses": 7, "exploits": 3, "attributed-to": 1, "has-alias": 2,
    }  # fmt: skip
    assert (ThreatActor("Pitty Tiger"), "has-alias", Alias("PittyPanda")) in links(said)


def test_an_indicator_leads_back(pitty: ReplicaServer) -> None:
    """Incidents and families of an indicator, families by whom they are used."""
    file, name = File("e7dc3bbe8b38b7ee0e797a0e27635cfa"), DomainName("skypetm.com.tw")
    assert links(ask(pitty, indicator_to_incidents, file)) == [(PITTY, "has-indicator", file)]
    assert links(ask(pitty, indicator_to_groups, file)) == [
        (file, "exhibits", MalwareFamily("CT RAT"))
    ]
    found = links(ask(pitty, indicator_to_groups, name))
    assert len(found) == 6
    assert (MalwareFamily("Exadog"), "uses", name) in found


def test_associations_run_one_way(pitty: ReplicaServer) -> None:
    """Asked from either end, a pair gives the same link; the relation is kept."""
    one, two = DomainName("acers.com.tw"), DomainName("paccfic.com")
    there = [link for link in links(ask(pitty, indicator_to_indicators, one)) if two in link]
    back = [link for link in links(ask(pitty, indicator_to_indicators, two)) if one in link]
    assert there == back == [(one, "shares-registration", two)]


def test_nothing_known_is_nothing(tendrit: ReplicaServer) -> None:
    """A host that the platform doesn't track has no addresses, and that is no fault."""
    assert ask(tendrit, name_to_addresses, DomainName("laton.dyn1.example")) == []
