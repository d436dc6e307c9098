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


def purchase(connection: apsw.Connection, provider: str, fingerprint: str) -> Purchase | None:
    """The note of a purchase, None where there is none."""
    row = read_row(
        connection,
        "SELECT at, digest FROM purchase WHERE provider=? AND fingerprint=?",
        (provider, fingerprint),
        tuple[int, str],
    )
    return Purchase(*row) if row else None
