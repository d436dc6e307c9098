"""Cyber-observables as entities."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.interop.stix.words import OBSERVABLES, SIMPLE
from interop.stix.bundles import id_of, lines, read

MD5, SHA1, SHA256 = "a1" * 16, "b2" * 20, "c3" * 32
odd = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda below: st.lists(below, max_size=2) | st.dictionaries(st.text(max_size=4), below),
    max_leaves=3,
)


def observed(type_: str, **fields: Any) -> dict[str, Any]:
    """An observable of that type."""
    return {"type": type_, "id": id_of(type_, 1), **fields}


def entities(*things: dict[str, Any]) -> list[tuple[str, str]]:
    """Types and values of what was read; there may be no problem."""
    graph, problems = read(*things)
    assert problems == []
    return [(one.type, one.value) for one in graph.entities()]


def facts(thing: dict[str, Any]) -> dict[str, str]:
    """Properties that were read of an observable, beside its own text."""
    graph, _ = read(thing)
    named = {one.name: one.value for _, one in graph.properties()}
    return {name: value for name, value in named.items() if not name.startswith("original:")}


@pytest.mark.parametrize(
    ("thing", "expected"),
    [
        (observed("ipv4-addr", value="192.0.2.0/24"), ("netblock", "192.0.2.0/24")),
        (observed("ipv4-addr", value="192.0.2.1/32"), ("ip-address", "192.0.2.1")),
        (observed("ipv6-addr", value="2001:db8::1/128"), ("ip-address", "2001:db8::1")),
        (observed("ipv6-addr", value="2001:db8::/32"), ("netblock", "2001:db8::/32")),
        (observed("autonomous-system", number=64496), ("autonomous-system", "AS64496")),
        (observed("user-account", account_login="fox", user_id="7"), ("alias", "fox")),
        (observed("user-account", user_id="7", display_name="Fox"), ("alias", "7")),
        (observed("software", name="nginx", version="1.2"), ("component", "nginx 1.2")),
        (observed("software", name="nginx"), ("component", "nginx")),
        (observed("process", command_line="a.exe -x"), ("process", "a.exe -x")),
        (observed("email-message", subject="Hello"), ("email-message", "Hello")),
        (observed("email-message", message_id="<1@a.example>", subject="Hello"),
         ("email-message", "<1@a.example>")),
        (observed("file", name="a.exe"), ("file-path", "a.exe")),
        (observed("artifact", url="http://a.example/x"), ("url", "http://a.example/x")),
        (observed("artifact", hashes={"sha256": SHA256}), ("file", SHA256)),
        (observed("x509-certificate", hashes={"SHA-256": SHA256}), ("certificate", SHA256)),
        (observed("x509-certificate", serial_number="7"), ("x509-certificate", "7")),
        (observed("x509-certificate", subject="CN=a"), ("x509-certificate", "CN=a")),
    ],
)  # fmt: skip
def test_what_an_observable_is(thing: dict[str, Any], expected: tuple[str, str]) -> None:
    """Each kind is known by what tells it best, in that order."""
    assert entities(thing) == [expected]


@pytest.mark.parametrize("type_", sorted({"process", "email-message", "x509-certificate"}))
def test_what_says_nothing_of_itself_is_known_by_its_id(type_: str) -> None:
    """An observable without a name is one entity all the same, and no other's."""
    thing = observed(type_)
    assert entities(thing) == [(type_, thing["id"])]


@pytest.mark.parametrize("type_", sorted(OBSERVABLES))
@given(odd)
def test_what_it_lacks_or_says_oddly_is_told(type_: str, value: object) -> None:
    """An observable of which nothing can be made has a problem, and what is beside it is read."""
    fields = ("hashes", "number", "name", "value", "subject", "account_login", "dst_port")
    thing = observed(type_, **dict.fromkeys(fields, value))
    key = SIMPLE.get(type_, ("", "value"))[1]
    graph, problems = read({**thing, key: value}, observed("domain-name", value="z.example"))
    values = {one.value for one in graph.entities()}
    if type_ != "domain-name":
        assert "z.example" in values
        assert len(values) > 1 or thing["id"] in {one.where for one in problems}


def test_properties_are_kept() -> None:
    """Names, sizes, dates and the like are properties of the entity."""
    assert facts(observed("autonomous-system", number=64496, name="Example")) == {
        "as_name": "Example"
    }
    assert facts(observed("user-account", user_id="7", account_type="unix")) == {"platform": "unix"}
    mail = observed("email-message", subject="Hello", date="2020-01-01T00:00:00Z")
    assert facts(mail) == {"subject": "Hello", "date": "2020-01-01T00:00:00Z"}
    file = observed("file", hashes={"MD5": MD5}, name="a.exe", size=7, mime_type="text/plain")
    assert facts(file) == {"file_name": "a.exe", "size_bytes": "7", "file_type": "text/plain"}
    certificate = observed(
        "x509-certificate", hashes={"SHA-1": SHA1, "SHA-256": SHA256}, subject="CN=a",
        issuer="CN=b", serial_number="7", validity_not_before="2020-01-01T00:00:00Z",
        validity_not_after="2021-01-01T00:00:00Z",
    )  # fmt: skip
    assert entities(certificate) == [("certificate", SHA1)]
    assert facts(certificate) == {
        "subject": "CN=a", "issuer": "CN=b", "serial_number": "7",
        "issued": "2020-01-01T00:00:00Z", "expires": "2021-01-01T00:00:00Z",
    }  # fmt: skip


def test_hashes_of_one_file_are_the_same_file() -> None:
    """Whatever their order, all are entities that are linked as the same; odd ones are none."""
    hashes = {"MD5": MD5, "SHA-1": SHA1, "SHA-256": SHA256, "SSDEEP": "3:x", "SHA-512": "short"}
    for order in permutations(hashes, 5):
        graph, problems = read(observed("file", hashes={name: hashes[name] for name in order}))
        assert problems == []
        assert {one.value for one in graph.entities()} == {MD5, SHA1, SHA256}
        joined = {end for line in lines(graph) for end in line.split(" -same-as-> ")}
        assert (len(lines(graph)), joined) == (2, {MD5, SHA1, SHA256})


@given(st.lists(st.text(max_size=5), max_size=3), st.none() | st.booleans() | st.integers(0, 65535))
def test_traffic_is_a_link_between_its_ends(protocols: list[str], port: object) -> None:
    """It is dated as the traffic is, and says port and protocols in JSON, whatever they are."""
    source, target = (
        observed("ipv4-addr", value="192.0.2.1"),
        observed("domain-name", value="a.example"),
    )
    graph, problems = read(source, target, observed(
        "network-traffic", src_ref=source["id"], dst_ref=target["id"], protocols=protocols,
        dst_port=port, start="2020-01-01T00:00:00Z", end="2020-01-02T00:00:00Z",
    ))  # fmt: skip
    assert problems == []
    seen = "2020-01-01T00:00:00Z to 2020-01-02T00:00:00Z"
    assert lines(graph) == {f"192.0.2.1 -connects-to-> a.example @{seen}"}
    ((_, _, link),) = graph.links()
    told = {"protocols": ",".join(protocols), "port": port}
    assert (json.loads(link.detail) if link.detail else None) == (
        told if type(port) is int else None
    )


def test_traffic_with_one_end_is_an_entity() -> None:
    """Without both its ends it is known by its id."""
    thing = observed("network-traffic", src_ref=id_of("ipv4-addr", 1))
    assert entities(observed("ipv4-addr", value="192.0.2.1"), thing) == [
        ("ip-address", "192.0.2.1"), ("network-traffic", thing["id"]),
    ]  # fmt: skip
