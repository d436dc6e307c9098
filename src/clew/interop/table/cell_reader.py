"""What the cells of one row say, each kind of column by itself; what does not hold is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Protocol

import msgspec

from clew.errors import InvalidValue
from clew.interop.table.cells import Cells, RowPlace
from clew.interop.table.mapping import ColumnRole, Mapping
from clew.interop.table.values import blank, type_of, values_of
from clew.interop.table.words import ANY, DETECT
from clew.interop.texts import own_type
from clew.interop.whois.dates import read_date
from clew.model.interval import UNDATED, Interval
from clew.model.moment import UNKNOWN, Moment, Precision
from clew.schema.registry import Catalogue

PROVIDER_LENGTH_MAX = 100
"""Longest name of a provider, in code points."""
DETAIL_LENGTH_MAX = 1_000_000
"""Longest text of what a row says of its links, in code points."""
LIST = re.compile(r"[,;|\n]+")
"""What stands between the words of a cell that lists some."""
_TIME = re.compile(r"\d{1,2}:\d{2}")
_ZONE = re.compile(r"(?:Z|UTC|GMT|[+-]\d{2}:?\d{2}|[A-Z]{3,4})\s*$", re.IGNORECASE)


class RowCells(RowPlace, Protocol):
    """A row, or those of its cells that are asked for."""

    def cell(self, column: int) -> str:
        """The text of a column."""


class CellReader:
    """Reads cells by a mapping; nothing that it is given makes it fail."""

    def __init__(
        self,
        cells: Cells,
        mapping: Mapping,
        catalogue: Catalogue,
        tell: Callable[[str, object, str], None],
    ) -> None:
        """
        Args:
            cells: The table, for its header and the places of its cells.
            mapping: What its columns are.
            catalogue: The types that are known.
            tell: Hears where something is, what is there and why it does not hold.
        """
        self.at = {role: mapping.having(role) for role in ColumnRole}
        """The columns of each role."""
        self.types = {mapping.columns[at].of: at for at in self.at[ColumnRole.TYPE]}
        """For columns of entities, the column that names their types."""
        self.told: set[tuple[str, object]] = set()
        """What is told once in a table, and was."""
        self.tell = tell
        self.table = cells, mapping, catalogue
        """What was given."""
        self._cells = cells
        self._mapping = mapping
        self._catalogue = catalogue

    def tell_once(self, key: tuple[str, object], where: str, text: str, reason: str) -> None:
        """Tell what is told once in a table."""
        if key not in self.told:
            self.told.add(key)
            self.tell(where, text, reason)

    def type_word(self, row: RowCells, at: int) -> str:
        """The word that names the type of a column's cell; empty where no column does."""
        word = row.cell(self.types[at]).strip() if at in self.types else ""
        return "filename|md5" if word == "malware-sample" else word

    def values(self, row: RowCells, at: int) -> list[tuple[str, str]]:
        """Type and value of all entities in a cell."""
        text, type_ = row.cell(at), self._mapping.columns[at].type
        where = self._cells.place(row, at)
        if at in self.types:
            type_ = self._type_in_row(self.type_word(row, at), text, type_, where)
        try:
            return values_of(text, type_, self._catalogue)
        except InvalidValue as error:
            self.tell(where, text, error.reason)
            return []

    def relation(self, row: RowCells) -> tuple[str, str]:
        """What the row's links are by its own words, and what else it says of them, as JSON."""
        relation, details = "", {}
        for at in self.at[ColumnRole.RELATION]:
            if not blank(text := row.cell(at).strip()):
                relation = text if text in self._catalogue.link_types else own_type(text)
                if relation != text:
                    details[self._cells.header[at]] = text
        for at in self.at[ColumnRole.DETAIL]:
            if not blank(text := row.cell(at).strip()):
                details[self._mapping.columns[at].name or self._cells.header[at]] = text
        detail = msgspec.json.encode(details).decode() if details else ""
        if len(detail) > DETAIL_LENGTH_MAX:
            reason = f"over {DETAIL_LENGTH_MAX} letters of its links' details are left out"
            self.tell(self._cells.place(row), "", reason)
            detail = ""
        return relation, detail

    def collectors(self, row: RowCells) -> tuple[str, ...]:
        """The sources that a row names."""
        columns = self.at[ColumnRole.COLLECTORS]
        names = [name.strip() for at in columns for name in LIST.split(row.cell(at))]
        return tuple(dict.fromkeys(name for name in names[:100] if not blank(name)))

    def provider(self, row: RowCells) -> str:
        """Who a row says told it; empty where it does not."""
        for at in self.at[ColumnRole.PROVIDER]:
            name = row.cell(at).strip()
            if blank(name):
                continue
            if len(name) <= PROVIDER_LENGTH_MAX and name.isprintable():
                return name
            self.tell(self._cells.place(row, at), name, "this is no name of a provider")
        return ""

    def seen(self, row: RowCells) -> Interval:
        """When a row says that it was seen."""
        first, last = self._moment(row, ColumnRole.FIRST), self._moment(row, ColumnRole.LAST)
        if (one := self._moment(row, ColumnRole.DATE)).known:
            first = first if first.known else one
            last = last if last.known else one
        start, end = first.earliest, last.latest
        if start is not None and end is not None and start > end:
            where = self._cells.place(row)
            self.tell(
                where, f"{first} to {last}", "it ends before it starts; its dates are left out"
            )
            return UNDATED
        return Interval(first, last)

    def _type_in_row(self, word: str, text: str, type_: str, where: str) -> str:
        """The type that a row names; the value's form decides where the word is not known."""
        named = type_of(word, self._catalogue)
        if named != DETECT or type_ != ANY or blank(word) or blank(text):
            return named
        try:
            values_of(text, DETECT, self._catalogue)
        except InvalidValue:
            own = own_type(word)
            reason = f"no such type is known; its values enter as {own}"
            self.tell_once(("type", own), where, word, reason)
            return own
        return DETECT

    def _moment(self, row: RowCells, role: ColumnRole) -> Moment:
        for at in self.at[role]:
            text = row.cell(at).strip()
            if blank(text):
                continue
            try:
                return self.date(row, at, text)
            except InvalidValue as error:
                self.tell(self._cells.place(row, at), text, error.reason)
        return UNKNOWN

    def date(self, row: RowCells, at: int, text: str) -> Moment:
        """A cell's date; what of its time is not read, or taken as UTC, is told."""
        moment = read_date(text, order=self._mapping.day_order)
        timed = _TIME.search(text) is not None
        if timed and moment.precision is Precision.DAY:
            reason = "its time of day is not read, only its day"
            self.tell(self._cells.place(row, at), text, reason)
        elif timed and moment.known and not _ZONE.search(text):
            reason = "times without a zone are taken as UTC, in the whole column"
            self.tell_once(("zone", at), self._cells.place(row, at), text, reason)
        return moment
