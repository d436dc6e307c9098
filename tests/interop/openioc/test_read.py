"""OpenIOC: what an indicator asks for is mentioned by its document; the rest is told and kept."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.exchange_graph import ExchangeGraph, ImportProblem
from clew.interop.openioc.read import ORIGINAL_LENGTH_MAX, ORIGINAL_PROPERTY, read_openioc
from clew.schema.registry import catalogue
from corpus.files import corpus, corpus_files
from interop.graphs import ORIGIN, link_of
from shared import shared_files

COUNTS = {
    "7b9e87c5": (25, 24), "0ae061d7": (6, 5), "0ff58bf9": (16, 15), "a438caeb": (5, 4),
    "a6c6dbf0": (4, 3), "bdf7929c": (5, 4), "e1cbf7ca": (27, 26), "0b879284": (4, 3),
    "113e561e": (17, 16), "4fdb0f45": (31, 30), "5a8d6878": (25, 24), "6037663c": (56, 55),
    "60a6de64": (6, 5), "6bb9ce5b": (31, 30), "9a7a6929": (19, 18), "9cee306d": (23, 22),
    "b513e829": (8, 7), "de99badf": (104, 103), "e598231d": (9, 8), "fb0699e2": (11, 10),
    "201512_PackRAT": (131, 130), "201611_KeyBoy": (25, 24), "201702_NilePhish": (39, 38),
    "201707_InsiderInfo": (28, 27), "201803_BadTraffic": (26, 25),
    "201808_FamiliarFeeling": (23, 22), "201909_MissingLink": (30, 29),
}  # fmt: skip
"""Entities and links of each file, counted once by reading it."""
_COUNTED = re.compile(r"\((\d+) of its items\)")


def item(term: str, content: str, condition: str = "is", *, id_: str = "", more: str = "") -> str:
    return (
        f'<IndicatorItem id="{id_}" condition="{condition}"{more}><Context document="x" '
        f'search="{term}" type="mir"/><Content type="string">{content}</Content></IndicatorItem>'
    )


def ioc(*items: str, head: str = "<short_description>Sand Fox</short_description>") -> bytes:
    inside = "".join(items)
    return (
        f'<ioc xmlns="http://schemas.mandiant.com/2010/ioc" id="i1">{head}<definition>'
        f'<Indicator operator="OR" id="g">{inside}</Indicator></definition></ioc>'
    ).encode()


def read(data: bytes) -> tuple[ExchangeGraph, list[ImportProblem]]:
    return read_openioc(data, ORIGIN, catalogue())


def mentioned(data: bytes) -> list[tuple[str, str]]:
    return [
        (link_of(observation).target.type, link_of(observation).target.value)
        for _, _, observation in read(data)[0].links()
    ]


@pytest.mark.parametrize("path", corpus_files("openioc/*.ioc"))
def test_no_item_is_lost(path: str) -> None:
    """Each item of a file is a link, or is told with its place or its number."""
    assert nothing_is_lost(corpus(path).read_bytes()) > (1, 0)


def test_each_published_file_is_read() -> None:
    """Each file gives as many entities and links as were counted, and no item is lost."""
    names = set()
    for path in shared_files("data", "*/*/*.ioc"):
        name = path.parent.name if path.stem == "openioc" else path.stem[:8]
        assert nothing_is_lost(path.read_bytes()) == COUNTS[name], name
        names.add(name)
    assert names == COUNTS.keys()


def nothing_is_lost(data: bytes) -> tuple[int, int]:
    """How many entities and links a file gives; each of its items is a link, or is told."""
    graph, problems = read(data)
    links = [observation for _, _, observation in graph.links()]
    left_out = sum(one.where.startswith("item ") for one in problems)
    left_out += sum(int(found[1]) for one in problems if (found := _COUNTED.search(one.reason)))
    assert left_out + sum(bool(one.detail) for one in links) == data.count(b"<IndicatorItem ")
    assert not any(one.seen.dated for one in links)
    originals = [fact.value for _, fact in graph.properties() if fact.name == ORIGINAL_PROPERTY]
    assert originals == [data.decode("utf-8-sig")]
    return len(graph.entities()), len({one.subject for one in links})


@pytest.mark.parametrize(
    ("term", "content", "entity"),
    [
        ("Network/DNS", "A.Example.org", ("domain-name", "a.example.org")),
        ("Network/DNS", "192.0.2.1", ("ip-address", "192.0.2.1")),
        ("DnsEntryItem/RecordName", "a.example.org", ("domain-name", "a.example.org")),
        ("PortItem/remoteIP", "192.0.2.1", ("ip-address", "192.0.2.1")),
        ("PortItem/remoteIP", "192.0.2.0/24", ("netblock", "192.0.2.0/24")),
        ("RouteEntryItem/Destination", "192.0.2.1", ("ip-address", "192.0.2.1")),
        ("FileItem/Md5sum", "AB" * 16, ("file", "ab" * 16)),
        ("FileItem/Sha1sum", "ab" * 20, ("file", "ab" * 20)),
        ("FileItem/Sha256sum", "ab" * 32, ("file", "ab" * 32)),
        ("FileItem/FileName", "a b.exe", ("file-path", "a b.exe")),
        ("FileItem/FullPath", "C:\\a.exe", ("file-path", "C:\\a.exe")),
        ("RegistryItem/KeyPath", "HKLM\\X", ("registry-key", "HKEY_LOCAL_MACHINE\\X")),
        ("Network/UserAgent", "Mozilla/4.0 (x)", ("user-agent", "Mozilla/4.0 (x)")),
        ("Network/URI", "http://a.example.org/x", ("url", "http://a.example.org/x")),
        ("UrlHistoryItem/URL", "http://a.example.org/", ("url", "http://a.example.org/")),
        ("Email/From", "Who@example.org", ("email-address", "who@example.org")),
    ],
)
def test_a_term_is_its_entity(term: str, content: str, entity: tuple[str, str]) -> None:
    """Each term with an equivalent becomes that entity, mentioned by the document."""
    assert mentioned(ioc(item(term, content))) == [entity]


def test_a_handle_is_a_mutex_where_its_group_says_so() -> None:
    """A handle's name is a mutex beside the type Mutant, and no entity otherwise."""
    name, kind = "ProcessItem/HandleList/Handle/Name", "ProcessItem/HandleList/Handle/Type"
    group = f'<Indicator operator="AND" id="h">{item(name, "Sand1")}{item(kind, "Mutant")}'
    graph, problems = read(ioc(group + "</Indicator>", item(name, "Sand2")))
    links = [observation for _, _, observation in graph.links()]
    assert [link_of(observation).target.value for observation in links] == ["Sand1"]
    assert json.loads(links[0].detail) == {
        "term": name, "condition": "is", "operator": "AND", "group": "h",
    }  # fmt: skip
    assert [one.text for one in problems] == [name, kind]


