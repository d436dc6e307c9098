"""Shared ways of paging."""

from __future__ import annotations

from clew.transform.pager import offset_pager, replace_query, rows_of
from clew.transform.request import Request
from clew.transform.row import Row

ASKED = Request("GET", "https://api.example/x?q=a%20b&offset=0&limit=2")
PAGER = offset_pager(
    ("data", "items"), offset="offset", size="limit", size_default=100, total=("data", "total")
)


def page(*items: int, total: int | None = None) -> Row:
    return Row({"data": {"items": [{"n": item} for item in items], "total": total}})


def test_a_full_page_has_a_next_one() -> None:
    """The next request starts behind the last row and keeps the other parameters."""
    found = PAGER(ASKED, page(1, 2), 0)
    assert found.next is not None
    assert found.next.url == "https://api.example/x?q=a%20b&offset=2&limit=2"


def test_a_short_page_and_a_reached_total_are_the_last() -> None:
    """Paging ends on a short page, at the total, and on an empty page."""
    assert PAGER(ASKED, page(1), 0).next is None
    assert PAGER(ASKED, page(1, 2, total=4), 2).next is None
    assert PAGER(ASKED, page(), 0).next is None


def test_rows_of_reads_below_members() -> None:
    """A pager for answers that come at once."""
    assert len(rows_of("data", "items")(ASKED, page(1, 2, 3), 0).rows) == 3


def test_replace_query_sets_and_adds() -> None:
    """Parameters keep their place."""
    assert replace_query(ASKED, q="c", z=1).url.endswith("?q=c&offset=0&limit=2&z=1")
