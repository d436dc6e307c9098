"""MISP events of others: what is read of attributes, objects, galaxies and references."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.fidelity import ALL, Fidelity, preserved_content
from clew.interop.misp.event_reader import ORIGINAL_PROPERTY
from clew.interop.misp.read import read_misp
from clew.interop.misp.words import FROM_INCIDENT
from clew.interop.misp.write import write_misp
from clew.schema.registry import catalogue
from corpus.files import corpus, corpus_files
from interop.graphs import ORIGIN
from shared import shared_files

MD5, SHA256 = "ab" * 16, "cd" * 32


def read(whole: object) -> tuple[ExchangeGraph, list[ImportProblem]]:
    """What is read of JSON."""
    return read_misp(json.dumps(whole).encode(), ORIGIN, catalogue())


def event(*attributes: Any, **more: Any) -> dict[str, Any]:
    """An event with attributes as type and value, or as they are."""
    listed = [
        {"type": it[0], "value": it[1], "uuid": str(at)} if isinstance(it, tuple) else it
        for at, it in enumerate(attributes)
    ]
    return {"Event": {"info": "Sand", "Orgc": {"name": "A Lab"}, "Attribute": listed, **more}}


def thing(name: str, *attributes: tuple[str, str, str], **more: Any) -> dict[str, Any]:
    """An object with attributes as relation, type and value."""
    listed = [
        {"object_relation": it[0], "type": it[1], "value": it[2], "uuid": f"{name} {it[0]}"}
        for it in attributes
    ]
    return {"name": name, "uuid": name, "Attribute": listed, **more}


def links(graph: ExchangeGraph) -> list[str]:
    """All links without those from the incident to its indicators."""
    texts = [f"{it.subject} @{it.seen}".removesuffix(" @unknown") for _, _, it in graph.links()]
    return sorted(it for it in texts if "-has-indicator->" not in it)


def facts(graph: ExchangeGraph, value: str) -> dict[str, str]:
    """The properties of an entity, without the original."""
    records = graph.entities()
    return {
        it.name: it.value for row, it in graph.properties()
        if records[row].value == value and it.name != ORIGINAL_PROPERTY
    }  # fmt: skip


@pytest.mark.parametrize(
    ("type_", "value", "entities"),
    [
        ("ip-src", "192.0.2.1", ["ip-address 192.0.2.1"]),
        ("ip-dst", "192.0.2.0/24", ["netblock 192.0.2.0/24"]),
        ("ip-dst", "2001:db8::/32", ["netblock 2001:db8::/32"]),
        ("ip-dst", "192.0.2.1/32", ["ip-address 192.0.2.1"]),
        ("ip-dst|port", "2001:db8::1|443",
         ["ip-address 2001:db8::1", "port [2001:db8::1]:443/tcp"]),
        ("hostname|port", "a.example|80", ["domain-name a.example", "port a.example:80/tcp"]),
        ("domain", "A.example", ["domain-name a.example"]),
        ("hostname", "192.0.2.1", ["ip-address 192.0.2.1"]),
        ("domain|ip", "a.example|192.0.2.1", ["domain-name a.example", "ip-address 192.0.2.1"]),
        ("url", "hxxp://a[.]example/x", ["url http://a.example/x"]),
        ("uri", "/gate.php?id=1", ["uri /gate.php?id=1"]),
        ("link", "https://example.org/report", ["document https://example.org/report"]),
        ("email-src", "Who@a.example", ["email-address who@a.example"]),
        ("whois-registrant-email", "who@a.example", ["email-address who@a.example"]),
        ("whois-registrant-name", "Ada M", ["person Ada M"]),
        ("whois-registrant-org", "Example Ltd", ["organisation Example Ltd"]),
        ("whois-registrant-phone", "+49 30 123456", ["phone +4930123456"]),
        ("whois-registrar", "Sample Registrar", ["organisation Sample Registrar"]),
        ("md5", MD5.upper(), [f"file {MD5}"]),
        ("sha256", SHA256, [f"file {SHA256}"]),
        ("sha1", MD5, []),
        ("imphash", MD5, [f"imphash {MD5}"]),
        ("filename", "a b.exe", ["file-path a b.exe"]),
        ("filename|sha256", f"a|b.exe|{SHA256}", [f"file {SHA256}"]),
        ("malware-sample", f"a.exe|{MD5}", [f"file {MD5}"]),
        ("attachment", "a.png", ["file-path a.png"]),
        ("mutex", "Global\\m", ["mutex Global\\m"]),
        ("regkey", "HKLM\\Software\\X", ["registry-key HKEY_LOCAL_MACHINE\\Software\\X"]),
        ("regkey|value", "HKCU\\X\\Run|a.exe", ["registry-key HKEY_CURRENT_USER\\X\\Run"]),
        ("user-agent", "Mozilla/4.0 (x)", ["user-agent Mozilla/4.0 (x)"]),
        ("AS", "64496", ["autonomous-system AS64496"]),
        ("vulnerability", "CVE-2016-1234", ["vulnerability CVE-2016-1234"]),
        ("x509-fingerprint-sha1", "ab" * 20, [f"certificate {'ab' * 20}"]),
        ("threat-actor", "Sand Fox", ["threat-actor Sand Fox"]),
        ("campaign-name", "Dune", ["incident Dune"]),
        ("malware-type", "PoisonRat", ["malware-family PoisonRat"]),
        ("phone-number", "+4930123456", ["phone +4930123456"]),
        ("btc", "1Example", ["btc 1Example"]),
        ("text", "some words", ["phrase some words"]),
        ("yara", 'rule Sand : x { strings: $a = "x" condition: $a }', ["yara Sand"]),
        ("snort", 'alert tcp any any (msg:"Fox C2"; sid:1;)', ["snort Fox C2"]),
        ("sigma", "title: Fox\nlogsource: x", ["sigma Fox"]),
        ("new-type", "new", ["new-type new"]),
        ("domain|ip", "a.example", ["domain-name a.example"]),
        ("ip-src", "nonsense", []),
        ("domain", "", []),
    ],
)  # fmt: skip
def test_attributes(type_: str, value: str, entities: list[str]) -> None:
    """Each type of attribute is the entities of that kind; what is refused is told and kept."""
    graph, problems = read(event((type_, value)))
    found = [f"{one.type} {one.value}" for one in graph.entities()]
    assert found == ["incident Sand", *entities]
    assert problems or entities
    rows = [
        row
        for row, it in graph.properties()
        if it.name == ORIGINAL_PROPERTY and '"type"' in it.value
    ]
    assert rows == [1 if entities else 0]
    types = [it.subject.type for source, _, it in graph.links() if source == 0]
    assert set(types) <= {FROM_INCIDENT.get(type_, "has-indicator")}
    assert len(types) == len(entities)


def test_composites_are_linked() -> None:
    """Both parts of a composite are linked by what the pair says, or one is a property."""
    graph, _ = read(
        event(
            {"type": "domain|ip", "value": "a.example|192.0.2.1", "first_seen": "2013-05-20",
             "last_seen": "2013-06-01T00:00:00.000000+00:00", "timestamp": "1479720306"},
            ("ip-dst|port", "192.0.2.1|443"), ("filename|md5", f"a.exe|{MD5}"),
            ("regkey|value", "HKLM\\X|on"),
        )
    )  # fmt: skip
    assert links(graph) == [
        "192.0.2.1 -exposes-> 192.0.2.1:443/tcp",
        "a.example -resolves-to-> 192.0.2.1 @2013-05-20 to 2013-06-01T00:00:00Z",
    ]
    assert facts(graph, MD5) == {"file_name": "a.exe"}
    assert facts(graph, "HKEY_LOCAL_MACHINE\\X") == {"value": "on"}
    seen = [str(it.seen) for source, target, it in graph.links() if (source, target) == (0, 1)]
    assert seen == ["2013-05-20 to 2013-06-01T00:00:00Z"]


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


@pytest.mark.parametrize(
    ("one", "expected"),
    [
        (thing("domain-ip", ("domain", "domain", "a.example"), ("ip", "ip-dst", "192.0.2.1"),
               ("ip", "ip-dst", "192.0.2.2"), ("first-seen", "datetime", "2013-05-20")),
         ["a.example -resolves-to-> 192.0.2.1 @2013-05-20 to unknown",
          "a.example -resolves-to-> 192.0.2.2 @2013-05-20 to unknown"]),
        (thing("file", ("md5", "md5", MD5), ("sha256", "sha256", SHA256),
               ("filename", "filename", "a.exe")),
         [f"{SHA256} -same-as-> {MD5}"]),
        (thing("passive-dns", ("rrname", "text", "a.example."), ("rrtype", "text", "A"),
               ("rdata", "text", "192.0.2.1"), ("time_first", "datetime", "2013-05-20"),
               ("time_last", "datetime", "2013-06-01"), ("count", "counter", "3")),
         ["a.example -resolves-to-> 192.0.2.1 @2013-05-20 to 2013-06-01"]),
        (thing("passive-dns", ("rrname", "text", "a.example"), ("rrtype", "text", "MX"),
               ("rdata", "text", "10 mx.b.example.")),
         ["a.example -served-by-mail-server-> mx.b.example"]),
        (thing("whois", ("domain", "domain", "a.example"),
               ("registrant-email", "whois-registrant-email", "who@b.example"),
               ("registrar", "whois-registrar", "Sample"),
               ("nameserver", "hostname", "ns.example")),
         ["a.example -registered-by-> who@b.example", "a.example -registered-through-> Sample",
          "a.example -served-by-name-server-> ns.example"]),
        (thing("network-connection", ("ip-src", "ip-src", "192.0.2.1"),
               ("ip-dst", "ip-dst", "192.0.2.2"), ("dst-port", "port", "443")),
         ["192.0.2.1 -connects-to-> 192.0.2.2"]),
        (thing("ip-port", ("ip", "ip-dst", "192.0.2.1"), ("dst-port", "port", "53"),
               ("protocol", "text", "UDP")),
         ["192.0.2.1 -exposes-> 192.0.2.1:53/udp"]),
        (thing("url", ("url", "url", "http://a.example/x"), ("host", "hostname", "a.example")),
         ["http://a.example/x -has-host-> a.example"]),
        (thing("email", ("subject", "email-subject", "Hello"), ("from", "email-src", "a@b.example"),
               ("to", "email-dst", "c@b.example")),
         ["Hello -sent-by-> a@b.example", "Hello -sent-to-> c@b.example"]),
        (thing("x509", ("x509-fingerprint-sha1", "x509-fingerprint-sha1", "ab" * 20),
               ("dns_names", "hostname", "a.example")),
         [f"{'ab' * 20} -names-> a.example"]),
        (thing("asn", ("asn", "AS", "64496"), ("subnet-announced", "ip-src", "192.0.2.0/24")),
         ["192.0.2.0/24 -announced-by-> AS64496"]),
        (thing("person", ("full-name", "full-name", "Ada M"), ("alias", "text", "ada"),
               ("e-mail", "email-src", "a@b.example")),
         ["Ada M -has-alias-> ada", "Ada M -has-contact-> a@b.example"]),
        (thing("strange", ("one", "domain", "a.example"), ("two", "ip-dst", "192.0.2.1"),
               ("three", "text", "words")),
         ["a.example -related-to-> 192.0.2.1"]),
        (thing("strange", ("name", "text", "only words")), []),
    ],
)  # fmt: skip
def test_objects(one: dict[str, Any], expected: list[str]) -> None:
    """The attributes of an object are linked as its template means it."""
    graph, problems = read(event(Object=[one]))
    assert links(graph) == expected
    assert problems == []
    originals = [it.value for _, it in graph.properties() if it.name == ORIGINAL_PROPERTY]
    assert json.dumps(one, separators=(",", ":")) in originals
    assert len(originals) == 2


def test_words_of_an_object_are_properties() -> None:
    """What an object says of itself is a property, and never one of Clew's states."""
    one = thing("file", ("md5", "md5", MD5), ("size-in-bytes", "size-in-bytes", "5"),
                ("state", "text", "Malicious"), ("filename", "filename", "a.exe"))  # fmt: skip
    graph, _ = read(event(Object=[one]))
    assert facts(graph, MD5) == {
        "size_bytes": "5", "misp_state": "Malicious", "file_name": "a.exe",
    }  # fmt: skip


def test_references_are_links() -> None:
    """References link main entities, to attributes too; a dangling one is told."""
    first = thing(
        "file", ("md5", "md5", MD5),
        ObjectReference=[
            {"referenced_uuid": "domain-ip", "relationship_type": "communicates-with"},
            {"referenced_uuid": "0", "relationship_type": "Derived From"},
            {"referenced_uuid": "nowhere", "relationship_type": "drops"},
        ],
    )  # fmt: skip
    second = thing("domain-ip", ("domain", "domain", "a.example"))
    graph, problems = read(event(("sha256", SHA256), Object=[first, second]))
    assert links(graph) == [
        f"{MD5} -communicates-with-> a.example", f"{MD5} -derived-from-> {SHA256}",
    ]  # fmt: skip
    assert [it.text for it in problems] == ["nowhere"]


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
