"""Which row of a table is its header, and what a header's words are."""

from __future__ import annotations

import re
from collections.abc import Sequence

from clew.interop.exchange_graph import ImportProblem
from clew.interop.table.cells import Cells
from clew.interop.table.piece import TableRow, TableRows
from clew.interop.texts import shorten_text
from clew.schema.detect import detect
from clew.schema.registry import catalogue

TITLE_LENGTH_MAX = 200
"""Longest name of a column, in code points."""
_NOT_WORD = re.compile(r"[\W_]+")
_NUMBER = re.compile(r"[\d\s.,:/+-]+")
_LOOKED_AT_MAX = 100


def words(title: str) -> str:
    """A column's name as words are looked up: ``First Seen (UTC)`` is ``first_seen``."""
    plain = _NOT_WORD.sub("_", title[:TITLE_LENGTH_MAX].lower()).strip("_")
    return plain.removesuffix("_utc").removesuffix("_gmt")


def with_header(
    rows: TableRows, *, sheet: str = "", sheets: tuple[str, ...] = ()
) -> tuple[Cells, list[ImportProblem]]:
    """
    The table of some rows: its header is found, or made up.

    Rows of comment before it and behind it are told, and kept apart.
    """
    start = 0
    for row in rows:
        if not _is_comment(row):
            break
        start += 1
    comments, body = list(rows[:start]), rows[start:]
    while _is_heading(body):
        comments.append(body[0])
        body = body[1:]
    end = len(body)
    while end and len(body[0].cells) > 1 and _is_comment(body[end - 1]) and _is_short(body, end):
        comments.append(body[end - 1])
        end -= 1
    body = body[:end]
    first = _header_in(comments, len(body[0].cells) if body else 0)
    problems = []
    if left_out := len(comments) - (first is not None):
        reason = f"{left_out} rows of comment before the table are left out"
        problems.append(
            ImportProblem(f"row {rows[0].number}", shorten_text(rows[0].cells[0]), reason)
        )
    if first is None and body and _titles(body[0].cells):
        first, body = body[0].cells, body[1:]
    width = body.width
    named = first or ()
    header = tuple(
        _title(named[at] if at < len(named) else "", at) for at in range(max(width, len(named)))
    )
    texts = tuple(" ".join(row.cells).strip(" #") for row in comments)
    return Cells(header, body, first is not None, sheet, sheets, texts), problems


def _is_comment(row: TableRow) -> bool:
    return row.cells[0].lstrip().startswith("#")


def _is_heading(body: Sequence[TableRow]) -> bool:
    """Whether the first row is one cell above a header: what the table is called."""
    if len(body) < 3 or _filled(body[0]) != 1 or _filled(body[1]) < 2:
        return False
    return _titles(body[0].cells) and _titles(body[1].cells)


def _filled(row: TableRow) -> int:
    return sum(bool(cell.strip()) for cell in row.cells)


def _is_short(body: Sequence[TableRow], end: int) -> bool:
    """Whether the row before *end* has fewer cells than the first, as a comment's last has."""
    return _filled(body[end - 1]) < len(body[0].cells)


def _header_in(comments: Sequence[TableRow], width: int) -> tuple[str, ...] | None:
    """The header that stands in a comment: in the last line of feeds, or as Zeek writes it."""
    for row in reversed(comments if width > 1 else ()):
        if row.cells[0] == "#fields" and len(row.cells) == width + 1:
            return row.cells[1:]
    for row in reversed(comments if width > 1 else ()):
        if len(row.cells) == width:
            return tuple(cell.strip(' "#') for cell in row.cells)
    return None


def _titles(cells: Sequence[str]) -> bool:
    """Whether a first row names its columns: none of its cells is a value."""
    titles = [cell.strip() for cell in cells[:_LOOKED_AT_MAX] if cell.strip()]
    if all(_NUMBER.fullmatch(cell[:TITLE_LENGTH_MAX]) for cell in titles):
        return False
    return not any(detect(cell, catalogue()) for cell in titles)


def _title(text: str, at: int) -> str:
    plain = " ".join(text.split())
    return plain[:TITLE_LENGTH_MAX] if plain else f"column {at + 1}"
