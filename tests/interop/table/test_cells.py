"""Cells: any encoding and delimiter, any damage, never more than fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.errors import InvalidValue
from clew.interop.table import cells as bounds
from clew.interop.table.piece import TableRow
from clew.interop.table.sheet_files import read_cells

TABLE = 'Domain,Note\na.example.org,grüß Gott\nb.example.org,"two\nlines, and €"\n'
HEADER = ("Domain", "Note")
ROWS = (
    TableRow(2, ("a.example.org", "grüß Gott")),
    TableRow(3, ("b.example.org", "two\nlines, and €")),
)


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_encodings(encoding: str) -> None:
    """A table is the same in each encoding; what is no Unicode is told."""
    cells, problems = read_cells(TABLE.encode(encoding))
    assert (cells.header, tuple(cells.rows)) == (HEADER, ROWS)
    assert len(problems) == (encoding == "cp1252")


def test_mixed_encodings() -> None:
    """Lines in two encodings are each read in their own."""
    data = "name\nä€\n".encode() + "ä€\n".encode("cp1252")
    cells, problems = read_cells(data)
    assert [row.cells for row in cells.rows] == [("ä€",), ("ä€",)]
    assert [one.reason for one in problems] == [
        "1 places are no UTF-8; they are read as Windows-1252"
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters(delimiter: str, end: str) -> None:
    """The sign between cells is found, whatever else the cells hold."""
    rows = [("Domain", "Note"), ("a.example.org", '"1,2; a|b\t"'), ("b.example.org", "x")]
    text = end.join(delimiter.join(row) for row in rows)
    cells, _ = read_cells(text.encode())
    assert cells.header == ("Domain", "Note")
    assert [row.cells for row in cells.rows] == [("a.example.org", "1,2; a|b\t"), rows[2]]


def test_a_told_delimiter() -> None:
    """The line ``sep=`` of spreadsheets is followed and is no row."""
    cells, _ = read_cells(b"sep=;\nDomain;Note\na.example.org;x,y,z\n")
    assert (cells.header, [row.number for row in cells.rows]) == (("Domain", "Note"), [3])


def test_headers_are_found_or_made_up() -> None:
    """A first row of values is no header; a comment of as many columns is one."""
    bare, _ = read_cells(b"a.example.org,192.0.2.1\nb.example.org,192.0.2.2\n")
    assert (bare.header, bare.titled, len(bare.rows)) == (("column 1", "column 2"), False, 2)
    feed, problems = read_cells(b'# a feed\n# "first_seen","ioc"\n"2020-01-01","a.example.org"\n')
    assert (feed.header, [row.number for row in feed.rows]) == (("first_seen", "ioc"), [3])
    assert [one.where for one in problems] == ["row 1"]


def test_comments_around_a_table_are_kept_apart() -> None:
    """Lines of comment before and behind a table are none of its rows; Zeek's header is found."""
    cells, problems = read_cells(b"# TLP:GREEN\n#fields\tts\thost\n1\ta\n#2\tb\n#close\n")
    assert cells.header == ("ts", "host")
    assert [row.cells for row in cells.rows] == [("1", "a"), ("#2", "b")]
    assert cells.comments == ("TLP:GREEN", "fields ts host", "close")
    assert [one.reason for one in problems] == [
        "2 rows of comment before the table are left out"
    ]  # fmt: skip


def test_an_unclosed_quote_costs_one_row() -> None:
    """A quote that never closes does not swallow the rows behind it."""
    cells, problems = read_cells(b'Domain,Note\na.example.org,"x\nb.example.org,y\nc.example.org,z')
    assert [row.cell(0) for row in cells.rows] == [
        "a.example.org", "b.example.org", "c.example.org"
    ]  # fmt: skip
    assert [one.where for one in problems] == ["row 2"]


def test_a_million_columns_are_cut_and_told() -> None:
    """A row with a million columns is cut, with its place and size."""
    cells, problems = read_cells(b",".join([b"a"] * 10**6) + b"\nx,y\n")
    assert len(cells.header) == bounds.COLUMNS_MAX
    assert [(one.where, one.reason) for one in problems] == [
        ("row 1", "it has 1000000 columns; the first 1000 are read")
    ]


def test_a_huge_cell_is_left_out_alone() -> None:
    """A cell of 50 MB is told and left out; its row and the next ones are read."""
    cells, problems = read_cells(
        b"Domain,Note\na.example.org," + b"x" * 50_000_000 + b"\nb.example.org,y\n"
    )
    assert [row.cells for row in cells.rows] == [("a.example.org", ""), ("b.example.org", "y")]
    assert [one.where for one in problems] == ["row 2"]


def test_rows_over_the_bound_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """What has no room is counted, and never cut in silence."""
    monkeypatch.setattr(bounds, "ROWS_MAX", 3)
    cells, problems = read_cells(b"Domain\n" + b"a.example.org\n" * 10)
    assert len(cells.rows) == 2
    assert problems[-1].reason.endswith("8 rows are left out")


@pytest.mark.parametrize(
    "data",
    [b"", b"\n\n", b"\xef\xbb\xbf", b"\0" * 1000, b"%PDF-1.7", b"PK\x03\x04", b'"\n' * 100,
     b"\xd0\xcf\x11\xe0" + b"\0" * 600, bytes(range(1, 9)) * 100],
)  # fmt: skip
def test_what_is_no_table(data: bytes) -> None:
    """Nothing, and what is no text, is refused as a whole."""
    with pytest.raises(InvalidValue):
        read_cells(data)


@given(st.lists(st.sampled_from([b'"', b",", b"\n", b"\r", b"a", b"\0", b"\xff", b";", b"#"])))
def test_any_signs_are_read(pieces: list[bytes]) -> None:
    """Whatever the order of quotes, delimiters, ends and bad bytes, nothing fails."""
    try:
        cells, _ = read_cells(b"".join(pieces))
    except InvalidValue:
        return
    assert all(len(row.cells) <= len(cells.header) for row in cells.rows)
