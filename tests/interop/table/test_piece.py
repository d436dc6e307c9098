"""Pieces: rows are the same however they are cut, and columns are theirs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from clew.interop.table.piece import Piece, TableRow, TableRows

ROWS = st.lists(st.lists(st.sampled_from(["a", "b", "", "ß"]), min_size=1, max_size=4), max_size=12)


@given(rows=ROWS, size=st.integers(1, 5), start=st.integers(-3, 13), end=st.integers(-3, 13))
def test_rows_come_back(rows: list[list[str]], size: int, start: int, end: int) -> None:
    """Iterating, slicing, single rows and columns agree with a list of the rows."""
    plain = [TableRow(at + 1, tuple(row)) for at, row in enumerate(rows)]
    pieces = [
        Piece.of(range(at + 1, at + 1 + len(rows[at : at + size])), rows[at : at + size])
        for at in range(0, len(rows), size)
    ]
    table = TableRows(pieces)
    assert (list(table), len(table)) == (plain, len(plain))
    assert [table[at] for at in range(len(plain))] == plain
    assert list(table[start:end]) == plain[start:end]
    assert table.width == max((len(row) for row in rows), default=0)
    for column in range(4):
        texts = [row.cell(column) for row in plain]
        assert [text for piece in table.column(column) for text in piece] == texts
        assert set(table.distinct(column)) == set(texts)
    marked = [any(cell == "ß" for cell in row) for row in rows]
    found = [one for piece in pieces for one in piece.having((piece.texts == "ß").to_numpy())]
    assert found == marked
    assert list(table.taken_pieces()) == pieces
    assert not len(table)
