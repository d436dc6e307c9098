"""STIX 1: indicators of a package's incident, and that one campaign is one graph in all formats."""

from __future__ import annotations

import csv
import gzip
import json
from hashlib import sha1
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.importing import read_file
from clew.interop.openioc.read import read_openioc
from clew.interop.stix.stix1 import ORIGINAL_PROPERTY
from clew.schema.registry import catalogue
from corpus.files import corpus
from corpus.make.campaign import INDICATORS
from interop.graphs import ORIGIN, entity_of, link_of
from interop.stix.packages import Named, indicator, named, observable, package, read
from shared import shared

CAMPAIGNS = "data/campaigns-citizenlab"
COUNTS = {
    "201512_PackRAT": (136, 131, 0), "201611_KeyBoy": (39, 34, 0), "201702_NilePhish": (53, 52, 0),
    "201707_InsiderInfo": (46, 45, 1), "201801_SpyingOnABudget": (201, 200, 10),
    "201803_BadTraffic": (64, 63, 0), "201808_FamiliarFeeling": (38, 37, 3),
    "201909_MissingLink": (69, 68, 2),
}  # fmt: skip
"""Entities, those with an indicator, and indicators that name no observable."""
LEVELS = {"201611_KeyBoy": 3, "201808_FamiliarFeeling": 5}
"""TLP of cases that are tagged stricter than the rest of the package says; else GREEN."""
CSV_TYPES = {
    "domain": "domain-name", "hostname": "domain-name", "md5": "file", "sha1": "file",
    "sha256": "file", "ip-dst": "ip-address", "ip-src": "ip-address", "url": "url",
    "email-src": "email-address", "regkey": "registry-key", "user-agent": "user-agent",
}  # fmt: skip
INDICATOR_TYPES = frozenset(CSV_TYPES.values())
NO_TERM = {("file", sha1(name).hexdigest()) for name in (b"heron.exe", b"nest.dll")}
"""Indicators of the corpus's campaign for which the OpenIOC export has no term."""


def xml_of(folder: Path) -> bytes:
    packed = folder / "stix.xml.gz"
    return (
        gzip.decompress(packed.read_bytes())
        if packed.exists()
        else (folder / "stix.xml").read_bytes()
    )


def table_of(folder: Path) -> tuple[Named, Named]:
    """The values of the table, and those of them that are marked for detection."""
    path = next(one for one in (folder / "iocs.csv", folder / "indicators.csv") if one.exists())
    values: Named = set()
    marked: Named = set()
    with path.open(newline="") as file:
        for row in csv.DictReader(file):
            kind = CSV_TYPES.get(row["type"])
            try:
                value = (kind, str(catalogue().value(kind, row["value"]))) if kind else None
            except InvalidValue:
                continue
            if value:
                values.add(value)
                marked |= {value} if row["to_ids"] == "1" else set()
    return values, marked


def indicators_of(graph: ExchangeGraph) -> Named:
    return {(one.type, one.value) for one in graph.entities() if one.type in INDICATOR_TYPES}


def test_all_formats_of_the_campaign_tell_the_same() -> None:
    """
    One campaign in five formats is the same indicators; a format that marks those for detection
    holds just them.
    """
    listed = {
        (kind, str(catalogue().value(kind, one.value))): one.to_ids
        for one in INDICATORS
        if (kind := CSV_TYPES[one.type])
    }
    marked = {value for value, to_ids in listed.items() if to_ids and value not in NO_TERM}
    for name, want in {
        "csv/campaign.csv": set(listed), "misp/campaign.json": set(listed),
        "stix/campaign.json": set(listed), "stix1/campaign.xml": set(listed),
        "openioc/campaign.ioc": marked,
    }.items():  # fmt: skip
        imported = read_file(corpus(name).read_bytes(), catalogue(), run="0" * 32, learnt=1)
        assert indicators_of(imported.graph) == want, name


@pytest.mark.parametrize("name", COUNTS)
def test_each_campaign_is_read(name: str) -> None:
    """Each file gives as many entities and indicators as were counted; nothing is dated."""
    graph, problems = read(xml_of(shared(f"{CAMPAIGNS}/{name}")))
    links = [observation for _, _, observation in graph.links()]
    indicators = {
        link_of(observation).target
        for observation in links
        if observation.subject.type == "has-indicator"
    }
    nameless = [one for one in problems if "names no observable" in one.reason]
    assert (len(graph.entities()), len(indicators), len(nameless)) == COUNTS[name]
    assert not any(observation.seen.dated for observation in links)
    assert {link_of(observation).source.type for observation in links} == {"incident"}
    assert {observation.collectors for observation in links} == {("citizenlab",)}
    assert min(observation.provenance.tlp for observation in links) == LEVELS.get(name, 2)


