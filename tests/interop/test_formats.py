"""The registry of formats: each is whole, knows its own files, and reads them as it should."""

from __future__ import annotations

import gzip
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import ClewError, InvalidValue
from clew.interop.cof.records import left_out
from clew.interop.exchange_graph import ExchangeGraph
from clew.interop.fidelity import ALL, LABELS, Fidelity, GraphPart, losses, preserved_content
from clew.interop.format import Confidence, Format
from clew.interop.formats import FormatRegistry, formats, registry_of
from clew.interop.gzip_file import gunzip
from clew.interop.importing import read_file
from clew.interop.sample import FileSample
from clew.schema.registry import catalogue
from corpus.expected import expectation, expected_files, summary
from corpus.files import corpus
from interop.graphs import exchange_graphs, link_of
from shared import shared_files

pytestmark = pytest.mark.assurance("round-trips")

SETS = ("stix", "campaigns-citizenlab", "openioc", "ioc-texts", "pdns-tables", "whois-corpus")
WRITTEN = [form for form in formats().of_graphs if form.write]
REAL = (
    ("data/stix/oasis/*.json", "stix"),
    ("data/stix/amnesty/*", "stix"),
    ("data/stix/*.gz", "stix"),
    ("data/campaigns-citizenlab/*/misp.json", "misp"),
    ("data/campaigns-citizenlab/*/indicators.json", "misp"),
    ("data/campaigns-citizenlab/*/openioc.ioc", "openioc"),
    ("data/campaigns-citizenlab/*/stix.xml*", "stix1"),
    ("data/campaigns-citizenlab/*/ioc*.csv", "csv"),
    ("data/campaigns-citizenlab/*/domains.csv", "csv"),
    ("data/openioc/*/*.ioc", "openioc"),
    ("data/whois-corpus/[ab]-[!m]*.txt", "whois"),
    ("data/pdns-tables/*.csv", "csv"),
    ("data/pdns-tables/*.ndjson", "cof"),
    ("data/ioc-texts/eset/*.adoc", "text"),
    ("data/ioc-texts/unit42/*", "text"),
    ("maltego/samples/graphs/*.mtgx", "mtgx"),
    ("maltego/samples/graphs/*.mtgl", "mtgl"),
    ("maltego/samples/mtz/*.mtz", "mtz"),
)
MADE = (
    (b'{"clew":"graph","version":1}\n{"clew":"entity"}', "jsonl"),
    (b'{"type":"domain-name","value":"a.example"}', "jsonl"),
    (b'\xef\xbb\xbf{"type":"bundle","id":"x","objects":[]}', "stix"),
    ('{"type": "bundle", "spec_version": "2.0"}'.encode("utf-16"), "stix"),
    (b'{"Event": {"info": "x"}}', "misp"),
    (b'{"objectClassName":"domain","ldhName":"a.example"}', "rdap"),
    (b"<graphml xmlns='http://graphml.graphdrawing.org/xmlns'/>", "graphml"),
    (b"<?xml version='1.0'?><gexf/>", "gexf"),
    (b"<html><body>x</body></html>", "text"),
    (b"Domain Name: A.EXAMPLE\nRegistrar: X\nName Server: NS1.A.EXAMPLE\n", "whois"),
    (b"domain,ip\na.example,192.0.2.1\nb.example,192.0.2.2\n", "csv"),
    (b"a.example\t192.0.2.1\nb.example\t192.0.2.2\n", "csv"),
    (b"It resolved, they say, to 192.0.2.1.\nThen, on Monday, it moved, too.\n", "text"),
    (b"SQLite format 3\0....", "clew"),
    (b"PK\x03\x04....", "archive"),
    (b"hello", "text"),
)


def known_as(data: bytes) -> str:
    """Name of the format that a file is recognised as; no other may be as sure."""
    found = formats().recognise(gunzip(data))
    assert (found.ties, found.faults) == ((), ())
    return found.format.name


def read(data: bytes, kind: str = "") -> ExchangeGraph:
    """The graph of a file."""
    return read_file(data, catalogue(), run="0" * 32, learnt=1, kind=kind).graph


@pytest.mark.parametrize(("data", "name"), MADE)
def test_made_files_are_known(data: bytes, name: str) -> None:
    """Short files of each form are known, packed or not."""
    assert known_as(data) == name
    assert known_as(gzip.compress(data)) == name


@pytest.mark.parametrize(("glob", "name"), REAL)
def test_real_files_are_known(glob: str, name: str) -> None:
    """Real files of each form are known."""
    paths = shared_files("", glob)
    found = {path.name: known_as(path.read_bytes()) for path in paths}
    # Three lists of the texts are tables indeed: a separator stands in each of their lines.
    tables = {"Egregor__EgregorIOCs", "diamondfox__diamondfox_panels.txt", "bitter__iocs.csv"}
    assert found == {one: "csv" if one in tables else name for one in found}


@given(st.binary(min_size=1).filter(bytes.strip))
def test_any_bytes_have_a_format(data: bytes) -> None:
    """Any bytes are taken for some format, and no sniff fails on them."""
    if not data.startswith(b"\x1f\x8b"):
        assert formats().recognise(data).faults == ()


