"""A span of time with the precision of both ends, and how it overlaps a window."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from clew.errors import InvalidValue
from clew.model.moment import EPOCH, OPEN, UNKNOWN, Moment, Precision, day, parse_moment

DAYS_DIGITS_MAX = 10
"""Longest number of days around a moment, in digits; the calendar ends long before."""
SECOND_MIN = -(1 << 62)
"""Column value of an unknown start, in seconds since 1970."""
SECOND_MAX = 1 << 62
"""Column value of an unknown or open end, in seconds since 1970."""


class IntervalOverlap(Enum):
    """Whether an interval overlaps a window. Unknown is an answer, not a guess."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class UndatedPolicy(Enum):
    """What a filter does with what it can't place in time; every result names the policy."""

    KEEP = "keep"
    DROP = "drop"
    WITH_ENDS = "with-ends"
    """An undated link stays when both its ends stay."""


@dataclass(frozen=True, slots=True)
class Interval:
    """From the first to the last sighting, both included."""

    first: Moment = UNKNOWN
    last: Moment = UNKNOWN

    @classmethod
    def parse(cls, first: object, last: object) -> Interval:
        """
        The interval that a vendor's two dates mean (see parse_moment).

        Raises:
            InvalidValue: One is no date, or the first lies after the last.
        """
        interval = cls(parse_moment(first), parse_moment(last))
        start, end = interval.first.earliest, interval.last.latest
        if start is not None and end is not None and start > end:
            raise InvalidValue(
                "interval", f"{interval.first} - {interval.last}", "it ends before it starts"
            )
        return interval

    @property
    def dated(self) -> bool:
        """True where at least one end was told."""
        return self.first.known or self.last.known

    @property
    def seconds(self) -> tuple[int, int]:
        """Earliest start and latest end as column values, in seconds since 1970."""
        start, end = self.first.at, self.last.at
        return (
            SECOND_MIN if start is None else _seconds(start),
            SECOND_MAX if end is None else self.last.end_s(_seconds(end)),
        )

    @property
    def precision_code(self) -> int:
        """Both precisions in a byte: the start in the low half, the end in the high half."""
        return self.first.precision | self.last.precision << 4

    @classmethod
    def from_columns(cls, first_s: int, last_s: int, precision_code: int) -> Interval:
        """The interval that three column values stand for."""
        first, last = Precision(precision_code & 15), Precision(precision_code >> 4)
        return cls(_moment(first_s, first), _moment(last_s, last))

    def __str__(self) -> str:
        if self.first == self.last:
            return str(self.first)
        return f"{self.first} to {self.last}"


@dataclass(frozen=True, slots=True)
class Window:
    """A span under study, both ends included, aware UTC."""

    start: datetime
    end: datetime

    def __post_init__(self) -> None:
        if self.start > self.end:
            raise InvalidValue("window", f"{self.start} to {self.end}", "it ends before it starts")

    @classmethod
    def around(cls, moment: Moment, days: int) -> Window:
        """
        The days of *moment*, plus and minus *days*.

        Raises:
            InvalidValue: The moment has no date, or the days go past the calendar.
        """
        start, end = moment.earliest, moment.latest
        if start is None or end is None:
            raise InvalidValue("window", moment, "its centre has no date")
        try:
            return cls(start - timedelta(days=days), end + timedelta(days=days))
        except OverflowError as error:
            raise InvalidValue("window", f"{days} days", "they go past the calendar") from error

    @classmethod
    def parse(cls, text: str) -> Window:
        """The window written ``2013-01-01..2013-12-31``, ``2013`` or ``2013-05-20+-45``."""
        if "+-" in text or "±" in text:
            centre, _, days = text.replace("±", "+-").partition("+-")
            if not (days.strip().isdecimal() and len(days) < DAYS_DIGITS_MAX):
                raise InvalidValue("window", text, "the days after +- are no number")
            return cls.around(day(centre), int(days))
        first, dots, last = text.partition("..")
        start, end = parse_moment(first), parse_moment(last if dots else first)
        if start.earliest is None or end.latest is None:
            raise InvalidValue(
                "window",
                text,
                "it needs a start and an end",
                helps="Write 2013-01-01..2013-12-31, 2013 or 2013-05-20+-45.",
            )
        return cls(start.earliest, end.latest)

    @property
    def seconds(self) -> tuple[int, int]:
        """Both ends in seconds since 1970."""
        return _seconds(self.start), _seconds(self.end)

    def overlap(self, interval: Interval) -> IntervalOverlap:
        """
        Whether *interval* holds at some moment of this window.

        An open end counts as going on. An unknown end proves nothing: then only the end that
        is known can show it, by lying inside the window (yes) or beyond it (no).
        """
        first_s, last_s = interval.seconds
        start_s, end_s = self.seconds
        if last_s < start_s or first_s > end_s:
            return IntervalOverlap.NO
        first_known = interval.first.known
        last_known = interval.last.known or interval.last.precision is Precision.OPEN
        if first_known and last_known:
            return IntervalOverlap.YES
        if first_known and first_s >= start_s:
            return IntervalOverlap.YES
        if interval.last.known and last_s <= end_s:
            return IntervalOverlap.YES
        return IntervalOverlap.UNKNOWN

    def __str__(self) -> str:
        return f"{self.start:%Y-%m-%d}..{self.end:%Y-%m-%d}"


UNDATED = Interval()
"""Nothing was said about when."""


def _seconds(at: datetime) -> int:
    return int(at.timestamp())


def _moment(second: int, precision: Precision) -> Moment:
    if precision is Precision.OPEN:
        return OPEN
    if precision is Precision.UNKNOWN:
        return UNKNOWN
    at = EPOCH + timedelta(seconds=second)
    match precision:
        case Precision.YEAR:
            at = datetime(at.year, 1, 1, tzinfo=UTC)
        case Precision.MONTH:
            at = datetime(at.year, at.month, 1, tzinfo=UTC)
        case Precision.DAY:
            at = datetime(at.year, at.month, at.day, tzinfo=UTC)
        case _:
            pass
    return Moment(at, precision)