@pytest.mark.parametrize("name", COUNTS)
def test_all_formats_of_a_campaign_tell_the_same(name: str) -> None:
    """
    The OpenIOC file holds just the table's values that are marked for detection; the package
    holds all of the table's, and more only where the table left out what is not for detection.
    """
    folder = shared(f"{CAMPAIGNS}/{name}")
    packaged = indicators_of(read(xml_of(folder))[0])
    values, marked = table_of(folder)
    assert values <= packaged
    if (folder / "openioc.ioc").exists():
        graph, _ = read_openioc((folder / "openioc.ioc").read_bytes(), ORIGIN, catalogue())
        assert indicators_of(graph) == marked
    if packaged != values:
        assert {kind for kind, _ in packaged - values} <= {"file", "email-address"}
        assert values == marked


def test_what_is_said_of_an_indicator_is_kept() -> None:
    """Title and description are properties, the rest a detail; its times are no sightings."""
    graph, _ = read(package(indicator(observable("Mutex", "<o:Name>Sand1</o:Name>"))))
    link = next(observation for _, _, observation in graph.links())
    assert json.loads(link.detail) == {
        "id": "i1", "title": "One", "timestamp": "2014-01-02T00:00:00Z",
    }  # fmt: skip
    assert not link.seen.dated
    facts = {
        observation.name: observation.value
        for _, observation in graph.properties()
        if entity_of(observation).value == "Sand1"
    }
    assert (facts["title"], facts["description"]) == ("One", "About")
    assert "Sand1" in facts[ORIGINAL_PROPERTY]


def test_the_strictest_marking_counts() -> None:
    """A package's marking holds for all in it, and an indicator's own where it is stricter."""

    def handling(space: str, colour: str) -> str:
        return (
            f'<{space}:Handling><m:Marking><m:Marking_Structure color="{colour}"/></m:Marking>'
            f"</{space}:Handling>"
        )

    one = observable("Mutex", "<o:Name>Sand1</o:Name>")
    two = observable("Mutex", "<o:Name>Sand2</o:Name>") + handling("i", "RED")
    data = package(indicator(one), indicator(two, id_="j"), header=handling("stix", "AMBER"))
    graph, _ = read(data)
    assert {link_of(one).target.value: one.provenance.tlp for _, _, one in graph.links()} == {
        "Sand1": 3, "Sand2": 5,
    }  # fmt: skip


def test_what_no_entity_is_like_is_told() -> None:
    """Objects of other kinds are counted, and their indicator is kept with the incident."""
    graph, problems = read(package(indicator(observable("Memory", "<o:Name>x</o:Name>"))))
    assert "Memory".lower() in [one.text for one in problems]
    assert [
        observation.name for _, observation in graph.properties() if "Name" in observation.value
    ] == [ORIGINAL_PROPERTY]


def test_means_are_of_the_incident() -> None:
    """Malware and vulnerabilities of a package are linked to its incident."""
    means = (
        "<stix:TTPs><stix:TTP><t:Malware_Instance><t:Name>PoisonRat</t:Name></t:Malware_Instance>"
        "<t:CVE_ID>CVE-2016-1234</t:CVE_ID></stix:TTP></stix:TTPs>"
    )
    graph, problems = read(package(means))
    assert problems == []
    assert [(one.subject.type, link_of(one).target.value) for _, _, one in graph.links()] == [
        ("uses", "PoisonRat"), ("exploits", "CVE-2016-1234"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{}",
        b"<ioc/>",
        b"<!DOCTYPE a [<!ENTITY a 'b'>]><STIX_Package/>",
        package()[:-9],
        b'<x:STIX_Package xmlns:x="http://example.org"/>',
        package("<stix:a>" * 5_000),
        package(title="\udcff".encode("utf-8", "surrogateescape").decode("latin-1")).replace(
            "ÿ".encode(), b"\xff"
        ),
    ],
)
def test_what_is_no_package_is_refused(data: bytes) -> None:
    """A DOCTYPE, a cut file, other XML, wrong bytes and endless nesting are refused."""
    with pytest.raises(InvalidValue):
        read(data)


def test_a_prefix_without_a_name_is_mended() -> None:
    """A namespace that is declared without its prefix is let go and told; the rest is read."""
    data = package(indicator(observable("Mutex", "<o:Name>Sand1</o:Name>")))
    broken = data.replace(b" id=", b' xmlns:="https://a.example.org" id=', 1)
    assert named(broken) == named(data) == [("mutex", "Sand1")]
    assert [one.text for one in read(broken)[1]] == ["xmlns:="]


def test_a_long_list_is_cut_and_told() -> None:
    """A field with more values than are read says so, and little is repeated of it."""
    values = "##comma##".join(f"Sand{number}" for number in range(10_005))
    graph, problems = read(package(indicator(observable("Mutex", f"<o:Name>{values}</o:Name>"))))
    assert len(graph.entities()) == 10_001
    assert any("only 10000" in one.reason for one in problems)
    assert any("only its links are read" in one.reason for one in problems)


@given(st.binary(max_size=80), st.integers(0, 1200))
def test_no_damage_crashes_it(noise: bytes, at: int) -> None:
    """Noise in a file is either read past or refused."""
    data = package(indicator(observable("Mutex", "<o:Name>Sand1</o:Name>")))
    try:
        read(data[:at] + noise + data[at:])
    except InvalidValue:
        return
