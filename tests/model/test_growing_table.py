"""Growing tables: rows and whole columns make the same frame."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clew.model.growing_table import GrowingTable

COLUMNS = {"code": pl.UInt16, "second": pl.Int64, "text": pl.String}
ROWS = st.lists(
    st.tuples(
        st.integers(0, 65_535), st.integers(-(1 << 62), 1 << 62), st.sampled_from(["a", "", None])
    )
)


@given(before=ROWS, rows=ROWS)
def test_rows_and_columns_agree(
    before: list[tuple[int, int, str | None]], rows: list[tuple[int, int, str | None]]
) -> None:
    """Rows one by one and the same rows as columns make one frame."""
    one, other = GrowingTable(COLUMNS), GrowingTable(COLUMNS)
    for row in (*before, *rows):
        one.append(*row)
    for row in before:
        other.append(*row)
    code, second, text = (
        [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows],
    )  # fmt: skip
    other.extend(len(rows), code=code, second=second, text=text)
    assert one.frame().equals(other.frame())
    assert one.frame().schema == COLUMNS
    assert len(one) == len(before) + len(rows)


def test_a_number_without_room_is_refused() -> None:
    """A code over 16 bits is refused where it comes in, and not when all is read."""
    with pytest.raises(OverflowError):
        GrowingTable(COLUMNS).append(65_536, 0, "")
