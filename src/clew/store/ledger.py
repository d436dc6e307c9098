"""The ledger of quota: what was spent with each account, across investigations and restarts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal, Self

import apsw

from clew.errors import FileFault

DAY_S = 86_400
_SCHEMA = """
CREATE TABLE IF NOT EXISTS spent (
    provider TEXT NOT NULL, account TEXT NOT NULL, day INTEGER NOT NULL,
    calls INTEGER NOT NULL, credits REAL NOT NULL, PRIMARY KEY (provider, account, day)
) STRICT;
CREATE TABLE IF NOT EXISTS told (
    provider TEXT NOT NULL, account TEXT NOT NULL, unit TEXT NOT NULL, period TEXT NOT NULL,
    used INTEGER, allowed INTEGER, at INTEGER NOT NULL, PRIMARY KEY (provider, account, unit)
) STRICT;
CREATE TABLE IF NOT EXISTS granted (
    run TEXT NOT NULL PRIMARY KEY, credits REAL NOT NULL
) STRICT;
"""


@dataclass(frozen=True, slots=True)
class VendorAllowance:
    """What a vendor said of an allowance."""

    unit: str
    period: str
    used: int | None
    allowed: int | None
    at: int
    """When it said so, in seconds since 1970."""


@dataclass(frozen=True, slots=True)
class SpendingCeiling:
    """The most that an account may be used for in a day or month of UTC."""

    unit: Literal["calls", "credits"]
    period: Literal["day", "month"]
    most: float


class Ledger:
    """One small file in the user's folder; days are UTC, accounts are digests."""

    def __init__(self, path: Path) -> None:
        """Open or make the file; raises FileFault where that can't be."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._path = path
            self._connection = apsw.Connection(str(path))
            self._connection.set_busy_timeout(10_000)
            self._connection.execute("PRAGMA journal_mode=WAL")
            self._connection.execute(_SCHEMA)
        except (apsw.Error, OSError) as error:
            raise FileFault(path, f"the ledger of quota can't be kept: {error}") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.close()

    def spend(self, provider: str, account: str, at: int, *, calls: int, credits_: float) -> None:
        """Add what was sent, or take back what cost less; *at* in seconds since 1970."""
        try:
            self._connection.execute(
                "INSERT INTO spent VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
                " calls=calls+excluded.calls, credits=credits+excluded.credits",
                (provider, account, at // DAY_S, calls, float(credits_)),
            )
        except apsw.Error as error:
            raise self._fault(error) from error

    def spend_within(
        self,
        provider: str,
        account: str,
        at: int,
        *,
        calls: int,
        credits_: float,
        ceilings: Sequence[SpendingCeiling],
    ) -> SpendingCeiling | None:
        """
        Add what is about to be sent where no ceiling forbids it; gives the ceiling that does.

        Processes that count at the same time wait for each other, so that all of them together
        keep to the ceilings. What costs nothing passes a ceiling of credits that is used up.
        """
        try:
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                for one in ceilings:
                    more = float(calls if one.unit == "calls" else credits_)
                    if more and self.used(provider, account, at, one) + more > one.most:
                        self._connection.execute("ROLLBACK")
                        return one
                self.spend(provider, account, at, calls=calls, credits_=credits_)
            except BaseException:
                self._connection.execute("ROLLBACK")
                raise
            self._connection.execute("COMMIT")
        except apsw.Error as error:
            raise self._fault(error) from error
        return None

    def used(self, provider: str, account: str, at: int, ceiling: SpendingCeiling) -> float:
        """What of a ceiling is used in its period around a moment."""
        first, last = _days(at, ceiling.period)
        row: Any = self._connection.execute(
            "SELECT coalesce(sum(calls), 0), coalesce(sum(credits), 0) FROM spent"
            " WHERE provider=? AND account=? AND day BETWEEN ? AND ?",
            (provider, account, first, last),
        ).fetchone()
        return float(row[0] if ceiling.unit == "calls" else row[1])

    def spent(self, provider: str, account: str, since: int) -> tuple[int, float]:
        """Calls and credits since a moment, whole days."""
        row: Any = self._connection.execute(
            "SELECT coalesce(sum(calls), 0), coalesce(sum(credits), 0) FROM spent"
            " WHERE provider=? AND account=? AND day>=?",
            (provider, account, since // DAY_S),
        ).fetchone()
        return int(row[0]), float(row[1])

    def grant(self, run: str, credits_: float) -> None:
        """Note the most that a run may spend, for when it is gone on with."""
        try:
            self._connection.execute(
                "INSERT OR REPLACE INTO granted VALUES (?, ?)", (run, credits_)
            )
        except apsw.Error as error:
            raise self._fault(error) from error

    def granted(self, run: str) -> float:
        """What this user granted a run; 0 where that was another user, or nobody."""
        row: Any = self._connection.execute(
            "SELECT credits FROM granted WHERE run=?", (run,)
        ).fetchone()
        return float(row[0]) if row else 0.0

    def record_allowance(self, provider: str, account: str, allowance: VendorAllowance) -> None:
        """Keep what the vendor said."""
        self._connection.execute(
            "INSERT OR REPLACE INTO told VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                provider,
                account,
                allowance.unit,
                allowance.period,
                allowance.used,
                allowance.allowed,
                allowance.at,
            ),
        )

    def allowances(self, provider: str, account: str) -> list[VendorAllowance]:
        """What the vendor said last, by unit."""
        rows: Any = self._connection.execute(
            "SELECT unit, period, used, allowed, at FROM told WHERE provider=? AND account=?"
            " ORDER BY unit",
            (provider, account),
        )
        return [VendorAllowance(*row) for row in rows]

    def _fault(self, error: apsw.Error) -> FileFault:
        return FileFault(self._path, f"the ledger of quota can't be kept: {error}")


def _days(at: int, period: str) -> tuple[int, int]:
    """First and last day of the period around a moment, in days since 1970."""
    day = at // DAY_S
    if period == "day":
        return day, day
    month = datetime.fromtimestamp(at, UTC).replace(day=1, hour=0, minute=0, second=0)
    following = month.replace(year=month.year + month.month // 12, month=month.month % 12 + 1)
    return int(month.timestamp()) // DAY_S, int(following.timestamp()) // DAY_S - 1
