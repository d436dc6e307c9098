"""The extractor: what is found in prose, where, and what is none."""

from __future__ import annotations

import gzip
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.interop.text.extract import extract
from clew.schema.refang import defang
from clew.schema.registry import catalogue
from shared import shared_files

KINDS = catalogue()
HASH = "9a0364b9e99bb480dd25e1f0284c8555e3b0c442"


def found(text: str) -> list[tuple[str, str]]:
    return [(one.type, one.value) for one in extract(text, KINDS)]


@pytest.mark.parametrize(
    ("text", "want"),
    [
        ("see a.example[.]org, now", [("domain-name", "a.example.org")]),
        ("hxxps://a[.]example/x?y=1).", [("url", "https://a.example/x?y=1")]),
        ("(http://b.example/a_(b))", [("url", "http://b.example/a_(b)")]),
        ("http://b.example/x[a page]", [("url", "http://b.example/x")]),
        ("[page](https://b.example/x)", [("url", "https://b.example/x")]),
        ("h**p://c(.)example/z", [("url", "http://c.example/z")]),
        ("mail x.y[@]mail[.]example today", [("email-address", "x.y@mail.example")]),
        ("one AT x at y", []),
        ("at 192.0.2[.]7 then", [("ip-address", "192.0.2.7")]),
        ("at 192[.]0[.]2[.]8 then", [("ip-address", "192.0.2.8")]),
        ("198.51.100.7:8080/x", [("ip-address", "198.51.100.7")]),
        ("192.0.2.0/24", [("netblock", "192.0.2.0/24")]),
        ("2001:db8::7 is one", [("ip-address", "2001:db8::7")]),
        (f"|`{HASH.upper()}`|cdc.dll |Win32/Agent.AD", [("file", HASH)]),
        ("CVE-2012-0158 was used", [("vulnerability", "CVE-2012-0158")]),
        ("evil [dot] example [dot] org", [("domain-name", "evil.example.org")]),
        ("invoice[.]zip is an address", [("domain-name", "invoice.zip")]),
        ("Win32/Exploit.CVE-2017-11882.BU", [("vulnerability", "CVE-2017-11882")]),
        ("http://b.example/?a=1-[two]-3&b=c[a page]", [("url", "http://b.example/?a=1-[two]-3&b=c")]),
        ("http://b.example/a.pngC:\\Temp\\x.exe",
         [("url", "http://b.example/a.png"), ("file-path", "C:\\Temp\\x.exe")]),
        ("%TEMP%\\x.tmp http://b.example/y",
         [("file-path", "%TEMP%\\x.tmp"), ("url", "http://b.example/y")]),
        ("%SYSTEM32%\\oci.dll", [("file-path", "%SYSTEM32%\\oci.dll")]),
        ("run /usr/lib/x.io/y, then", [("file-path", "/usr/lib/x.io/y")]),
        ("C:\\programdata\\update[.]dat", [("file-path", "C:\\programdata\\update.dat")]),
        ("[HKLM\\a\\b] or [HKCU\\c d\\e f]",
         [("registry-key", "HKEY_LOCAL_MACHINE\\a\\b"),
          ("registry-key", "HKEY_CURRENT_USER\\c d\\e f")]),
        (f"=== SHA-1 thumbprints\n{HASH}", [("certificate", HASH)]),
        ("HKCU\\Software\\Run\\x, then", [("registry-key", "HKEY_CURRENT_USER\\Software\\Run\\x")]),
    ],
)  # fmt: skip
def test_any_defanged_form_is_found(text: str, want: list[tuple[str, str]]) -> None:
    """With what ends a sentence, a cell or a link let go."""
    assert found(text) == want


