"""Shared hosting, measured: addresses that many unrelated names pointed to in a window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clew.analysis.interval_columns import UNKNOWN
from clew.analysis.window import in_window
from clew.graph.view import View
from clew.model.interval import UndatedPolicy, Window
from clew.schema.registered_domain import registered_domain

Rows = NDArray[np.int32]

LINK = "resolves-to"
DOMAINS_MIN = 12
"""Registered domains from which on an address counts as shared. A judgement."""


@dataclass(frozen=True, slots=True)
class SharedHost:
    """An address with the names that pointed to it in a window."""

    entity: int
    """Row of the address."""
    names: int
    domains: int
    """Distinct registered domains among them: names of one owner count once."""
    unplaced: int
    """Names whose dates don't tell whether they did in the window; they are among *names*."""

    def __str__(self) -> str:
        text = f"{self.names} names of {self.domains} registered domains"
        return f"{text}, {self.unplaced} without a date that tells" if self.unplaced else text


def shared_hosting(
    view: View, *, window: Window | None = None, domains_min: int = DOMAINS_MIN
) -> tuple[SharedHost, ...]:
    """
    Addresses that names of at least *zones_min* registered domains pointed to, the fullest first.

    Names of one registered domain are related; those of different ones are taken to be not.
    A name that is a public suffix itself counts as a domain of its own.
    """
    flags = view.link_type_flags(LINK)
    codes = None
    if window is not None:
        codes = in_window(view, window, UndatedPolicy.KEEP).links
        flags = flags & (codes >= UNKNOWN)
    places = np.flatnonzero(flags)
    values = view.state.entities.values
    found: dict[int, dict[str, bool]] = {}
    for place in places.tolist():
        name = values[int(view.sources[place])]
        unsure = codes is not None and int(codes[place]) == UNKNOWN
        names = found.setdefault(int(view.targets[place]), {})
        names[name] = names.get(name, True) and unsure
    hosts = []
    for row, names in found.items():
        if len(names) < domains_min:
            continue
        domains = {registered_domain(name) or name for name in names}
        if len(domains) >= domains_min:
            hosts.append(SharedHost(row, len(names), len(domains), sum(names.values())))
    return tuple(sorted(hosts, key=lambda one: (-one.domains, -one.names, one.entity)))
