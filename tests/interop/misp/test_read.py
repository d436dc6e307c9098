"""MISP events of others: what is read of attributes, objects, galaxies and references."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.fidelity import ALL, Fidelity, preserved_content
from clew.interop.misp.event_reader import ORIGINAL_PROPERTY
from clew.interop.misp.read import read_misp
from clew.interop.misp.write import write_misp
from clew.schema.registry import catalogue
from corpus.files import corpus, corpus_files
from interop.graphs import ORIGIN
from interop.misp.events import MD5, event, facts, links, read
from shared import shared_files


def test_the_event_is_an_incident() -> None:
    """The event's members are properties of the incident, its creator says them."""
    graph, problems = read(
        event(
            {"type": "domain", "value": "a.example", "category": "Network activity",
             "to_ids": True, "comment": "C2", "Tag": [{"name": "x"}]},
            {"type": "domain", "value": "b.example", "deleted": True},
            uuid="u", date="2016-11-17", analysis="2", threat_level_id="2", distribution="4",
            SharingGroup={"name": "A group"}, Tag=[{"name": "tlp:amber"}, {"name": "APT"}],
            EventReport=[{"name": "Report", "content": "Words", "timestamp": "1479720306"}],
        )
    )  # fmt: skip
    assert facts(graph, "Sand") == {
        "platform_id": "u", "event_date": "2016-11-17", "analysis": "complete",
        "threat_level": "medium", "distribution": "sharing group", "sharing_group": "A group",
    }  # fmt: skip
    assert facts(graph, "a.example") == {
        "category": "Network activity", "to_ids": "true", "comment": "C2",
    }  # fmt: skip
    assert graph.tags == {0: ("APT",), 1: ("x",)}
    assert graph.title == "Sand"
    assert [it.text for it in graph.notes] == ["Report\nWords"]
    assert {(it.provenance.tlp, it.collectors) for _, _, it in graph.links()} == {(3, ("A Lab",))}
    assert [str(it.seen) for _, _, it in graph.links()] == ["unknown"]
    assert [(it.text, it.reason) for it in problems] == [("b.example", "it was deleted in MISP")]


def test_galaxies_and_sightings() -> None:
    """Clusters are actors, malware and techniques; sightings are dated properties."""
    graph, _ = read(
        event(
            {"type": "md5", "value": MD5, "Tag": [{"name": "PAP:RED"},
             {"name": 'misp-galaxy:mitre-malware="PoisonRat - S0012"'}],
             "Galaxy": [{"type": "mitre-malware", "GalaxyCluster": [
                 {"value": "PoisonRat - S0012"}]}],
             "Sighting": [{"type": "0", "date_sighting": "1479720306", "source": "sensor",
                           "Organisation": {"name": "B Lab"}}]},
            Galaxy=[
                {"type": "threat-actor", "GalaxyCluster": [
                    {"value": "Sand Fox", "description": "A group."}]},
                {"type": "mitre-attack-pattern", "GalaxyCluster": [{"value": "Phishing - T1566"}]},
                {"type": "sector", "GalaxyCluster": [{"value": "Media"}]},
            ],
        )
    )  # fmt: skip
    assert links(graph) == [
        "Sand -attributed-to-> Sand Fox", "Sand -related-to-> Media",
        "Sand -uses-> T1566 Phishing", f"{MD5} -exhibits-> PoisonRat",
    ]  # fmt: skip
    assert facts(graph, "Sand Fox") == {"description": "A group."}
    records = graph.entities()
    assert graph.marks == {[it.value for it in records].index(MD5): (0, 4)}
    sighted = [it for _, it in graph.properties() if it.name == "sighted"]
    assert [(str(it.seen), it.collectors) for it in sighted] == [
        ("2016-11-21T09:25:06Z", ("B Lab",))
    ]


def test_forms_of_a_file() -> None:
    """An event, one in its envelope, a list and a reply of the search are the same."""
    one = event(("domain", "a.example"))
    forms = (one, one["Event"], [one], {"response": [one]}, {"response": one})
    contents = [preserved_content(read(it)[0], Fidelity(ALL)) for it in forms]
    assert all(it == contents[0] for it in contents)


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"5", b'{"type":"bundle"}', b'{"response":[]}'])
def test_other_files_are_refused(data: bytes) -> None:
    """What holds no event is no MISP file."""
    with pytest.raises(InvalidValue):
        read_misp(data, ORIGIN, catalogue())


anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.just("a|b")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(("Attribute", "Object", "Tag", "Galaxy", "GalaxyCluster", "type",
                             "value", "uuid", "name", "object_relation", "ObjectReference",
                             "first_seen", "deleted", "Orgc", "info", "Sighting")),
            inner, max_size=5,
        ),
    ),
)  # fmt: skip


@given(anything)
def test_nothing_makes_it_fail(whole: object) -> None:
    """Any JSON in the place of an event is read or told."""
    graph, problems = read([event(), whole])
    assert graph.entities()[0].value == "Sand"
    assert all(it.where and it.reason for it in problems)


@pytest.mark.parametrize("path", corpus_files("misp/*.*"))
def test_events_survive(path: str) -> None:
    """Events are the same after they were written and read again."""
    comes_back(read_misp(corpus(path).read_bytes(), ORIGIN, catalogue())[0])


def test_the_campaign_survives() -> None:
    """Each attribute of an event is an entity or told, as MISP's own library reads it."""
    survives(corpus("misp/campaign.json").read_bytes())
    is_read_as_by_pymisp(corpus("misp/campaign.json").read_bytes())


def test_campaigns() -> None:
    """So it is with events that were published."""
    for path in shared_files("data/campaigns-citizenlab", "*/*.json"):
        survives(path.read_bytes())


def survives(data: bytes) -> None:
    """Holds that each attribute of an event is read or told, and comes back."""
    graph, problems = read_misp(data, ORIGIN, catalogue())
    (reply,) = json.loads(data)["response"]
    alive = [it for it in reply["Event"]["Attribute"] if not it["deleted"]]
    records = graph.entities()
    rows = [row for row, it in graph.properties() if it.name == ORIGINAL_PROPERTY]
    assert len(rows) == len(alive) + 1
    refused = rows.count(0) - 1
    assert refused <= len(problems)
    assert {records[row].type for row in rows[:-1]} >= {"domain-name"}
    comes_back(graph)


def comes_back(graph: ExchangeGraph) -> None:
    """Holds that a graph is the same after it was written and read again."""
    again, problems = read_misp(write_misp(graph), ORIGIN, catalogue())
    assert problems == []
    assert preserved_content(again, Fidelity(ALL)) == preserved_content(graph, Fidelity(ALL))


def test_campaigns_as_pymisp_reads_them() -> None:
    """MISP's own library holds as many attributes, each with a value that is read."""
    for path in shared_files("data/campaigns-citizenlab", "*/*.json"):
        is_read_as_by_pymisp(path.read_bytes())


def is_read_as_by_pymisp(data: bytes) -> None:
    """Holds that MISP's own library reads the same values."""
    import pymisp

    theirs = pymisp.MISPEvent()
    theirs.load(data)
    graph, problems = read_misp(data, ORIGIN, catalogue())
    originals = [
        json.loads(it.value) for _, it in graph.properties() if it.name == ORIGINAL_PROPERTY
    ]
    read_ids = {it["uuid"]: it["value"] for it in originals if "value" in it}
    alive = {it.uuid: it.value for it in theirs.attributes if not it.get("deleted")}
    assert read_ids == alive
    assert len(problems) <= 1