@pytest.mark.parametrize(
    ("term", "content", "condition", "more", "expected"),
    [
        ("Network/DNS", "a.example.org", "contains", "", True),
        ("Network/DNS", "a.example.org", "is", ' negate="true"', False),
        ("Network/DNS", "a.example.org", "isnot", "", False),
        ("Network/DNS", "a.example.org", "isnot", ' negate="true"', True),
        ("Network/DNS", "example", "contains", "", False),
        ("Network/DNS", ".example.org", "ends-with", "", False),
        ("Network/DNS", "^a.*$", "matches", "", False),
        ("PortItem/remoteIP", "192.0.2.", "contains", "", False),
        ("PortItem/remoteIP", "192.0.2.1", "contains", "", True),
        ("Network/URI", "/x.php?", "contains", "", False),
        ("Network/UserAgent", "MSIE", "contains", "", False),
        ("FileItem/Md5sum", "abab", "contains", "", False),
        ("FileItem/FullPath", "\\Temp\\a.exe", "contains", "", True),
        ("FileItem/Md5sum", "", "is", "", False),
    ],
)
def test_only_whole_values_that_are_asked_for_count(
    term: str, content: str, condition: str, more: str, expected: bool
) -> None:
    """Negations, patterns and pieces of values are told with their place and left out."""
    graph, problems = read(ioc(item(term, content, condition, more=more)))
    assert graph.block.links.height == expected
    assert [one.where for one in problems] == ([] if expected else ["item 1"])


def test_a_term_without_an_entity_is_told_once() -> None:
    """However many items a term without an equivalent has, it is told once with their number."""
    graph, problems = read(ioc(*(item("FileItem/SizeInBytes", str(n)) for n in range(9))))
    assert [(one.text, one.reason) for one in problems] == [
        ("FileItem/SizeInBytes", "its term has no entity here (9 of its items)")
    ]
    assert any(observation.name == ORIGINAL_PROPERTY for _, observation in graph.properties())


def test_a_value_in_the_id_is_read() -> None:
    """An item without content whose id is no UUID holds its value there, as old exports do."""
    graph, problems = read(
        ioc(
            item("Network/DNS", "", id_="a.example.org"),
            item("Network/DNS", "", id_="5820aa49-6a40-4e51-86f9-497a8e96ca05"),
        )
    )
    assert [one.value for one in graph.entities()][1:] == ["a.example.org"]
    assert [one.where for one in problems] == ["item 2", "IndicatorItem"]


