"""The ledger of quota: what was spent with each account, across investigations and restarts."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self

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


class Ledger:
    """One small file in the user's folder; days are UTC, accounts are digests."""

    def __init__(self, path: Path) -> None:
        """Open or make the file; raises FileFault where that can't be."""
        try:
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
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
        """Add what a run cost; *at* in seconds since 1970."""
        self._connection.execute(
            "INSERT INTO spent VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET"
            " calls=calls+excluded.calls, credits=credits+excluded.credits",
            (provider, account, at // DAY_S, calls, float(credits_)),
        )

    def spent(self, provider: str, account: str, since: int) -> tuple[int, float]:
        """Calls and credits since a moment, whole days."""
        row: Any = self._connection.execute(
            "SELECT coalesce(sum(calls), 0), coalesce(sum(credits), 0) FROM spent"
            " WHERE provider=? AND account=? AND day>=?",
            (provider, account, since // DAY_S),
        ).fetchone()
        return int(row[0]), float(row[1])

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
