"""Ways of paging that vendors share. A pager is pure: it reads a page and says what to ask next."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

from clew.transform.provider import Page, Pager
from clew.transform.request import Request, encode_query
from clew.transform.row import Row


def rows_of(*path: str, total: tuple[str, ...] = ()) -> Pager:
    """
    The pager of an answer with all its rows at once, below the members of *path*.

    Args:
        path: Members to the list.
        total: Path of members to the total, where the vendor tells it; () otherwise.
    """

    def pager(request: Request, answer: Row, so_far: int) -> Page:  # noqa: ARG001
        grand = _at(answer, total).integer(total[-1]) if total and answer else None
        return Page(_at(answer, path).listed(path[-1]) if answer else (), None, grand)

    return pager


def replace_query(request: Request, **query: object) -> Request:
    """The request with query parameters set; those already there keep their place."""
    parts = urlsplit(request.url)
    present = parse_qsl(parts.query, keep_blank_values=True)
    merged: list[tuple[str, object]] = [(k, query.pop(k, v)) for k, v in present]
    merged.extend(query.items())
    base = request.url.partition("?")[0]
    return replace(request, url=f"{base}?{encode_query(merged)}")


def offset_pager(
    rows: tuple[str, ...],
    *,
    offset: str,
    size: str,
    size_default: int,
    total: tuple[str, ...] = (),
) -> Pager:
    """
    Paging by offset and page size in the query; the last page is short, or reaches the total.

    Args:
        rows: Path of members to the list.
        offset: Query parameter of the first row's number, from 0.
        size: Query parameter of the page size.
        size_default: The size where the request tells none.
        total: Path of members to the total, where the vendor tells it; () otherwise.
    """

    def pager(request: Request, answer: Row, so_far: int) -> Page:
        present = dict(parse_qsl(urlsplit(request.url).query))
        page_size = int(present.get(size, size_default))
        at = int(present.get(offset, 0))
        grand = _at(answer, total).integer(total[-1]) if total else None
        below = _at(answer, rows)
        # Vendors leave the list out where the total is 0; anywhere else it must be there.
        found = below.listed(rows[-1]) if answer and grand != 0 else below.rows(rows[-1])
        reached = so_far + len(found)
        more = len(found) >= page_size and (grand is None or reached < grand)
        following = replace_query(request, **{offset: at + len(found)}) if more and found else None
        return Page(found, following, grand)

    return pager


def _at(answer: Row, path: tuple[str, ...]) -> Row:
    below = answer
    for member in path[:-1]:
        below = below.row(member)
    return below
