"""Attributes of events as entities."""

from __future__ import annotations

import pytest

from clew.interop.misp.event_reader import ORIGINAL_PROPERTY
from clew.interop.misp.words import FROM_INCIDENT
from interop.misp.events import MD5, SHA256, event, facts, links, read


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
