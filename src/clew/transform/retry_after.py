"""How long a vendor asks to wait: both forms of ``Retry-After``."""

from __future__ import annotations

from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

WAIT_S_MAX = 31_536_000.0
"""Longest wait that a server's word is taken for, in seconds."""


def retry_after_s(text: str, *, now: datetime) -> float | None:
    """
    Seconds to wait from *now*, at least 0; None where *text* is neither a number nor a date.

    Source:
        RFC 9110, section 10.2.3; the three forms of a date, section 5.6.7.
    """
    text = text.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:20]), WAIT_S_MAX)
    # The parser takes much that is no date of HTTP; each form of one has a time of the day.
    if not (text.isascii() and 20 <= len(text) <= 40 and text.count(":") == 2):
        return None
    try:
        then = parsedate_to_datetime(text)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=UTC)
    return min(max(0.0, (then - now).total_seconds()), WAIT_S_MAX)
