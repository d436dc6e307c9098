"""The report as PDF."""

from __future__ import annotations

from pathlib import Path

from clew.interop.report.pdf import pdf
from interop.report.hostile import hostile_contents


def test_no_value_becomes_a_link_or_a_script(tmp_path: Path):
    """150 payloads make no annotation, action or file; the same report gives the same bytes."""
    with hostile_contents(tmp_path) as told:
        once, twice = pdf(told), pdf(told)
    assert once == twice
    assert once.startswith(b"%PDF-")
    for word in (b"/Annot", b"/JavaScript", b"/JS", b"/Launch", b"/URI", b"/EmbeddedFile", b"/AA"):
        assert word not in once


def test_values_without_spaces_and_of_any_length_fit(tmp_path: Path):
    """A value of 100,000 letters, and letters that no standard font has, are laid out."""
    from dataclasses import replace

    from clew.interop.report.tables import Table

    with hostile_contents(tmp_path) as told:
        rows = (("x" * 100_000, "\u4e2d\u6587 \U0001f480"), ("", "a.example[.]org"))
        long = replace(told, tables=(Table("Long", ("value", "why"), rows, 2),))
        assert len(pdf(long)) > 1_000
