"""A file's format is known by its content."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.formats import BY_NAME
from clew.interop.sniff import sniff, unpacked
from shared import shared_files

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
    (b"hello", "text"),
)


@pytest.mark.parametrize(("data", "name"), MADE)
def test_made_files(data: bytes, name: str) -> None:
    """Short files of each form are known."""
    assert sniff(data) == name
    assert sniff(unpacked(gzip.compress(data))) == name


@pytest.mark.parametrize(("glob", "name"), REAL)
def test_real_files(glob: str, name: str) -> None:
    """Real files of each form are known."""
    paths = shared_files("", glob)
    told = {path.name: sniff(unpacked(path.read_bytes())) for path in paths}
    # Three lists of the texts are tables indeed: a separator stands in each of their lines.
    tables = {"Egregor__EgregorIOCs", "diamondfox__diamondfox_panels.txt", "bitter__iocs.csv"}
    assert told == {one: "csv" if one in tables else name for one in told}


@pytest.mark.parametrize("data", [b"", b"  \n", b"\x1f\x8bxx", gzip.compress(b"x" * 99)[:-9]])
def test_what_is_nothing_is_refused(data: bytes) -> None:
    """An empty or damaged file is refused in words."""
    with pytest.raises(InvalidValue):
        sniff(unpacked(data))


@given(st.binary(min_size=1).filter(bytes.strip))
def test_any_bytes_have_a_format(data: bytes) -> None:
    """Any bytes are taken for some format."""
    if not data.startswith(b"\x1f\x8b"):
        assert sniff(data) in {*BY_NAME, "clew", "mtz"}
