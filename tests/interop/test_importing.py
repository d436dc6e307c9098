"""The one door: formats are found by content, doubts are told, documents come one a line."""

from __future__ import annotations

import pytest

from clew.errors import ClewError, InvalidValue
from clew.interop import importing
from clew.interop.format import Confidence, Format
from clew.interop.formats import registry_of
from clew.interop.importing import ImportedFile, read_file
from clew.interop.text.graph import read_text
from clew.schema.registry import catalogue


def read(data: bytes, kind: str = "") -> ImportedFile:
    """The graph of a file."""
    return read_file(data, catalogue(), run="0" * 32, learnt=1, kind=kind)


def values(found: ImportedFile) -> set[str]:
    """The values of the entities."""
    return {one.value for one in found.graph.entities()}


def stix(type_: str, number: int, **members: str) -> str:
    """A STIX object as JSON without its outer braces."""
    import json

    id_ = f"{type_}--6b616fc1-1505-48e3-8b2c-0d19337bff{number}"
    return json.dumps({"type": type_, "spec_version": "2.1", "id": id_, **members})


def test_stix_comes_as_lines_envelope_or_list() -> None:
    """Objects a line, bundles a line, TAXII's envelope and a bare list are as one bundle."""
    one, two = (
        stix("domain-name", 10, value="a.example"),
        stix("domain-name", 11, value="b.example"),
    )
    bundle = '{"type":"bundle","id":"bundle--1","objects":[%s]}'
    for text in (
        f"{one}\n{two}\n",
        f"{bundle % one}\n{bundle % two}\n",
        f'{{"objects":[{one},{two}],"more":false}}',
        f"[{one},{two}]",
        bundle % f"{one},{two}",
    ):
        found = read(text.encode())
        assert (found.format, values(found)) == ("stix", {"a.example", "b.example"})
        assert found.problems == ()


def test_relations_between_lines_hold() -> None:
    """An indicator and a family on lines of their own are linked by a third."""
    ends = {name: f"{type_}--6b616fc1-1505-48e3-8b2c-0d19337bff{number}" for name, type_, number in
            (("source_ref", "indicator", 20), ("target_ref", "malware", 21))}  # fmt: skip
    lines = (
        stix("indicator", 20, pattern="[domain-name:value = 'a.example']", pattern_type="stix"),
        stix("malware", 21, name="Heron"),
        stix("relationship", 22, relationship_type="indicates", **ends),
    )
    found = read("\n".join(lines).encode())
    assert (values(found), found.counts()["links"]) == ({"a.example", "Heron"}, 1)


def test_a_line_that_does_not_hold_costs_only_itself() -> None:
    """The other lines are read, and the line is told."""
    one = stix("domain-name", 10, value="a.example")
    found = read(f"{one}\n{{broken\n{one.replace('bff10', 'bff11').replace('a.e', 'b.e')}".encode())
    assert values(found) == {"a.example", "b.example"}
    assert [one.where for one in found.problems] == ["line 2"]


def test_misp_events_come_one_a_line() -> None:
    """Two events on two lines are two incidents."""
    event = (
        '{"Event":{"uuid":"5a3c2fcd-8328-42bb-a95e-4f4402de0b8%s","info":"%s","Attribute":[%s]}}'
    )
    attribute = '{"type":"domain","value":"%s.example","category":"Network activity"}'
    lines = [event % (at, name, attribute % name) for at, name in enumerate("ab")]
    found = read("\n".join(lines).encode())
    assert found.format == "misp"
    assert {"a.example", "b.example"} <= values(found)


def test_ties_and_faults_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that two formats claim as surely is read as the first, and that is told."""

    class Plugins:
        A = Format(name="a", label="A", sniff=lambda _: Confidence.CERTAIN, read=read_text)
        B = Format(name="b", label="B", sniff=lambda _: Confidence.CERTAIN)

    monkeypatch.setattr(importing, "formats", lambda: registry_of([Plugins]))
    found = read(b"a.example.org")
    assert found.format == "a"
    assert [one.reason for one in found.problems] == ["it could as well be B; it is read as A"]
    assert read(b"a.example.org", kind="a").problems == ()


def test_what_can_not_be_used_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """Too large a file, an unknown format, and a text without anything are refused in words."""
    with pytest.raises(ClewError, match="format"):
        read(b"x", kind="nothing")
    with pytest.raises(InvalidValue, match="nothing that is known"):
        read(b"plain words")
    monkeypatch.setattr(importing, "FILE_BYTES_MAX", 3)
    with pytest.raises(InvalidValue, match="4 bytes"):
        read(b"1234")
