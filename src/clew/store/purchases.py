"""Purchases: noted before they are sent, so that none is repeated blindly."""

from __future__ import annotations

from dataclasses import dataclass

import apsw

from clew.store.rows import read_row


@dataclass(frozen=True, slots=True)
class Purchase:
    """A paid request."""

    at: int
    """When it was about to be sent, in seconds since 1970."""
    digest: str
    """Of the reply that was kept; empty where none was."""


def intend(connection: apsw.Connection, provider: str, fingerprint: str, now_s: int) -> None:
    """Note that a purchase is about to be sent; on disk when this returns."""
    connection.execute(
        "INSERT INTO purchase VALUES (?, ?, ?, '') ON CONFLICT DO UPDATE SET at=excluded.at",
        (provider, fingerprint, now_s),
    )


def settle(connection: apsw.Connection, provider: str, fingerprint: str, digest: str) -> None:
    """Note the reply that was bought."""
    connection.execute(
        "UPDATE purchase SET digest=? WHERE provider=? AND fingerprint=?",
        (digest, provider, fingerprint),
    )


def forget(connection: apsw.Connection, provider: str, fingerprint: str) -> None:
    """Take a note back: the vendor told that nothing was sold, or a person allows another try."""
    connection.execute(
        "DELETE FROM purchase WHERE provider=? AND fingerprint=?", (provider, fingerprint)
    )


def purchase(connection: apsw.Connection, provider: str, fingerprint: str) -> Purchase | None:
    """The note of a purchase, None where there is none."""
    row = read_row(
        connection,
        "SELECT at, digest FROM purchase WHERE provider=? AND fingerprint=?",
        (provider, fingerprint),
        tuple[int, str],
    )
    return Purchase(*row) if row else None
