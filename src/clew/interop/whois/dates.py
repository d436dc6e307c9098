"""Dates as registries write them, with the precision told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from clew.errors import InvalidValue
from clew.model.moment import EPOCH, Moment, Precision, parse_moment

DATE_LENGTH_MAX = 80
"""Longest text that is read as a date, in code points."""

DAY_FIRST = "day first"
MONTH_FIRST = "month first"
ORDER_UNKNOWN = ""
"""Orders of ``01/02/2013``; an answer that doesn't tell its order has none."""

DAY_FIRST_REGISTRIES = frozenset(("fr", "re", "pm", "tf", "wf", "yt", "pt", "hk", "il", "bg", "tn"))
"""Top-level names whose registry is known to write the day before the month."""


def day_order(texts: Iterable[str]) -> str:
    """The order of day and month that dates of one answer prove; ORDER_UNKNOWN else."""
    orders = set()
    for text in texts:
        if match := _NUMBERS.match(text[:DATE_LENGTH_MAX].strip()):
            first, second = int(match["first"]), int(match["second"])
            if first > 12 >= second:
                orders.add(DAY_FIRST)
            elif second > 12 >= first:
                orders.add(MONTH_FIRST)
    return orders.pop() if len(orders) == 1 else ORDER_UNKNOWN


def read_date(text: str, *, order: str = ORDER_UNKNOWN) -> Moment:
    """
    The moment that a registry's date means.

    Args:
        text: One date with or without time and zone; a time without zone is read as UTC.
        order: How ``01/02/2013`` is meant.

    Returns:
        The moment; a day where the time's zone has a name that means several zones, or none.

    Raises:
        InvalidValue: It is no date, a bound ("before 1996"), ambiguous, or out of 1970 to 2199.
    """
    if len(text) > DATE_LENGTH_MAX:
        raise InvalidValue("date", text, "it is too long for a date")
    plain = " ".join(text.split()).rstrip(". ")
    if _BOUND.match(plain):
        raise InvalidValue("date", text, "it is a bound, not a date")
    plain = _BESIDE.sub("", _WEEKDAY.sub("", plain))
    # "Oct 07 00:00:00 EDT 2023": the year goes to its day, the time behind it.
    plain = _YEAR_LAST.sub(r"\1 \4 \2\3", plain)
    for form in _FORMS:
        if match := form.match(plain):
            return _moment(match, plain[match.end() :], text, order)
    return parse_moment(text)


def _moment(match: re.Match[str], rest: str, text: str, order: str) -> Moment:
    parts = match.groupdict()
    if "first" in parts:
        parts["day"], parts["month"] = _ordered(match, text, order)
    tail = _TAIL.fullmatch(rest)
    if tail is None:
        raise InvalidValue("date", text, "its form is not known")
    time, zone = tail["time"], (tail["zone"] or "").strip("() ").upper()
    hour, minute, second = (*(int(part) for part in re.findall(r"\d+", time or "")), 0, 0, 0)[:3]
    try:
        at = datetime(
            _year(parts["year"]), _month(parts.get("month") or "1", text),
            int(parts.get("day") or 1),
            hour, minute, min(second, 59), tzinfo=UTC,
        )  # fmt: skip
        offset = _offset(zone)
        exact = bool(time) and offset is not None
        at = (
            at - timedelta(minutes=offset or 0) if exact else at.replace(hour=0, minute=0, second=0)
        )
    except (ValueError, OverflowError) as error:
        raise InvalidValue("date", text, str(error)) from error
    if at == EPOCH:
        raise InvalidValue("date", text, "it is the zero of a clock, not a date")
    at = parse_moment(at).at or at
    if exact:
        return Moment(at, Precision.SECOND)
    day = Precision.DAY if parts.get("day") else Precision.YEAR
    return Moment(at, Precision.MONTH if parts.get("month") and not parts.get("day") else day)


def _ordered(match: re.Match[str], text: str, order: str) -> tuple[str, str]:
    first, second = match["first"], match["second"]
    # Written with full stops, the day stands first wherever such dates are in use.
    if match["mark"] == "." or int(first) > 12 or first.zfill(2) == second.zfill(2):
        return first, second
    if int(second) > 12:
        return second, first
    if order == ORDER_UNKNOWN:
        raise InvalidValue("date", text, "day and month can't be told apart")
    return (first, second) if order == DAY_FIRST else (second, first)


