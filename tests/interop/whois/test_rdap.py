"""RDAP answers, read to facts."""

import json
from typing import Any

import pytest

from clew.interop.whois.facts import PROBLEMS_MAX, WhoisContact
from clew.interop.whois.rdap import MEMBERS_MAX, read_rdap


def card(**rows: str) -> list[Any]:
    return [
        "vcard",
        [["version", {}, "text", "4.0"], *([key, {}, "text", rows[key]] for key in rows)],
    ]


DOMAIN: dict[str, Any] = {
    "objectClassName": "domain",
    "handle": "D1-TEST",
    "ldhName": "EXAMPLE.ORG",
    "status": ["client transfer prohibited", "active"],
    "events": [
        {"eventAction": "registration", "eventDate": "1995-08-31T04:00:00Z"},
        {"eventAction": "last changed", "eventDate": "2024-08-02T02:17:33.5Z"},
        {"eventAction": "expiration", "eventDate": "2025-08-30T04:00:00+02:00"},
        {"eventAction": "last update of RDAP database", "eventDate": "2025-01-01T00:00:00Z"},
    ],
    "nameservers": [
        {"objectClassName": "nameserver", "ldhName": "NS1.EXAMPLE.NET"},
        {"objectClassName": "nameserver", "ldhName": "ns1.example.net"},
        {"objectClassName": "nameserver", "unicodeName": "ns2.bücher.example"},
    ],
    "entities": [
        {
            "roles": ["registrar"],
            "vcardArray": card(fn="Sample Registrar, LLC"),
            "entities": [
                {
                    "roles": ["abuse"],
                    "vcardArray": card(fn="", email="abuse@example.net", tel="tel:+1.5550100"),
                }
            ],
        },
        {
            "roles": ["registrant", "technical"],
            "vcardArray": [
                "vcard",
                [
                    ["fn", {}, "text", "REDACTED FOR PRIVACY"],
                    ["org", {}, "text", ["Sample Ltd", "Unit"]],
                    ["adr", {"cc": "NL"}, "text", ["", "", "", "", "", "", "Netherlands"]],
                ],
            ],
        },
        {"roles": ["administrative"], "vcardArray": card(fn="REDACTED", email="")},
    ],
}


def test_a_domain_is_read() -> None:
    """A domain object gives registrar, servers, statuses, contacts and dates."""
    (facts,), problems = read_rdap(DOMAIN)
    assert problems == []
    assert (facts.subject, facts.subject_type) == ("example.org", "domain-name")
    assert facts.registrar == "Sample Registrar, LLC"
    assert facts.name_servers == ("ns1.example.net", "ns2.xn--bcher-kva.example")
    assert facts.statuses == ("clientTransferProhibited", "active")
    assert str(facts.created) == "1995-08-31T04:00:00Z"
    assert str(facts.updated) == "2024-08-02T02:17:33Z"
    assert str(facts.expires) == "2025-08-30T02:00:00Z"
    assert facts.contacts == (
        WhoisContact("abuse", email="abuse@example.net", phone="+1.5550100"),
        WhoisContact("registrant", organisation="Sample Ltd", country="NL"),
        WhoisContact("technical", organisation="Sample Ltd", country="NL"),
    )


NETWORK = {"objectClassName": "ip network", "name": "SAMPLE-NET", "country": "NL"}


@pytest.mark.parametrize(
    ("members", "blocks"),
    [
        ({"startAddress": "192.0.2.0", "endAddress": "192.0.2.255"}, ["192.0.2.0/24"]),
        ({"startAddress": "2001:db8::", "endAddress": "2001:db8::ffff"}, ["2001:db8::/112"]),
        ({"cidr0_cidrs": [{"v4prefix": "192.0.2.0", "length": 25}]}, ["192.0.2.0/25"]),
        (
            {
                "cidr0_cidrs": [
                    {"v6prefix": "2001:db8::", "length": 32},
                    {"v4prefix": "198.51.100.0", "length": 24},
                ]
            },
            ["2001:db8::/32", "198.51.100.0/24"],
        ),
    ],
)
def test_networks_are_read(members: dict[str, Any], blocks: list[str]) -> None:
    """A network is told by its bounds, or by its prefixes, each of which gives a record."""
    facts, problems = read_rdap(NETWORK | members)
    assert problems == []
    assert [one.subject for one in facts] == blocks
    assert {(one.subject_type, one.name, one.country) for one in facts} == {
        ("netblock", "SAMPLE-NET", "NL")
    }


