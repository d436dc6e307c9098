"""The declaration of a link type."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LinkType:
    """A typed, directed relation between two entities."""

    name: str
    """Kebab-case verb phrase, unique, read from source to target."""
    label: str
    inverse: str
    """Label when read from target to source."""
    sources: tuple[str, ...] = ()
    """Entity types it may start from; empty means any."""
    targets: tuple[str, ...] = ()
    """Entity types it may end at; empty means any."""
    shared: bool = False
    """True where many unrelated parties can share the target (hosting, registrars)."""
    identity: bool = False
    """True where it says that both ends are one thing (two hashes of one file)."""
