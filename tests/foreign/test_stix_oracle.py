"""STIX that Clew writes and reads, judged by the field's own library and validator."""

from __future__ import annotations

import json
import re
import warnings
from typing import Any

import pytest
from hypothesis import given, settings

from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.stix.pattern import read_pattern
from clew.interop.stix.read import read_stix
from clew.interop.stix.words import EXTENSION_ID
from clew.interop.stix.write import write_stix
from clew.schema.registry import catalogue
from interop.graphs import ORIGIN, exchange_graphs

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import stix2
    import stix2validator as validator

OPTIONS = validator.ValidationOptions(version="2.1", disabled="all", silent=True)


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=40)
@given(exchange_graphs())
def test_the_library_and_the_validator_accept_it(graph: ExchangeGraph) -> None:
    """stix2 parses each bundle, and the validator finds no error in it."""
    data = write_stix(graph)
    whole = stix2.parse(data.decode(), allow_custom=True)
    objects = {one["id"]: one for one in json.loads(data)["objects"]}
    assert {str(one["id"]) for one in whole["objects"]} == set(objects)
    verdict = validator.validate_string(data.decode(), OPTIONS)
    assert verdict.is_valid, [str(one) for one in verdict.errors]


@pytest.mark.filterwarnings("ignore")
@settings(max_examples=40)
@given(exchange_graphs(plain=True))
def test_observables_have_the_ids_that_the_library_gives(graph: ExchangeGraph) -> None:
    """Deterministic ids are those that stix2 computes from the same properties."""
    for thing in json.loads(write_stix(graph))["objects"]:
        bare: dict[str, Any] = {k: v for k, v in thing.items() if k in ("type", "value", "name",
                                "key", "number", "hashes", "path")}  # fmt: skip
        if "created" in thing or thing["type"] == "bundle":
            continue
        assert EXTENSION_ID in thing["extensions"]
        assert stix2.parse(bare, version="2.1")["id"] == thing["id"]


PATTERNS = (
    "[domain-name:value = 'a.example']",
    "[domain-name:value='a.example' OR ipv4-addr:value IN ('192.0.2.1', '192.0.2.2')]",
    "[file:hashes.'SHA-256' = 'ab' AND file:name = 'it\\'s'] FOLLOWEDBY [url:value = 'x']",
    "[file:hashes.MD5 != 'x'] AND [email-message:from_ref.value LIKE 'a%']",
    "([mutex:name = 'a'] OR [mutex:name = 'b']) WITHIN 600 SECONDS",
    "[network-traffic:dst_ref.value NOT = '192.0.2.1' AND network-traffic:dst_port > 1024]",
    "[windows-registry-key:key = 'HKEY_LOCAL_MACHINE\\\\Software\\\\X']",
)


@pytest.mark.parametrize("text", PATTERNS)
def test_patterns_have_the_values_that_the_library_sees(text: str) -> None:
    """The equal comparisons of a pattern are those in the tree that stix2's parser makes."""
    from stix2.pattern_visitor import create_pattern_object

    seen: list[str] = []

    def walk(node: Any) -> None:
        for name in ("operands", "observation_expression", "operand", "expression"):
            inside = getattr(node, name, None)
            for one in inside if isinstance(inside, list) else [inside] if inside else []:
                walk(one)
        if getattr(node, "operator", "") in ("=", "IN") and not getattr(node, "negated", False):
            value = node.rhs
            for one in getattr(value, "value", value) if node.operator == "IN" else [value]:
                seen.append(one.value)

    walk(create_pattern_object(text, version="2.1"))
    # The library leaves the backslashes of a text in place.
    plain = [re.sub(r"\\(.)", r"\1", one) for one in seen]
    assert [one.value for one in read_pattern(text).atoms] == plain


def test_what_the_library_writes_is_read() -> None:
    """Objects that stix2 makes are read with their relationship and its time."""
    name = stix2.v21.DomainName(value="a.example")
    address = stix2.v21.IPv4Address(value="192.0.2.1")
    relation = stix2.v21.Relationship(
        name, "resolves-to", address, start_time="2016-05-01T00:00:00Z",
        stop_time="2016-06-01T00:00:00Z",
    )  # fmt: skip
    bundle = stix2.v21.Bundle(name, address, relation)
    graph, problems = read_stix(bundle.serialize().encode(), ORIGIN, catalogue())
    assert problems == []
    ((_, _, observation),) = graph.links()
    assert str(observation.subject) == "a.example -resolves-to-> 192.0.2.1"
    assert str(observation.seen) == "2016-05-01T00:00:00Z to 2016-06-01T00:00:00Z"
