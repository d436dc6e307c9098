"""STIX bundles of others: what is read, and that nothing bad in them stops the rest."""

from __future__ import annotations

import gzip
import json

import pytest

from clew.errors import InvalidValue
from clew.interop.stix.read import read_stix
from clew.interop.stix.write import write_stix
from clew.schema.registry import catalogue
from corpus.files import corpus, corpus_files
from interop.graphs import ORIGIN
from interop.stix.bundles import HEAD, id_of, lines, read
from shared import shared, shared_files


def test_attack_has_no_dangling_relationship() -> None:
    """The ATT&CK bundle is read without a problem, and each of its relationships is a link."""
    data = gzip.decompress(shared("data/stix/enterprise-attack.json.gz").read_bytes())
    graph, problems = read_stix(data, ORIGIN, catalogue())
    assert problems == []
    relationships = [one for one in json.loads(data)["objects"] if one["type"] == "relationship"]
    ids = {json.loads(one.detail)["id"] for _, _, one in graph.links() if one.detail}
    assert len(relationships) == 20_048
    assert ids == {one["id"] for one in relationships}


@pytest.mark.parametrize("path", corpus_files("stix/*.*"))
def test_bundles_survive(path: str) -> None:
    """Objects of a bundle come out of Clew word for word, those of 2.0 raised to 2.1."""
    survives(corpus(path).read_bytes())


def test_real_bundles_survive() -> None:
    """So do the objects of published bundles."""
    for path in shared_files("data/stix", "*/*"):
        data = path.read_bytes()
        survives(gzip.decompress(data) if path.suffix == ".gz" else data)


def survives(data: bytes) -> None:
    """Holds that the objects of a bundle come out as they came in."""
    graph, problems = read_stix(data, ORIGIN, catalogue())
    try:
        documents = [json.loads(data)]
    except json.JSONDecodeError:
        documents = [json.loads(line) for line in data.splitlines()]
    before = {one["id"]: one for whole in documents for one in whole.get("objects", [whole])}
    after = {one["id"]: one for one in json.loads(write_stix(graph))["objects"]}
    carriers = {"note", "opinion", "bundle"}
    # What dangles is told when it is read; it has no place in a graph.
    as_links = {one["id"] for one in before.values() if one["type"] in ("relationship", "sighting")
            and not {one.get("source_ref", one.get("sighting_of_ref")),
                     one.get("target_ref", one.get("sighting_of_ref"))} <= set(before)}  # fmt: skip
    for id_, thing in before.items():
        if thing["type"] in carriers or id_ in as_links or "/" in id_:
            continue
        if id_ not in after:
            assert id_ in {one.where for one in problems}
            continue
        same = {key: after[id_].get(key) for key in thing if key != "extensions"}
        assert same == {key: thing[key] for key in thing if key != "extensions"}


def test_an_indicator_is_the_values_that_it_asks_for() -> None:
    """A pattern becomes entities; hashes of one file are the same."""
    graph, problems = read(
        {"type": "malware", "id": id_of("malware", 1), **HEAD, "name": "PoisonRat",
         "is_family": True},
        {"type": "indicator", "id": id_of("indicator", 2), **HEAD, "pattern_type": "stix",
         "pattern": f"[file:hashes.MD5 = '{'a1' * 16}' AND file:hashes.'SHA-256' = '{'b2' * 32}']",
         "valid_from": "2020-01-01T00:00:00Z"},
        {"type": "relationship", "id": id_of("relationship", 3), **HEAD,
         "relationship_type": "indicates", "source_ref": id_of("indicator", 2),
         "target_ref": id_of("malware", 1)},
    )  # fmt: skip
    assert problems == []
    assert lines(graph) == {
        f"{'a1' * 16} -same-as-> {'b2' * 32}",
        f"{'a1' * 16} -indicates-> PoisonRat",
        f"{'b2' * 32} -indicates-> PoisonRat",
    }


def test_observed_data_dates_its_links() -> None:
    """Observables of STIX 2.0 are read, and their links held while they were observed."""
    graph, problems = read(
        {"type": "observed-data", "id": id_of("observed-data", 1), "number_observed": 2,
         "first_observed": "2016-05-01T00:00:00Z", "last_observed": "2016-05-02T00:00:00Z",
         "objects": {"0": {"type": "domain-name", "value": "a.example",
                           "resolves_to_refs": ["1"]},
                     "1": {"type": "ipv4-addr", "value": "192.0.2.1"}}},
    )  # fmt: skip
    assert problems == []
    seen = "2016-05-01T00:00:00Z to 2016-05-02T00:00:00Z"
    assert lines(graph) == {f"a.example -resolves-to-> 192.0.2.1 @{seen}"}
    assert {(one.name, one.value, str(one.seen)) for _, one in graph.properties()
            if one.name == "observed"} == {("observed", "2", seen)}  # fmt: skip


