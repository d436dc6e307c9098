"""When the rows of a piece were seen, by column: plain dates as numbers, others one by one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import polars as pl
from numpy.typing import NDArray

from clew.errors import InvalidValue
from clew.interop.table.mapping import ColumnRole
from clew.interop.table.piece import Piece
from clew.interop.table.piece_facts import Doubt, SomeCells
from clew.interop.table.values import blank
from clew.model.interval import SECOND_MAX, SECOND_MIN
from clew.model.moment import EPOCH, Moment, Precision

_YEAR = r"^(?:19[7-9]\d|2[01]\d\d)"
_DAY = _YEAR + r"-\d\d-\d\d$"
_SECOND = _YEAR + r"-\d\d-\d\d[T ]\d\d:\d\d:[0-5]\dZ?$"
"""Dates that read_date takes as they stand, whatever the order of day and month elsewhere."""


class _Told(NamedTuple):
    """One date; seconds since 1970."""

    start: int
    end: int
    precision: int
    blank: bool = False


_BLANK = _Told(0, 0, Precision.UNKNOWN, blank=True)


@dataclass(frozen=True, slots=True)
class Moments:
    """A date in each row."""

    start: NDArray[np.int64]
    """Its first second since 1970."""
    end: NDArray[np.int64]
    """Its last one."""
    precision: NDArray[np.int64]
    """0 where there is none (model/moment.py)."""
    blank: NDArray[np.bool_]
    """Where the cell says nothing."""
    odd: NDArray[np.bool_]
    """Where something would be told."""

    @property
    def known(self) -> NDArray[np.bool_]:
        """Where there is a date."""
        found: NDArray[np.bool_] = self.precision != Precision.UNKNOWN
        return found

    def or_else(self, other: Moments, missing: NDArray[np.bool_]) -> Moments:
        """These, and those of *other* where they are *missing*."""
        return Moments(
            np.where(missing, other.start, self.start),
            np.where(missing, other.end, self.end),
            np.where(missing, other.precision, self.precision),
            np.where(missing, other.blank, self.blank),
            self.odd | other.odd,
        )

    def of_rows(self, codes: NDArray[np.int64]) -> Moments:
        """For each row the one of that place here."""
        return Moments(
            self.start[codes], self.end[codes], self.precision[codes], self.blank[codes],
            self.odd[codes],
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SeenColumns:
    """When each row was seen, as a block's columns hold it."""

    first: NDArray[np.int64]
    last: NDArray[np.int64]
    precision: NDArray[np.int64]
    odd: NDArray[np.bool_]

    @property
    def dated(self) -> NDArray[np.bool_]:
        """Which rows have a date."""
        found: NDArray[np.bool_] = self.precision != 0
        return found


def seen_columns(piece: Piece, doubt: Doubt) -> SeenColumns:
    """When the rows of a piece were seen; as CellReader.seen says it of one."""
    first, last, one = (
        _moments(piece, doubt, doubt.at[role])
        for role in (ColumnRole.FIRST, ColumnRole.LAST, ColumnRole.DATE)
    )
    first = first.or_else(one, one.known & ~first.known)
    last = last.or_else(one, one.known & ~last.known)
    turned = first.known & last.known & (first.start > last.end)
    return SeenColumns(
        np.where(first.known, first.start, SECOND_MIN),
        np.where(last.known, last.end, SECOND_MAX),
        first.precision | last.precision << 4,
        first.odd | last.odd | turned,
    )


def _moments(piece: Piece, doubt: Doubt, columns: Sequence[int]) -> Moments:
    """The date of each row in the first of some columns that says something."""
    zero, no = np.zeros(len(piece), np.int64), np.zeros(len(piece), bool)
    found = Moments(zero, zero, zero, ~no, no)
    for at in columns:
        found = found.or_else(_column(piece, doubt, at), found.blank)
    return found


def _column(piece: Piece, doubt: Doubt, at: int) -> Moments:
    texts, codes = piece.distinct(at)
    plain = _plain(texts, zoned=not doubt.was_told(("zone", at)))
    slow = np.flatnonzero(plain.odd)
    dates = doubt.answers(
        [(text,) for text in texts.gather(slow).to_list()], [at], _date_of(doubt, at), ("date", at)
    )
    values = [one or _BLANK for one in dates]
    for place, column in enumerate((plain.start, plain.end, plain.precision, plain.blank)):
        column[slow] = [one[place] for one in values]
    plain.odd[slow] = [one is None for one in dates]
    return plain.of_rows(codes)


def _plain(texts: pl.Series, *, zoned: bool) -> Moments:
    """Dates that are written plainly; all else, and those without a zone where that counts, odd."""
    times = pl.Series(texts.str.contains(_SECOND))
    if zoned:
        times = times & texts.str.ends_with("Z")
    days = pl.Series(texts.str.contains(_DAY))
    whole = texts.str.replace("T", " ", literal=True).str.strip_suffix("Z")
    stamps = [
        series.cast(pl.Datetime("us")).dt.epoch("s").fill_null(0).to_numpy()
        for series in (
            whole.str.to_datetime("%Y-%m-%d %H:%M:%S", strict=False),
            texts.str.to_date("%Y-%m-%d", strict=False),
        )
    ]
    is_time, is_day = times.to_numpy() & (stamps[0] != 0), days.to_numpy() & (stamps[1] != 0)
    start = np.select([is_time, is_day], stamps, 0)
    return Moments(
        start,
        start + np.where(is_day, 86_399, 0),
        np.select([is_time, is_day], [int(Precision.SECOND), int(Precision.DAY)], 0),
        np.zeros(len(texts), bool),
        ~(is_time | is_day),
    )


def _date_of(doubt: Doubt, at: int) -> Callable[[SomeCells], _Told | None]:
    def date_of(row: SomeCells) -> _Told | None:
        text = row.cell(at).strip()
        if blank(text):
            return _BLANK
        try:
            moment = doubt.date(row, at, text)
        except InvalidValue:
            return None
        return _date_columns(moment)

    return date_of


def _date_columns(moment: Moment) -> _Told:
    if moment.at is None:
        return _Told(0, 0, moment.precision)
    seconds = [int((at - EPOCH).total_seconds()) for at in (moment.earliest, moment.latest) if at]
    return _Told(seconds[0], seconds[1], moment.precision)
