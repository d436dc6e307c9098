"""A moment as a vendor told it: aware UTC with the precision that was said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import assert_never

from clew.errors import InvalidValue


class Precision(IntEnum):
    """How exactly a moment is known. The numbers are stored; never renumber."""

    UNKNOWN = 0
    """Nothing was said."""
    OPEN = 1
    """As an end: it was still going on when last looked at."""
    YEAR = 2
    MONTH = 3
    DAY = 4
    SECOND = 5


EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
YEAR_MIN, YEAR_MAX = 1970, 2199
"""Years outside of these are no sighting dates; vendors use them for "none"."""


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A point in time, as exactly as it was told."""

    at: datetime | None = None
    """Start of the second, day, month or year that was told, aware UTC."""
    precision: Precision = Precision.UNKNOWN

    @property
    def known(self) -> bool:
        """True where a date was told."""
        return self.at is not None

    @property
    def earliest(self) -> datetime | None:
        """First second that it can mean."""
        return self.at

    @property
    def latest(self) -> datetime | None:
        """Last second that it can mean (a day's last second for a day)."""
        if self.at is None:
            return None
        match self.precision:
            case Precision.YEAR:
                return self.at.replace(year=self.at.year + 1) - timedelta(seconds=1)
            case Precision.MONTH:
                first = self.at.replace(day=1)
                return (first + timedelta(days=32)).replace(day=1) - timedelta(seconds=1)
            case Precision.DAY:
                return self.at + timedelta(seconds=86_399)
            case Precision.SECOND | Precision.OPEN | Precision.UNKNOWN:
                return self.at
        assert_never(self.precision)

    def end_s(self, start_s: int) -> int:
        """Its last second since 1970, where its first is known as such; as ``latest``."""
        if self.precision is Precision.DAY:
            return start_s + 86_399
        latest = self.latest if self.precision in (Precision.YEAR, Precision.MONTH) else None
        return start_s if latest is None else int(latest.timestamp())

    def __str__(self) -> str:
        if self.at is None:
            return "open" if self.precision is Precision.OPEN else "unknown"
        match self.precision:
            case Precision.YEAR:
                return f"{self.at:%Y}"
            case Precision.MONTH:
                return f"{self.at:%Y-%m}"
            case Precision.DAY:
                return f"{self.at:%Y-%m-%d}"
            case _:
                return f"{self.at:%Y-%m-%dT%H:%M:%SZ}"


UNKNOWN = Moment()
OPEN = Moment(None, Precision.OPEN)

_ISO = re.compile(
    r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d{1,9})?)?"
    r"\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?)?)?",
    re.IGNORECASE,
)
_NAMED = ("%a, %d %b %Y %H:%M:%S", "%b %d %H:%M:%S %Y", "%d %b %Y %H:%M:%S")
_NAMED_DAY = ("%d-%b-%Y", "%d %b %Y")


def day(text: str) -> Moment:
    """The day written ``YYYY-MM-DD``; raises InvalidValue."""
    moment = parse_moment(text)
    if moment.precision is not Precision.DAY:
        raise InvalidValue("day", text, "it is not written YYYY-MM-DD")
    return moment


def parse_moment(value: object) -> Moment:
    """
    The moment that a vendor's text, date or number means.

    Args:
        value: ISO 8601 in any length from the year on, ``YYYY-MM-DD HH:MM:SS``, RFC 2822 style
            names, certificate style (``Apr 09 13:15:00 2019 GMT``), epoch seconds or milliseconds
            as a number, a datetime, or nothing (None, empty, 0, ``N/A``). A time without a
            zone is read as UTC.

    Returns:
        The moment with the precision told; UNKNOWN where nothing was told.

    Raises:
        InvalidValue: It is something, but no date of the years 1970 to 2199.
    """
    if value is None or isinstance(value, bool):
        return UNKNOWN
    if isinstance(value, Moment):
        return value
    if isinstance(value, datetime):
        return _checked(value, value, Precision.SECOND)
    if isinstance(value, int | float):
        return _from_number(value)
    if not isinstance(value, str):
        raise InvalidValue("date", value, f"it is {type(value).__name__}")
    text = value.strip()
    if text.lower() in ("", "n/a", "none", "null", "unknown", "0", "0000-00-00"):
        return UNKNOWN
    if len(text) >= 20 and text[10] == "T" and text[-1] == "Z":
        try:
            return _checked(datetime.fromisoformat(text), value, Precision.SECOND)
        except ValueError:
            pass
    if match := _ISO.fullmatch(text):
        return _from_iso(match, text)
    bare = re.sub(r"\s*(UTC|GMT|Z|[+-]0000)$", "", " ".join(text.split()), flags=re.IGNORECASE)
    for form, precision in (
        *((form, Precision.SECOND) for form in _NAMED),
        *((form, Precision.DAY) for form in _NAMED_DAY),
    ):
        try:
            return _checked(datetime.strptime(bare, form), value, precision)  # noqa: DTZ007
        except ValueError:
            continue
    if re.fullmatch(r"\d{9,13}(\.\d+)?", text):
        return _from_number(float(text))
    raise InvalidValue("date", value, "its form is not known")


def _from_iso(match: re.Match[str], text: str) -> Moment:
    year, month, day_, hour, minute, second, zone = match.groups()
    parts = [int(part) for part in (year, month or 1, day_ or 1, hour or 0, minute or 0)]
    try:
        at = datetime(*parts, second=min(int(second or 0), 59))  # type: ignore[misc,arg-type]  # noqa: DTZ001
    except ValueError as error:
        raise InvalidValue("date", text, str(error)) from error
    if hour is not None:
        precision = Precision.SECOND
    else:
        precision = Precision.DAY if day_ else Precision.MONTH if month else Precision.YEAR
    if zone and zone.upper() not in ("Z", "UTC", "GMT"):
        sign = -1 if zone[0] == "-" else 1
        offset = timedelta(hours=int(zone[1:3]), minutes=int(zone[-2:]))
        try:
            at -= sign * offset
        except OverflowError as error:
            raise InvalidValue("date", text, "it is out of range") from error
    return _checked(at, text, precision)


def _from_number(number: float) -> Moment:
    if number != number or number in (float("inf"), float("-inf")):
        raise InvalidValue("date", number, "it is not a number of seconds")
    if number == 0:
        return UNKNOWN
    seconds = number / 1000 if abs(number) >= 100_000_000_000 else number
    try:
        at = EPOCH + timedelta(seconds=int(seconds))
    except OverflowError as error:
        raise InvalidValue("date", number, "it is out of range") from error
    return _checked(at, number, Precision.SECOND)


def _checked(at: datetime, value: object, precision: Precision) -> Moment:
    try:
        at = at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except OverflowError as error:
        raise InvalidValue("date", value, "it is out of range") from error
    if not YEAR_MIN <= at.year <= YEAR_MAX:
        raise InvalidValue("date", value, f"the year is outside of {YEAR_MIN} to {YEAR_MAX}")
    return Moment(at.replace(microsecond=0), precision)
