"""The report as PDF."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.annotations import Link
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from clew.interop.report.pdf import pdf
from clew.interop.report.tables import Table
from interop.report.active_content import active_content
from interop.report.hostile import hostile_contents


def test_no_value_becomes_a_link_or_a_script(tmp_path: Path) -> None:
    """150 payloads make no annotation, action or file; the same report gives the same bytes."""
    with hostile_contents(tmp_path) as content:
        once, twice = pdf(content), pdf(content)
    assert once == twice
    assert once.startswith(b"%PDF-")
    assert active_content(once) == set()


def _add_script(file: PdfWriter) -> None:
    script = {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x")}
    file.pages[0][NameObject("/AA")] = DictionaryObject(
        {NameObject("/O"): DictionaryObject(script)}
    )


@pytest.mark.parametrize(
    ("add", "names"),
    [
        (lambda _: None, set()),
        (_add_script, {"/AA", "/JS", "/JavaScript"}),
        (
            lambda file: file.add_attachment("a.txt", b"a"),
            {"/EF", "/EmbeddedFile", "/EmbeddedFiles", "/Filespec", "/Names"},
        ),
        (
            lambda file: file.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://a.example")),
            {"/A", "/Action", "/Annot", "/Annots", "/URI"},
        ),
    ],
)
def test_the_walk_finds_what_is_active(add: Callable[[PdfWriter], object], names: set[str]) -> None:
    """A script, a file and a link are found in a file that has one; a plain page has none."""
    file, out = PdfWriter(), io.BytesIO()
    file.add_blank_page(100, 100)
    add(file)
    file.write(out)
    assert active_content(out.getvalue()) == names


def test_the_walk_reads_compressed_and_escaped_names() -> None:
    """A script in a compressed object that nothing refers to is found, however it is spelled."""
    plain = b"5 0 << /S /J#61vaScript /J#53 (x) >>"
    assert active_content(_with_object_stream(plain)) == {"/JS", "/JavaScript"}
    assert active_content(_with_object_stream(b"5 0 << /S (/JS) >>")) == set()


def _with_object_stream(plain: bytes) -> bytes:
    """A file of one page with an object stream (ISO 32000-1, section 7.5.7)."""
    packed, out, places = zlib.compress(plain), bytearray(b"%PDF-1.5\n"), [0]
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>",
        b"<< /Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream"
        % (len(packed), packed),
    )
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    rows = b"".join(bytes((place > 0,)) + place.to_bytes(4) + b"\0" for place in places)
    rows += b"\2" + (4).to_bytes(4) + b"\0" + b"\1" + start.to_bytes(4) + b"\0"
    out += b"6 0 obj\n<< /Type /XRef /Size 7 /W [1 4 1] /Root 1 0 R /Length %d >>\n" % len(rows)
    return bytes(out + b"stream\n%s\nendstream\nendobj\nstartxref\n%d\n%%%%EOF\n" % (rows, start))


def test_values_without_spaces_and_of_any_length_fit(tmp_path: Path) -> None:
    """A value of 100,000 letters, and letters that no standard font has, are laid out."""
    with hostile_contents(tmp_path) as content:
        rows = (("x" * 100_000, "\u4e2d\u6587 \U0001f480"), ("", "a.example[.]org"))
        long = replace(content, tables=(Table("Long", ("value", "why"), rows, 2),))
        assert len(pdf(long)) > 1_000
