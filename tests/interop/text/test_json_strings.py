"""JSON of no known kind is decoded before indicators are looked for."""

from __future__ import annotations

import pytest

from clew.interop.importing import ImportedFile, read_file
from clew.interop.text.file_text import text_of
from clew.interop.text.json_strings import json_strings
from clew.schema.registry import catalogue

REPORT = (
    rb'{"results":[{"url":"http:\/\/evil.example.net\/a\/gate.php?x=1\u0026y=2",'
    rb'"path":"C:\\Windows\\Temp\\svch0st.exe","ip":"198.51.100.7",'
    rb'"key":"HKLM\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\upd7",'
    rb'"email":"ops\u0040panel.example.org"}]}'
)


def read(data: bytes) -> ImportedFile:
    """The graph of a file."""
    return read_file(data, catalogue(), run="0" * 32, learnt=1)


def test_escapes_are_undone() -> None:
    """Slashes, letters and backslashes are what the JSON means, and their places are paths."""
    found = read(REPORT)
    assert {one.value for one in found.graph.entities()} == {
        "http://evil.example.net/a/gate.php?x=1&y=2", "C:\\Windows\\Temp\\svch0st.exe",
        "198.51.100.7", "ops@panel.example.org",
        "HKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows\\CurrentVersion\\Run\\upd7",
    }  # fmt: skip
    assert "only values" in found.problems[-1].reason
    places = [observation.value for _, observation in found.graph.properties()]
    assert "results[0].ip: 198.51.100.7" in places


def test_an_id_that_is_put_together_says_nothing() -> None:
    """An address and a name behind one another are no domain; an id of its own is one."""
    both = (
        b'{"data":{"attributes":{"host":"a.example.org","ip":"192.0.2.1"},'
        b'"id":"192.0.2.1a.example.org"}}'
    )
    assert {one.value for one in read(both).graph.entities()} == {"a.example.org", "192.0.2.1"}
    own = b'{"id":"www.example.org","domain":"example.org"}'
    assert json_strings(own) == [("id", "www.example.org"), ("domain", "example.org")]


def test_lines_of_json_are_read() -> None:
    """Logs with an object a line are decoded line by line."""
    lines = b'{"id.orig_h":"192.0.2.1","query":"a.example.org"}\n{"query":"b.example.org"}\n'
    assert json_strings(lines) == [
        ("line 1, id.orig_h", "192.0.2.1"), ("line 1, query", "a.example.org"),
        ("line 2, query", "b.example.org"),
    ]  # fmt: skip
    assert read(lines).counts()["entities"] == 3


def test_a_string_is_one_line() -> None:
    """A string with line ends is one line, so that places stay right."""
    assert json_strings(b'["a\\nb", "c"]') == [("[0]", "a b"), ("[1]", "c")]
    assert text_of(b'["a\\nb", "c"]') == "a b\nc"


def test_what_is_no_json_is_left_to_others() -> None:
    """Prose in brackets, broken JSON and half an encoding are none."""
    for text in (b"[1] see 192.0.2.1", b'{"a":', b"", b"\xff\xfe\x00", b"{x}"):
        assert json_strings(text) is None


def test_strings_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """No more strings than the bound are read."""
    monkeypatch.setattr("clew.interop.text.json_strings.STRINGS_MAX", 3)
    assert len(json_strings(b'["a", "b", "c", "d"]') or ()) == 3
