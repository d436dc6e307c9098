"""How many rows a listing's page is asked for, where each row is paid for."""

from __future__ import annotations

from collections.abc import Iterator

from clew.transform.cost import Cost
from clew.transform.pager import replace_query
from clew.transform.request import Request


def with_rows(request: Request, cost: Cost, rows: int) -> Request:
    """The request for a page of so many rows at most."""
    return replace_query(request, **{cost.page_limit: rows})


def page_sizes(request: Request, cost: Cost) -> Iterator[Request]:
    """The request for a page of each size that may have been asked for, the largest first."""
    for rows in range(cost.page_rows, 0, -1):
        yield with_rows(request, cost, rows)