def test_an_autonomous_system_is_read() -> None:
    """An autnum object of one number gives an autonomous system; a block is a problem."""
    one = {"objectClassName": "autnum", "startAutnum": 64496, "endAutnum": 64496, "name": "SAMPLE"}
    (number,), problems = read_rdap(one)
    assert (number.subject, number.subject_type, number.name) == (
        "AS64496",
        "autonomous-system",
        "SAMPLE",
    )
    assert problems == []
    facts, problems = read_rdap(one | {"endAutnum": 64511})
    assert facts == []
    assert [problem.where for problem in problems] == ["/endAutnum"]
    assert read_rdap({"objectClassName": "autnum", "handle": "AS64496"})[0][0].subject == "AS64496"


def test_search_results_and_lists_are_read() -> None:
    """The results of a search and lists of objects give one record per object, in order."""
    second = DOMAIN | {"ldhName": "example.net"}
    for data in ([DOMAIN, second], {"domainSearchResults": [DOMAIN, second]}):
        facts, problems = read_rdap(data)
        assert [one.subject for one in facts] == ["example.org", "example.net"]
        assert problems == []


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (None, ""),
        ("text", ""),
        (7, ""),
        ({}, "/objectClassName"),
        ([DOMAIN, 3], "/1"),
        ({"errorCode": 404, "title": "Not found"}, ""),
        ({"objectClassName": "entity"}, "/objectClassName"),
        ({"objectClassName": "domain", "ldhName": "exa mple"}, "/ldhName"),
        ({"objectClassName": "domain"}, "/unicodeName"),
        (NETWORK | {"startAddress": "192.0.2.9", "endAddress": "192.0.2.1"}, "/startAddress"),
        (NETWORK | {"cidr0_cidrs": [{"v4prefix": "192.0.2.0", "length": 99}]}, "/cidr0_cidrs/0"),
        (
            DOMAIN | {"events": [{"eventAction": "registration", "eventDate": "soon"}]},
            "/events/0/eventDate",
        ),
        (DOMAIN | {"nameservers": [{"ldhName": "-"}, {"ldhName": "a b"}]}, "/nameservers/1"),
    ],
)
def test_problems_name_their_place(data: object, where: str) -> None:
    """What is not understood is told with its JSON pointer; the rest is read."""
    facts, problems = read_rdap(data)
    assert [problem.where for problem in problems] == [where]
    read = any(place in where for place in ("/1", "events", "nameservers"))
    assert [one.subject for one in facts] == (["example.org"] if read else [])


def test_hostile_values_are_bounded() -> None:
    """Deep, long and wrongly typed members are read without a crash, and bounded."""
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    entity: dict[str, Any] = {"roles": ["abuse"], "vcardArray": card(fn="Deep")}
    for _ in range(100_000):
        entity = {
            "roles": ["abuse"],
            "vcardArray": card(fn="Upper"),
            "entities": [entity],
        }
    value: object
    for key in DOMAIN:
        for value in (deep, [deep], {"a": deep}, None, 3, "x" * 100_000, [[]], [{}], 10**5000):
            read_rdap(DOMAIN | {key: value})
    for key in ("startAddress", "endAddress", "cidr0_cidrs", "startAutnum", "endAutnum"):
        for kind in ("ip network", "autnum"):
            for value in (deep, [{"v4prefix": deep, "length": deep}], 10**5000):
                read_rdap({"objectClassName": kind, key: value, "events": [{"eventDate": deep}]})
    (facts,), _ = read_rdap(DOMAIN | {"entities": [entity]})
    assert facts.contacts == (WhoisContact("abuse", name="Upper"),)
    servers = [{"ldhName": f"ns{number}.example.net"} for number in range(100_000)]
    (facts,), _ = read_rdap(DOMAIN | {"nameservers": servers})
    assert len(facts.name_servers) == MEMBERS_MAX
    assert len(read_rdap([3] * 100_000)[1]) <= PROBLEMS_MAX
    read_rdap({"errorCode": deep, "title": deep})
    while deep:
        deep = deep[0]
    while "entities" in entity:
        entity = entity["entities"][0]


def test_decoded_text_is_read() -> None:
    """What the JSON decoder gives of an answer's text is read as it is."""
    assert read_rdap(json.loads(json.dumps(DOMAIN)))[0] == read_rdap(DOMAIN)[0]
