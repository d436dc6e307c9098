"""Objects of events as links, as their templates mean them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from clew.interop.misp.event_reader import ORIGINAL_PROPERTY
from interop.misp.events import MD5, SHA256, event, facts, links, read, thing


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
