"""Roles: what an entity is by its links or its registered domain, not by its identity."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Role:
    """A derived part that entities of one type play, with its own face."""

    name: str
    label: str
    type: str
    """The entity type it belongs to."""
    icon: str
    """Name of a lucide icon."""
    solid: bool
    description: str


ROLES: tuple[Role, ...] = (
    Role("domain", "Domain", "domain-name", "globe", True, "Registered as such."),
    Role("host-name", "Host name", "domain-name", "server", False, "Below a registered domain."),
    Role("name-server", "Name server", "domain-name", "signpost", False, "Serves names."),
    Role("mail-server", "Mail server", "domain-name", "mailbox", False, "Takes mail."),
)
"""Every role, in the order of the legend."""