@pytest.mark.parametrize(
    "text",
    [
        "invoice.zip setup.exe lib.so.1.5 run.sh a.py conf.pl README.md",
        "version 4.3.2.1 v10.0.0.1", "1.2.3.4.5 and 6.1.7601.17514 and 300.1.1.1",
        "System.Net.WebClient ASP.NET Filecoder.AD Win32/Spy.Donot.AM",
        "end.The next sentence.e.g. i.e.", "T1059.001 and 07.14.2020",
        "0" * 32 + " " + "a" * 64, "document.createElement('a') this._x.length window.location",
        "com.tw", "Mozilla/5.0 (Windows NT 10.0)", "hxxp://[domain]/x http://<ip>/y",
        "GET /tmp/x.php ./bin/x.io/y /dev/null /forum/x `/tmp/...`", "fl_%stamp%\\num",
        "localhost only", "config.data", "",
        "same-as\n9 1", "AS\n64496", "has-AS 64496", "same-as9",
    ],
)  # fmt: skip
def test_what_is_none_is_not_found(text: str) -> None:
    """Files, versions, code, detections, prose, placeholders."""
    assert found(text) == []


VALUES = st.sampled_from(
    [
        ("domain-name", "evil.example.org"), ("domain-name", "xn--bcher-kva.example"),
        ("ip-address", "192.0.2.77"), ("url", "https://evil.example.org/a/b.php?c=d"),
        ("email-address", "someone@mail.example"), ("file", HASH), ("file", HASH + "0" * 24),
        ("vulnerability", "CVE-2021-44228"), ("netblock", "198.51.100.0/24"),
    ]
)  # fmt: skip
AROUND = st.sampled_from(
    [" ", "\n", "|", "`", '"', ", ", "; ", "\t", " (", ") ", "<", "> ", " - ", "\r\n"]
)


@given(st.lists(st.tuples(AROUND, VALUES, st.booleans()), min_size=1, max_size=8), AROUND)
def test_each_is_found_at_its_place_whatever_stands_around(
    parts: list[tuple[str, tuple[str, str], bool]], last: str
) -> None:
    """In order, with the line and the span at which its text stands; defanged or not."""
    text, want = "", []
    for before, (type_, value), safe in parts:
        text += before
        written = defang(KINDS.value(type_, value)) if safe else value
        want.append((type_, value, text.count("\n") + 1, (len(text), len(text) + len(written))))
        text += written
    text += last
    got = extract(text, KINDS)
    assert [(one.type, one.value, one.line, one.span) for one in got] == want
    assert all(text[slice(*one.span)] == one.text for one in got)


def test_its_line_is_offered_and_not_assumed() -> None:
    """Hints and a date of the same line, never of another."""
    first, second = extract("2013-04-02 sinkholed: a[.]example\nC2 server b[.]example", KINDS)
    assert (first.hints, first.date) == (("sinkhole",), "2013-04-02")
    assert (second.hints, second.date) == (("c2",), "")
    assert first.defanged


def test_real_lists_are_read_without_a_crash() -> None:
    """All 72 published lists; each has something, and no value is a file's name in prose."""
    for path in shared_files("data/ioc-texts", "*/*"):
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        got = extract(data.decode("utf-8", "replace"), KINDS)
        assert got, path.name
        names = [one for one in got if one.type == "domain-name" and not one.defanged]
        assert not [one for one in names if one.value.endswith((".exe", ".dll", ".doc", ".zip"))]


def test_letters_that_almost_match_are_passed_quickly() -> None:
    """A megabyte of each kind of near miss is read in time linear in its length."""
    for piece in (
        "a.",
        "a-",
        "1.",
        "[.]",
        "http:",
        "x@",
        "0" * 31 + "g",
        "%a",
        "::",
        "AS",
        " dot ",
        "(.)a",
        "C:\\",
        "[HKCU\\",
        "~/",
        "/tmp/a",
        "thumbprint ",
    ):
        text = piece * (1_000_000 // len(piece))
        begun = time.process_time()
        extract(text, KINDS)
        assert time.process_time() - begun < 20, piece
