"""Tables that list links: which columns are the ends, and what the others say of each link."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from clew.interop.table import words
from clew.interop.table.mapping import ColumnMapping, ColumnRole, LinkRule
from clew.interop.table.titles import words as plain
from clew.interop.table.words import DETECT

MARKINGS = frozenset(("marking", "pap"))
"""Properties that hold a row's markings; they are of all entities in it."""
_DATES = frozenset((ColumnRole.FIRST, ColumnRole.LAST, ColumnRole.DATE))
_OF_A_LINK = _DATES | {ColumnRole.COLLECTORS, ColumnRole.PROVIDER}


def edge_ends(
    titles: Sequence[str], samples: Sequence[Sequence[str]], columns: Sequence[ColumnMapping]
) -> tuple[int, int] | None:
    """
    The two columns between which each row has a link; None where the table lists no links.

    Args:
        titles: Names of the columns, as words are looked up.
        samples: Cells of each column that say something.
        columns: What each column is by itself: two columns of dates are no ends.
    """
    for one, other in words.END_TITLES:
        if one in titles and other in titles:
            ends = titles.index(one), titles.index(other)
            if all(samples[at] and columns[at].role not in _DATES for at in ends):
                return ends
    return None


def edge_columns(
    titles: Sequence[str],
    samples: Sequence[Sequence[str]],
    columns: list[ColumnMapping],
    ends: tuple[int, int],
    type_of_cells: Callable[[Sequence[str]], str],
) -> LinkRule:
    """
    Make *columns* those of a list of links, and give the link of its rows.

    Dates and sources stay what they are; all else is a detail of the link.

    Args:
        titles: Names of the columns, as words are looked up.
        samples: Cells of each column that say something.
        columns: What each column would be by itself.
        ends: As edge_ends gives them.
        type_of_cells: The one type of all these cells; ``detect`` or ``any`` where there is none.
    """
    relation = _relation(titles, samples, ends)
    for at, column in enumerate(columns):
        if at in ends:
            columns[at] = ColumnMapping(ColumnRole.ENTITY, type_of_cells(samples[at]))
        elif at == relation:
            columns[at] = ColumnMapping(ColumnRole.RELATION)
        elif not samples[at]:
            columns[at] = ColumnMapping()
        elif column.role not in _OF_A_LINK and column.name not in MARKINGS:
            columns[at] = ColumnMapping(ColumnRole.DETAIL, name=titles[at] or f"column_{at + 1}")
    return LinkRule(ends[0], DETECT, ends[1])


def node_label(titles: Sequence[str], samples: Sequence[Sequence[str]]) -> int | None:
    """The column that says what a node is called, in a table of nodes with ids."""
    for id_, label in words.NODE_TITLES:
        if id_ in titles and label in titles and samples[titles.index(label)]:
            return titles.index(label)
    return None


def _relation(
    titles: Sequence[str], samples: Sequence[Sequence[str]], ends: tuple[int, int]
) -> int | None:
    for title in words.RELATION_TITLES:
        at = titles.index(title) if title in titles else -1
        if at < 0 or at in ends or not samples[at]:
            continue
        if not {plain(text) for text in samples[at]} <= words.DIRECTIONS:
            return at
    return None