def test_what_does_not_hold_is_told() -> None:
    """Bad values, bad dates, dangling references and odd objects are told, and the rest is read."""
    graph, problems = read(
        {"type": "ipv4-addr", "id": id_of("ipv4-addr", 1), "value": "300.1.2.3"},
        {"type": "domain-name", "id": id_of("domain-name", 2), "value": "a.example"},
        {"type": "domain-name", "id": id_of("domain-name", 3), "value": 5},
        {"no": "type"}, ["list"],  # type: ignore[arg-type]
        {"type": "relationship", "id": id_of("relationship", 4), "relationship_type": "related-to",
         "source_ref": id_of("domain-name", 2), "target_ref": id_of("malware", 9)},
        {"type": "campaign", "id": id_of("campaign", 5), "name": "Sand",
         "first_seen": "yesterday"},
        {"type": "indicator", "id": id_of("indicator", 6), "pattern": "[domain-name:value = "},
    )  # fmt: skip
    values = {one.value for one in graph.entities()}
    assert {"a.example", "Sand"} <= values
    where = [one.where for one in problems]
    expected = {id_of("ipv4-addr", 1), id_of("domain-name", 3), "object 4", "object 5"}
    expected |= {id_of("relationship", 4), id_of("campaign", 5), id_of("indicator", 6)}
    assert expected <= set(where)


def test_the_author_and_the_marking_are_kept() -> None:
    """Who created an object is a collector, and its TLP marks what was learnt."""
    graph, _ = read(
        {"type": "identity", "id": id_of("identity", 1), **HEAD, "name": "A lab"},
        {"type": "tool", "id": id_of("tool", 2), **HEAD, "name": "netcat", "description": "x",
         "created_by_ref": id_of("identity", 1),
         "object_marking_refs": ["marking-definition--f88d31f6-486f-44da-b317-01333bde0b82"]},
    )  # fmt: skip
    markings = {one.collectors: one.provenance.tlp for _, one in graph.properties()
            if one.name == "description"}  # fmt: skip
    assert markings == {("A lab",): 3}


@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_a_date_is_marked_as_the_data_that_tell_it(version: str) -> None:
    """What is known from observed data alone has their marking, and nothing less strict."""
    red = "marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed"
    name = {"type": "domain-name", "value": "a.example", "resolves_to_refs": ["1"]}
    address = {"type": "ipv4-addr", "value": "192.0.2.1"}
    seen = {"type": "observed-data", "id": id_of("observed-data", 9), **HEAD,
            "first_observed": "2016-05-01T00:00:00Z", "last_observed": "2016-05-02T00:00:00Z",
            "number_observed": 1, "object_marking_refs": [red]}  # fmt: skip
    if version == "2.0":
        graph, problems = read({**seen, "objects": {"0": name, "1": address}})
    else:
        ids = id_of("domain-name", 1), id_of("ipv4-addr", 2)
        graph, problems = read(
            {**name, "id": ids[0], "resolves_to_refs": [ids[1]]}, {**address, "id": ids[1]},
            {**seen, "object_refs": list(ids)},
        )  # fmt: skip
    assert problems == []
    ((_, _, link),) = graph.links()
    assert (link.seen.dated, link.provenance.tlp) == (True, 5)
    marked = {graph.provenance[at].tlp for at in graph.block.entities["provenance"]}
    assert marked == ({5} if version == "2.0" else {0})


def test_comparisons_that_name_no_entity_are_told() -> None:
    """Beside others, a comparison that Clew has no word for makes the pattern more than they."""
    patterns = (
        "[file:path = '/data/nest']",
        "[file:name = 'a.exe' AND process:pid = 5] OR [domain-name:value = 'a.example']",
    )
    graph, problems = read(
        *({"type": "indicator", "id": id_of("indicator", at), **HEAD, "pattern": pattern,
           "pattern_type": "stix", "valid_from": "2020-01-01T00:00:00Z"}
          for at, pattern in enumerate(patterns))
    )  # fmt: skip
    assert [(one.type, one.value) for one in graph.entities()] == [
        ("file-path", "/data/nest"), ("file-path", "a.exe"), ("domain-name", "a.example"),
    ]  # fmt: skip
    assert [(one.where, one.text) for one in problems] == [(id_of("indicator", 1), patterns[1])]


NAMES = ("id", "name", "external_references", "labels", "pattern", "object_refs", "hashes",
         "objects", "created_by_ref")  # fmt: skip


@pytest.mark.parametrize("odd", [None, 0, True, [], {}, "", ["x"], {"a": []}])
@pytest.mark.parametrize("name", NAMES)
def test_a_property_of_another_kind_breaks_nothing(name: str, odd: object) -> None:
    """A property that holds another kind of value is passed over in each type of object."""
    for type_ in ("tool", "indicator", "file", "report", "observed-data", "vulnerability", "note"):
        thing = {"type": type_, "id": id_of(type_, 1), **HEAD, "name": "x", name: odd}
        graph, _ = read(thing, {"type": "domain-name", "id": "d", "value": "a.example"})
        assert "a.example" in {one.value for one in graph.entities()}


@pytest.mark.parametrize("data", [b"{", b"[1", b'{"a":' * 100_000, b"\xff\xfe{\x00", b"nope"])
def test_what_is_no_json_is_refused(data: bytes) -> None:
    """Damaged files and deep nesting end in a clear error."""
    with pytest.raises(InvalidValue):
        read_stix(data, ORIGIN, catalogue())