def test_the_head_is_said_of_the_document() -> None:
    """Title, author, dates, keywords and links belong to the document; no date is a sighting."""
    head = (
        "<short_description>Sand\n Fox</short_description><description>About it</description>"
        "<keywords>apt, fox</keywords><authored_by>A Lab</authored_by><authored_date>2014-01-02"
        '</authored_date><links><link rel="family">PoisonRat</link><link rel="threatgroup">Sand '
        'Fox</link><link rel="license">Apache 2.0</link><link href="http://example.org/r"/></links>'
    )
    for version in (ioc(head=head), new(head)):
        graph, problems = read(version)
        assert problems == []
        assert graph.tags == {0: ("apt", "fox")}
        assert {
            (observation.subject.type, link_of(observation).target.value, observation.collectors)
            for _, _, observation in graph.links()
        } == {("mentions", "PoisonRat", ("A Lab",)), ("attributed-to", "Sand Fox", ("A Lab",))}
        facts = {
            (observation.name, observation.value)
            for _, observation in graph.properties()
            if observation.name != ORIGINAL_PROPERTY
        }
        assert facts == {
            ("openioc_id", "i1"), ("description", "About it"), ("authored_date", "2014-01-02"),
            ("link", "license: Apache 2.0"), ("link", "http://example.org/r"),
        }  # fmt: skip
        assert graph.entities()[0].value == "Sand Fox"


def new(head: str, *items: str) -> bytes:
    return (
        f'<OpenIOC xmlns="http://openioc.org/schemas/OpenIOC_1.1" id="i1"><metadata>{head}'
        f'</metadata><criteria><Indicator operator="OR">{"".join(items)}</Indicator></criteria>'
        "<parameters/></OpenIOC>"
    ).encode()


def test_version_1_1_is_read() -> None:
    """The names of 1.1 (metadata, criteria, negate) mean what those of 1.0 do."""
    graph, problems = read(
        new("", item("Network/DNS", "a.example.org"),
            item("Network/DNS", "b.example.org", more=' negate="true" preserve-case="false"'))
    )  # fmt: skip
    assert [one.value for one in graph.entities()] == ["OpenIOC i1", "a.example.org"]
    assert len(problems) == 1


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"plain",
        b"<html/>",
        b"<!DOCTYPE ioc [<!ENTITY a 'b'>]><ioc/>",
        ioc(item("Network/DNS", "a.example.org"))[:-30],
        b"<ioc>" + b"<Indicator>" * 5_000,
        ioc().replace(b"Sand", b"\xff\xfe"),
    ],
)
def test_what_is_no_openioc_is_refused(data: bytes) -> None:
    """A DOCTYPE, a cut file, other XML, wrong bytes and endless nesting are refused."""
    with pytest.raises(InvalidValue):
        read(data)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "iso-8859-1"])
def test_encodings_are_read(encoding: str) -> None:
    """A file is read, and kept, in the encoding that it says."""
    text = ioc(item("FileItem/FileName", "Müller.exe")).decode()
    text = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>{text}'
    graph, problems = read(text.encode(encoding))
    assert problems == []
    assert graph.entities()[1].value == "Müller.exe"
    original = next(
        observation.value
        for _, observation in graph.properties()
        if observation.name == ORIGINAL_PROPERTY
    )
    assert "Müller.exe" in original


def test_deep_nesting_is_read() -> None:
    """Indicators within indicators are read to the depth that XML itself is."""
    deep = "<Indicator>" * 150 + item("Network/DNS", "a.example.org") + "</Indicator>" * 150
    assert mentioned(ioc(deep)) == [("domain-name", "a.example.org")]


def test_a_giant_is_read_but_not_kept() -> None:
    """A file over the bound is read, and that it is not kept word for word is told."""
    graph, problems = read(ioc("<!--" + "x" * ORIGINAL_LENGTH_MAX + "-->"))
    assert [one.where for one in problems] == ["file"]
    assert not any(observation.name == ORIGINAL_PROPERTY for _, observation in graph.properties())


@given(st.binary(max_size=80), st.integers(0, 500))
def test_no_damage_crashes_it(noise: bytes, at: int) -> None:
    """Noise in a file is either read past or refused."""
    data = ioc(item("Network/DNS", "a.example.org"))
    try:
        read(data[:at] + noise + data[at:])
    except InvalidValue:
        return
