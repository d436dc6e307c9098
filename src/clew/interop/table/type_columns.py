"""Tables in which one column names the type of the value in another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from clew.errors import InvalidValue
from clew.interop.table import words
from clew.interop.table.cells import Cells
from clew.interop.table.values import blank, type_of, values_of
from clew.interop.table.words import ANY, DETECT
from clew.schema.registry import Catalogue

ROWS_MAX = 200
"""How many rows are looked at."""
WORDS_SHARE_MIN = 0.5
"""How many of its cells must name types before a column with another name is one of types."""
FIT_SHARE_MIN = 0.6
"""How many of the values beside them must be of the types that are named."""
CERTAIN_SHARE_MIN = 0.3
"""How many of those must look like that type, since some types take any text."""


@dataclass(frozen=True, slots=True)
class TypedColumns:
    """A column of types and the column of their values."""

    types: int
    values: int
    values_type: str
    """``any`` where the header says that these are values; else ``detect``."""


def typed_columns(cells: Cells, titles: Sequence[str], catalogue: Catalogue) -> TypedColumns | None:
    """
    The columns of types and values; None where there are none.

    A column is one of types when it is called so or when its cells are words of types. Its values
    are in the column that is called so, else in the one whose cells fit the types best.
    """
    columns = range(len(titles))
    texts = {at: [row.cell(at) for row in cells.rows[:ROWS_MAX]] for at in columns}
    types = {at: [type_of(text, catalogue) for text in texts[at]] for at in columns}
    shares = {at: _share(types[at], texts[at]) for at in columns}
    named = [at for at in columns if titles[at] in words.TYPE_TITLES]
    like = [at for at in columns if at not in named and shares[at] >= WORDS_SHARE_MIN]
    titled = [
        at
        for at in columns
        if titles[at] in words.VALUE_TITLES
        and at not in like
        and not all(blank(text) for text in texts[at])
    ]
    for at in (*named, *sorted(like, key=lambda at: -shares[at])):
        if value := [one for one in titled if one != at]:
            return TypedColumns(at, value[0], ANY)
        fits = {one: _fit(types[at], texts[one], catalogue) for one in columns if one != at}
        best = max(fits, key=lambda one: (fits[one], -abs(one - at)), default=-1)
        if best >= 0 and fits[best] >= FIT_SHARE_MIN:
            return TypedColumns(at, best, DETECT)
    return None


def _share(types: Sequence[str], texts: Sequence[str]) -> float:
    """Which part of the cells that say something name a type."""
    filled = [type_ for type_, text in zip(types, texts, strict=True) if not blank(text)]
    return sum(type_ != DETECT for type_ in filled) / len(filled) if filled else 0.0


def _fit(types: Sequence[str], texts: Sequence[str], catalogue: Catalogue) -> float:
    """Which part of the cells beside a known type are of it; 0 where too few are surely so."""
    fitting = certain = count = 0
    for type_, text in zip(types, texts, strict=True):
        if type_ == DETECT or blank(text):
            continue
        count += 1
        try:
            values = values_of(text, type_, catalogue)
        except InvalidValue:
            continue
        try:
            seen = {kind for kind, _ in values_of(text, DETECT, catalogue)}
        except InvalidValue:
            seen = set()
        sure = bool(seen & {kind for kind, _ in values})
        certain += sure
        fitting += sure or not seen
    return fitting / count if count and certain >= CERTAIN_SHARE_MIN * count else 0.0
