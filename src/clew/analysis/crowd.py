"""Shared hosting, measured: addresses that many unrelated names pointed to in a window."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from clew.analysis.interval_columns import UNKNOWN
from clew.analysis.window import in_window
from clew.graph.view import View
from clew.model.interval import Undated, Window
from clew.schema.registered import registered_domain

Rows = NDArray[np.int32]

LINK = "resolves-to"
ZONES_MIN = 12
"""Registered domains from which on an address counts as everybody's. A judgement."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """An address with the names that pointed to it."""

    entity: int
    """Row of the address."""
    names: int
    zones: int
    """Distinct registered domains among them: names of one owner count once."""
    unplaced: int
    """Names whose dates don't tell whether they did in the window; they are among *names*."""

    def __str__(self) -> str:
        told = f"{self.names} names of {self.zones} registered domains"
        return f"{told}, {self.unplaced} without a date that tells" if self.unplaced else told


def crowds(
    view: View, *, window: Window | None = None, zones_min: int = ZONES_MIN
) -> tuple[Crowd, ...]:
    """
    Addresses that names of at least *zones_min* registered domains pointed to, the fullest first.

    Names of one registered domain are related; those of different ones are taken to be not.
    A name that is a public suffix itself counts as a domain of its own.
    """
    flags = view.link_type_flags(LINK)
    codes = None
    if window is not None:
        codes = in_window(view, window, Undated.KEEP).links
        flags = flags & (codes >= UNKNOWN)
    places = np.flatnonzero(flags)
    values = view.state.entities.values
    found: dict[int, dict[str, bool]] = {}
    for place in places.tolist():
        name = values[int(view.sources[place])]
        unsure = codes is not None and int(codes[place]) == UNKNOWN
        names = found.setdefault(int(view.targets[place]), {})
        names[name] = names.get(name, True) and unsure
    told = []
    for row, names in found.items():
        if len(names) < zones_min:
            continue
        zones = {registered_domain(name) or name for name in names}
        if len(zones) >= zones_min:
            told.append(Crowd(row, len(names), len(zones), sum(names.values())))
    return tuple(sorted(told, key=lambda one: (-one.zones, -one.names, one.entity)))