def _year(text: str) -> int:
    year = int(text)
    # Registries began in 1985, so two digits from 70 on mean the last century.
    return year if len(text) == 4 else year + (1900 if year >= 70 else 2000)


def _month(text: str, whole: str) -> int:
    if text.isdigit():
        return int(text)
    for number, names in enumerate(_MONTHS, start=1):
        if text.lower().startswith(names):
            return number
    raise InvalidValue("date", whole, "the month's name is not known")


def _offset(zone: str) -> int | None:
    """Minutes east of UTC; None where the zone is not known."""
    if zone in _ZONES:
        return _ZONES[zone] * 60
    if match := re.fullmatch(r"(?:UTC|GMT)?([+-])(\d{1,2}):?(\d{2})?", zone):
        minutes = int(match[2]) * 60 + int(match[3] or 0)
        return -minutes if match[1] == "-" else minutes
    return None


_ZONES = {
    **{"": 0, "Z": 0, "UTC": 0, "GMT": 0, "WET": 0, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3},
    **{"JST": 9, "KST": 9, "NZST": 12, "NZDT": 13, "CLT": -4, "CLST": -3, "BRT": -3, "BRST": -2},
    **{"EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7},
}
"""Hours east of UTC. Names that mean several zones (CST, IST, BST, MSK's years) are left out."""

_MONTHS = (
    ("jan", "ene", "gen"), ("feb", "fév", "fev"), ("mar", "mär", "mrz"), ("apr", "avr", "abr"),
    ("may", "mai", "mag", "mei"), ("jun", "juin", "giu"), ("jul", "juil", "lug"),
    ("aug", "aoû", "aou", "ago"), ("sep", "set"), ("oct", "okt", "out", "ott"), ("nov",),
    ("dec", "dez", "déc", "dic"),
)  # fmt: skip

_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{0,6}\.?,?\s+", re.IGNORECASE)
_BESIDE = re.compile(r"\s*#\d+$|\s*\(YYYY[-/.]MM[-/.]DD\)$|(?<=\d)(?:st|nd|rd|th)\b", re.IGNORECASE)
"""What stands beside a date and is none of it: a ticket's number, the form, an ordinal's end."""
_BOUND = re.compile(r"before\b|prior\b|after\b|avant\b|vor\b|antes\b|prima\b|[<>≤≥]", re.IGNORECASE)
_YEAR_LAST = re.compile(
    r"^([a-z]{3,9} \d{1,2}) (\d{1,2}:\d{2}:\d{2})( [a-z]{1,5})? (\d{4})$", re.IGNORECASE
)
_NAME = r"(?P<month>[^\W\d_]{3,12})\.?"
_NUMBERS = re.compile(
    r"(?P<first>\d{1,2})(?P<mark>[-./])(?P<second>\d{1,2})(?P=mark)(?P<year>\d{4})"
)
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})([-./]|\. )(?P<month>\d{1,2})\2(?P<day>\d{1,2})(?!\d)",
        r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?!\d)",
        r"(?P<year>\d{4}) ?[年년] ?(?P<month>\d{1,2}) ?[月월] ?(?P<day>\d{1,2}) ?[日일]",
        rf"(?P<year>\d{{4}})[- ]{_NAME}[- ](?P<day>\d{{1,2}})(?!\d)",
        rf"(?P<day>\d{{1,2}})(?: |-|/|\. ?)(?:de )?{_NAME},?[-/ ](?:de )?"
        r"(?P<year>\d{4}|\d\d)(?!\d)",
        rf"{_NAME} (?P<day>\d{{1,2}}),? (?P<year>\d{{4}})(?!\d)",
        rf"{_NAME}[- ](?P<year>\d{{4}})(?!\d)",
        _NUMBERS.pattern + r"(?!\d)",
        r"(?P<year>\d{4})-(?P<month>\d{2})(?![\d-])",
        r"(?P<year>\d{4})(?!\d)",
    )
)
_TAIL = re.compile(
    r"(?:[T/ ]{0,2}(?P<time>\d{1,2}([:-])\d{2}(?:\2\d{2})?)(?:[.,]\d{1,9})?"
    r" ?(?P<zone>\(?(?:[a-z]{1,5}|(?:UTC|GMT)?[+-]\d{1,2}(?::?\d{2})?)\)?)?)?",
    re.IGNORECASE,
)