@pytest.mark.parametrize("data", [b"", b"  \n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    """What has nothing in it is of no format."""
    with pytest.raises(InvalidValue, match="empty"):
        formats().recognise(data)


@pytest.mark.parametrize("path", expected_files())
def test_each_file_of_the_corpus_gives_what_it_should(path: str) -> None:
    """Format, entities, links, properties, what people decided, and where problems are."""
    assert summary(corpus(path).read_bytes()) == expectation(path)


@pytest.mark.parametrize("name", SETS)
def test_every_shared_file_is_read(name: str) -> None:
    """Each real file is read without a crash, and nearly all of them have entities."""
    files = shared_files(f"data/{name}", "**/*")
    empty = []
    for path in files:
        data = path.read_bytes()
        try:
            imported = read_file(data, catalogue(), run="0" * 32, learnt=1)
        except InvalidValue:
            # What holds nothing at all is refused in words.
            empty.append(path.name)
            continue
        assert all(one.reason for one in imported.problems)
        if not imported.graph.entities():
            empty.append(path.name)
    # Answers that say only that there is no such domain, or that hold no name.
    assert len(empty) <= len(files) // 20, empty


@pytest.mark.parametrize("form", WRITTEN, ids=lambda form: form.name)
@given(graph=exchange_graphs())
def test_what_a_format_says_it_carries_comes_back(form: Format, graph: ExchangeGraph) -> None:
    """Written, known by its content as surest of all, and read again: what it says is there."""
    if form.name == "cof" and (
        left_out(graph) or not preserved_content(graph, form.fidelity)["links"]
    ):
        # Links that are no DNS records are counted; a file of none is refused.
        return
    data = formats().writer(form.name)(graph)
    read_as = form.read_as or form.name
    before = preserved_content(graph, form.fidelity)
    sample = FileSample.of(data)
    claims = {name: one.sniff(sample) or 0 for name, one in formats().by_name.items() if one.sniff}
    own = claims.pop(read_as)
    assert own > max(claims.values())
    assert preserved_content(read(data, read_as), form.fidelity) == before


@given(exchange_graphs())
def test_what_would_be_lost_is_said(graph: ExchangeGraph) -> None:
    """A format that carries all loses nothing; one without a part says so where there is some."""
    assert losses(graph, Fidelity(ALL)) == []
    noted = LABELS[GraphPart.NOTES] in losses(graph, Fidelity(ALL & ~GraphPart.NOTES))
    assert noted == bool(graph.notes)
    tagged = LABELS[GraphPart.TAGS] in losses(graph, Fidelity(ALL & ~GraphPart.TAGS))
    assert tagged == bool(graph.tags)
    linked = bool(losses(graph, Fidelity(ALL, links=frozenset())))
    assert linked == bool(graph.block.links.height)


TYPES = st.sampled_from((None, frozenset({"domain-name"}), frozenset({"ip-address", "tag"})))


@given(graph=exchange_graphs(), sources=TYPES, targets=TYPES)
def test_links_without_room_are_counted(
    graph: ExchangeGraph, sources: frozenset[str] | None, targets: frozenset[str] | None
) -> None:
    """Of a format that takes links between some types only, all others are told as lost."""
    room = Fidelity(ALL, sources=sources, targets=targets)
    outside = sum(not room.fits(link_of(observation)) for _, _, observation in graph.links())
    lost = [f"{outside} observations of links of other types or between other entities"]
    assert losses(graph, room) == (lost if outside else [])


def test_endings_choose_the_format() -> None:
    """The longest ending of a name counts; unknown ones are told with those that are known."""
    chosen = {"a.json": "stix", "a.misp.json": "misp", "A.MTGX": "mtgx", "a.cof.ndjson": "cof",
              "a.ndjson": "jsonl", "a.tab": "tsv"}  # fmt: skip
    assert {name: formats().for_file(name).name for name in chosen} == chosen
    with pytest.raises(InvalidValue, match=r"\.mtgx"):
        formats().for_file("a.doc")
    with pytest.raises(ClewError, match="read"):
        formats().reader("tsv")
    with pytest.raises(ClewError, match="written"):
        formats().writer("mtgl")
    with pytest.raises(ClewError, match="nothing"):
        formats().named("nothing")


def test_bundled_formats_load_without_a_fault() -> None:
    """All entry points load, what is no graph is not listed, and each format is whole."""
    assert formats().faults == ()
    assert {*formats().by_name} - {one.name for one in formats().of_graphs} == {
        "clew", "mtz", "archive"
    }  # fmt: skip
    for one in formats().by_name.values():
        assert one.label
        assert one.read_as in ("", *formats().readable)
        assert one.sniff or one.read_as
        assert one.extension.startswith(".")


def claiming(name: str, confidence: Confidence) -> Format:
    """A format that claims all files."""
    return Format(name=name, label=name.upper(), sniff=lambda _: confidence)


def registry(*found: Format) -> FormatRegistry:
    """A registry of a module that declares these."""
    return registry_of([SimpleNamespace(**{f"F{at}": one for at, one in enumerate(found)})])


def test_the_surest_claim_counts_and_ties_are_told() -> None:
    """Of several claims the highest counts; of two as high the first by name, and both are told."""
    sure, weak = claiming("b", Confidence.CERTAIN), claiming("a", Confidence.POSSIBLE)
    found = registry(weak, sure).recognise(b"x")
    assert (found.format, found.confidence, found.ties) == (sure, Confidence.CERTAIN, ())
    other = claiming("c", Confidence.CERTAIN)
    assert registry(other, weak, sure).recognise(b"x").ties == (other,)
    with pytest.raises(InvalidValue, match="no format"):
        registry().recognise(b"x")


def test_a_faulty_plug_in_costs_only_itself() -> None:
    """A sniff that fails is told and passed over; a name that is taken stays with its owner."""

    def broken(_: FileSample) -> Confidence | None:
        raise RuntimeError("out of order")

    good = claiming("a", Confidence.LIKELY)
    bad = Format(name="b", label="B", sniff=broken)
    found = registry(bad, good).recognise(b"x")
    assert (found.format, found.faults) == (good, ("B could not look at it: out of order",))
    twice = registry(good, claiming("a", Confidence.CERTAIN))
    assert twice.by_name["a"] is good
    assert "there already" in twice.faults[0]
