"""Three-valued answers of time as columns: whether intervals overlap a window, or each other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from clew.model.interval import SECOND_MAX, SECOND_MIN, IntervalOverlap, Window
from clew.model.moment import Precision

Codes = NDArray[np.uint8]
Seconds = NDArray[np.int64]
IntervalColumns = tuple[Seconds, Seconds, Codes]
"""First, last and precision, as the columns of observations keep them."""

NO, UNKNOWN, YES = 0, 1, 2
"""The codes, in order: of several answers about one thing the largest holds."""
OVERLAPS = (IntervalOverlap.NO, IntervalOverlap.UNKNOWN, IntervalOverlap.YES)
"""What each code says."""
CHUNK_ROWS = 1 << 16
"""Rows that are worked on at a time, so that what is in between stays in the cache."""

_YEAR = int(Precision.YEAR)
_BOTH_ENDS_KNOWN = np.asarray(
    [code & 15 >= _YEAR and code >> 4 >= int(Precision.OPEN) for code in range(256)], np.bool_
)
_DATED = np.asarray([code & 15 >= _YEAR or code >> 4 >= _YEAR for code in range(256)], np.bool_)


def window_overlap(seen: IntervalColumns, window: Window) -> Codes:
    """Whether each interval overlaps *window*: Window.overlap over columns."""
    start_s, end_s = window.seconds
    first, last, precision = seen
    codes = np.empty(len(first), np.uint8)
    for at in range(0, len(codes), CHUNK_ROWS):
        part = slice(at, at + CHUNK_ROWS)
        begins, ends = first[part], last[part]
        inside = (ends >= start_s) & (begins <= end_s)
        proven = _BOTH_ENDS_KNOWN[precision[part]]
        if not proven.all():
            # An unknown start lies before every window and an unknown end after it, as columns.
            proven |= begins >= start_s
            proven |= ends <= end_s
        proven &= inside
        np.add(inside, proven, out=codes[part], dtype=np.uint8)
    return codes


def has_dates(precision: Codes) -> NDArray[np.bool_]:
    """Whether at least one end of each interval is known: Interval.dated over columns."""
    return _DATED[precision]


def proven_span(seen: IntervalColumns) -> tuple[Seconds, Seconds]:
    """
    From when to when each interval is proven to have held.

    All of it where both ends are known (an open end goes on), the one end that is known
    otherwise, and nothing (a start after every end) where neither was.
    """
    first, last, precision = seen
    begins = np.where(first == SECOND_MIN, last, first)
    ends = np.where(_BOTH_ENDS_KNOWN[precision] | (last != SECOND_MAX), last, first)
    nothing = ~_DATED[precision]
    return np.where(nothing, SECOND_MAX, begins), np.where(nothing, SECOND_MIN, ends)


def interval_overlap(one: IntervalColumns, other: IntervalColumns) -> Codes:
    """Whether each interval of *one* holds at some moment of its partner in *other*."""
    apart = (one[1] < other[0]) | (other[1] < one[0])
    begins, ends = proven_span(one)
    other_begins, other_ends = proven_span(other)
    proven = np.maximum(begins, other_begins) <= np.minimum(ends, other_ends)
    return np.where(apart, NO, np.where(proven, YES, UNKNOWN)).astype(np.uint8)
